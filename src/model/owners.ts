import { warning } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import { placeOf } from "../document/resolve.ts";
import type { OwnerAnnotation } from "./annotations.ts";
import type { EntityDraft } from "./classified.ts";
import type { Judged } from "./members.ts";
import type { Field, Owner, Reason } from "./model.ts";
import { memberKey } from "./names.ts";

export interface OwnerContext {
  readonly document: Document;
  readonly judged: readonly Judged[];
  /** `x-entity.owner` by entity. */
  readonly annotated: ReadonlyMap<string, OwnerAnnotation | null>;
  /** Where each of them stands. */
  readonly places: ReadonlyMap<string, string>;
}

/** Sets the owner of each entity: as annotated, else by a read-only key of the entity that stands for the caller. */
export function withOwners(entities: readonly EntityDraft[], context: OwnerContext): Checked<readonly EntityDraft[]> {
  const diagnostics: Diagnostic[] = [];
  const stated = nobodys(entities, context);
  const byName = new Map(entities.map((entity) => [entity.name.type, entity]));
  const callers = callersOf(entities, context);
  const direct = new Map<string, Found>();
  for (const entity of entities) {
    const stated = context.annotated.get(entity.name.type);
    if (stated === null) continue;
    const found =
      stated === undefined ? inferred(entity, callers, context) : annotated(entity, stated, byName, context);
    if (found) direct.set(entity.name.type, found);
    else if (stated !== undefined) {
      const place = placeOf(context.document, context.places.get(entity.name.type) ?? entity.pointer);
      diagnostics.push(warning("annotation/invalid", { place, ...lostOwner(entity, stated.path, byName) }));
    }
  }
  for (const { entity, step } of ownersOnTheWay(direct, byName, context)) {
    if (step.found !== undefined) direct.set(step.entity.name.type, step.found);
    else {
      const place = placeOf(context.document, context.places.get(entity) ?? step.entity.pointer);
      diagnostics.push(warning("annotation/invalid", { place, ...otherOwner(entity, step.entity) }));
      direct.delete(entity);
    }
  }
  const value = entities.map((entity) => {
    const found = direct.get(entity.name.type);
    const nobody = stated.get(entity);
    if (nobody) return { ...entity, reasons: [...entity.reasons, nobody] };
    return found ? withRoles({ ...entity, owner: found.owner, reasons: [...entity.reasons, found.reason] }) : entity;
  });
  return { value, diagnostics };
}

/** Entities whose rows belong to nobody, because somebody says so. */
function nobodys(
  entities: readonly EntityDraft[],
  { annotated, places }: OwnerContext,
): ReadonlyMap<EntityDraft, Reason> {
  const stated = entities.filter(({ name }) => annotated.get(name.type) === null);
  return new Map(
    stated.map((entity): [EntityDraft, Reason] => [
      entity,
      {
        fact: "rows belong to nobody",
        because: "x-entity says so",
        pointer: places.get(entity.name.type) ?? entity.pointer,
        rule: "owner",
        confidence: "sure",
      },
    ]),
  );
}

interface Found {
  readonly owner: Owner;
  readonly reason: Reason;
}

/** The field that keeps the subject is set by the service, and never by a client. */
function withRoles(entity: EntityDraft): EntityDraft {
  const { owner } = entity;
  const first = entity.relations.find(({ name }) => name === owner?.relations[0])?.field;
  if (first !== undefined)
    return {
      ...entity,
      fields: entity.fields.map((field) => (field.name === first ? owning(field) : field)),
    };
  if (!owner || owner.relations.length > 0 || entity.key.fields.includes(owner.field)) return entity;
  const isShared = owner.claim !== undefined;
  const unique =
    isShared || entity.unique.some((names) => names.length === 1 && names[0] === owner.field)
      ? entity.unique
      : [...entity.unique, [owner.field]];
  return {
    ...entity,
    unique,
    fields: entity.fields.map((field) =>
      field.name === owner.field
        ? { ...field, role: "subject" as const, isStoredNotNull: true, ...(isShared && { isIndexed: true as const }) }
        : field,
    ),
  };
}

