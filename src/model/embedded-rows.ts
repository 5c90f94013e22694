import { mainUse } from "./members.ts";
import type { Member } from "./members.ts";
import type { Relation } from "./model.ts";
import { columnName, memberKey, nounKey, singularOf, tableName, UniqueNames, variableName, wordsOf } from "./names.ts";
import {
  addRelation,
  inventedName,
  isDemanded,
  isShownAs,
  linksOf,
  reason,
  relationName,
  singleKey,
} from "./relation-context.ts";
import type { RelationContext } from "./relation-context.ts";
import { holdsKey } from "./scalar-keys.ts";
import type { View } from "./schemas.ts";
import type { Sketch } from "./sketch.ts";
import type { Targets } from "./targets.ts";

/** `type: PetType` in a Pet: the row is shown, and its key is kept. */
export function embeddedRow(member: Member, sketch: Sketch, context: RelationContext): void {
  const { view, located } = mainUse(member);
  const links = linksOf(sketch, context);
  if (
    view.kind !== "object" ||
    links.references.has(member) ||
    sketch.fieldAnnotations.get(member)?.references === null
  )
    return;
  const annotation = sketch.fieldAnnotations.get(member);
  const target = rowsTarget(member, view, sketch, context);
  const part = target && singleKey(target);
  // What is only sent, and is the row itself, is the row under a name.
  if (target === sketch && member.reads.length === 0) return;
  if (!target || !part || target.group.resources.every(({ form }) => form === "singleton")) return;
  if (![...view.members.keys()].some((name) => memberKey(name) === memberKey(part.name))) return;
  const beside = keyBeside(member, target, sketch, context);
  const field = beside ?? inventedName(member.name, sketch, context);
  if (beside === undefined) {
    links.invented.push({
      name: field,
      sketch: target,
      reference: {
        entity: target.group.name.type,
        field: part.name,
        onDelete: annotation?.onDelete ?? (isDemanded(member) ? "restrict" : "set null"),
        ...(annotation?.references?.isUnscoped === true && { isUnscoped: true as const }),
      },
      member,
      isRequired: isDemanded(member) && member.creates.some(({ view: { schema } }) => schema.readOnly !== true),
      because: `"${member.name}" shows ${target.group.name.type}`,
      pointer: located.pointer,
      rule: "an embedded row keeps its key",
      confidence: "likely",
    });
  }
  links.shown.add(member);
  addRelation(links, {
    name: relationName(member.name, target),
    kind: "many-to-one",
    to: target.group.name.type,
    member: member.name,
    via: "object",
    field,
    isRequired: isDemanded(member),
    reasons: [
      reason(
        `references ${target.group.name.plural} (${part.name})`,
        `its schema is that of ${target.group.name.type}`,
        located.pointer,
        "an embedded row",
        "likely",
        "x-field: { references: null }",
      ),
    ],
  });
}

/** `partner_id` beside `partner`, whichever shapes they are in. */
function keyBeside(member: Member, target: Sketch, sketch: Sketch, context: RelationContext): string | undefined {
  const links = linksOf(sketch, context);
  const own = [...links.references]
    .filter(([, reference]) => reference.entity === target.group.name.type)
    .map(([other]) => other);
  const stem = memberKey(member.name);
  const found =
    own.find(({ name }) => memberKey(name).startsWith(stem) || isShownAs(member.name, memberKey(name))) ??
    own.find(
      ({ name }) =>
        sketch.members.all.filter((one) => one !== member && mainUse(one).view === mainUse(member).view).length === 0 &&
        own.length === 1 &&
        memberKey(name).includes(nounKey(target.group.name.type)),
    );
  return found?.name;
}

