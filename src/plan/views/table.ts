import type { Schema } from "../../document/openapi.ts";
import type { Entity, Field, Join } from "../../model/model.ts";
import { constraintName } from "../../model/names.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../render/escape.ts";
import { fieldOf, isOnly, storedFields, type PlanContext } from "../context.ts";
import { isExactField } from "../exact.ts";
import { docComment } from "./doc.ts";
import { presentMoment } from "./moments.ts";
import { Imports } from "./imports.ts";
import { keyText } from "./key-text.ts";
import { indexedFields } from "./indexes.ts";
import { storedValue } from "./values.ts";

/** templates/entity/table.hbs */
export interface TableView {
  readonly imports: readonly string[];
  readonly doc: string;
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly hasExtras: boolean;
  readonly extras: readonly string[];
}

const core = "drizzle-orm/pg-core";

export function tableView(entity: Entity, context: PlanContext): TableView {
  const imports = new Imports();
  imports.value("pgTable", core);
  const columns = storedFields(entity).map(
    (field) => `${propertyKey(field.name)}: ${columnCode(entity, field, context, imports)}`,
  );
  const extras = [
    ...compoundKey(entity, imports),
    ...checks(entity, imports),
    ...uniques(entity, imports),
    ...indexes(entity, context, imports),
  ];
  return {
    imports: imports.lines(),
    doc: docComment(entity.description),
    name: entity.name.plural,
    table: literal(entity.table),
    columns,
    hasExtras: extras.length > 0,
    extras,
  };
}

/** templates/project/src/joins.table.ts.hbs: the join tables of relations that have no schema of their own. */
export function joinTablesView(context: PlanContext): {
  readonly imports: readonly string[];
  readonly joins: readonly object[];
} {
  const imports = new Imports();
  for (const name of ["pgTable", "primaryKey", "index"]) imports.value(name, core);
  const joins = context.model.joins.map((join) => joinView(join, context, imports));
  return { imports: imports.lines(), joins };
}

function joinView(join: Join, context: PlanContext, imports: Imports): object {
  const side = ({ entity: type, property, column }: Join["left"]): string => {
    const entity = context.entity(type);
    const key = fieldOf(entity, entity.key.fields[0] ?? "id");
    imports.value(entity.name.plural, tablePath(entity, "./"));
    const base = columnOf(literal(column), key, context, imports);
    const target = `${entity.name.plural}${memberAccess(key.name)}`;
    return `${property}: ${base}.notNull().references(() => ${target}, { onDelete: "cascade" })`;
  };
  return {
    name: join.name,
    table: literal(join.table),
    left: side(join.left),
    right: side(join.right),
    key: `primaryKey({ columns: [table.${join.left.property}, table.${join.right.property}] })`,
    index: `index(${literal(constraintName(join.table, [join.right.column], "index"))}).on(table.${join.right.property})`,
  };
}

function tablePath(entity: Entity, prefix = "../"): string {
  return `${prefix}${entity.name.file}/${entity.name.file}.table.ts`;
}

function columnCode(entity: Entity, field: Field, context: PlanContext, imports: Imports): string {
  const column = literal(field.column ?? field.name);
  const isKey = isOnly(entity.key.fields, field.name);
  return [
    columnOf(column, field, context, imports),
    isKey ? keyCode(entity, context.resolved(field.schema), imports) : field.isStoredNotNull ? ".notNull()" : "",
    isKey ? "" : defaultCode(field, context, imports),
    referenceCode(entity, field, context, imports),
  ].join("");
}

export function columnOf(column: string, field: Field, context: PlanContext, imports: Imports): string {
  const { type } = field;
  const use = (name: string): string => imports.value(name, core);
  switch (type.kind) {
    case "text":
    case "enum":
    case "bytes":
      return `${use("text")}(${column})`;
    case "uuid":
      return `${use("uuid")}(${column})`;
    case "integer":
      if (type.bits === 32) return `${use("integer")}(${column})`;
      return `${use("bigint")}(${column}, { mode: ${isExactField(field, context) ? '"bigint"' : '"number"'} })`;
    case "integer-enum":
      return `${use("integer")}(${column})`;
    case "number":
      return `${use("doublePrecision")}(${column})`;
    case "decimal":
      return `${use("numeric")}(${column}, { mode: "number" })`;
    case "decimal-text":
      return `${use("numeric")}(${column})`;
    case "boolean":
      return `${use("boolean")}(${column})`;
    case "date":
      return `${use("date")}(${column})`;
    case "date-time":
      return `${imports.value("instant", "../columns.ts")}(${column})`;
    case "json":
      return `${use("jsonb")}(${column})`;
  }
}

