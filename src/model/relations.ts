import type { Landscape } from "./classify.ts";
import { parentsOf } from "./classify.ts";
import type { KeyPart } from "./keys.ts";
import { mainUse } from "./members.ts";
import type { Member } from "./members.ts";
import type { Join, Reason, Reference, Relation } from "./model.ts";
import { columnName, memberKey, nounKey, singularOf, tableName, UniqueNames, variableName, wordsOf } from "./names.ts";
import type { SchemaReader, View } from "./schemas.ts";
import type { Links, Sketch } from "./sketch.ts";
import { templateOf } from "./sites.ts";
import { Targets } from "./targets.ts";

export interface RelationContext {
  readonly sketches: readonly Sketch[];
  readonly links: ReadonlyMap<Sketch, Links>;
  readonly targets: Targets;
  readonly landscape: Landscape;
  readonly reader: SchemaReader;
  readonly spelling: "camel" | "snake" | "pascal" | "kebab";
  readonly joins: Join[];
  /** What looks like a key and could not be followed. */
  readonly unresolved: { readonly pointer: string; readonly saw: string }[];
}

/**
 * Finds how entities belong together. Keys that a schema shows come first, because they say most; embedded objects use
 * them where they are beside them; parents of paths use what both found; lists come last, for the key may be there by
 * then. Entities go by name, so that the order of the document decides nothing.
 */
export function relate(
  inOrder: readonly Sketch[],
  landscape: Landscape,
  reader: SchemaReader,
  spelling: RelationContext["spelling"],
): RelationContext {
  const sketches = inOrder.toSorted((a, b) => (a.group.name.type < b.group.name.type ? -1 : 1));
  const links = new Map(
    sketches.map((sketch) => [
      sketch,
      {
        relations: [],
        references: new Map(),
        shown: new Set(),
        invented: [],
        required: new Set(),
        aliases: new Map(),
      } satisfies Links,
    ]),
  );
  const context: RelationContext = {
    sketches,
    links,
    targets: new Targets(sketches),
    landscape,
    reader,
    spelling,
    joins: [],
    unresolved: [],
  };
  for (const sketch of sketches) forEachMember(sketch, (member) => scalarKey(member, sketch, context));
  for (const sketch of sketches) forEachMember(sketch, (member) => embeddedRow(member, sketch, context));
  for (const sketch of sketches) pathParent(sketch, context);
  for (const sketch of sketches) scopeColumns(sketch, context);
  for (const sketch of sketches) forEachMember(sketch, (member) => embeddedRows(member, sketch, context));
  return context;
}

function forEachMember(sketch: Sketch, act: (member: Member) => void): void {
  const keys = new Set(sketch.key.parts.map(({ member }) => member));
  for (const member of sketch.members.all) if (!keys.has(member) || sketch.key.parts.length > 1) act(member);
}

export function linksOf(sketch: Sketch, context: RelationContext): Links {
  const links = context.links.get(sketch);
  if (!links) throw new Error(`${sketch.group.name.type} has no links.`);
  return links;
}

/** The one field that others can refer to a row by; a row that is found below its parent alone has none. */
export function singleKey(sketch: Sketch): KeyPart | undefined {
  const [part, ...others] = sketch.key.parts;
  return others.length === 0 && !sketch.isKeyedBelowParent ? part : undefined;
}

interface Found {
  readonly target: Sketch;
  readonly rule: string;
  readonly confidence: Reason["confidence"];
}

