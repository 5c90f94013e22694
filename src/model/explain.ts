import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import { placeOf } from "../document/resolve.ts";
import { describeOperation } from "./explain-operation.ts";
import type { Entity, Field, Model, Reason, Relation } from "./model.ts";
import { missingOwner } from "./review.ts";
import { columnSql } from "./sql-types.ts";

/**
 * Every fact about an entity, a field (`Entity.field`) or an operation (`METHOD /path`, or its operationId), with why
 * it is believed, where that stands, and the annotation that overrules it, as lines: places stand beside reasons where
 * `columns` has room for both. Undefined, and an error, for other names.
 */
export function explain(
  model: Model,
  document: Document,
  subject: string,
  columns = Infinity,
): Checked<readonly string[] | undefined> {
  const facts = factsAbout(model, subject.trim());
  if (facts) return { value: layOut(facts, document, columns), diagnostics: [] };
  const near = nearestName(subject, subjects(model));
  const saw = `"${subject}" is no entity, field or operation of ${document.file}.`;
  return {
    value: undefined,
    diagnostics: [
      error("explain/unknown-subject", { saw, fix: near === undefined ? undefined : `Did you mean "${near}"?` }),
    ],
  };
}

/** What is said of one subject: labelled facts, then the reasons. */
export interface Facts {
  readonly facts: readonly (readonly [label: string, text: string])[];
  readonly reasons: readonly Reason[];
}

function factsAbout(model: Model, subject: string): Facts | undefined {
  const operation = findOperation(model, subject);
  if (operation) return describeOperation(operation, model);
  const entity = findEntity(model, subject);
  if (entity) return entityFacts(entity, model);
  const dot = subject.indexOf(".");
  const owner = dot === -1 ? undefined : findEntity(model, subject.slice(0, dot));
  const name = subject.slice(dot + 1);
  const field =
    owner?.fields.find((one) => one.name === name) ??
    owner?.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (owner && field) return fieldFacts(field, owner, model);
  const relation = owner?.relations.find((one) => one.name === name || one.member === name);
  return (
    relation && {
      facts: [["relation", `${relation.kind} to ${relation.to}, shown by ${relation.via}`]],
      reasons: relation.reasons,
    }
  );
}

function findOperation(model: Model, subject: string): Model["operations"][number] | undefined {
  const [method = "", path = ""] = subject.split(/\s+/, 2);
  const bare = (text: string) => (text.length > 1 ? text.replace(/\/$/, "") : text);
  return (
    model.operations.find((one) => one.method === method.toLowerCase() && bare(one.path) === bare(path)) ??
    model.operations.find((one) => one.operationId === subject || one.name === subject)
  );
}

function findEntity(model: Model, subject: string): Entity | undefined {
  const wanted = subject.toLowerCase();
  return (
    model.entities.find(({ name }) => name.type === subject) ??
    model.entities.find(({ name, table }) => name.type.toLowerCase() === wanted || table === subject)
  );
}

function subjects(model: Model): readonly string[] {
  const entities = model.entities.flatMap(({ name, fields }) => [
    name.type,
    ...fields.map((field) => `${name.type}.${field.name}`),
  ]);
  return [...entities, ...model.operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)];
}

function entityFacts(entity: Entity, model: Model): Facts {
  const columns = entity.fields.filter(({ column }) => column !== undefined);
  const operations = model.operations.filter((operation) => operation.entity === entity.name.type);
  const facts: [string, string][] = [
    ["table", `${entity.table} (${columns.map(({ column }) => column).join(", ")})`],
    ["key", `${entity.key.fields.join(", ")}, ${keyMaker[entity.key.generated]}`],
    ...entity.unique.map((names): [string, string] => ["unique", names.join(", ")]),
    ...ownerFacts(entity, model),
    ...(entity.softDelete ? [["deleted", `DELETE sets ${entity.softDelete.field}`] as [string, string]] : []),
    ...entity.relations.map(({ name, kind, to }): [string, string] => ["relation", `${name}: ${kind} to ${to}`]),
    ...entity.mentions.map(({ member, kind, to, via }): [string, string] => [
      "tells of",
      `${member ?? via}: ${kind} to ${to}, without a key`,
    ]),
    ...operations.map(({ kind, method, path }): [string, string] => [kind, `${method.toUpperCase()} ${path}`]),
  ];
  const doubt = missingOwner(entity, model);
  return { facts, reasons: [...entity.reasons, ...(doubt ? [doubt] : [])] };
}

/** Where callers are told apart, that nobody owns rows is a fact too. */
function ownerFacts({ owner }: Entity, { security }: Model): [string, string][] {
  if (owner) return [["owner", [...owner.relations, owner.field].join(".")]];
  return security.isDeclared ? [["owner", "nobody: whoever may call an operation reaches every row"]] : [];
}

