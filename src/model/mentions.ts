import { parentsOf } from "./landscape.ts";
import { mainUse } from "./members.ts";
import type { Member } from "./members.ts";
import type { Mention } from "./model.ts";
import { memberKey, nounKey, wordsOf } from "./names.ts";
import { linksOf, reason, singleKey } from "./relation-context.ts";
import type { RelationContext } from "./relation-context.ts";
import { hasIdentity } from "./rows.ts";
import type { View } from "./schemas.ts";
import type { Sketch } from "./sketch.ts";

/**
 * What the document ties to an entity without a key that a column could hold. A member is kept as it is written, and
 * the tie is known: to a reader of the model, and to slots, which may follow it. What is a relation already is no mention.
 */
export function mentionsOf(sketch: Sketch, context: RelationContext): readonly Mention[] {
  const links = linksOf(sketch, context);
  const free = sketch.members.all.filter(
    (member) =>
      !links.shown.has(member) &&
      !links.references.has(member) &&
      !links.relations.some((relation) => relation.member === member.name) &&
      sketch.fieldAnnotations.get(member)?.references !== null,
  );
  const found = [
    ...free.flatMap((member) => rules.flatMap(({ find }) => find(member, sketch, context)).slice(0, 1)),
    ...sketch.members.all.flatMap((member) => hypermedia(member, sketch, context)),
    ...relationships(sketch, context),
    ...linkPaths(sketch, context),
    ...pathParents(sketch, context),
  ];
  const known = new Set(links.relations.map(({ to, kind }) => `${kind} ${to}`));
  const one = new Set<string>();
  return found.filter(({ to, kind, member }) => {
    const isKnown = member === undefined ? known.has(`${kind} ${to}`) : one.has(`${member} ${to} ${kind}`);
    one.add(`${member ?? ""} ${to} ${kind}`);
    return !isKnown;
  });
}

/** In this order, because a whole row says more than a key that does not fit, and that more than a name. */
const rules: readonly {
  readonly find: (member: Member, sketch: Sketch, context: RelationContext) => readonly Mention[];
}[] = [
  { find: shownRow },
  { find: shownRows },
  { find: linkage },
  { find: addresses },
  { find: foreignKey },
  { find: names },
];

/** `user: { name, username }`: a brief form of a User, without its key. */
function shownRow(member: Member, sketch: Sketch, context: RelationContext): readonly Mention[] {
  const { view } = mainUse(member);
  const target = view.kind === "object" ? rowTarget(member, view, context) : undefined;
  const isItself = target === sketch && member.reads.length === 0;
  return target && !isItself
    ? [mention(member, target, "many-to-one", "object", "it shows a row without its key")]
    : [];
}

function shownRows(member: Member, sketch: Sketch, context: RelationContext): readonly Mention[] {
  const { view } = mainUse(member);
  const items = view.kind === "array" && view.items ? context.reader.view(view.items) : undefined;
  const target = items?.kind === "object" ? rowTarget(member, items, context) : undefined;
  return target && target !== sketch
    ? [mention(member, target, toMany(sketch, target, context), "objects", "it lists rows without their keys")]
    : [];
}

/** `author: { data: { id } }` among the members of a row (JSON:API 1.1 §7.2.2.2 calls it linkage): called like an entity. */
function linkage(member: Member, sketch: Sketch, context: RelationContext): readonly Mention[] {
  const { reader, targets } = context;
  const { members } = mainUse(member).view;
  const data = members.get("data");
  if (!data || ![...members.keys()].every((name) => /^(data|links|meta)$/.test(name))) return [];
  const inner = reader.view(data);
  const row = inner.kind === "array" && inner.items ? reader.view(inner.items) : inner;
  const target = hasIdentity(row) ? targets.bySuffix(wordsOf(member.name)) : undefined;
  if (!target) return [];
  const isMany = inner.kind === "array";
  const isHeld = target.members.all.some(
    (other) => targets.bySuffix(wordsOf(other.name)) === sketch && isOneLinked(other, context),
  );
  const kind = !isMany ? "many-to-one" : isHeld ? "one-to-many" : toMany(sketch, target, context);
  return [mention(member, target, kind, "links", "it tells the key of a row in `data`")];
}

