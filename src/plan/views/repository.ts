import type { Entity, FilterOperator, ListConvention } from "../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../render/escape.ts";
import { fieldOf, isLeftOut, operationsOf, readableFields, storedFields, type PlanContext } from "../context.ts";
import { presentMoment } from "./moments.ts";
import { filterMembers, type FilterMember } from "./filters.ts";
import { Imports } from "./imports.ts";
import { ownership, ownRowsName, subjectCondition, subjectField } from "./ownership.ts";

/** templates/entity/repository.hbs */
export interface RepositoryView {
  readonly imports: readonly string[];
  readonly type: string;
  readonly variable: string;
  readonly filterType: string;
  /** Members of the description, as code. */
  readonly members: readonly string[];
  readonly hasFilters: boolean;
  readonly filters: readonly string[];
  readonly hasOwner: boolean;
  readonly ownName: string;
  readonly ownDoc: string;
  readonly table: string;
  /** Which of its conditions says that a row is the caller's. */
  readonly condition: string;
  readonly key: string;
}

const orm = "drizzle-orm";

export function repositoryView(entity: Entity, context: PlanContext): RepositoryView {
  const imports = new Imports();
  const { type, variable, plural, file, pluralWords } = entity.name;
  imports.value(plural, `./${file}.table.ts`);
  imports.value("describeRows", "../repository.ts");
  imports.value("RowRepository", "../repository.ts");
  imports.type(type, `./${file}.contract.ts`);
  imports.type(`${type}Values`, `./${file}.contract.ts`);
  const members = filterMembers(entity, context);
  if (members.length > 0) imports.type(`${type}Filter`, `./${file}.contract.ts`);
  const own = ownership(entity, context, imports);
  const subject = subjectField(entity, context);
  const self = subject === undefined ? undefined : subjectCondition(entity, subject, imports);
  const isReferenced = (own ?? self) !== undefined && isOwnerPathOf(entity, context);
  if (isReferenced) imports.value("sql", orm);
  return {
    type,
    variable,
    filterType: members.length > 0 ? `${type}Filter` : "object",
    members: describe(entity, context, imports, { own, self }),
    hasFilters: members.length > 0,
    filters: members.map((member) => `${propertyKey(member.name)}: ${conditionCode(entity, member, context, imports)}`),
    hasOwner: isReferenced,
    ownName: ownRowsName(entity),
    ownDoc: `/** The keys of the caller's ${pluralWords}. */`,
    table: plural,
    condition: own === undefined ? "self" : "own",
    key: `${plural}${memberAccess(entity.key.fields[0] ?? "id")}`,
    imports: imports.lines(),
  };
}

/** Whether another entity's ownership leads through this one, or this one's rows are what a body may refer to. */
function isOwnerPathOf(entity: Entity, context: PlanContext): boolean {
  return context.model.entities.some((other) => {
    const relation = other.relations.find(({ name }) => name === other.owner?.relations[0]);
    return relation?.to === entity.name.type && relation.field !== undefined;
  });
}

interface Conditions {
  readonly own: string | undefined;
  readonly self: string | undefined;
}

function describe(
  entity: Entity,
  context: PlanContext,
  imports: Imports,
  { own, self }: Conditions,
): readonly string[] {
  const stored = storedFields(entity);
  const readable = new Set(readableFields(entity));
  const hidden = stored.filter((field) => !readable.has(field)).map(({ name }) => name);
  const optional = readableFields(entity)
    .filter(isLeftOut)
    .map(({ name }) => name);
  const sql = (): string => imports.value("sql", orm);
  const touched = stored.flatMap((field) => {
    if (field.role === "updated-at") return [`${propertyKey(field.name)}: ${sql()}\`${presentMoment(field)}\``];
    if (field.role === "version")
      return [`${propertyKey(field.name)}: ${sql()}\`\${${entity.name.plural}${memberAccess(field.name)}} + 1\``];
    return [];
  });
  return [
    `table: ${entity.name.plural}`,
    `key: ${valueLiteral(entity.key.fields)}`,
    ...(hidden.length > 0 ? [`hidden: ${valueLiteral(hidden)}`] : []),
    ...(optional.length > 0 ? [`optional: ${valueLiteral(optional)}`] : []),
    ...(own === undefined ? [] : [`own: ${own}`]),
    ...(self === undefined ? [] : [`self: ${self}`]),
    ...(entity.owner?.liftedBy === undefined ? [] : [`liftedBy: ${literal(entity.owner.liftedBy)}`]),
    ...softDelete(entity, imports),
    ...(touched.length > 0 ? [`touched: { ${touched.join(", ")} }`] : []),
    `order: ${orderCode(defaultOrder(entity, context))}`,
  ];
}