/** A row whose owner goes could never be reached again; what the service sets on every create is never null. */
function owning(field: Field): Field {
  const isSet = field.origin === "read" && field.isRequired && !field.isNullable;
  const kept: Field = isSet ? { ...field, isStoredNotNull: true } : field;
  const isStated = field.reasons.some(({ because }) => because === "x-field says so");
  if (field.references?.onDelete !== "set null" || isStated) return kept;
  return {
    ...kept,
    references: { ...field.references, onDelete: "restrict" },
    reasons: field.reasons.map((reason) => ({
      ...reason,
      fact: reason.fact.replace(/on delete set null$/, "on delete restrict"),
    })),
  };
}

function annotated(
  entity: EntityDraft,
  { path, ...terms }: OwnerAnnotation,
  entities: ReadonlyMap<string, EntityDraft>,
  { annotated: all }: OwnerContext,
): Found | undefined {
  if (entity.fields.some(({ name }) => name === path))
    return found(
      entity,
      { relations: [], entity: entity.name.type, field: path, ...terms },
      "x-entity says so",
      "sure",
    );
  let current = entity;
  const relations: string[] = [];
  const steps = path.split(".");
  for (const [at, step] of steps.entries()) {
    // A tenant's key is a plain member of the last row on the way.
    const isTenant = terms.claim !== undefined && at === steps.length - 1 && relationOf(current, step) === undefined;
    if (isTenant && current.fields.some(({ name }) => name === step))
      return found(entity, { relations, entity: current.name.type, field: step, ...terms }, "x-entity says so", "sure");
    const relation = relationOf(current, step);
    const next = relation && entities.get(relation.to);
    if (!relation || !next) return undefined;
    relations.push(relation.name);
    current = next;
  }
  const subject = all.get(current.name.type)?.path;
  const field = current.fields.some(({ name }) => name === subject) ? subject : current.key.fields[0];
  return field === undefined
    ? undefined
    : found(entity, { relations, entity: current.name.type, field, ...terms }, "x-entity says so", "sure");
}

interface OnTheWay {
  /** Whose owner's path leads through it. */
  readonly entity: string;
  /** `found` is what it belongs to by that; undefined where something else is stated. */
  readonly step: { readonly entity: EntityDraft; readonly found: Found | undefined };
}

/**
 * Rows are found through those that their owner's path leads through, which belong to the same one. A row that stands
 * for the caller itself may be anybody's to see; a tenant's may not.
 */
function* ownersOnTheWay(
  direct: ReadonlyMap<string, Found>,
  entities: ReadonlyMap<string, EntityDraft>,
  { annotated: all }: OwnerContext,
): Generator<OnTheWay> {
  for (const [name, { owner, reason }] of direct) {
    if (!all.has(name)) continue;
    const { relations, field, claim } = owner;
    let current = entities.get(name);
    for (const [at, step] of relations.entries()) {
      current = entities.get((current && relationOf(current, step)?.to) ?? "");
      const rest = relations.slice(at + 1);
      if (current === undefined || (rest.length === 0 && claim === undefined)) break;
      const known = direct.get(current.name.type)?.owner;
      const isSame = known?.claim === claim && known?.field === field && known?.relations.join() === rest.join();
      if (isSame) continue;
      const isFree = known === undefined && !all.has(current.name.type);
      const way = { relations: rest, entity: owner.entity, field, ...(claim !== undefined && { claim }) };
      const inherited = isFree ? found(current, way, `rows of ${name} belong by it`, reason.confidence) : undefined;
      yield { entity: name, step: { entity: current, found: inherited } };
      if (!isFree) break;
    }
  }
}