/** `customerId`, `billing_address_id`, `owner: AccountId`, `product: 7`. */
function scalarKey(member: Member, sketch: Sketch, context: RelationContext): void {
  const annotation = sketch.fieldAnnotations.get(member);
  if (annotation?.references === null) return;
  const use = mainUse(member);
  const view = expandable(use.view, context) ?? use.view;
  const annotated = annotation?.references ? context.targets.byName(annotation.references.entity) : undefined;
  const found = annotated
    ? { target: annotated, rule: "x-field says so", confidence: "sure" as const }
    : foundKey(member, view, sketch, context);
  if (!found) return;
  if (!annotated && !fits(view, found.target)) {
    if (found.confidence === "sure" && singleKey(found.target)) misfit(member, found.target, context);
    return;
  }
  const part = singleKey(found.target);
  if (!part) return;
  const links = linksOf(sketch, context);
  const isUnion = view !== use.view;
  const reference: Reference = {
    entity: found.target.group.name.type,
    field: part.name,
    onDelete: annotation?.onDelete ?? (isDemanded(member) ? "restrict" : "set null"),
    ...(annotation?.references?.isUnscoped === true && { isUnscoped: true as const }),
  };
  links.references.set(member, {
    ...reference,
    rule: found.rule,
    confidence: found.confidence,
    isAnnotated: annotation?.onDelete !== undefined,
  });
  addRelation(links, {
    name: relationName(member.name, found.target),
    kind: "many-to-one",
    to: reference.entity,
    member: member.name,
    via: isUnion ? "id-or-object" : part.type.kind === "text" && !/id$/i.test(memberKey(part.name)) ? "code" : "id",
    field: member.name,
    isRequired: isDemanded(member),
    reasons: [
      reason(
        `references ${found.target.group.name.plural} (${part.name})`,
        `"${member.name}" names ${reference.entity}`,
        use.located.pointer,
        found.rule,
        found.confidence,
        "x-field: { references: null }",
      ),
    ],
  });
}

function misfit(member: Member, target: Sketch, { unresolved }: RelationContext): void {
  const { type } = target.group.name;
  const key = target.key.parts.map(({ name }) => name).join(", ");
  unresolved.push({
    pointer: mainUse(member).located.pointer,
    saw: `"${member.name}" is called like the key of ${type}, and its type is not that of ${type}.${key}; it stays a plain value.`,
  });
}

/** `anyOf [string, Product]` is the key of a product, or the product itself. */
function expandable(view: View, { reader, targets }: RelationContext): View | undefined {
  if (view.kind !== "union") return undefined;
  const choices = view.choices.map((choice) => reader.view(choice));
  const scalar = choices.find(({ kind }) => kind === "string" || kind === "integer");
  return scalar && choices.some((choice) => choice.kind === "object" && targets.byRow(choice)) ? scalar : undefined;
}

function isDemanded(member: Member): boolean {
  const uses = member.creates.length > 0 ? member.creates : member.reads;
  return uses.length > 0 && uses.every((use) => use.isRequired && !use.view.isNullable);
}

function foundKey(member: Member, view: View, sketch: Sketch, context: RelationContext): Found | undefined {
  const { targets } = context;
  if (view.kind !== "string" && view.kind !== "integer") return undefined;
  const bySchema = targets.byKeySchema(mainUse(member).located.schema.$ref);
  if (bySchema) return { target: bySchema, rule: "its schema is the key's own", confidence: "sure" };
  const union = mainUse(member).view;
  const expanded = union.choices
    .map((choice) => targets.byRow(context.reader.view(choice)))
    .find((found) => found !== undefined);
  if (expanded) return { target: expanded, rule: "a key, or the row itself", confidence: "sure" };
  const words = wordsOf(member.name);
  const last = (words.at(-1) ?? "").toLowerCase();
  if (words.length > 1 && /^(id|uuid|guid|key|code|sid|gid|ref|slug|number)$/.test(last))
    return byStem(words.slice(0, -1), last, sketch, context);
  const bare = targets.byName(member.name);
  return bare && bare !== sketch && isDistinctive(view, bare)
    ? { target: bare, rule: "it is called like a resource", confidence: "likely" }
    : undefined;
}

function byStem(
  stem: readonly string[],
  last: string,
  sketch: Sketch,
  { targets }: RelationContext,
): Found | undefined {
  const isId = /^(id|uuid|guid|sid|gid|ref)$/.test(last);
  const whole = targets.byName(stem.join(""));
  const accepts = (target: Sketch) => isId || target.key.parts.some(({ name }) => memberKey(name).endsWith(last));
  if (whole && accepts(whole)) return { target: whole, rule: "a resource's name and its key", confidence: "sure" };
  if (!isId) return undefined;
  if (/^(parent|manager|supervisor|previous|next|root|original|duplicate)$/i.test(stem.join("")))
    return { target: sketch, rule: "a word for another row of the same kind", confidence: "likely" };
  const suffix = targets.bySuffix(stem);
  const person =
    suffix === undefined &&
    /^(owner|author|creator|assignee|requester|sender|recipient|approver|reviewer|createdby|updatedby|modifiedby)$/i.test(
      stem.join(""),
    )
      ? targets.person()
      : undefined;
  if (person)
    return { target: person, rule: "a word for what a person does, and one entity is persons", confidence: "likely" };
  return suffix && { target: suffix, rule: "suffix of a resource's name", confidence: "likely" };
}

