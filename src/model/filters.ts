import type { EntityDraft } from "./classified.ts";
import type { Field, FilterOperator, ParameterRole } from "./model.ts";
import { memberKey, nounKey, pluralOf, singularOf, wordsOf } from "./names.ts";
import type { ListParameter } from "./paging.ts";
import { fieldNamed } from "./scope.ts";
import type { SchemaReader, View } from "./schemas.ts";

type FilterRole = Extract<ParameterRole, { kind: "filter" | "search" }>;

/**
 * What a list parameter narrows: a field and how it is compared, or the fields that a text is looked for in. Undefined
 * where it maps to no field, or where their types do not fit, so that a filter slot decides.
 */
export function filterRole(
  parameter: ListParameter,
  description: string,
  entity: EntityDraft,
  reader: SchemaReader,
): FilterRole | undefined {
  const wanted = bareName(parameter.name);
  return (
    exactFilter(wanted, parameter, description, entity, reader) ??
    itemFilter(wanted, parameter, entity, reader) ??
    operatorFilter(wanted, parameter, entity, reader) ??
    momentFilter(wanted, parameter, entity, reader) ??
    dayFilter(wanted, parameter, entity) ??
    codeFilter(wanted, parameter, entity) ??
    searchRole(wanted, parameter, description, entity)
  );
}

/** `filter[status]`, `filters.status`, `where[status]` and `status[]` are about status. */
function bareName(name: string): string {
  const wrapped = /^(?:filter|filters|where|query|q)(?:\[([^\]]+)\]|\.(.+))(.*)$/i.exec(name);
  const inner = wrapped ? `${wrapped[1] ?? wrapped[2] ?? ""}${wrapped[3] ?? ""}` : name;
  return inner.replace(/\[\]$/, "");
}

function exactFilter(
  name: string,
  { view }: ListParameter,
  description: string,
  entity: EntityDraft,
  reader: SchemaReader,
): FilterRole | undefined {
  const field = columnNamed(name, entity);
  if (field) return view.kind === "array" ? listFilter(field, view, reader) : valueFilter(field, view, description);
  const singular = columnNamed(singularName(name), entity);
  if (singular && (view.kind === "array" || view.kind === "string") && singularName(name) !== name)
    return listFilter(singular, view, reader);
  return undefined;
}

/** The field of a name, or the foreign key of a relation of that name: `owner`, `owner_id`, `ownerId`. */
function columnNamed(name: string, entity: EntityDraft): Field | undefined {
  const key = memberKey(name).replace(/ids?$/, "");
  const named = fieldNamed(entity, name);
  if (named?.column !== undefined) return isComparable(named) ? named : undefined;
  const relation = entity.relations.find(
    (one) => one.field !== undefined && [one.name, one.member ?? "", one.to].some((text) => memberKey(text) === key),
  );
  const held = relation?.field === undefined ? undefined : fieldNamed(entity, relation.field);
  if (held?.column !== undefined) return held;
  const entityKey =
    memberKey(`${entity.name.type}id`) === memberKey(name) || memberKey(name) === "id"
      ? entity.key.fields[0]
      : undefined;
  return entityKey === undefined ? undefined : fieldNamed(entity, entityKey);
}

function isComparable(field: Field): boolean {
  return field.type.kind !== "json" && field.type.kind !== "bytes" && field.origin !== "write";
}

function singularName(name: string): string {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  return pluralOf(singularOf(last)).toLowerCase() === last.toLowerCase()
    ? [...words.slice(0, -1), singularOf(last)].join("_")
    : name;
}

function listFilter(field: Field, view: View, reader: SchemaReader): FilterRole | undefined {
  const items = view.items && reader.view(view.items);
  const isFitting = view.kind === "string" || (items !== undefined && fits(field, items));
  return isFitting ? { kind: "filter", field: field.name, operator: "in" } : undefined;
}

/** `tag` and `tags` ask for rows whose list of tags holds one of them. */
function itemFilter(
  name: string,
  { view }: ListParameter,
  entity: EntityDraft,
  reader: SchemaReader,
): FilterRole | undefined {
  const wanted = nounKey(name);
  const field = entity.fields.find(
    (one) => one.type.kind === "json" && one.column !== undefined && nounKey(one.name) === wanted,
  );
  const list = field && reader.view({ schema: field.schema, pointer: field.pointer });
  if (!field || field.origin === "write" || list?.kind !== "array" || !list.items) return undefined;
  const asked = view.kind === "array" && view.items ? reader.view(view.items) : view;
  const isText = reader.view(list.items).kind === "string" && asked.kind === "string";
  return isText ? { kind: "filter", field: field.name, operator: "has" } : undefined;
}