function otherOwner(entity: string, on: EntityDraft): { readonly saw: string; readonly fix: string } {
  return {
    saw: `The owner of ${entity} leads through ${on.name.type}, whose rows belong to another one; it is ignored.`,
    fix: `Give both the same end, or leave out the owner of ${on.name.type}.`,
  };
}

/** Which step of an owner's path leads nowhere, and what is there instead. */
function lostOwner(
  entity: EntityDraft,
  path: string,
  entities: ReadonlyMap<string, EntityDraft>,
): { readonly saw: string; readonly fix: string } {
  let current = entity;
  for (const step of path.split(".")) {
    const next = entities.get(relationOf(current, step)?.to ?? "");
    if (next) {
      current = next;
      continue;
    }
    const names = [...current.relations.map(({ name }) => name), ...(current === entity ? subjectsOf(entity) : [])];
    const near = nearestName(step, names);
    const fix =
      near === undefined ? `There is ${names.join(", ") || "nothing that leads on"}.` : `Did you mean "${near}"?`;
    return { saw: `"${step}" is no relation of ${current.name.type}; its owner is ignored.`, fix };
  }
  return {
    saw: `The owner "${path}" of ${entity.name.type} leads to no entity, and is ignored.`,
    fix: "Name a relation.",
  };
}

/** Properties that may keep a token's subject. */
function subjectsOf({ fields }: EntityDraft): readonly string[] {
  return fields.filter(({ type, column }) => type.kind === "text" && column !== undefined).map(({ name }) => name);
}

function relationOf({ relations }: EntityDraft, step: string): EntityDraft["relations"][number] | undefined {
  return relations.find((one) => one.name === step || one.member === step || one.field === step);
}

/** Entities that an operation reads as the caller (`/users/me`), and the field that equals the token's subject. */
function callersOf(
  entities: readonly EntityDraft[],
  { judged, annotated: all }: OwnerContext,
): ReadonlyMap<string, string> {
  const read = new Set(
    judged.flatMap(({ judgement }) =>
      judgement.variant === "current-user" && judgement.group ? [judgement.group.name.type] : [],
    ),
  );
  return new Map(
    entities.flatMap((entity) => {
      const stated = all.get(entity.name.type);
      const subject = entity.fields.find(({ name }) => name === stated?.path && stated.claim === undefined)?.name;
      const field = subject ?? (read.has(entity.name.type) ? entity.key.fields[0] : undefined);
      return field === undefined ? [] : [[entity.name.type, field] as const];
    }),
  );
}

function inferred(
  entity: EntityDraft,
  callers: ReadonlyMap<string, string>,
  { document }: OwnerContext,
): Found | undefined {
  if (!isSecured(document)) return undefined;
  const relation = entity.relations.find((one) => {
    const field = entity.fields.find(({ name }) => name === one.field);
    return (
      callers.has(one.to) &&
      one.kind === "many-to-one" &&
      field?.origin === "read" &&
      /^(owner|user|author|creator|createdby|customer|account|member)(id|uuid)?$/.test(memberKey(field.name))
    );
  });
  if (!relation) return undefined;
  return found(
    entity,
    { relations: [relation.name], entity: relation.to, field: callers.get(relation.to) ?? "id" },
    `"${relation.field ?? ""}" is read-only, and ${relation.to} stands for the caller`,
    "likely",
  );
}

function isSecured({ root }: Document): boolean {
  return Object.keys(root.components?.securitySchemes ?? {}).length > 0;
}

function found(entity: EntityDraft, owner: Owner, because: string, confidence: Reason["confidence"]): Found {
  const path = [...owner.relations, owner.field].filter((step) => step !== "").join(".");
  return {
    owner,
    reason: {
      fact: `rows belong to the caller${owner.claim === undefined ? "" : `'s ${owner.claim}`} by ${path}${owner.liftedBy === undefined ? "" : `, unless ${owner.liftedBy} is granted`}`,
      because,
      pointer: entity.pointer,
      rule: "owner",
      confidence,
      overrule: "x-entity: { owner: … }",
    },
  };
}