/** Without a suffix, only a type that hardly means anything else makes a name a key. */
function isDistinctive(view: View, target: Sketch): boolean {
  const kind = target.key.parts[0]?.type.kind;
  return (view.kind === "integer" && kind === "integer") || (view.schema.format === "uuid" && kind === "uuid");
}

function fits(view: View, target: Sketch): boolean {
  const key = target.key.parts[0]?.type.kind;
  if (key === undefined || view.schema.enum !== undefined) return false;
  if (view.kind === "integer") return key === "integer";
  const isUuid = view.schema.format === "uuid";
  return view.kind === "string" && (isUuid ? key === "uuid" : key === "text");
}

/** `type: PetType` in a Pet: the row is shown, and its key is kept. */
function embeddedRow(member: Member, sketch: Sketch, context: RelationContext): void {
  const { view, located } = mainUse(member);
  const links = linksOf(sketch, context);
  if (
    view.kind !== "object" ||
    links.references.has(member) ||
    sketch.fieldAnnotations.get(member)?.references === null
  )
    return;
  const target = context.targets.byRow(view);
  const part = target && singleKey(target);
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
        onDelete: sketch.fieldAnnotations.get(member)?.onDelete ?? (isDemanded(member) ? "restrict" : "set null"),
      },
      member,
      isRequired: isDemanded(member) && member.creates.length > 0,
      because: `"${member.name}" shows ${target.group.name.type}`,
      pointer: located.pointer,
      rule: "an embedded row keeps its key",
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
    own.find(({ name }) => memberKey(name).startsWith(stem)) ??
    own.find(
      ({ name }) =>
        sketch.members.all.filter((one) => one !== member && mainUse(one).view === mainUse(member).view).length === 0 &&
        own.length === 1 &&
        memberKey(name).includes(nounKey(target.group.name.type)),
    );
  return found?.name;
}

function inventedName(member: string, sketch: Sketch, context: RelationContext): string {
  const taken = new Set([
    ...sketch.members.all.map(({ name }) => memberKey(name)),
    ...linksOf(sketch, context).invented.map(({ name }) => memberKey(name)),
  ]);
  const suffixed = spelled([...wordsOf(member), "id"], context.spelling);
  return taken.has(memberKey(suffixed)) ? spelled([...wordsOf(member), "ref", "id"], context.spelling) : suffixed;
}

export function spelled(words: readonly string[], spelling: RelationContext["spelling"]): string {
  const lower = words.map((word) => word.toLowerCase());
  if (spelling === "snake") return lower.join("_");
  if (spelling === "kebab") return lower.join("-");
  const capital = lower.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return spelling === "pascal" ? capital.join("") : [lower[0] ?? "", ...capital.slice(1)].join("");
}

/** The parent in the path of a collection: required where rows are only made below it. */
function pathParent(sketch: Sketch, context: RelationContext): void {
  const { landscape } = context;
  const parents = new Map<Sketch, { parameter: string; pointer: string; isSingleton: boolean }>();
  for (const resource of sketch.group.resources) {
    const parent = parentsOf(resource.parts, landscape).at(-1);
    const group = landscape.group(parent);
    const target = context.sketches.find((other) => other.group === group);
    const [site] = [...resource.item, ...resource.collection];
    const index = resource.parts.findLastIndex((part) => part === "{}");
    if (!parent || !target || !site || index === -1 || parents.has(target)) continue;
    if (target === sketch && resource.form !== "singleton" && nounKey(resource.noun) === nounKey(parent.noun)) continue;
    parents.set(target, {
      parameter: site.call.segments[index]?.parameters[0] ?? "id",
      pointer: site.call.pointer,
      isSingleton: resource.form === "singleton",
    });
  }
  for (const [target, found] of parents) addParent(sketch, target, found, context);
}