function valueFilter(field: Field, view: View, description: string): FilterRole | undefined {
  if (!fits(field, view)) return undefined;
  const isDay = field.type.kind === "date-time" && view.schema.format === "date";
  return { kind: "filter", field: field.name, operator: isDay ? "on" : textOperator(field, view, description) };
}

/** Prose tells whether a text must be equal: "whose name starts with this". */
function textOperator(field: Field, view: View, description: string): FilterOperator {
  if (field.type.kind !== "text" || view.schema.enum !== undefined) return "eq";
  if (/\b(start|starts|starting|begin|begins|beginning) with\b|\bprefix\b/i.test(description)) return "starts-with";
  return /\b(contains?|containing|partial(ly)?|substring|like|fuzzy)\b/i.test(description) ? "contains" : "eq";
}

function fits(field: Field, view: View): boolean {
  const { kind } = field.type;
  const isNumber = kind === "integer" || kind === "number" || kind === "decimal" || kind === "integer-enum";
  switch (view.kind) {
    case "boolean":
      return kind === "boolean";
    case "integer":
    case "number":
      return isNumber || kind === "decimal-text";
    case "string":
      return kind !== "boolean" && (!isNumber || view.schema.enum === undefined) && !isMomentText(view, field);
    case "any":
      return true;
    case "union":
    case "object":
    case "array":
      return false;
  }
}

/** A date can't be compared with a text that is none. */
function isMomentText(view: View, field: Field): boolean {
  const isMoment = view.schema.format === "date" || view.schema.format === "date-time";
  return isMoment && field.type.kind !== "date" && field.type.kind !== "date-time" && field.type.kind !== "text";
}

interface OperatorForm {
  readonly pattern: RegExp;
  readonly operator: FilterOperator | ((match: string) => FilterOperator | undefined);
}

const symbols: Readonly<Record<string, FilterOperator>> = {
  eq: "eq",
  exact: "eq",
  ne: "ne",
  neq: "ne",
  not: "ne",
  in: "in",
  gte: "gte",
  ge: "gte",
  min: "gte",
  from: "gte",
  gt: "gt",
  lte: "lte",
  le: "lte",
  max: "lte",
  to: "lte",
  lt: "lt",
  contains: "contains",
  icontains: "contains",
  like: "contains",
  ilike: "contains",
  search: "contains",
  startswith: "starts-with",
  istartswith: "starts-with",
  starts: "starts-with",
  prefix: "starts-with",
  isnull: "is-null",
  null: "is-null",
  after: "gt",
  before: "lt",
  since: "gte",
  until: "lte",
  start: "gte",
  end: "lte",
  gteq: "gte",
  lteq: "lte",
};

const bySymbol = (match: string): FilterOperator | undefined =>
  Object.hasOwn(symbols, match.toLowerCase()) ? symbols[match.toLowerCase()] : undefined;

/**
 * Ways to write an operator beside a field's name, with the name in the first group and the operator in the second.
 * Brackets and double underscores are certain; a plain suffix is taken only where the rest is a field.
 */
const operatorForms: readonly OperatorForm[] = [
  { pattern: /^(.+)\[([a-z]+)\]$/i, operator: bySymbol },
  { pattern: /^(.+)__([a-z]+)$/i, operator: bySymbol },
  { pattern: /^(.+)\.([a-z]+)$/i, operator: bySymbol },
  { pattern: /^(.+)[:$]([a-z]+)$/i, operator: bySymbol },
  { pattern: /^(.+)(!|<>)$/, operator: "ne" },
  { pattern: /^(.+)(>)$/, operator: "gt" },
  { pattern: /^(.+)(<)$/, operator: "lt" },
  {
    pattern:
      /^(.+?)_?(gte|gt|lte|lt|min|max|from|to|after|before|since|until|start|end|contains|like|prefix|starts_?with)$/i,
    operator: (match) => bySymbol(match.replace("_", "")),
  },
  { pattern: /^()(?:min|minimum)_?(.+)$/i, operator: "gte" },
  { pattern: /^()(?:max|maximum)_?(.+)$/i, operator: "lte" },
  { pattern: /^()(?:from|since|start|after)_?(.+)$/i, operator: "gte" },
  { pattern: /^()(?:to|until|end|before)_?(.+)$/i, operator: "lte" },
];

function operatorFilter(
  name: string,
  { view }: ListParameter,
  entity: EntityDraft,
  reader: SchemaReader,
): FilterRole | undefined {
  for (const form of operatorForms) {
    const match = form.pattern.exec(name);
    if (!match) continue;
    const [, before = "", after = ""] = match;
    const operator = typeof form.operator === "string" ? form.operator : form.operator(after);
    const field =
      columnNamed(before === "" ? after : before, entity) ?? momentNamed(before === "" ? after : before, entity);
    if (!operator || !field) continue;
    const role = comparison(field, operator, view, reader);
    if (role) return role;
  }
  return undefined;
}