/** Lists of rows or of keys: the other side of a key that the rows have, else a join. */
export function embeddedRows(member: Member, sketch: Sketch, context: RelationContext): void {
  const { view, located } = mainUse(member);
  if (view.kind !== "array" || !view.items || sketch.fieldAnnotations.get(member)?.references === null) return;
  const items = context.reader.view(view.items);
  const target =
    items.kind === "object" ? rowsTarget(member, items, sketch, context) : keysTarget(member, items, sketch, context);
  const part = target?.key.parts.at(-1);
  if (!target || !part || !singleKey(sketch)) return;
  const back = linksOf(target, context).relations.find(
    (relation) =>
      relation.to === sketch.group.name.type && relation.kind === "many-to-one" && relation.field !== undefined,
  );
  if (!back && !singleKey(target)) return;
  if (items.kind === "object" && ![...items.members.keys()].some((name) => memberKey(name) === memberKey(part.name)))
    return;
  const via =
    items.kind === "object"
      ? ("objects" as const)
      : /id$/i.test(memberKey(part.name))
        ? ("ids" as const)
        : ("codes" as const);
  const links = linksOf(sketch, context);
  const shown = links.relations.find(
    (relation) =>
      relation.to === target.group.name.type &&
      relation.member !== undefined &&
      isPlural(relation) &&
      stemOf(relation.member) === stemOf(member.name),
  );
  links.shown.add(member);
  if (shown) return;
  const name =
    via === "objects" || stemOf(member.name) !== nounKey(target.group.name.type)
      ? variableName(member.name)
      : target.group.name.plural;
  const because = `"${member.name}" lists ${target.group.name.type}`;
  const base = {
    name,
    to: target.group.name.type,
    member: member.name,
    via,
    isRequired: false,
    reasons: [
      reason(
        `lists ${target.group.name.plural}`,
        because,
        located.pointer,
        back ? "the other side of a key" : "lists without a key on the other side",
        "likely",
        "x-field: { references: null }",
      ),
    ],
  };
  if (back?.field !== undefined && target !== sketch)
    addRelation(links, { ...base, kind: "one-to-many", inverse: back.field });
  else addRelation(links, { ...base, kind: "many-to-many", join: joinOf(sketch, target, member.name, context) });
}

function isPlural(relation: Relation): boolean {
  return relation.kind === "one-to-many" || relation.kind === "many-to-many";
}

function stemOf(name: string): string {
  return nounKey(name.replace(/[_-]?(ids|uuids|codes|keys)$/i, "").replace(/^id(?:[_-]|(?=[A-Z]))/i, ""));
}

function rowsTarget(member: Member, items: View, sketch: Sketch, { targets }: RelationContext): Sketch | undefined {
  return namedTarget(member, sketch, targets) ?? targets.byRow(items);
}

/** The entity that `x-field` names. */
function namedTarget(member: Member, { fieldAnnotations }: Sketch, targets: Targets): Sketch | undefined {
  const name = fieldAnnotations.get(member)?.references?.entity;
  return name === undefined ? undefined : targets.byName(name);
}

/** `label_ids`, `tagIds`, `idTags`: a noun, and its key in one number. */
function keysTarget(member: Member, items: View, sketch: Sketch, { targets }: RelationContext): Sketch | undefined {
  const annotated = namedTarget(member, sketch, targets);
  if (annotated) return holdsKey(items, member, annotated) ? annotated : undefined;
  const words = wordsOf(member.name);
  const isKeys = words.length > 1 && /^(ids|uuids|guids)$/i.test(words.at(-1) ?? "");
  const isPrefixed = words.length > 1 && words[0]?.toLowerCase() === "id";
  const bare = isDistinctive(items) ? targets.byName(member.name) : undefined;
  const target =
    isKeys || isPrefixed
      ? targets.bySuffix((isKeys ? words.slice(0, -1) : words.slice(1)).map(singularOf))
      : (targets.byKeySchema(items.pointer) ?? bare);
  const kind = target?.key.parts[0]?.type.kind;
  const isFitting =
    items.kind === "integer"
      ? kind === "integer"
      : items.kind === "string" && (items.schema.format === "uuid" ? kind === "uuid" : kind === "text");
  return isFitting && target !== sketch ? target : undefined;
}

/** `actors: [7, 8]`: a list of numbers that is called like rows hardly holds anything but their keys. */
function isDistinctive({ kind, schema }: View): boolean {
  return (kind === "integer" && schema.enum === undefined) || schema.format === "uuid";
}

export function joinOf(sketch: Sketch, target: Sketch, member: string, context: RelationContext): string {
  const [one, other] = [sketch.group.name, target.group.name];
  const known = context.joins.find(({ left, right }) => left.entity === other.type && right.entity === one.type);
  if (known) return known.name;
  const stem =
    stemOf(member) === nounKey(other.type) || stemOf(member) === nounKey(wordsOf(other.type).at(-1) ?? "")
      ? other.plural
      : member;
  const wanted = variableName(`${one.variable} ${stem}`);
  const names = new UniqueNames();
  for (const { group } of context.sketches) names.take(group.name.plural);
  for (const { name } of context.joins) names.take(name);
  const name = names.take(wanted);
  const right = one.type === other.type ? `related ${other.variable}` : other.variable;
  context.joins.push({
    name,
    table: tableName(wordsOf(name)),
    left: { entity: one.type, property: variableName(`${one.variable} id`), column: columnName(`${one.variable} id`) },
    right: { entity: other.type, property: variableName(`${right} id`), column: columnName(`${right} id`) },
  });
  return name;
}
