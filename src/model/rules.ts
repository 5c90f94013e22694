import { warning } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Json } from "../document/openapi.ts";
import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import type { SlotExample, SlotKind } from "./model.ts";
import { place } from "./places.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { Scope } from "./scope.ts";
import { isRecord } from "./schemas.ts";

/** One entry of `x-business-rules` (docs/annotations.md), as written; what it left out is undefined. */
export interface Rule {
  readonly id?: string;
  readonly on?: readonly string[];
  readonly kind: SlotKind;
  readonly text: string;
  readonly cel?: string;
  readonly field?: string;
  readonly parameter?: string;
  readonly refuse?: Readonly<Record<string, number>>;
  readonly unscoped: readonly string[];
  readonly examples: readonly SlotExample[];
  readonly pointer: string;
  /** Exactly one of the two. */
  readonly operation?: ClassifiedOperation;
  readonly entity?: EntityDraft;
}

/** Every rule of the document: those of operations and those of schemas, in the order in which the document has them. */
export function readRules(scope: Scope): Checked<readonly Rule[]> {
  const diagnostics: Diagnostic[] = [];
  const onOperations = scope.classified.operations.flatMap((operation) =>
    operationRules(operation, scope, diagnostics),
  );
  const onSchemas = schemaRules(scope, diagnostics);
  const keys = Object.keys(scope.document.root);
  const areSchemasFirst = keys.includes("components") && keys.indexOf("components") < keys.indexOf("paths");
  return { value: areSchemasFirst ? [...onSchemas, ...onOperations] : [...onOperations, ...onSchemas], diagnostics };
}

function operationRules(operation: ClassifiedOperation, scope: Scope, diagnostics: Diagnostic[]): readonly Rule[] {
  const usual = operation.kind === "custom" ? "operation" : "rule";
  const pointer = joinPointer(operation.pointer, "x-business-rules");
  return parseRules(operation.object["x-business-rules"], pointer, usual, scope, diagnostics).map((rule) => ({
    ...rule,
    operation,
  }));
}

function schemaRules(scope: Scope, diagnostics: Diagnostic[]): readonly Rule[] {
  return ruledSchemas(scope).flatMap(({ pointer, rules, entity }) => {
    const at = joinPointer(pointer, "x-business-rules");
    if (!entity) {
      diagnostics.push(
        invalid(scope, at, "The schema is no entity's, so its rules have no operation to run on; they are left out."),
      );
      return [];
    }
    return parseRules(rules, at, "rule", scope, diagnostics).map((rule) => ({ ...rule, entity }));
  });
}

interface RuledSchema {
  readonly pointer: string;
  readonly rules: Json;
  readonly entity: EntityDraft | undefined;
}

/** Components in their order, then schemas of entities that stand elsewhere. */
function ruledSchemas(scope: Scope): readonly RuledSchema[] {
  const components = Object.keys(scope.document.root.components?.schemas ?? {}).map((name) =>
    joinPointer("/components/schemas", name),
  );
  const others = scope.classified.entities.flatMap((entity) => [
    entity.pointer,
    ...entity.readPointers,
    ...entity.writePointers,
  ]);
  return [...new Set([...components, ...others])].flatMap((pointer) => {
    const schema = scope.reader.target(`#${encodeURI(pointer)}`)?.schema;
    const rules = schema?.["x-business-rules"];
    return rules === undefined ? [] : [{ pointer, rules, entity: entityOf(pointer, scope) }];
  });
}

function entityOf(pointer: string, { classified, reader }: Scope): EntityDraft | undefined {
  const name = reader.view({ schema: { $ref: `#${encodeURI(pointer)}` }, pointer }).name;
  return classified.entities.find((entity) => {
    const pointers = [entity.pointer, ...entity.readPointers, ...entity.writePointers];
    return (
      pointers.includes(pointer) ||
      (name !== undefined && [...entity.readSchemas, ...entity.writeSchemas].includes(name))
    );
  });
}

function parseRules(
  value: Json | undefined,
  pointer: string,
  usual: SlotKind,
  scope: Scope,
  diagnostics: Diagnostic[],
): readonly Rule[] {
  if (value === undefined) return [];
  const isList = Array.isArray(value);
  const all: readonly Json[] = isList ? value : [value];
  return all.flatMap((item, index) => {
    const at = isList ? joinPointer(pointer, index) : pointer;
    const parsed = parseRule(item, at, usual);
    if (typeof parsed !== "string") {
      diagnostics.push(
        ...parsed.unknown.map((tokens) =>
          invalid(
            scope,
            joinPointer(at, ...tokens),
            `The member "${tokens.join(".")}" is unknown, or has a value that it cannot have, and is ignored.`,
          ),
        ),
      );
      return [parsed.rule];
    }
    diagnostics.push(invalid(scope, at, parsed));
    return [];
  });
}