const keyMaker: Readonly<Record<Entity["key"]["generated"], string>> = {
  identity: "numbered by the database",
  uuid: "a uuid that the database makes",
  text: "a random text that the service makes",
  client: "given by the client",
  parent: "the parent's key",
};

function fieldFacts(field: Field, entity: Entity, model: Model): Facts {
  const { reasons: aboutField, references } = field;
  const relation = entity.relations.find((one) => one.field === field.name || one.member === field.name);
  const slot = model.slots.find(({ id }) => id === field.slot);
  const mention = entity.mentions.find(({ member }) => member === field.name);
  const facts: [string, string][] = [
    field.column === undefined ? ["no column", withoutColumn(field)] : ["column", columnSql(field, entity, model)],
    ...(relation && references === undefined
      ? [["relation", `${relation.kind} to ${relation.to}`] as [string, string]]
      : []),
    ...(mention ? [["tells of", `${mention.to}, ${mention.kind}, without a key`] as [string, string]] : []),
    ...(slot ? [["slot", `${slot.id}, ${slot.functionName} in the logic of ${slot.home}`] as [string, string]] : []),
    ["requests", requests(field, relation)],
    ["answers", answers(field)],
  ];
  const shared = [...(relation?.reasons ?? []), ...(mention?.reasons ?? [])].filter(
    (reason) => !aboutField.includes(reason),
  );
  return { facts, reasons: [...aboutField, ...shared] };
}

/** A row that is shown is chosen by the key that is kept for it. */
function requests({ name, role, onCreate, onUpdate }: Field, relation: Relation | undefined): string {
  if (role === "relation" && relation?.field !== undefined && relation.field !== name) return `see ${relation.field}`;
  return `${onCreate} on create, ${onUpdate} on update`;
}

function answers({ origin, isRequired, isNullable }: Field): string {
  if (origin === "write") return "never shown";
  return `${isRequired ? "always there" : "left out where there is none"}${isNullable ? ", may be null" : ""}`;
}

function withoutColumn({ role, constant }: Field): string {
  switch (role) {
    case "constant":
      return `always ${JSON.stringify(constant ?? null)}`;
    case "computed":
      return "computed when it is read";
    case "relation":
      return "shown through a relation";
    case "projection":
      return "a choice of what an answer shows, which is not kept";
    case "command":
      return "an instruction of a request, which is not kept";
    default:
      return "nothing is kept";
  }
}

const labelWidth = 10;
const widestText = 64;

/** Labels on the left, facts beside them; below, each reason with its place, its rule and how sure it is. */
function layOut({ facts, reasons }: Facts, document: Document, columns: number): readonly string[] {
  const distinct = [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
  const shown = distinct.map((reason, index) => shownReason(reason, distinct[index - 1], document));
  const beside = reasonsBeside(shown);
  return [
    ...facts.map(([label, text]) => line(label, text)),
    ...(beside.every((text) => text.length <= columns) ? beside : reasonsBelow(shown)),
    ...overrules(distinct),
  ];
}

function line(label: string, text: string): string {
  return `${label.padEnd(labelWidth)}${text}`.trimEnd();
}

/** A reason as texts. The place is named once for the reasons that share it. */
interface ShownReason {
  readonly because: string;
  readonly place: string | undefined;
  readonly why: string;
}

function shownReason(
  { because, pointer, rule, confidence }: Reason,
  before: Reason | undefined,
  document: Document,
): ShownReason {
  const why = rule === because ? confidence : `rule: ${rule}; ${confidence}`;
  if (before?.pointer === pointer) return { because, place: undefined, why };
  const { file, line: row, pointer: shown = "" } = placeOf(document, pointer);
  return { because, place: `${[file, row].filter((part) => part !== undefined).join(":")}  ${shown}`, why };
}

function reasonsBeside(reasons: readonly ShownReason[]): readonly string[] {
  const width = Math.min(widestText, Math.max(0, ...reasons.map(({ because }) => because.length)));
  return reasons.flatMap(({ because, place, why }, index) => {
    const first = because.padEnd(width);
    if (place === undefined) return [line(labelOf(index), `${first}  ${why}`)];
    return [line(labelOf(index), `${first}  ${place}`), line("", `${" ".repeat(width)}  ${why}`)];
  });
}

function reasonsBelow(reasons: readonly ShownReason[]): readonly string[] {
  return reasons.flatMap(({ because, place, why }, index) => [
    line(labelOf(index), because),
    line("", `  ${why}`),
    ...(place === undefined ? [] : [line("", `  ${place}`)]),
  ]);
}

function labelOf(index: number): string {
  return index === 0 ? "because" : "";
}

function overrules(reasons: readonly Reason[]): readonly string[] {
  const ways = [...new Set(reasons.flatMap(({ overrule }) => overrule ?? []))];
  return ways.length === 0 ? [] : [line("overrule", ways.join("  or  "))];
}
