import { warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import { placeOf } from "../document/resolve.ts";
import { annotatedKey, memberAnnotations, withAnnotatedTypes } from "./annotated-members.ts";
import { checkAnnotations } from "./annotation-checks.ts";
import { annotatedReasons, entityAnnotation, softDeleteOf } from "./annotated-entities.ts";
import type { EntityAnnotations } from "./annotated-entities.ts";
import type { Annotations, OwnerAnnotation } from "./annotations.ts";
import type { EntityDraft } from "./classified.ts";
import { fieldsOf, keyOf, uniqueFields } from "./fields.ts";
import type { EntityGroup } from "./groups.ts";
import { sketchKey } from "./keys.ts";
import type { KeySketch } from "./keys.ts";
import type { Landscape } from "./landscape.ts";
import { allUses, membersOf } from "./members.ts";
import type { Judged, Members } from "./members.ts";
import { mentionsOf } from "./mentions.ts";
import type { Field, Join, Key, Reason } from "./model.ts";
import { nounKey, tableName, UniqueNames, wordsOf } from "./names.ts";
import { linksOf } from "./relation-context.ts";
import type { RelationContext } from "./relation-context.ts";
import { relate } from "./relations.ts";
import type { SchemaReader } from "./schemas.ts";
import { isArgument } from "./sites.ts";
import type { Sketch } from "./sketch.ts";

export interface DraftingContext {
  readonly document: Document;
  readonly landscape: Landscape;
  readonly judged: readonly Judged[];
  readonly reader: SchemaReader;
  readonly annotations: Annotations;
  readonly spelling: RelationContext["spelling"];
}

export interface Drafted {
  readonly entities: readonly EntityDraft[];
  readonly joins: readonly Join[];
  /** `x-entity.owner` by entity. */
  readonly owners: ReadonlyMap<string, OwnerAnnotation | null>;
  readonly ownerPlaces: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Entities with members, keys, relations and fields; owners come after. */
export function draftEntities(context: DraftingContext): Drafted {
  const { landscape, reader, spelling } = context;
  const sketches = landscape.groups.map((group) => sketchOf(group, context));
  const relations = relate(sketches, landscape, reader, spelling);
  const tables = new UniqueNames();
  const named = new Map<Sketch, string>();
  for (const sketch of sketches) {
    const { table } = sketch.annotation;
    if (table !== undefined && !tables.has(table)) named.set(sketch, tables.take(table));
  }
  const entities = sketches.map((sketch) =>
    draftOf(sketch, relations, context, named.get(sketch) ?? tables.take(tableName(wordsOf(sketch.group.name.type)))),
  );
  const owners = new Map(
    sketches.flatMap(({ group, annotation }) =>
      annotation.owner === undefined ? [] : [[group.name.type, annotation.owner] as const],
    ),
  );
  const joins = relations.joins.map((join) => ({ ...join, table: tables.take(join.table) }));
  const checking = { annotations: context.annotations, targets: relations.targets, entities };
  for (const [index, sketch] of sketches.entries()) {
    const draft = entities[index];
    if (draft) checkAnnotations(sketch, draft, checking);
  }
  const diagnostics = relations.unresolved.map(({ pointer, saw }) =>
    warning("relation/unresolved", { place: placeOf(context.document, pointer), saw }),
  );
  return {
    entities,
    owners,
    ownerPlaces: new Map(
      sketches.map(({ group, annotation, pointer }) => [group.name.type, annotation.places.owner ?? pointer]),
    ),
    diagnostics,
    joins,
  };
}

function sketchOf(group: EntityGroup, context: DraftingContext): Sketch {
  const { judged, reader, annotations } = context;
  const members = membersOf(group, judged, reader);
  const pointer = pointerOf(group, members);
  const annotation = entityAnnotation(group, annotations);
  const fieldAnnotations = memberAnnotations(members, annotations);
  const annotated = annotatedKey(annotation, group, members, annotations);
  const key = withAnnotatedTypes(sketchKey({ group, members, judged, reader, annotated, pointer }), fieldAnnotations);
  const formerNames = new Map(
    members.all.flatMap((member) => {
      const names = allUses(member).flatMap(({ located }) => annotations.renamedFrom(located.schema, located.pointer));
      return names.length === 0 ? [] : [[member, [...new Set(names)]] as const];
    }),
  );
  return {
    group,
    members,
    key,
    pointer,
    annotation,
    fieldAnnotations,
    formerNames,
    isKeyedBelowParent: isKeyedBelowParent(group, key),
  };
}

function pointerOf(group: EntityGroup, members: Members): string {
  return (
    [...members.readViews, ...members.createViews, ...members.updateViews][0]?.pointer ??
    group.resources[0]?.collection[0]?.call.pointer ??
    group.resources[0]?.item[0]?.call.pointer ??
    ""
  );
}

/** A name that the client chose is unique among its siblings only, where every path to it goes through one parent. */
function isKeyedBelowParent({ resources }: EntityGroup, { generated, parts }: KeySketch): boolean {
  const addressed = resources.filter(({ item, form }) => item.length > 0 && form === "collection");
  const parents = new Set(
    addressed.map((resource) => {
      const index = resource.parts.findLastIndex((part) => isArgument(part));
      return index === -1 ? undefined : nounKey(resource.parts[index - 1] ?? "");
    }),
  );
  const isNested = parents.size === 1 && !parents.has(undefined);
  const [part] = parts;
  const isText = part?.type.kind === "text" || part?.isSpelled === true;
  return generated === "client" && parts.length === 1 && isText && isNested;
}

function draftOf(sketch: Sketch, relations: RelationContext, context: DraftingContext, table: string): EntityDraft {
  const { group, members, annotation } = sketch;
  const links = linksOf(sketch, relations);
  const key = keyOf(sketch, links);
  const fields = keyFirst(fieldsOf(sketch, links, context.reader), key, annotation);
  const unique = uniqueFields(sketch, fields, links.relations);
  const description = [...members.readViews, ...members.createViews]
    .map(({ schema }) => schema.description)
    .find((text) => typeof text === "string");
  const renamedFrom = [...group.read, ...group.write].flatMap(({ view }) =>
    view ? context.annotations.renamedFrom(view.schema, view.pointer) : [],
  );
  return {
    name: group.name,
    pointer: sketch.pointer,
    readSchemas: namesOf(group.read, group),
    writeSchemas: namesOf(group.write, group),
    table,
    key,
    fields,
    relations: links.relations,
    mentions: mentionsOf(sketch, relations),
    unique,
    ...softDeleteOf(fields, annotation),
    ...(description !== undefined && { description }),
    ...(renamedFrom.length > 0 && { renamedFrom: [...new Set(renamedFrom)] }),
    reasons: [entityReason(sketch), sketch.key.reason, ...annotatedReasons(annotation)],
    aliases: Object.fromEntries([
      ...members.all.flatMap((member) => member.spellings.map((spelling) => [spelling, member.name] as const)),
      ...links.aliases,
    ]),
    readPointers: members.readViews.map(({ pointer }) => pointer),
    holders: members.holders,
    writePointers: [...members.createViews, ...members.updateViews].map(({ pointer }) => pointer),
  };
}

function keyFirst(fields: readonly Field[], key: Key, annotation: EntityAnnotations): readonly Field[] {
  const keys = key.fields.flatMap((name) => fields.filter((field) => field.name === name));
  const first = keys.map((field): Field => ({ ...kept(field), role: "key", isNullable: false, isStoredNotNull: true }));
  const others = fields.filter((field) => !key.fields.includes(field.name));
  return [
    ...first,
    ...others.map((field) =>
      field.name === softDeleteOf(others, annotation).softDelete?.field ? marking(field) : field,
    ),
  ];
}

/** What is part of a key cannot be set to null when the row that it refers to goes. */
function kept(field: Field): Field {
  if (field.references?.onDelete !== "set null") return field;
  return { ...field, references: { ...field.references, onDelete: "cascade" } };
}

/** Of a row that is there, the moment of its end is not known. */
function marking(field: Field): Field {
  return { ...field, role: "soft-delete", isStoredNotNull: field.isStoredNotNull && field.type.kind === "boolean" };
}

function namesOf(contents: EntityGroup["read"], group: EntityGroup): readonly string[] {
  const [resource] = group.resources;
  const site = resource?.item[0] ?? resource?.collection[0];
  const inline = site ? `inline:${site.call.method.toUpperCase()} ${site.call.path}` : "inline";
  return [...new Set(contents.map(({ view }) => view?.name ?? inline))];
}

function entityReason({ group, pointer, annotation }: Sketch): Reason {
  const [resource] = group.resources;
  const isStated = resource === undefined || Object.keys(annotation.places).length > 0;
  return {
    fact: `entity ${group.name.type}`,
    because: resource ? `${resource.template}: ${resource.because}` : "x-entity says so",
    pointer,
    rule: "a resource that is stored",
    confidence: isStated ? "sure" : resource.confidence,
    overrule: "x-entity: false",
  };
}
