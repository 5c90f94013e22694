import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import { parentsOf } from "./landscape.ts";
import type { Landscape } from "./landscape.ts";
import type { Judged } from "./members.ts";
import type { Join, ParameterRole } from "./model.ts";
import { memberKey } from "./names.ts";
import { outerWords } from "./outer-argument.ts";
import { hasBody, isArgument } from "./sites.ts";
import { verbCallOf } from "./verb-calls.ts";

type PathRoles = ClassifiedOperation["pathRoles"];

export interface PathContext {
  readonly landscape: Landscape;
  readonly entities: ReadonlyMap<string, EntityDraft>;
  readonly joins: readonly Join[];
}

/**
 * What each argument of a path means to its operation. On a read or a list it is a condition, on a create it gives the
 * field. Undefined where an argument of an operation that is not custom has no meaning: such an operation is no CRUD.
 */
export function pathRoles({ site, judgement }: Judged, context: PathContext): PathRoles | undefined {
  const names = site.call.segments.flatMap((segment, index) => segment.parameters.map((name) => ({ name, index })));
  const entity = judgement.group && context.entities.get(judgement.group.name.type);
  const linked = entity && linkRoles({ site, judgement }, names, context);
  if (linked) return linked;
  if (judgement.kind === "custom" || !entity) return names.map(({ name }) => ({ name, role: { kind: "input" } }));
  const keys = keyArguments({ site, judgement }, entity);
  const roles = names.map(({ name, index }) => {
    const field = keys.get(name);
    const role: ParameterRole | undefined =
      field === undefined ? outerRole(name, index, { site, judgement }, entity, context) : { kind: "key", field };
    return role && { name, role };
  });
  return roles.every((role) => role !== undefined) ? roles : undefined;
}

/** The two rows that a link path joins; what leads to them is not needed. Undefined where no join table keeps it. */
function linkRoles(
  { site, judgement }: Judged,
  names: readonly { readonly name: string; readonly index: number }[],
  { landscape, entities, joins }: PathContext,
): PathRoles | undefined {
  const { resource, kind } = judgement;
  const right = resource?.form === "link" ? landscape.group(resource) : undefined;
  const left = resource && landscape.group(parentsOf(resource.parts, landscape).at(-1));
  const isOne = resource?.item.includes(site) === true && !hasBody(site);
  if (kind !== "custom" || !isOne || !left || !right || site.output.view || names.length !== 2) return undefined;
  const types = [left.name.type, right.name.type];
  const join = joins.find((one) => types.includes(one.left.entity) && types.includes(one.right.entity));
  const isShown = [
    ...(entities.get(left.name.type)?.relations ?? []),
    ...(entities.get(right.name.type)?.relations ?? []),
  ].some((relation) => relation.join === join?.name && types.includes(relation.to));
  if (!join || !isShown || types[0] === types[1]) return undefined;
  return names.map(({ name }, index) => {
    const side = join.left.entity === types[index] ? join.left : join.right;
    return { name, role: { kind: "join", join: join.name, entity: side.entity, field: side.property } };
  });
}

/** The arguments that address the item: the last ones, one for each part of the key that is not a parent's. */
function keyArguments({ site, judgement }: Judged, entity: EntityDraft): ReadonlyMap<string, string> {
  const { resource, kind, variant } = judgement;
  const isItem = resource !== undefined && resource.depth > 0 && site.call.segments.length > resource.parts.length;
  if (resource?.form === "rpc") return lastArguments(site, verbCallOf(site)?.depth ?? 0, entity);
  if (resource?.form === "singleton")
    return entity.key.generated === "parent" ? lastArguments(site, 1, entity) : new Map();
  return isItem && (kind !== "create" || variant === "upsert")
    ? lastArguments(site, resource.depth, entity)
    : new Map();
}

function lastArguments(site: Judged["site"], count: number, entity: EntityDraft): ReadonlyMap<string, string> {
  const names = count === 0 ? [] : site.call.segments.flatMap(({ parameters }) => parameters).slice(-count);
  const fields = entity.key.fields.slice(-names.length);
  return new Map(names.flatMap((name, index) => (fields[index] === undefined ? [] : [[name, fields[index]] as const])));
}

function outerRole(
  name: string,
  index: number,
  { site, judgement }: Judged,
  entity: EntityDraft,
  context: PathContext,
): ParameterRole | undefined {
  const parts = site.parts.slice(0, index);
  const group = isArgument(site.parts[index]) ? context.landscape.group(context.landscape.addressed(parts)) : undefined;
  const parent = group && context.entities.get(group.name.type);
  return (
    (parent && parentRole(name, parent, entity, context)) ??
    fieldRole(name, entity) ??
    outerFieldRole(site.parts, index, name, entity) ??
    (parent && (parent !== entity || judgement.kind !== "list")
      ? ancestorRole(parent, name, entity, context)
      : undefined)
  );
}

function parentRole(
  name: string,
  parent: EntityDraft,
  entity: EntityDraft,
  { joins }: PathContext,
): ParameterRole | undefined {
  const own = entity.relations.filter((relation) => relation.to === parent.name.type && relation.field !== undefined);
  const relation =
    own.find(({ field }) => memberKey(field ?? "") === memberKey(name)) ??
    own.find(({ via }) => via === "path") ??
    own[0];
  const [parentField = "id"] = parent.key.fields;
  if (relation?.field !== undefined)
    return { kind: "parent", field: relation.field, entity: parent.name.type, parentField };
  const joined = [
    ...entity.relations.filter(({ to }) => to === parent.name.type),
    ...parent.relations.filter(({ to }) => to === entity.name.type),
  ].find((one) => one.join !== undefined);
  const join = joins.find((one) => one.name === joined?.join);
  const side = join && [join.left, join.right].find((one) => one.entity === parent.name.type);
  return join && side ? { kind: "join", join: join.name, entity: parent.name.type, field: side.property } : undefined;
}

/** A column of the entity's own, scope columns included. What rows lie below is not their own generated key. */
function fieldRole(name: string, entity: EntityDraft): ParameterRole | undefined {
  const field = entity.fields.find((one) => one.column !== undefined && memberKey(one.name) === memberKey(name));
  const isOwnKey = field !== undefined && entity.key.fields.length === 1 && entity.key.fields.includes(field.name);
  return field === undefined || isOwnKey ? undefined : { kind: "filter", field: field.name, operator: "eq" };
}

function outerFieldRole(
  parts: readonly string[],
  index: number,
  name: string,
  entity: EntityDraft,
): ParameterRole | undefined {
  const words = outerWords(parts, index, name);
  return words && fieldRole(words.join("_"), entity);
}

/**
 * `/owners/{ownerId}/pets/{petId}/visits`: the nearer parent says which rows are meant. It holds the key of the outer one,
 * or keeps the argument itself where that is a part of a longer key.
 */
function ancestorRole(
  parent: EntityDraft,
  name: string,
  entity: EntityDraft,
  { entities }: PathContext,
): ParameterRole | undefined {
  const seen = new Set<string>();
  const reaches = (from: EntityDraft): boolean => {
    if (from === parent || (from !== entity && fieldRole(name, from) !== undefined)) return true;
    if (seen.has(from.name.type)) return false;
    seen.add(from.name.type);
    return from.relations.some(({ field, to }) => field !== undefined && reaches(entities.get(to) ?? from));
  };
  return reaches(entity)
    ? { kind: "ignored", why: "the nearer parent in the path says which rows are meant" }
    : undefined;
}