function isOneLinked(member: Member, { reader }: RelationContext): boolean {
  const data = mainUse(member).view.members.get("data");
  return data !== undefined && reader.view(data).kind === "object";
}

/** By its component, else by the member's own name or its end, where most of what is shown is a part of the other's row. */
function rowTarget(member: Member, view: View, { targets }: RelationContext): Sketch | undefined {
  const exact = targets.byRow(view);
  if (exact || view.members.size < 2) return exact;
  const named = targets.bySuffix(wordsOf(member.name));
  const shared = [...view.members.keys()].filter((name) => named?.members.all.some((other) => isSame(other, name)));
  return shared.length >= view.members.size * 0.6 ? named : undefined;
}

function isSame(member: Member, name: string): boolean {
  return memberKey(member.name) === memberKey(name);
}

/** `organization_id: 7`, where organizations are found by another key that the document shows. */
function foreignKey(member: Member, sketch: Sketch, { targets }: RelationContext): readonly Mention[] {
  const { view } = mainUse(member);
  const words = wordsOf(member.name);
  const isKey = words.length > 1 && /^(id|uuid|guid)$/i.test(words.at(-1) ?? "");
  if (!isKey || (view.kind !== "string" && view.kind !== "integer")) return [];
  const target = targets.byName(words.slice(0, -1).join(""));
  return target && target !== sketch
    ? [mention(member, target, "many-to-one", "id", "it is called like a key of the other, and of another type")]
    : [];
}

/** `publisher` and `authors` that are sent as addresses of rows (RFC 2483, text/uri-list, and HAL have links so). */
function addresses(member: Member, sketch: Sketch, context: RelationContext): readonly Mention[] {
  const target = addressed(member, context);
  if (!target || target === sketch) return [];
  const isMany = mainUse(member).view.kind === "array";
  const isHeld = target.members.all.some(
    (other) => mainUse(other).view.kind === "string" && addressed(other, context) === sketch,
  );
  const kind = !isMany ? "many-to-one" : isHeld ? "one-to-many" : toMany(sketch, target, context);
  return [mention(member, target, kind, "links", "it is sent as the address of a row")];
}

function addressed(member: Member, { targets, reader }: RelationContext): Sketch | undefined {
  const { view } = mainUse(member);
  const { schema, kind } = view.kind === "array" && view.items ? reader.view(view.items) : view;
  const isAddress = kind === "string" && /^(uri|iri)(-reference)?$/.test(String(schema.format));
  const isKnown = member.reads.length === 0 || schema.format !== "uri";
  return isAddress && isKnown ? targets.byName(member.name) : undefined;
}

/** `tags: ["news"]`, `tag_list`: rows by a name that is not their key. */
function names(member: Member, sketch: Sketch, { targets, reader }: RelationContext): readonly Mention[] {
  const { view } = mainUse(member);
  if (view.kind !== "array" || !view.items) return [];
  const items = reader.view(view.items);
  if (items.kind !== "string" || items.schema.enum !== undefined) return [];
  const words = wordsOf(member.name);
  const isSuffixed = words.length > 1 && /^(list|names?|slugs?|codes?|keys?|ids)$/i.test(words.at(-1) ?? "");
  const target = targets.byName((isSuffixed ? words.slice(0, -1) : words).join(""));
  const isNamed = target?.members.all.some(({ name }) => /^(name|title|slug|code|key|label|username)$/i.test(name));
  return target && isNamed === true && target !== sketch
    ? [mention(member, target, "many-to-many", "codes", "it lists names that rows of the other have")]
    : [];
}

/** `_links: { shows: [{ href }] }` (HAL): a link that is called like an entity leads to rows of it. */
function hypermedia(member: Member, sketch: Sketch, context: RelationContext): readonly Mention[] {
  const { view } = mainUse(member);
  if (view.kind !== "object" || !/^_?links$/i.test(member.name)) return [];
  const links = linksOf(sketch, context);
  return [...view.members].flatMap(([name, located]) => {
    const target = context.targets.byName(name);
    const inner = context.reader.view(located);
    if (!target || target === sketch || (inner.kind !== "object" && inner.kind !== "array")) return [];
    const kind = inner.kind === "array" || isPlural(name, target) ? toMany(sketch, target, context) : "many-to-one";
    if (links.relations.some((relation) => relation.to === target.group.name.type && relation.kind === kind)) return [];
    return [mention(member, target, kind, "links", "its links lead there")];
  });
}