function comparison(field: Field, operator: FilterOperator, view: View, reader: SchemaReader): FilterRole | undefined {
  if (operator === "in") return listFilter(field, view, reader);
  if (operator === "is-null")
    return view.kind === "boolean" ? { kind: "filter", field: field.name, operator } : undefined;
  const isText = field.type.kind === "text" || field.type.kind === "enum";
  if ((operator === "contains" || operator === "starts-with") && field.type.kind !== "text") return undefined;
  if (/^[gl]te?$/.test(operator) && (isText || field.type.kind === "boolean" || field.type.kind === "uuid"))
    return undefined;
  return fits(field, view) ? { kind: "filter", field: field.name, operator } : undefined;
}

/** `created_after` is about `created_at`; `updatedSince` about `updatedAt`; `birth` about `birth_date`. */
function momentNamed(name: string, entity: EntityDraft): Field | undefined {
  const key = memberKey(name);
  return moments(entity).find((field) => {
    const own = memberKey(field.name);
    return (
      own === `${key}at` ||
      own === `${key}on` ||
      own === `${key}date` ||
      own === `date${key}` ||
      own === `${key}time` ||
      (key.length > 3 && own === key.replace(/(at|on|date|time)$/, ""))
    );
  });
}

function moments(entity: EntityDraft): readonly Field[] {
  return entity.fields.filter(
    (field) => field.column !== undefined && (field.type.kind === "date" || field.type.kind === "date-time"),
  );
}

/** `since`, `from`, `startDate`, `end_time` alone are about the entity's only moment that is not about its upkeep. */
function momentFilter(
  name: string,
  { view }: ListParameter,
  entity: EntityDraft,
  reader: SchemaReader,
): FilterRole | undefined {
  const match =
    /^(from|since|after|start|startdate|starttime|fromdate|datefrom|begin|begindate)$|^(to|until|before|end|enddate|endtime|todate|dateto)$/.exec(
      memberKey(name),
    );
  if (!match || view.kind === "boolean") return undefined;
  const own = moments(entity).filter((field) => field.role !== "created-at" && field.role !== "updated-at");
  const created = entity.fields.find((field) => field.role === "created-at" && field.column !== undefined);
  const field = own.length === 0 ? created : own.length === 1 ? own[0] : undefined;
  const isDated = view.schema.format === "date" || view.schema.format === "date-time";
  return field && isDated ? comparison(field, match[1] === undefined ? "lte" : "gte", view, reader) : undefined;
}

/**
 * `date` or `day` alone is the day of the entity's moments that are not about its upkeep: of the first one, because what
 * begins and ends is looked for by its beginning.
 */
function dayFilter(name: string, { view }: ListParameter, entity: EntityDraft): FilterRole | undefined {
  const isDated = view.schema.format === "date" || view.schema.format === "date-time";
  if (!isDated || !/^(date|day|ondate|onday|datetime)$/.test(memberKey(name))) return undefined;
  const field = moments(entity).find(({ role }) => role !== "created-at" && role !== "updated-at");
  return field && { kind: "filter", field: field.name, operator: field.type.kind === "date" ? "eq" : "on" };
}

/** `country` is `country_code` where both are of one format. */
function codeFilter(name: string, { view }: ListParameter, entity: EntityDraft): FilterRole | undefined {
  const field = columnNamed(`${name}_code`, entity);
  const { format } = view.schema;
  const isSame = format !== undefined && field?.schema.format === format && field.type.kind === "text";
  return isSame ? { kind: "filter", field: field.name, operator: "eq" } : undefined;
}

/** A text that is looked for in the fields that the description names, else in every text of the entity. */
function searchRole(
  name: string,
  { view }: ListParameter,
  description: string,
  entity: EntityDraft,
): FilterRole | undefined {
  const isSearch =
    /^(q|query|search|searchterm|searchterms|searchtext|searchquery|searchstring|searchkey|keywords?|term|terms|text|fulltext|phrase|needle|searchfor|freetext)$/.test(
      memberKey(name),
    );
  if (!isSearch || (view.kind !== "string" && view.kind !== "any") || view.schema.enum !== undefined) return undefined;
  const texts = entity.fields.filter(
    (field) =>
      field.column !== undefined && field.type.kind === "text" && field.role === "data" && field.origin !== "write",
  );
  if (texts.length === 0) return undefined;
  const said = new Set(
    wordsOf(description.replaceAll(/e-mail/gi, "email")).map((word) => singularOf(word.toLowerCase())),
  );
  const named = texts.filter((field) => wordsOf(field.name).some((word) => said.has(singularOf(word.toLowerCase()))));
  return { kind: "search", fields: (named.length > 0 ? named : texts).map((field) => field.name) };
}
