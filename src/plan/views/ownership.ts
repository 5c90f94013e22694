import type { Entity } from "../../model/model.ts";
import { variableName } from "../../model/names.ts";
import { literal, memberAccess, propertyKey } from "../../render/escape.ts";
import { fieldOf, isOnly, relationOf, type PlanContext } from "../context.ts";
import { rememberedByName } from "../remember.ts";
import type { Imports } from "./imports.ts";

/** "ownAccounts": the SQL of the keys of the caller's rows. */
export function ownRowsName(entity: Entity): string {
  return variableName(`own ${entity.name.plural}`);
}

/** The condition that a row is the caller's, as code; undefined where rows belong to nobody. */
export function ownership(entity: Entity, context: PlanContext, imports: Imports): string | undefined {
  if (entity.owner === undefined) return undefined;
  const [first] = entity.owner.relations;
  if (first === undefined) return ownerCondition(entity, entity.owner.field, claimOf(entity), imports);
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
  return subjectFields(context, entity.name.type);
}

const subjectFields = rememberedByName((context: PlanContext, type): string | undefined => {
  const entity = context.entity(type);
  if (standsForCaller(entity)) return entity.owner?.field;
  const owned = context.model.entities.find(({ owner }) => owner?.entity === type && owner.claim === undefined)?.owner
    ?.field;
  const isCalled = context.model.operations.some(
    (operation) => operation.variant === "current-user" && operation.entity === type && operation.security.length > 0,
  );
  return owned ?? (isCalled && entity.key.fields.length === 1 ? entity.key.fields[0] : undefined);
});

/**
 * The entity that stands for callers: its rows hold their subject, and are only theirs to see. So does the one whose key
 * is their tenant's.
 */
export function standsForCaller({ owner, key }: Entity): boolean {
  return owner?.relations.length === 0 && (owner.claim === undefined || isOnly(key.fields, owner.field));
}

/** Whether the entity's own rows say whose they are. */
export function saysOwner({ owner }: Entity): boolean {
  return owner?.relations.length === 0;
}

/** The claim that rows belong by; undefined where it is the subject, of whom rows may have several (RFC 7519, 4.1.2). */
export function claimOf({ owner }: Entity): string | undefined {
  return owner?.claim === "sub" ? undefined : owner?.claim;
}

/** The claims of tokens that rows belong by, beside the subject. */
export function claimsOf({ model }: PlanContext): readonly string[] {
  return [...new Set(model.entities.flatMap((entity) => claimOf(entity) ?? []))];
}

/** Whether more of a caller than the subject decides which rows are in reach. */
export function knowsCallers({ model }: PlanContext): boolean {
  return model.entities.some((entity) => (claimOf(entity) ?? entity.owner?.liftedBy) !== undefined);
}

/** What the field that says whose a row is equals for the caller, as code: a text, or undefined where a claim is lacking. */
export function ownerCode(entity: Entity): string {
  const claim = claimOf(entity);
  return claim === undefined ? "context.caller.subject" : `context.caller.claims${memberAccess(claim)}`;
}

export function subjectCondition(entity: Entity, name: string, imports: Imports): string {
  const claim = entity.owner?.relations.length === 0 && entity.owner.field === name ? claimOf(entity) : undefined;
  return ownerCondition(entity, name, claim, imports);
}

/** Compared as text, because a subject is text, whatever the column keeps. */
function ownerCondition(entity: Entity, name: string, claim: string | undefined, imports: Imports): string {
  const column = `${entity.name.plural}${memberAccess(name)}`;
  const { kind } = fieldOf(entity, name).type;
  const place = `${imports.value("sql", "drizzle-orm")}.placeholder(${literal(claim === undefined ? "$subject" : `$claim.${claim}`)})`;
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

/** For templates: what is known of callers beside their subject. */
export interface ClaimsView {
  /** More than the subject decides which rows are in reach. */
  readonly knowsCallers: boolean;
  readonly hasClaims: boolean;
  /** A key, an access and the literals of each claim's name and of its place in a statement. */
  readonly claims: readonly {
    readonly key: string;
    readonly access: string;
    readonly name: string;
    readonly place: string;
  }[];
}

export function claimsView(context: PlanContext): ClaimsView {
  const claims = claimsOf(context).map((claim) => ({
    key: propertyKey(claim),
    access: memberAccess(claim),
    name: literal(claim),
    place: literal(`$claim.${claim}`),
  }));
  return { knowsCallers: knowsCallers(context), hasClaims: claims.length > 0, claims };
}