function invalid(scope: Scope, pointer: string, saw: string): Diagnostic {
  return warning("annotation/invalid", { place: place(scope.document, pointer), saw });
}

const kinds: readonly SlotKind[] = ["rule", "value", "effect", "operation", "field", "filter"];

function parseRule(
  item: Json,
  pointer: string,
  usual: SlotKind,
): string | { readonly rule: Rule; readonly unknown: readonly (readonly string[])[] } {
  const none = { unscoped: [], examples: [], pointer };
  if (typeof item === "string") return { rule: { ...none, kind: usual, text: item }, unknown: [] };
  if (!isRecord(item)) return "It is neither a text nor an object with a rule, and is left out.";
  const members: Readonly<Record<string, Json>> = item;
  const texts = members["cel"] === undefined ? ["rule"] : ["rule", "message", "cel"];
  const text = texts.map((name) => members[name]).find((value) => typeof value === "string");
  if (typeof text !== "string") return 'It has no text under "rule" or "cel", and is left out.';
  const kind = kinds.find((name) => name === members["kind"]) ?? usual;
  const readings = Object.entries(members).map(([name, value]) => ({ name, read: readMember(name, value, pointer) }));
  const unknown = [
    ...readings.filter(({ read }) => read === undefined).map(({ name }) => [name]),
    ...strayInExamples(members["examples"]),
  ];
  const rule: Rule = {
    ...none,
    ...Object.assign({}, ...readings.map(({ read }) => read ?? {})),
    kind,
    text,
  };
  const missing = missingMember(rule);
  return missing === undefined ? { rule, unknown } : `A rule of kind "${kind}" must have "${missing}"; it is left out.`;
}

function missingMember({ kind, field, parameter }: Rule): string | undefined {
  if ((kind === "value" || kind === "field") && field === undefined) return "field";
  return kind === "filter" && parameter === undefined ? "parameter" : undefined;
}

/** A member in the form that `Rule` has it; undefined where it is unknown or of another type. */
function readMember(name: string, value: Json, pointer: string): Partial<Rule> | undefined {
  switch (name) {
    case "rule":
    case "message":
      return typeof value === "string" ? {} : undefined;
    case "cel":
      return typeof value === "string" && value.trim() !== "" ? { cel: value } : undefined;
    case "kind":
      return kinds.some((kind) => kind === value) ? {} : undefined;
    case "id":
      return typeof value === "string" && /^[A-Za-z][\w-]*(\.[\w-]+)*$/.test(value) ? { id: value } : undefined;
    case "on":
      return typeof value === "string" ? { on: [value] } : isTexts(value) ? { on: value } : undefined;
    case "field":
      return typeof value === "string" ? { field: value } : undefined;
    case "parameter":
      return typeof value === "string" ? { parameter: value } : undefined;
    case "refuse":
      return isRefusal(value) ? { refuse: value } : undefined;
    case "unscoped":
      return typeof value === "string" ? { unscoped: [value] } : isTexts(value) ? { unscoped: value } : undefined;
    case "examples":
      return Array.isArray(value)
        ? {
            examples: value.flatMap((example: Json, index) =>
              readExample(example, joinPointer(pointer, "examples", index)),
            ),
          }
        : undefined;
    default:
      return undefined;
  }
}

function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}

function isRefusal(value: Json): value is Readonly<Record<string, number>> {
  return (
    isRecord(value) &&
    Object.keys(value).length > 0 &&
    Object.values(value).every((status) => Number.isInteger(status) && Number(status) >= 400 && Number(status) < 500)
  );
}

const exampleMembers = ["title", "given", "when", "expect"];

/** Examples that expect nothing, and what examples have that means nothing. */
function strayInExamples(examples: Json | undefined): readonly (readonly string[])[] {
  if (!Array.isArray(examples)) return [];
  return examples.flatMap((example: Json, index) => {
    const at = ["examples", String(index)];
    if (!isRecord(example) || !Object.hasOwn(example, "expect")) return [at];
    return Object.keys(example).flatMap((name) => (exampleMembers.includes(name) ? [] : [[...at, name]]));
  });
}

/** An example as it stands in a rule; nothing where it expects nothing. */
export function readExample(example: Json, pointer: string): readonly SlotExample[] {
  if (!isRecord(example)) return [];
  const { title, given, when, expect }: Readonly<Record<string, Json | undefined>> = example;
  if (expect === undefined) return [];
  return [{ ...(typeof title === "string" && { title }), given: given ?? {}, when: when ?? {}, expect, pointer }];
}
