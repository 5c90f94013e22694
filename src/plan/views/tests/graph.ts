import { reaches } from "../../../model/cycles.ts";
import type { Entity, Field, Reference } from "../../../model/model.ts";
import { fieldOf, storedFields, type PlanContext } from "../../context.ts";
import { saysOwner, standsForCaller, subjectField } from "../ownership.ts";
import { uniqueSets, uniquesOf, distinguishing } from "./uniques.ts";

export type ReferenceField = Field & { readonly references: Reference };

/** What rows of tests need first: which references are filled, which rows a caller stands behind, how many rows there can be. */
export interface RowGraph {
  /** Fields whose row is made first, where a test says nothing. */
  readonly filled: (entity: Entity) => readonly ReferenceField[];
  /** Whether making a row depends on whose it is to be. */
  readonly takesOwner: (entity: Entity) => boolean;
  /** Whether a row of it that only stands behind another can share what it refers to with others of its kind. */
  readonly takesOthers: (entity: Entity) => boolean;
  /** Whether any row does so. */
  readonly sharesRows: boolean;
  /** Whether all rows that only stand behind others may refer to one row by this field. */
  readonly isShareable: (entity: Entity, field: ReferenceField) => boolean;
  /** At most so many rows of one caller can be made in one test. */
  readonly capacity: (entity: Entity) => number;
  /** Parents after their children; keys that lead the other way must be cleared before. */
  readonly deletionOrder: readonly Entity[];
  readonly cut: readonly { readonly entity: Entity; readonly field: Field }[];
}

const graphs = new WeakMap<PlanContext, RowGraph>();

export function rowGraph(context: PlanContext): RowGraph {
  const known = graphs.get(context) ?? buildGraph(context);
  graphs.set(context, known);
  return known;
}

/** Whether one row of the entity stands for the caller, be it the caller's alone to see or anybody's. */
export function hasCallersRow(entity: Entity, context: PlanContext): boolean {
  return subjectField(entity, context) !== undefined;
}

function referenceFields(entity: Entity): readonly ReferenceField[] {
  return storedFields(entity).filter((field): field is ReferenceField => field.references !== undefined);
}

function buildGraph(context: PlanContext): RowGraph {
  const { entities } = context.model;
  const edges = new Map<string, Set<string>>(entities.map(({ name }) => [name.type, new Set()]));
  const filled = new Map<string, ReferenceField[]>(entities.map(({ name }) => [name.type, []]));
  const take = (entity: Entity, field: ReferenceField): void => {
    edges.get(entity.name.type)?.add(field.references.entity);
    filled.get(entity.name.type)?.push(field);
  };
  const optional: { entity: Entity; field: ReferenceField }[] = [];
  for (const entity of entities) {
    for (const field of referenceFields(entity)) {
      if (field.isStoredNotNull && !reaches(field.references.entity, entity.name.type, edges)) take(entity, field);
      else if (!field.isStoredNotNull) optional.push({ entity, field });
    }
  }
  const cut: { entity: Entity; field: Field }[] = [];
  const isAddress = addresses(context);
  const addressesFirst = optional.toSorted((left, right) => Number(isAddress(right)) - Number(isAddress(left)));
  for (const { entity, field } of addressesFirst) {
    if (reaches(field.references.entity, entity.name.type, edges)) cut.push({ entity, field });
    else take(entity, field);
  }
  const filledOf = (entity: Entity): readonly ReferenceField[] => filled.get(entity.name.type) ?? [];
  const owners = new Map<string, boolean>();
  const takesOwner = (entity: Entity): boolean => {
    const known = owners.get(entity.name.type);
    if (known !== undefined) return known;
    owners.set(entity.name.type, saysOwner(entity));
    const takes =
      saysOwner(entity) ||
      filledOf(entity)
        .map(({ references }) => context.entity(references.entity))
        .some((target) => hasCallersRow(target, context) || takesOwner(target));
    owners.set(entity.name.type, takes);
    return takes;
  };
  const isShareable = (entity: Entity, field: ReferenceField): boolean =>
    !hasCallersRow(context.entity(field.references.entity), context) &&
    !distinctSets(entity).some((names) => names.includes(field.name));
  const referredTo = new Set([...filled.values()].flat().map(({ references }) => references.entity));
  const takesOthers = (entity: Entity): boolean =>
    referredTo.has(entity.name.type) && filledOf(entity).some((field) => isShareable(entity, field));
  return {
    filled: filledOf,
    takesOwner,
    takesOthers,
    sharesRows: entities.some(takesOthers),
    isShareable,
    capacity: (entity) => capacity(entity, filledOf(entity), context),
    deletionOrder: deletionOrder(entities, edges),
    cut,
  };
}

/** Of a circle of references, the one that a path tells is filled: below its parent alone such a row can be found. */
function addresses({ model }: PlanContext): (one: { readonly entity: Entity; readonly field: Field }) => boolean {
  const told = new Set(
    model.operations.flatMap(({ entity = "", parameters }) =>
      parameters.flatMap((one) =>
        one.in === "path" && one.role.kind === "parent" ? [`${entity} ${one.role.field}`] : [],
      ),
    ),
  );
  return ({ entity, field }) => told.has(`${entity.name.type} ${field.name}`);
}

/** Unique members bound it, and so does a one-to-one with the row that stands for the caller. */
function capacity(entity: Entity, filled: readonly ReferenceField[], context: PlanContext): number {
  const uniques = uniquesOf(entity, context);
  const counts = distinctSets(entity).map((names) => {
    const field = distinguishing(entity, names);
    if (field !== undefined) return uniques.get(field.name)?.count ?? 1;
    const references = names.map((name) => fieldOf(entity, name)).flatMap((one) => one.references ?? []);
    const isFresh = references.some((reference) => !hasCallersRow(context.entity(reference.entity), context));
    const isFilled = names.some((name) => filled.some((one) => one.name === name));
    return isFresh && isFilled ? Number.POSITIVE_INFINITY : 1;
  });
  return Math.min(standsForCaller(entity) ? 1 : Number.POSITIVE_INFINITY, ...counts);
}

/** Fields that tell rows apart together. */
function distinctSets(entity: Entity): readonly (readonly string[])[] {
  return [...uniqueSets(entity), ...(entity.key.generated === "parent" ? [entity.key.fields] : [])];
}

function deletionOrder(
  entities: readonly Entity[],
  edges: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Entity[] {
  const done: Entity[] = [];
  const seen = new Set<string>();
  const visit = (entity: Entity): void => {
    if (seen.has(entity.name.type)) return;
    seen.add(entity.name.type);
    for (const next of edges.get(entity.name.type) ?? []) {
      const target = entities.find(({ name }) => name.type === next);
      if (target !== undefined) visit(target);
    }
    done.push(entity);
  };
  for (const entity of entities) visit(entity);
  return done.toReversed();
}