function softDelete(entity: Entity, imports: Imports): readonly string[] {
  if (entity.softDelete === undefined) return [];
  const { field, deleted } = entity.softDelete;
  const column = `${entity.name.plural}${memberAccess(field)}`;
  if (deleted === "now") {
    return [
      `present: ${imports.value("isNull", orm)}(${column})`,
      `deleted: { ${propertyKey(field)}: ${imports.value("sql", orm)}\`now()\` }`,
    ];
  }
  const sql = imports.value("sql", orm);
  return [`present: ${sql}\`\${${column}} is not true\``, `deleted: { ${propertyKey(field)}: ${sql}\`true\` }`];
}

/** The order of the entity's first list; by key where it has none. */
export function defaultOrder(entity: Entity, context: PlanContext): ListConvention["order"] {
  const list = operationsOf(context, entity.name.type).find((operation) => operation.list !== undefined)?.list;
  const order = list?.order.filter((term) => fieldOf(entity, term.field).column !== undefined) ?? [];
  const missing = entity.key.fields.filter((name) => !order.some((term) => term.field === name));
  return [...order, ...missing.map((field) => ({ field, direction: "asc" as const }))];
}

export function orderCode(order: ListConvention["order"]): string {
  const terms = order.map(
    ({ field, direction }) => `{ by: ${literal(field)}${direction === "desc" ? ", descending: true" : ""} }`,
  );
  return `[${terms.join(", ")}]`;
}

const comparisons: Readonly<Partial<Record<FilterOperator, string>>> = {
  eq: "eq",
  ne: "ne",
  gte: "gte",
  gt: "gt",
  lte: "lte",
  lt: "lt",
};

function conditionCode(entity: Entity, member: FilterMember, context: PlanContext, imports: Imports): string {
  if (member.kind === "join") return joinedCode(entity, member, context, imports);
  const place = literal(`$filter.${member.name}`);
  const statements = "../statements.ts";
  const column = (name: string): string => `${entity.name.plural}${memberAccess(name)}`;
  if (member.kind === "search") {
    const parts = member.fields.map(
      (name) => `${imports.value("containsText", statements)}(${column(name)}, ${place})`,
    );
    return parts.length === 1 ? parts.join("") : `${imports.value("or", orm)}(${parts.join(", ")})`;
  }
  const target = column(member.fields[0] ?? "");
  const comparison = comparisons[member.operator];
  if (comparison !== undefined) {
    return `${imports.value(comparison, orm)}(${target}, ${imports.value(member.sought, statements)}(${target}, ${place}))`;
  }
  switch (member.operator) {
    case "in":
      return `${imports.value("anyOf", statements)}(${target}, ${place})`;
    case "starts-with":
      return `${imports.value("startsWith", statements)}(${target}, ${place})`;
    case "has":
      return `${imports.value("holdsAny", statements)}(${target}, ${place})`;
    case "on":
      return `${imports.value("isOnDay", statements)}(${target}, ${place})`;
    case "is-null":
      return `${imports.value("isMissing", statements)}(${target}, ${place})`;
    default:
      return `${imports.value("containsText", statements)}(${target}, ${place})`;
  }
}

/** Rows that are joined with the one whose key is at the place. */
function joinedCode(
  entity: Entity,
  { name, join, fields }: FilterMember,
  context: PlanContext,
  imports: Imports,
): string {
  const { left, right } = context.join(join);
  const [theirs = ""] = fields;
  const ours = left.property === theirs ? right.property : left.property;
  const sql = imports.value("sql", orm);
  const table = imports.value(join, "../joins.table.ts");
  const [own, other] = [`${table}${memberAccess(ours)}`, `${table}${memberAccess(theirs)}`];
  const key = `${entity.name.plural}${memberAccess(entity.key.fields[0] ?? "id")}`;
  const value = `${imports.value("valueOf", "../statements.ts")}(${other}, ${literal(`$filter.${name}`)})`;
  return `${sql}\`\${${key}} in (select \${${own}} from \${${table}} where \${${other}} = \${${value}})\``;
}
