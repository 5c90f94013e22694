import { nearestName } from "../diagnostic/nearest-name.ts";
import { isObject, isText, member, without } from "../document/raw.ts";
import type { RawObject } from "../document/raw.ts";
import { nameOf, wordsOf } from "../model/names.ts";
import { parseFieldText, type Mark } from "./field-text.ts";
import type { Named, Reader } from "./reader.ts";
import { parseRelationText, relationWords } from "./relation-text.ts";
import { operationWords } from "./specification.ts";
import type { ActionSpec, EntitySpec, FieldSpec, OperationWord, RelationSpec, Specification } from "./specification.ts";

/** True for a file whose top says entities and no version of OpenAPI. */
export function isSpecification(root: unknown): root is RawObject {
  return (
    isObject(root) &&
    member(root, "openapi") === undefined &&
    member(root, "swagger") === undefined &&
    typeof member(root, "entities") === "object"
  );
}

/** Reads an entity specification (docs/entities.md). What is wrong is reported, and left out. */
export function readSpecification(root: RawObject, fallbackTitle: string, reader: Reader): Specification {
  reader.expectMembers(root, ["title", "version", "description", "security", "entities", "$schema"], "The file");
  const entities = reader.named(root, "entities", "entity").flatMap((named) => readEntity(named, reader));
  const description = reader.text(root, "description");
  const hasOwner = entities.some(({ owner }) => owner !== undefined);
  return {
    title: reader.text(root, "title") ?? fallbackTitle,
    version: reader.text(root, "version") ?? "1.0.0",
    ...(description !== undefined && { description }),
    security: reader.word(root, "security", ["bearer", "api-key", "none"] as const) ?? (hasOwner ? "bearer" : "none"),
    entities: withKnownTargets(entities, reader),
    written: { node: root },
  };
}

const entityMembers = [
  "name",
  "description",
  "fields",
  "relationships",
  "business_rules",
  "owner",
  "operations",
  "actions",
];

function readEntity({ name, value, written }: Named, reader: Reader): readonly EntitySpec[] {
  if (!isObject(value)) {
    reader.invalid(written, `The entity "${name}" has no fields.`, 'Write "fields:" below it, and one field a line.');
    return [];
  }
  reader.expectMembers(value, entityMembers, `The entity "${name}"`);
  const fields = reader.named(value, "fields", "field").flatMap((named) => readField(named, reader));
  const description = reader.text(value, "description");
  const owner = reader.text(value, "owner");
  const operations = reader.list(value, "operations").filter((word) => isOperationWord(word, value, reader));
  return [
    {
      name: nameOf(wordsOf(name)),
      ...(description !== undefined && { description }),
      fields,
      relations: reader.named(value, "relationships", "relationship").flatMap((named) => readRelation(named, reader)),
      key: fields.filter(({ isKey }) => isKey).map((field) => field.name),
      ...(owner !== undefined && { owner }),
      operations: new Set(operations.length > 0 ? operations : ["list", "create", "read", "update", "delete"]),
      actions: reader.named(value, "actions", "action").flatMap((named) => readAction(named, reader)),
      rules: reader.list(value, "business_rules"),
      written,
    },
  ];
}

function isOperationWord(word: unknown, node: RawObject, reader: Reader): word is OperationWord {
  const isKnown = operationWords.some((known) => known === word);
  if (!isKnown)
    reader.invalid(
      { node, key: "operations" },
      `${JSON.stringify(word)} is no operation.`,
      `Operations are ${operationWords.join(", ")}; what else an entity can do is an action.`,
    );
  return isKnown;
}

const schemaMembers = ["pattern", "minimum", "maximum", "minLength", "maxLength", "multipleOf", "default", "example"];
const markMembers: readonly Mark[] = [
  "optional",
  "nullable",
  "readonly",
  "writeonly",
  "immutable",
  "unique",
  "indexed",
  "key",
];

