import type { Schema } from "../../document/openapi.ts";
import type { Entity, Field, Name, Slot } from "../../model/model.ts";
import { typeName } from "../../model/names.ts";
import { literal, typeKey, valueLiteral } from "../../render/escape.ts";
import { isLeftOut, readableFields, slotsOf, storedFields, type PlanContext } from "../context.ts";
import { answerTypes } from "./answers.ts";
import { bodyTypes, isPlainObject } from "./bodies.ts";
import { docComment } from "./doc.ts";
import { answeredType, columnType, entityType, fieldType } from "./entity-types.ts";
import { filterMembers } from "./filters.ts";
import { Imports } from "./imports.ts";
import { relatedEntities } from "./related.ts";
import { requestType } from "./requests.ts";
import { refusalCodes, slotSignature, slotTypeName } from "./signatures.ts";
import { memberNode } from "./type-node.ts";
import { longestType, orUndefined, printedType, typeText } from "./types.ts";

/** templates/entity/contract.hbs */
export interface ContractView {
  readonly imports: readonly string[];
  readonly interfaces: readonly InterfaceView[];
  readonly aliases: readonly { readonly doc: string; readonly text: string }[];
  readonly logic: { readonly doc: string; readonly name: string; readonly members: readonly string[] };
  readonly hasLogic: boolean;
}

interface InterfaceView {
  readonly doc: string;
  readonly name: string;
  readonly members: readonly { readonly doc: string; readonly text: string }[];
}

const shared = "../contract.ts";

/** The contract of an entity, or of a group of operations that belong to none. */
export function contractView(name: Name, entity: Entity | undefined, context: PlanContext): ContractView {
  const imports = new Imports();
  const slots = slotsOf(context, name.type);
  const schemas = schemaTypes(name, entity, context);
  const interfaces = [
    ...(entity === undefined ? [] : entityInterfaces(entity, context)),
    ...schemas
      .filter(({ schema }) => isPlainObject(schema))
      .map((type) => ({ doc: type.doc, name: type.name, members: schemaMembers(type.schema, type.described) })),
    ...slots.filter((slot) => slot.kind === "operation").map((slot) => requestInterface(slot, context)),
  ];
  const aliases = [
    ...schemas
      .filter(({ schema }) => !isPlainObject(schema))
      .map((type) => ({ doc: type.doc, text: `export type ${type.name} = ${typeText(type.schema)};` })),
    ...(entity === undefined ? [] : readersAndWriters(entity, slots, context, imports)),
    ...slots.flatMap((slot) => slotAliases(slot, entity, context, imports)),
  ];
  const members = slots.map((slot) => `${slot.functionName}${slotSignature(slot, context, imports, "contract")};`);
  return {
    imports: imports.lines(),
    interfaces,
    aliases,
    logic: {
      doc: `/** The business logic of ${name.pluralWords}, in ${name.file}.logic.ts. */`,
      name: `${name.type}Logic`,
      members,
    },
    hasLogic: slots.length > 0,
  };
}

function entityInterfaces(entity: Entity, context: PlanContext): readonly InterfaceView[] {
  const { type, words } = entity.name;
  const filters = filterMembers(entity, context);
  return [
    {
      doc: docComment(entity.description ?? `${sentence(words)} as it is stored.`),
      name: type,
      members: rowMembers(entity, context),
    },
    {
      doc: `/** What can be set of a stored ${words}; null clears. */`,
      name: `${type}Values`,
      members: storedFields(entity).map((field) =>
        member(`${typeKey(field.name)}?: ${orUndefined(settableType(field, entity, context))}`),
      ),
    },
    ...(filters.length === 0
      ? []
      : [
          {
            doc: `/** What lists of ${entity.name.pluralWords} can be filtered by. */`,
            name: `${type}Filter`,
            members: filters.map((filter) => member(`${typeKey(filter.name)}?: ${orUndefined(filter.type)}`)),
          },
        ]),
  ];
}

/** A long type is that of the row's own member. */
function settableType(field: Field, entity: Entity, context: PlanContext): string {
  const isLong = fieldType(field, context).length > longestType && readableFields(entity).includes(field);
  if (!isLong || (field.isStoredNotNull && field.isNullable)) return columnType(field, context);
  return `${entity.name.type}[${literal(field.name)}]${field.isStoredNotNull ? "" : " | null"}`;
}

function sentence(words: string): string {
  return `A${/^[aeiou]/i.test(words) ? "n" : ""} ${words}`;
}

const member = (text: string, doc = ""): { doc: string; text: string } => ({ doc, text: `${text};` });

/** The row as business logic sees it. Members without a value are null where they may be, else left out. */
function rowMembers(entity: Entity, context: PlanContext): InterfaceView["members"] {
  return readableFields(entity).map((field) => {
    const key = `${typeKey(field.name)}${isLeftOut(field) ? "?" : ""}`;
    return member(`${key}: ${answeredType(field, context)}`, docComment(field.description));
  });
}

/** A type of the contract that says what a schema says. */
interface SchemaType {
  readonly name: string;
  readonly doc: string;
  readonly schema: Schema;
  /** What is said of members, by their name. */
  readonly described: ReadonlyMap<string, string | undefined>;
}