/** `relationships: { garden, plantings }` (JSON:API 1.1 §7.2.2.2): called like entities, or like their ends. */
function relationships(sketch: Sketch, context: RelationContext): readonly Mention[] {
  return related(sketch, context).map(({ target, isMany, pointer }) => {
    const isHeld = related(target, context).some((other) => other.target === sketch && !other.isMany);
    const kind = !isMany ? "many-to-one" : isHeld ? "one-to-many" : toMany(sketch, target, context);
    return tie(target, kind, "links", "its relationships lead there", pointer);
  });
}

interface Related {
  readonly target: Sketch;
  readonly isMany: boolean;
  readonly pointer: string;
}

export function related(sketch: Sketch, { targets, reader }: RelationContext): readonly Related[] {
  const [{ inner, row } = { inner: [], row: undefined }] = sketch.group.read;
  const member = inner.length > 0 && row ? reader.view(row).members.get("relationships") : undefined;
  return [...(member ? reader.view(member).members : [])].flatMap(([name, { pointer }]) => {
    const target = /^(parent|manager|supervisor|original|duplicate|previous|next)$/i.test(name)
      ? sketch
      : targets.bySuffix(wordsOf(name));
    return target ? [{ target, isMany: isPlural(name, target), pointer }] : [];
  });
}

function isPlural(name: string, { group }: Sketch): boolean {
  return memberKey(name) === memberKey(group.name.plural) && group.name.plural !== group.name.variable;
}

/** Where the rows hold our key they are ours; else each side may have many of the other. */
function toMany(sketch: Sketch, target: Sketch, context: RelationContext): Mention["kind"] {
  return isHeldBy(target, sketch, context) ? "one-to-many" : "many-to-many";
}

function isHeldBy(target: Sketch, sketch: Sketch, context: RelationContext): boolean {
  return linksOf(target, context).relations.some(
    ({ to, kind }) => to === sketch.group.name.type && kind === "many-to-one",
  );
}

/** A path that links rows whose keys have several parts: no join table holds them, and its operations are slots. */
function linkPaths(sketch: Sketch, context: RelationContext): readonly Mention[] {
  const { landscape, sketches } = context;
  return landscape.resources.flatMap((resource) => {
    if (resource.form !== "link") return [];
    const left = landscape.group(parentsOf(resource.parts, landscape).at(-1));
    const right = sketches.find(({ group }) => group === landscape.group(resource));
    const target = right ?? sketches.find(({ group }) => nounKey(group.name.type) === nounKey(resource.noun));
    if (left !== sketch.group || !target || target === sketch || isHeldBy(target, sketch, context)) return [];
    const pointer = resource.item[0]?.call.pointer ?? sketch.pointer;
    const because = "operations of its path link and unlink them";
    return [tie(target, "many-to-many", "link", because, pointer)];
  });
}

/** Below a parent whose key has several parts: no single column holds it, and the path tells whose rows are meant. */
function pathParents(sketch: Sketch, context: RelationContext): readonly Mention[] {
  const { landscape, sketches } = context;
  return sketch.group.resources.flatMap(({ parts, item, collection }) => {
    const group = landscape.group(parentsOf(parts, landscape).at(-1));
    const target = sketches.find((other) => other.group === group);
    if (!target || target === sketch || singleKey(target) !== undefined) return [];
    const pointer = [...item, ...collection][0]?.call.pointer ?? sketch.pointer;
    return [tie(target, "many-to-one", "path", "its path goes through one, whose key has several parts", pointer)];
  });
}

function mention(
  member: Member,
  target: Sketch,
  kind: Mention["kind"],
  via: Mention["via"],
  because: string,
): Mention & { readonly member: string } {
  const { pointer } = mainUse(member).located;
  return { ...tie(target, kind, via, because, pointer), member: member.name };
}

function tie(target: Sketch, kind: Mention["kind"], via: Mention["via"], because: string, pointer: string): Mention {
  const { type, plural } = target.group.name;
  const overrule = "x-field: { references: null }";
  return {
    to: type,
    kind,
    via,
    reasons: [reason(`tells of ${plural}`, because, pointer, "a tie without a key", "likely", overrule)],
  };
}