function addParent(
  sketch: Sketch,
  target: Sketch,
  found: { parameter: string; pointer: string; isSingleton: boolean },
  context: RelationContext,
): void {
  const links = linksOf(sketch, context);
  const to = target.group.name.type;
  const known = links.relations.filter(
    (relation) => relation.to === to && relation.field !== undefined && relation.kind === "many-to-one",
  );
  const same =
    known.find(({ field }) => memberKey(field ?? "") === memberKey(found.parameter)) ??
    known.find(({ via }) => via === "id" || via === "object" || via === "code");
  const isNested = isOnlyBelow(sketch, target, context);
  if (same) {
    if (isNested) cascade(same.field ?? "", links);
    if (isNested) links.required.add(same.field ?? "");
    return;
  }
  const part = singleKey(target);
  if (!part || target === sketch) return;
  const field = inventedName(target.group.name.type, sketch, context);
  links.invented.push({
    name: field,
    sketch: target,
    reference: { entity: to, field: part.name, onDelete: isNested ? "cascade" : "set null" },
    isRequired: isNested || found.isSingleton,
    because: `its path goes through {${found.parameter}}`,
    pointer: found.pointer,
    rule: "a parent in the path",
  });
  addRelation(links, {
    name: relationName(target.group.name.variable, target),
    kind: found.isSingleton ? "one-to-one" : "many-to-one",
    to,
    via: "path",
    field,
    isRequired: isNested || found.isSingleton,
    reasons: [
      reason(
        `references ${target.group.name.plural} (${part.name})`,
        `its path goes through {${found.parameter}}`,
        found.pointer,
        "a parent in the path",
        "likely",
        "x-field: { references: null }",
      ),
    ],
  });
}

/** Arguments before a collection that no entity answers for (`/{tenant}/feeds`) are columns of their own. */
function scopeColumns(sketch: Sketch, context: RelationContext): void {
  const links = linksOf(sketch, context);
  for (const { parts, item, collection } of sketch.group.resources) {
    const [site] = [...item, ...collection];
    for (const [index, part] of parts.entries()) {
      const name = site?.call.segments[index]?.parameters.at(-1);
      if (part !== "{}" || !site || name === undefined || answersFor(parts, index, sketch, context)) continue;
      const taken = [...sketch.members.all.map((member) => member.name), ...links.invented.map((field) => field.name)];
      if (taken.some((other) => memberKey(other) === memberKey(name))) continue;
      const declared = site.call.parameters.find(({ parameter }) => parameter.in === "path" && parameter.name === name);
      const argument = {
        schema: declared?.parameter.schema ?? { type: "string" },
        pointer: declared?.pointer ?? site.call.pointer,
      };
      const isRequired = sketch.group.resources.every((resource) =>
        resource.parts.some(
          (one, at) =>
            one === "{}" && resource.item.concat(resource.collection)[0]?.call.segments[at]?.parameters.at(-1) === name,
        ),
      );
      links.invented.push({
        name,
        argument,
        isRequired,
        because: `its path goes through {${name}}`,
        pointer: argument.pointer,
        rule: "an argument of the path that names no entity",
      });
    }
  }
}

/** The argument's resource is an entity: its key is kept already, or it is reached through the nearer parent. */
function answersFor(
  parts: readonly string[],
  index: number,
  sketch: Sketch,
  { landscape, sketches }: RelationContext,
): boolean {
  const group = landscape.group(landscape.at(templateOf(parts.slice(0, index))));
  const target = sketches.find((other) => other.group === group);
  const isNearest = !parts.slice(index + 1).includes("{}");
  return target !== undefined && target !== sketch && (!isNearest || singleKey(target) !== undefined);
}

