import type { Entity } from "../../model/model.ts";
import { variableName } from "../../model/names.ts";
import { memberAccess } from "../../render/escape.ts";
import { fieldOf, relationOf, type PlanContext } from "../context.ts";
import type { Imports } from "./imports.ts";

/** "ownAccounts": the SQL of the keys of the caller's rows. */
export function ownRowsName(entity: Entity): string {
  return variableName(`own ${entity.name.plural}`);
}

/** The condition that a row is the caller's, as code; undefined where rows belong to nobody. */
export function ownership(entity: Entity, context: PlanContext, imports: Imports): string | undefined {
  if (entity.owner === undefined) return undefined;
  const [first] = entity.owner.relations;
  if (first === undefined) return subjectCondition(entity, entity.owner.field, imports);
  const relation = relationOf(entity, first);
  const target = context.entity(relation.to);
  if (relation.field === undefined || target.name.type === entity.name.type) return undefined;
  const rows = imports.value(ownRowsName(target), `../${target.name.file}/${target.name.file}.repository.ts`);
  return `${imports.value("sql", "drizzle-orm")}\`\${${entity.name.plural}${memberAccess(relation.field)}} in \${${rows}}\``;
}

/**
 * The field that equals the caller's subject, of an entity whose rows stand for callers: as its own owner or that of
 * others says; else its key, where an operation that only known callers enter is about the caller's own row.
 */
export function subjectField(entity: Entity, context: PlanContext): string | undefined {
  if (entity.owner?.relations.length === 0) return entity.owner.field;
  const owned = context.model.entities.find(({ owner }) => owner?.entity === entity.name.type)?.owner?.field;
  const isCalled = context.model.operations.some(
    ({ variant, entity: type, security }) =>
      variant === "current-user" && type === entity.name.type && security.length > 0,
  );
  return owned ?? (isCalled && entity.key.fields.length === 1 ? entity.key.fields[0] : undefined);
}

/** Compared as text, because a subject is text, whatever the column keeps. */
export function subjectCondition(entity: Entity, name: string, imports: Imports): string {
  const column = `${entity.name.plural}${memberAccess(name)}`;
  const { kind } = fieldOf(entity, name).type;
  const place = `${imports.value("sql", "drizzle-orm")}.placeholder("$subject")`;
  if (kind === "text") return `${imports.value("eq", "drizzle-orm")}(${column}, ${place})`;
  return `sql\`\${${column}}::text = \${${place}}\``;
}

/** Whether rows are found through their owner's condition: such rows are only their owner's to see. */
export function isOwned(entity: Entity): boolean {
  return entity.owner !== undefined;
}

/** The field of an entity's own rows that holds their caller's subject, which no request changes; undefined elsewhere. */
export function ownSubjectField({ owner }: Entity): string | undefined {
  return owner?.relations.length === 0 ? owner.field : undefined;
}

/**
 * The field that says whose a new row is, where the caller's own key or subject must stand there and the body cannot
 * give it: the first step of the owner's path.
 */
export function ownerField(
  entity: Entity,
  context: PlanContext,
): { readonly field: string; readonly target: Entity | undefined } | undefined {
  if (entity.owner === undefined) return undefined;
  const [first, ...more] = entity.owner.relations;
  if (first === undefined) return { field: entity.owner.field, target: undefined };
  const relation = relationOf(entity, first);
  if (relation.field === undefined) return undefined;
  if (more.length > 0) return undefined;
  const field = fieldOf(entity, relation.field);
  return field.onCreate === "refused" ? { field: field.name, target: context.entity(relation.to) } : undefined;
}