function schemaTypes(name: Name, entity: Entity | undefined, context: PlanContext): readonly SchemaType[] {
  const fields = new Map(entity?.fields.map((field) => [field.name, field.description]));
  return [
    ...bodyTypes(context, name.type).map(({ operations, ...body }) => ({
      ...body,
      doc: docComment(`The body of ${routesOf(operations)}.`),
      described: fields,
    })),
    ...answerTypes(context, name.type).map(({ operations, ...answer }) => ({
      ...answer,
      doc: docComment(`The answer of ${routesOf(operations)}.`),
      described: new Map<string, undefined>(),
    })),
  ];
}

function schemaMembers(
  { properties = {}, required: names }: Schema,
  described: SchemaType["described"],
): InterfaceView["members"] {
  const required = new Set(names);
  return Object.entries(properties).flatMap(([key, property]) => {
    const type = printedType(memberNode(property));
    // What is refused wherever it is sent: a read-only member.
    if (type === "never" && !required.has(key)) return [];
    return [member(`${typeKey(key)}${required.has(key) ? "" : "?"}: ${type}`, docComment(described.get(key)))];
  });
}

function routesOf(operations: readonly { readonly method: string; readonly path: string }[]): string {
  return operations.map((operation) => `${operation.method.toUpperCase()} ${operation.path}`).join(", ");
}

function requestInterface(slot: Slot, context: PlanContext): InterfaceView {
  const operation = context.model.operations.find(({ name }) => name === slot.operations[0]);
  if (operation === undefined) throw new Error(`Slot ${slot.id} has no operation.`);
  return {
    doc: docComment(`What ${operation.method.toUpperCase()} ${operation.path} is asked.`),
    name: `${typeName(operation.name)}Request`,
    members: requestType(operation, context).map((text) => member(text)),
  };
}

function readersAndWriters(
  entity: Entity,
  slots: readonly Slot[],
  context: PlanContext,
  imports: Imports,
): ContractView["aliases"] {
  if (context.model.slots.length === 0) return [];
  const { type, pluralWords } = entity.name;
  const filter = filterMembers(entity, context).length === 0 ? "object" : `${type}Filter`;
  imports.type("RowReader", shared);
  imports.type("RowWriter", shared);
  const own = [
    { doc: `/** Reads ${pluralWords}. */`, text: `export type ${type}Reader = RowReader<${type}, ${filter}>;` },
    {
      doc: `/** Reads and changes ${pluralWords}. */`,
      text: `export type ${type}Writer = RowWriter<${type}, ${type}Values, ${filter}>;`,
    },
  ];
  const related = relatedEntities(entity, context);
  const members = (word: "Reader" | "Writer"): string =>
    [entity, ...related]
      .map((other) => `readonly ${other.name.plural}: ${entityType(other, word, entity, imports)};`)
      .join(" ");
  const isSome = (...kinds: readonly Slot["kind"][]): boolean => slots.some(({ kind }) => kinds.includes(kind));
  return [
    ...own,
    ...(isSome("rule", "value", "field")
      ? [
          {
            doc: "/** What can be read from here. */",
            text: `export interface ${type}Readers { ${members("Reader")} }`,
          },
        ]
      : []),
    ...(isSome("effect", "operation")
      ? [
          {
            doc: "/** What can be changed from here. */",
            text: `export interface ${type}Writers { ${members("Writer")} }`,
          },
        ]
      : []),
  ];
}

function slotAliases(
  slot: Slot,
  entity: Entity | undefined,
  context: PlanContext,
  imports: Imports,
): ContractView["aliases"] {
  const base = slotTypeName(slot);
  const codes = refusalCodes(slot);
  const code = codes.length === 0 ? "never" : `${base}Code`;
  const readers = entity === undefined ? "" : ` & ${entity.name.type}Readers`;
  const writers = entity === undefined ? "" : ` & ${entity.name.type}Writers`;
  const unscoped = unscopedType(slot, entity, context, imports);
  const services = (): string => imports.type("Services", "../services.ts");
  const contextType = (): string => {
    switch (slot.kind) {
      case "rule":
        return `${imports.type("RuleContext", shared)}<${code}>${readers}${unscoped("Reader")}`;
      case "value":
      case "field":
        return `${imports.type("SlotContext", shared)}${readers}${unscoped("Reader")}`;
      case "filter":
        return `${imports.type("FilterContext", shared)}`;
      case "effect":
        return `${imports.type("EffectContext", shared)}<${services()}>${writers}${unscoped("Writer")}`;
      case "operation": {
        const inner = `${imports.type("EffectContext", shared)}<${services()}>${writers}${unscoped("Writer")}`;
        return `${imports.type("OperationContext", shared)}<${code}, ${services()}, ${inner}>`;
      }
    }
  };
  return [
    ...(codes.length === 0
      ? []
      : [{ doc: "", text: `export type ${code} = ${codes.map((one) => valueLiteral(one)).join(" | ")};` }]),
    { doc: "", text: `export type ${base}Context = ${contextType()};` },
  ];
}

function unscopedType(
  slot: Slot,
  home: Entity | undefined,
  context: PlanContext,
  imports: Imports,
): (word: "Reader" | "Writer") => string {
  return (word) => {
    if (slot.unscoped.length === 0) return "";
    const members = slot.unscoped.map((type) => {
      const other = context.entity(type);
      return `readonly ${other.name.plural}: ${entityType(other, word, home, imports)}`;
    });
    return ` & { readonly unscoped: { ${members.join("; ")} } }`;
  };
}