/** Rows are made below the parent and nowhere else. */
function isOnlyBelow(sketch: Sketch, target: Sketch, { landscape }: RelationContext): boolean {
  const making = sketch.group.resources.filter((resource) =>
    [...resource.collection, ...resource.item].some((site) => site.call.method === "post"),
  );
  const places = making.length > 0 ? making : sketch.group.resources;
  return (
    places.length > 0 &&
    places.every((resource) => landscape.group(parentsOf(resource.parts, landscape).at(-1)) === target.group)
  );
}

function cascade(field: string, links: Links): void {
  for (const [member, reference] of links.references) {
    if (member.name === field && !reference.isAnnotated)
      links.references.set(member, { ...reference, onDelete: "cascade" });
  }
  const index = links.invented.findIndex(({ name }) => name === field);
  const invented = links.invented[index];
  if (invented?.reference)
    links.invented[index] = { ...invented, reference: { ...invented.reference, onDelete: "cascade" } };
}

/** Lists of rows or of keys: the other side of a key that the rows have, else a join. */
function embeddedRows(member: Member, sketch: Sketch, context: RelationContext): void {
  const { view, located } = mainUse(member);
  if (view.kind !== "array" || !view.items || sketch.fieldAnnotations.get(member)?.references === null) return;
  const items = context.reader.view(view.items);
  const target = items.kind === "object" ? context.targets.byRow(items) : keysTarget(member, items, sketch, context);
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
  else addRelation(links, { ...base, kind: "many-to-many", join: joinOf(sketch, target, member, context) });
}

function isPlural(relation: Relation): boolean {
  return relation.kind === "one-to-many" || relation.kind === "many-to-many";
}

function stemOf(name: string): string {
  return nounKey(name.replace(/[_-]?(ids|uuids|codes|keys)$/i, ""));
}

/** `label_ids`, `tagIds`: a noun, and the plural of its key. */
function keysTarget(member: Member, items: View, sketch: Sketch, { targets }: RelationContext): Sketch | undefined {
  const words = wordsOf(member.name);
  const isKeys = words.length > 1 && /^(ids|uuids|guids)$/i.test(words.at(-1) ?? "");
  const target = isKeys ? targets.bySuffix(words.slice(0, -1).map(singularOf)) : targets.byKeySchema(items.pointer);
  const kind = target?.key.parts[0]?.type.kind;
  const isFitting =
    items.kind === "integer"
      ? kind === "integer"
      : items.kind === "string" && (items.schema.format === "uuid" ? kind === "uuid" : kind === "text");
  return isFitting && target !== sketch ? target : undefined;
}

function joinOf(sketch: Sketch, target: Sketch, member: Member, context: RelationContext): string {
  const [one, other] = [sketch.group.name, target.group.name];
  const known = context.joins.find(({ left, right }) => left.entity === other.type && right.entity === one.type);
  if (known) return known.name;
  const stem =
    stemOf(member.name) === nounKey(other.type) || stemOf(member.name) === nounKey(wordsOf(other.type).at(-1) ?? "")
      ? other.plural
      : member.name;
  const wanted = variableName(`${one.variable} ${stem}`);
  const names = new UniqueNames();
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

/** `customerId` is `customer`, `owner_id` is `owner`, `product` stays. */
function relationName(member: string, target: Sketch): string {
  if (target.key.parts.some(({ name }) => memberKey(name) === memberKey(member))) return target.group.name.variable;
  const words = wordsOf(member);
  const stem =
    words.length > 1 && /^(id|uuid|guid|key|code|sid|gid|ref|slug|number)$/i.test(words.at(-1) ?? "")
      ? words.slice(0, -1)
      : words;
  return variableName(stem.join(" ") || target.group.name.variable);
}

function addRelation(links: Links, relation: Relation): void {
  const names = new Set(links.relations.map(({ name }) => name));
  const withType = variableName(`${relation.name} ${relation.to}`);
  const name = !names.has(relation.name)
    ? relation.name
    : !names.has(withType)
      ? withType
      : `${relation.name}${String(names.size)}`;
  links.relations.push({ ...relation, name });
}

function reason(
  fact: string,
  because: string,
  pointer: string,
  rule: string,
  confidence: Reason["confidence"],
  overrule: string,
): Reason {
  return { fact, because, pointer, rule, confidence, overrule };
}
