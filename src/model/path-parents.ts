import { parentsOf } from "./landscape.ts";
import { mainUse } from "./members.ts";
import { related } from "./mentions.ts";
import { memberKey, nounKey } from "./names.ts";
import { outerWords } from "./outer-argument.ts";
import {
  addRelation,
  inventedName,
  keyStem,
  linksOf,
  reason,
  relationName,
  singleKey,
  spelled,
} from "./relation-context.ts";
import type { RelationContext } from "./relation-context.ts";
import { templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Links, Sketch } from "./sketch.ts";

/** The parent in the path of a collection: required where rows are only made below it. */
export function pathParent(sketch: Sketch, context: RelationContext): void {
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
  const isNested = target !== sketch && isOnlyBelow(sketch, target, context);
  if (same) {
    links.parents.push(same.field ?? "");
    if (isNested) cascade(same.field ?? "", links);
    if (isNested) links.required.add(same.field ?? "");
    return;
  }
  const part = singleKey(target);
  const isItself = target === sketch;
  if (
    !part ||
    (isItself
      ? !isMadeBelow(sketch, context)
      : !isNested && (showsMany(sketch, target, context) || isHeldAbove(sketch, target, context)))
  )
    return;
  const field = inventedName(`${isItself ? "parent " : ""}${target.group.name.type}`, sketch, context);
  links.parents.push(field);
  links.invented.push({
    name: field,
    sketch: target,
    reference: { entity: to, field: part.name, onDelete: isNested || found.isSingleton ? "cascade" : "set null" },
    isRequired: isNested || found.isSingleton,
    because: `its path goes through {${found.parameter}}`,
    pointer: found.pointer,
    rule: "a parent in the path",
    confidence: "likely",
  });
  addRelation(links, {
    name: relationName(`${isItself ? "parent " : ""}${target.group.name.variable}`, target),
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

/** What shows a list of its parents has many of them: a join table keeps them, and no key of its own. */
function showsMany(sketch: Sketch, target: Sketch, context: RelationContext): boolean {
  const { reader, targets } = context;
  if (related(sketch, context).some((one) => one.isMany && one.target === target)) return true;
  return sketch.members.all.some((member) => {
    const { items } = mainUse(member).view;
    const view = items && reader.view(items);
    return view?.kind === "object" && targets.byRow(view) === target;
  });
}

/** A task that lists its tags, and below which none is made, is joined with tags that stand for themselves. */
function isHeldAbove(sketch: Sketch, target: Sketch, context: RelationContext): boolean {
  const { landscape } = context;
  const below = sketch.group.resources.filter(
    ({ parts }) => landscape.group(parentsOf(parts, landscape).at(-1)) === target.group,
  );
  const isListed = below.every(({ collection, item }) =>
    [...collection, ...item].every(({ call }) => call.method === "get"),
  );
  return isListed && !isTold(sketch, target) && showsMany(target, sketch, context);
}

/** A member that is called like the parent, or like its key, says which one a row has. */
function isTold(sketch: Sketch, target: Sketch): boolean {
  const parent = nounKey(target.group.name.type);
  return sketch.members.all.some(({ name }) => nounKey((keyStem(name)?.stem ?? [name]).join("")) === parent);
}

/** `POST /comments/{id}/replies` makes comments below a comment. */
function isMadeBelow(sketch: Sketch, { landscape }: RelationContext): boolean {
  return sketch.group.resources.some(
    ({ parts, collection }) =>
      landscape.group(parentsOf(parts, landscape).at(-1)) === sketch.group &&
      collection.some(({ call }) => call.method === "post"),
  );
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

/** Arguments before a collection that no entity answers for (`/{tenant}/feeds`) are columns of their own. */
export function scopeColumns(sketch: Sketch, context: RelationContext): void {
  const links = linksOf(sketch, context);
  for (const { parts, item, collection } of sketch.group.resources) {
    const [site] = [...item, ...collection];
    for (const [index, part] of parts.entries()) {
      const argumentName = site?.call.segments[index]?.parameters.at(-1);
      if (part !== "{}" || !site || argumentName === undefined) continue;
      if (answersFor(parts, index, sketch, context) || isAboutItself(parts, index, collection, sketch, context))
        continue;
      const isOwnKey = sketch.key.parts.some((own) => memberKey(own.name) === memberKey(argumentName));
      const outer = isOwnKey ? outerWords(parts, index, argumentName) : undefined;
      const name = outer === undefined ? argumentName : spelled(outer, context.spelling);
      const taken = [...sketch.members.all.map((member) => member.name), ...links.invented.map((field) => field.name)];
      if (taken.some((other) => memberKey(other) === memberKey(name))) continue;
      const declared = site.call.parameters.find(
        ({ parameter }) => parameter.in === "path" && parameter.name === argumentName,
      );
      const argument = {
        schema: declared?.parameter.schema ?? { type: "string" },
        pointer: declared?.pointer ?? site.call.pointer,
      };
      const isRequired = sketch.group.resources.every((resource) =>
        resource.parts.some(
          (one, at) =>
            one === "{}" &&
            resource.item.concat(resource.collection)[0]?.call.segments[at]?.parameters.at(-1) === argumentName,
        ),
      );
      links.invented.push({
        name,
        argument,
        isRequired,
        because: `its path goes through {${argumentName}}`,
        pointer: argument.pointer,
        rule: "an argument of the path that names no entity",
        confidence: "guess",
      });
    }
  }
}

/**
 * `GET /shops/{shopId}/nearby` lists shops by another one. Nothing is made below it, so that no column says which shops
 * are meant: that is for business logic to say. `PUT /jobs/{id}/status` that takes a Job is about that very job.
 */
function isAboutItself(
  parts: readonly string[],
  index: number,
  collection: readonly Site[],
  sketch: Sketch,
  { landscape }: RelationContext,
): boolean {
  const above = landscape.group(landscape.at(templateOf(parts.slice(0, index))));
  const isOneThing = landscape.at(templateOf(parts))?.form === "singleton";
  return above === sketch.group && (isOneThing || collection.every(({ call }) => call.method === "get"));
}

/** The argument's resource is an entity: its key is kept already, or it is reached through the nearer parent. */
function answersFor(parts: readonly string[], index: number, sketch: Sketch, context: RelationContext): boolean {
  const { landscape, sketches } = context;
  const resource = landscape.addressed(parts.slice(0, index));
  const group = landscape.group(resource);
  const target = sketches.find((other) => other.group === group);
  // `/repos/{owner}/{name}/issues`: no column holds such a key, and each of its parts is kept.
  if (resource !== undefined && resource.depth > 1 && target !== sketch) return false;
  const isNearest = !parts.slice(index + 1).includes("{}");
  const nearer = sketches.find((other) => other.group === landscape.group(parentsOf(parts, landscape).at(-1)));
  // `/orgs/{org}/projects/{key}/issues`: nor does one hold a key that has the outer parent's in it.
  if (nearer && nearer !== sketch && nearer !== target && singleKey(nearer) === undefined) return false;
  if (target === sketch)
    return linksOf(sketch, context).relations.some(
      ({ to, kind }) => to === sketch.group.name.type && kind === "many-to-one",
    );
  return target !== undefined && (!isNearest || singleKey(target) !== undefined);
}