function keyCode(entity: Entity, { pattern, format }: Schema, imports: Imports): string {
  switch (entity.key.generated) {
    case "identity":
      return ".primaryKey().generatedByDefaultAsIdentity()";
    case "uuid":
      return ".primaryKey().defaultRandom()";
    case "text":
      return `.primaryKey().default(${imports.value("sql", "drizzle-orm")}\`${keyText(pattern, format)}\`)`;
    case "client":
    case "parent":
      return ".primaryKey()";
  }
}

function defaultCode(field: Field, context: PlanContext, imports: Imports): string {
  const suffix = isExactField(field, context) ? "n" : "";
  if (field.role === "created-at" || field.role === "updated-at")
    return `.default(${imports.value("sql", "drizzle-orm")}\`${presentMoment(field)}\`)`;
  if (field.role === "version") return `.default(1${suffix})`;
  if (field.default === undefined || field.default === null) return "";
  return `.default(${valueLiteral(storedValue(field, field.default))}${suffix})`;
}

/** A foreign key needs a unique target. A cycle of tables needs its type said, because TypeScript cannot infer it. */
function referenceCode(entity: Entity, field: Field, context: PlanContext, imports: Imports): string {
  if (field.references === undefined) return "";
  const { entity: type, field: targetName, onDelete } = field.references;
  const target = context.entity(type);
  const isUnique = isOnly(target.key.fields, targetName) || target.unique.some((set) => isOnly(set, targetName));
  if (!isUnique) return "";
  const isSelf = type === entity.name.type;
  const name = isSelf ? entity.name.plural : imports.value(target.name.plural, tablePath(target));
  const isCyclic = isSelf || reaches(target, entity, context);
  const annotation = isCyclic ? `: ${imports.type("AnyPgColumn", core)}` : "";
  return `.references(()${annotation} => ${name}${memberAccess(targetName)}, { onDelete: ${literal(onDelete)} })`;
}

function reaches(from: Entity, to: Entity, context: PlanContext, seen: ReadonlySet<string> = new Set()): boolean {
  if (from.name.type === to.name.type) return true;
  if (seen.has(from.name.type)) return false;
  const next = new Set([...seen, from.name.type]);
  return from.fields.some(
    ({ references }) => references !== undefined && reaches(context.entity(references.entity), to, context, next),
  );
}

function compoundKey(entity: Entity, imports: Imports): readonly string[] {
  if (entity.key.fields.length < 2) return [];
  const columns = entity.key.fields.map((name) => `table${memberAccess(name)}`).join(", ");
  return [`${imports.value("primaryKey", core)}({ columns: [${columns}] })`];
}

function checks(entity: Entity, imports: Imports): readonly string[] {
  return storedFields(entity).flatMap((field) => {
    if (field.type.kind !== "enum" && field.type.kind !== "integer-enum") return [];
    const name = literal(constraintName(entity.table, [field.column ?? field.name], "check"));
    const isOneOf = imports.value("isOneOf", "../columns.ts");
    const values = valueLiteral(field.type.values);
    return [`${imports.value("check", core)}(${name}, ${isOneOf}(table${memberAccess(field.name)}, ${values}))`];
  });
}

function uniques(entity: Entity, imports: Imports): readonly string[] {
  return entity.unique.map((names) => {
    const columns = names.map((name) => fieldOf(entity, name).column ?? name);
    const name = literal(constraintName(entity.table, columns, "unique"));
    return `${imports.value("unique", core)}(${name}).on(${names.map((member) => `table${memberAccess(member)}`).join(", ")})`;
  });
}

function indexes(entity: Entity, context: PlanContext, imports: Imports): readonly string[] {
  return indexedFields(entity, context).map((names) => {
    const columns = names.map((name) => fieldOf(entity, name).column ?? name);
    const name = literal(constraintName(entity.table, columns, "index"));
    return `${imports.value("index", core)}(${name}).on(${names.map((member) => `table${memberAccess(member)}`).join(", ")})`;
  });
}