function readField({ name, value, written }: Named, reader: Reader): readonly FieldSpec[] {
  const line = isText(value) ? value : isObject(value) ? (reader.text(value, "type") ?? "text") : undefined;
  if (line === undefined) {
    reader.invalid(written, `The field "${name}" has no type.`, 'Write a type such as "text", or "open | closed".');
    return [];
  }
  const parsed = parseFieldText(line);
  if ("saw" in parsed) {
    const at = isObject(value) ? { node: value, key: "type" } : written;
    reader.report("specification/unknown-type", at, parsed.saw, parsed.fix);
    return [];
  }
  const long = isObject(value) ? value : {};
  reader.expectMembers(long, ["name", "type", "description", ...schemaMembers, ...markMembers], `The field "${name}"`);
  const marks = new Set([...parsed.marks, ...markMembers.filter((mark) => reader.flag(long, mark))]);
  return [
    {
      name,
      schema: { ...parsed.schema, ...schemaOf(long, reader) },
      isOptional: marks.has("optional"),
      isNullable: marks.has("nullable"),
      access: marks.has("readonly") ? "read" : marks.has("writeonly") ? "write" : "both",
      isImmutable: marks.has("immutable"),
      isUnique: marks.has("unique"),
      isIndexed: marks.has("indexed"),
      isKey: marks.has("key"),
      written,
    },
  ];
}

function schemaOf(long: RawObject, reader: Reader): RawObject {
  const given = schemaMembers.filter((key) => key !== "example" && Object.hasOwn(long, key));
  const description = reader.text(long, "description");
  return {
    ...(description !== undefined && { description }),
    ...Object.fromEntries(given.map((key) => [key, long[key]])),
    ...(Object.hasOwn(long, "example") && { examples: [long["example"]] }),
  };
}

function readRelation({ name, value, written }: Named, reader: Reader): readonly RelationSpec[] {
  const line = isText(value) ? value : isObject(value) ? relationLine(value, name, reader) : undefined;
  const parsed = line === undefined ? undefined : parseRelationText(line);
  if (parsed !== undefined) return [{ name, ...parsed, written }];
  reader.invalid(
    written,
    `The relationship "${name}" is not understood.`,
    `Write one of ${relationWords.map((words) => `"${words} Entity"`).join(", ")}.`,
  );
  return [];
}

/** The long form is put into words, so that both mean the same. */
function relationLine(long: RawObject, name: string, reader: Reader): string {
  reader.expectMembers(
    long,
    ["name", "kind", "to", "by", "onDelete", "optional", "readonly", "immutable", "unscoped"],
    `The relationship "${name}"`,
  );
  const onDelete = reader.text(long, "onDelete");
  const by = reader.text(long, "by");
  const words = [
    reader.text(long, "kind") ?? "",
    reader.text(long, "to") ?? "",
    ...(["optional", "readonly", "immutable", "unscoped"] as const).filter((mark) => reader.flag(long, mark)),
    ...(onDelete === undefined ? [] : [`on delete ${onDelete.replace(/^setNull$/, "set null")}`]),
    ...(by === undefined ? [] : [`by ${by}`]),
  ];
  return words.join(" ");
}

function readAction({ name, value, written }: Named, reader: Reader): readonly ActionSpec[] {
  if (isText(value)) return [{ name, fields: [], rule: { rule: value }, written }];
  if (!isObject(value) || reader.text(value, "rule") === undefined) {
    reader.invalid(written, `The action "${name}" has no rule.`, 'Write in "rule:" what it does.');
    return [];
  }
  const { description } = value;
  const rule = without(value, "name", "description", "fields");
  return [
    {
      name,
      ...(isText(description) && { description }),
      fields: reader.named(value, "fields", "field").flatMap((named) => readField(named, reader)),
      rule,
      written,
    },
  ];
}

/** Relations to entities that are there; the others are reported with the name that was probably meant. */
function withKnownTargets(entities: readonly EntitySpec[], reader: Reader): readonly EntitySpec[] {
  const types = entities.map(({ name }) => name.type);
  const distinct = entities.filter(({ name, written }, at) => {
    const isFirst = types.indexOf(name.type) === at;
    if (!isFirst) reader.report("specification/duplicate-name", written, `There is an entity "${name.type}" already.`);
    return isFirst;
  });
  return distinct.map((entity) => ({
    ...entity,
    relations: entity.relations.flatMap((relation) => {
      const to = nameOf(wordsOf(relation.to)).type;
      if (types.includes(to)) return [{ ...relation, to }];
      const near = nearestName(relation.to, types);
      reader.report(
        "specification/unknown-entity",
        relation.written,
        `"${relation.to}" is no entity.`,
        near === undefined ? undefined : `Did you mean "${near}"?`,
      );
      return [];
    }),
  }));
}
