import type { Name } from "./model.ts";
import { memberKey, nameOf, nounKey, singularOf, UniqueNames, wordsOf } from "./names.ts";
import type { Resource } from "./resource.ts";
import { distinct, hasIdentity, namesNoun, overlap } from "./rows.ts";
import type { SchemaReader, View } from "./schemas.ts";
import type { Content } from "./unwrap.ts";
import { verbOf } from "./verbs.ts";

/** The resources that keep one kind of entity, and the shapes in which the document shows and takes it. */
export interface EntityGroup {
  readonly name: Name;
  readonly resources: readonly Resource[];
  readonly read: readonly Content[];
  readonly write: readonly Content[];
}

/** Merges what keeps the same: `/owners/{id}/pets` and `/pets`, twins of two versions, `/categories` and `/tags` of one schema. */
export function groupResources(resources: readonly Resource[], reader: SchemaReader): readonly EntityGroup[] {
  const storing = resources.filter(({ form }) => form !== "link");
  const sets = new Sets(storing);
  mergeBy(storing, sets, (resource) => named(resource.read));
  mergeBy(storing, sets, (resource) => (resource.read.length === 0 ? named(resource.write) : undefined));
  mergeByWrite(storing, sets);
  mergeByNoun(storing, sets, reader);
  mergeViews(storing, sets);
  mergeBelowItself(storing, sets);
  const drafts = sets.all().map(draftGroup);
  const names = new UniqueNames();
  const nameOfDraft = new Map(
    drafts
      .toSorted(
        (a, b) =>
          Number(isCalledSo(b)) - Number(isCalledSo(a)) ||
          depthOf(a) - depthOf(b) ||
          compareText(templateOf(a), templateOf(b)),
      )
      .map((draft) => [draft, uniqueName(draft, names)]),
  );
  return drafts.map((draft) => ({
    name: nameOfDraft.get(draft) ?? nameOf(draft.words),
    resources: draft.resources,
    read: draft.read,
    write: draft.write,
  }));
}

interface GroupDraft extends Omit<EntityGroup, "name"> {
  readonly words: readonly string[];
}

function templateOf({ resources }: GroupDraft): string {
  return resources[0]?.template ?? "";
}

function depthOf({ resources }: GroupDraft): number {
  return Math.min(...resources.map(({ parts }) => parts.length));
}

/** Where two want one name, it is that of the entity whose component has it: `User` is a User before `/followers/users`. */
function isCalledSo({ words, read, write }: GroupDraft): boolean {
  const wanted = nameOf(words).type;
  return [...read, ...write].some(
    ({ view }) => view?.name !== undefined && stagesOf(view.name).some((stage) => nameOf(stage).type === wanted),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

class Sets {
  readonly #parent = new Map<Resource, Resource>();
  readonly #resources: readonly Resource[];

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
  }

  root(resource: Resource): Resource {
    const parent = this.#parent.get(resource);
    return parent === undefined ? resource : this.root(parent);
  }

  /** The one that comes first in the document stays the root. */
  join(one: Resource, other: Resource): void {
    const roots = [this.root(one), this.root(other)].sort(
      (a, b) => this.#resources.indexOf(a) - this.#resources.indexOf(b),
    );
    const [first, second] = roots;
    if (first && second && first !== second) this.#parent.set(second, first);
  }

  all(): readonly (readonly Resource[])[] {
    const groups = new Map<Resource, Resource[]>();
    for (const resource of this.#resources)
      groups.set(this.root(resource), [...(groups.get(this.root(resource)) ?? []), resource]);
    return [...groups.values()];
  }
}

/** The component that the most authoritative shape names; one with a single member names nothing. */
function named(contents: readonly Content[]): string | undefined {
  const [first] = contents;
  const view = first?.view;
  if (!view || view.members.size < 2) return undefined;
  return first.inner.length > 0
    ? first.row?.pointer
    : (view.name ?? (view.pointer.startsWith("/components/") ? view.pointer : undefined));
}

function mergeBy(
  resources: readonly Resource[],
  sets: Sets,
  identity: (resource: Resource) => string | undefined,
): void {
  const first = new Map<string, Resource>();
  for (const resource of resources) {
    const key = identity(resource);
    if (key === undefined) continue;
    const known = first.get(key);
    if (known) sets.join(known, resource);
    else first.set(key, resource);
  }
}

/** A resource that is never read is the one whose read or write schema it takes. */
function mergeByWrite(resources: readonly Resource[], sets: Sets): void {
  const byRead = new Map<string, Resource>();
  for (const resource of resources)
    for (const content of [...resource.read, ...resource.write]) {
      const name = named([content]);
      if (name !== undefined && !byRead.has(name) && resource.read.length > 0) byRead.set(name, resource);
    }
  for (const resource of resources.filter(({ read }) => read.length === 0)) {
    const known = byRead.get(named(resource.write) ?? "");
    if (known) sets.join(known, resource);
  }
}

/** Equal nouns are one only where their members agree, or where one of the two has none to disagree with. */
function mergeByNoun(resources: readonly Resource[], sets: Sets, reader: SchemaReader): void {
  const byNoun = Map.groupBy(resources, ({ noun }) => nounKey(noun));
  // `/jobs/{id}/status` and `/pods/{id}/status` that show a Job and a Pod are of those, and not of one status.
  const known = new Set(resources.filter((one) => resources.some((other) => isOfAnother(one, other, sets))));
  const isKnown = (one: Resource) => known.has(one);
  for (const twins of byNoun.values()) {
    for (const [index, one] of twins.entries()) {
      for (const other of twins.slice(index + 1))
        if (!(isKnown(one) && isKnown(other)) && areAlike(one, other, reader)) sets.join(one, other);
    }
  }
}

/** One thing below a row of a collection, in the very shape in which the collection's rows are shown. */
function isOfAnother(one: Resource, other: Resource, sets: Sets): boolean {
  return (
    one.form === "singleton" &&
    other.form === "collection" &&
    nounKey(one.noun) !== nounKey(other.noun) &&
    one.template.startsWith(`${other.template}/{}/`) &&
    sets.root(one) === sets.root(other)
  );
}

/** `/records/daily` shows what `/records` shows, and no path leads to one of it: the same rows, seen in another way. */
function mergeViews(resources: readonly Resource[], sets: Sets): void {
  const byTemplate = new Map(resources.map((resource) => [resource.template, resource]));
  for (const resource of resources) {
    const above = byTemplate.get(`/${resource.parts.slice(0, -1).join("/")}`);
    const [a] = resource.read;
    const [b] = above?.read ?? [];
    if (!above || resource.item.length > 0 || resource.form !== "collection" || !a?.view || !b?.view) continue;
    const least = verbOf(resource.noun)?.isAlone === true ? 0.5 : 0.9;
    if (overlap(a.view, b.view) >= least && overlap(b.view, a.view) >= least) sets.join(above, resource);
  }
}

/** `/folders/{id}/children` lists what folders are read as, and nothing else reads or makes a child. */
function mergeBelowItself(resources: readonly Resource[], sets: Sets): void {
  const byItem = new Map(resources.filter(({ depth }) => depth === 1).map((one) => [`${one.template}/{}`, one]));
  for (const resource of resources) {
    const above = byItem.get(`/${resource.parts.slice(0, -1).join("/")}`);
    const [a] = resource.read;
    const [b] = above?.read ?? [];
    if (!above || resource.item.length > 0 || resource.write.length > 0 || !a?.view || !b?.view) continue;
    const isRow =
      b.view.members.size > 3 && a.view.name === undefined && b.view.name === undefined && hasIdentity(b.view);
    if (isRow && overlap(a.view, b.view) >= 0.8 && overlap(b.view, a.view) >= 0.8) sets.join(above, resource);
  }
}

function areAlike(one: Resource, other: Resource, reader: SchemaReader): boolean {
  const [a] = one.read.length > 0 ? one.read : one.write;
  const [b] = other.read.length > 0 ? other.read : other.write;
  if (!a?.view || !b?.view) return true;
  if (haveUnlikeKeys(a.view, b.view) || areKeptApart(one, other)) return false;
  if (authority(one) < authority(other) ? countsTexts(b.view, a.view, reader) : countsTexts(a.view, b.view, reader))
    return false;
  if (haveUnlikeTags(a.view, b.view, reader)) return false;
  const isRead = one.read.length > 0 && other.read.length > 0;
  const shared = Math.max(overlap(a.view, b.view), overlap(b.view, a.view));
  const both = Math.min(overlap(a.view, b.view), overlap(b.view, a.view));
  if (isBriefList(one, a.view, b.view) || isBriefList(other, b.view, a.view)) return true;
  return isRead ? both >= 0.8 || (shared >= 0.8 && both >= 0.5) : shared >= 0.8;
}

/** `/tasks/{id}/tags` lists of tags what `/tags/{id}` shows in full: nothing is made there or found by a key. */
function isBriefList({ collection, item }: Resource, brief: View, full: View): boolean {
  const isListed = collection.length > 0 && collection.every(({ call }) => call.method === "get");
  return item.length === 0 && isListed && hasIdentity(brief) && hasIdentity(full) && overlap(brief, full) === 1;
}

/** Messages with an `issueId` and messages with a `chatId` are told apart by what they belong to, however alike they look. */
function haveUnlikeKeys(a: View, b: View): boolean {
  if (a.name === undefined || b.name === undefined || a.name === b.name) return false;
  const lacks = (one: View, other: View) => {
    const names = new Set([...other.members.keys()].map(memberKey));
    return [...one.members.keys()].some((name) => /[a-z](Id|_id)$/.test(name) && !names.has(memberKey(name)));
  };
  return lacks(a, b) && lacks(b, a);
}

/** Rows of a component of their own that are made, changed and deleted below one thing are not those of another, however alike. */
function areKeptApart(one: Resource, other: Resource): boolean {
  const [a, b] = [one, other].map(({ read }) => read[0]?.view?.name);
  const parentOf = ({ parts }: Resource) => {
    const argument = parts.findLastIndex((part) => part === "{}");
    return argument < 1 ? undefined : nounKey(parts[argument - 1] ?? "");
  };
  const isWhole = ({ collection, item }: Resource) =>
    collection.some(({ call }) => call.method === "post") &&
    item.some(({ call }) => call.method === "delete") &&
    item.some(({ call }) => call.method === "put" || call.method === "patch");
  return (
    a !== undefined && b !== undefined && a !== b && parentOf(one) !== parentOf(other) && isWhole(one) && isWhole(other)
  );
}

/** Rows say what they are by a member that has one value only: `kind: "lamp"` is no `kind: "lamp.order"`. */
function haveUnlikeTags(a: View, b: View, reader: SchemaReader): boolean {
  return [...a.members].some(([name, member]) => {
    const other = b.members.get(name);
    const [own, its] = [member, other].map((one) => one && tagOf(reader.view(one)));
    return own !== undefined && its !== undefined && own !== its;
  });
}

function tagOf({ schema }: View): string | undefined {
  const value = schema.const ?? (schema.enum?.length === 1 ? schema.enum[0] : undefined);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A key that is counted may be shown as text; but no number can show one that is a text. */
function countsTexts(main: View, other: View, reader: SchemaReader): boolean {
  const [own, shown] = [main, other].map(({ members }) => {
    const key = members.get("id");
    return key && reader.view(key).kind;
  });
  return own === "string" && (shown === "integer" || shown === "number");
}

function draftGroup(resources: readonly Resource[]): GroupDraft {
  const ranked = [...resources].sort((a, b) => authority(b) - authority(a) || compareText(a.template, b.template));
  const read = distinct(ranked.flatMap((resource) => resource.read));
  const write = distinct(ranked.flatMap((resource) => resource.write));
  return { words: bestWords(ranked, read, write), resources: ranked, read, write };
}

function authority({ item, collection, parts, form }: Resource): number {
  const methods = new Set(item.map((site) => site.call.method));
  return methods.size * 4 + collection.length * 2 - parts.length + (form === "collection" ? 1 : 0);
}

/** A resource of the same name as another's is called after its parent as well, then numbered. */
function uniqueName({ words: own, resources: [first] }: GroupDraft, names: UniqueNames): Name {
  const words = isNamedLikeRepository(nameOf(own).type, names) ? [...own, "entity"] : own;
  const wanted = nameOf(words);
  if (!names.has(wanted.type)) {
    names.take(wanted.type);
    return wanted;
  }
  const parent = first?.parts.slice(0, -1).findLast((part) => !part.startsWith("{")) ?? "other";
  const composed = [...wordsOf(parent).map(singularOf), ...words];
  const longer = nameOf(isNamedLikeRepository(nameOf(composed).type, names) ? [...composed, "entity"] : composed);
  const type = names.take(longer.type);
  return type === longer.type ? longer : nameOf(wordsOf(type));
}

/** Beside a `Git`, a `GitRepository` would be called like the class that keeps the former's rows. */
function isNamedLikeRepository(type: string, names: UniqueNames): boolean {
  const stem = type.replace(/Repository$/, "");
  return stem === type ? names.has(`${type}Repository`) : names.has(stem);
}

/**
 * What the entity is called: the component's name without affixes of its use, where it ends like the path's noun or
 * shares nothing with it (a document may speak two languages); else the path's noun.
 */
function bestWords(
  [first]: readonly Resource[],
  read: readonly Content[],
  write: readonly Content[],
): readonly string[] {
  const noun = lowered(wordsOf(first?.noun ?? "item"));
  const nounWords = [...noun.slice(0, -1), singularOf(noun.at(-1) ?? "item")];
  const schema = [...read, ...write]
    .map((content) => content.view?.name ?? "")
    .find((name) => name !== "" && withoutAffixes(name).length > 0);
  if (schema === undefined) return nounWords;
  const last = nounKey(nounWords.at(-1) ?? "");
  const stages = stagesOf(schema);
  const exact = stages.find((words) => nounKey(words.join("")) === nounKey(noun.join("")));
  const ending = stages.find((words) => nounKey(words.at(-1) ?? "") === last);
  // A body that is only sent is called for its use too: `CreationBoat` of `/boats`.
  if (exact === undefined && ending !== undefined && read.length === 0) return nounWords;
  if (exact ?? ending) return exact ?? ending ?? nounWords;
  return namesNoun(schema, first?.noun ?? "") ? nounWords : withoutAffixes(schema);
}

function lowered(words: readonly string[]): readonly string[] {
  return words.map((word) => word.toLowerCase());
}

const suffixes =
  /^(dto|vm|response|request|resource|model|entity|output|input|out|in|public|read|view|schema|object|result|detail|details|detailed|brief|full|info|item|data|body|payload|summary|fields|representation|confirmation|basic|base|v\d+|command|create|update|write|settable|shared|nested|mini|minimal|compact|short|simple|simplified|partial|embedded|ref|reference)$/;
const prefixes =
  /^(api|get|create|created|update|updated|new|list|single|full|base|basic|brief|save|insert|patched|post|put|patch|view|models?|dto|v\d+|domain|schemas?|entity|entities|response|request|the|shared|nested|mini|minimal|compact|short|simple|simplified|partial|embedded)$/;

/** "UserPublic", "TodoListDto", "CreateTodoItemCommand", "api.v2010.account.address" without what tells their use. */
export function withoutAffixes(schemaName: string): readonly string[] {
  return stagesOf(schemaName).at(-1) ?? [];
}

/** The same, one affix after the other: an affix may be a part of the name (TodoItemDto is a TodoItem). */
export function stagesOf(schemaName: string): readonly (readonly string[])[] {
  const last = schemaName.includes("«")
    ? schemaName
    : (schemaName.split(/[./]/).findLast((part) => /[A-Za-z]/.test(part)) ?? schemaName);
  const stages = [lowered(wordsOf(last))];
  for (let words = stages[0] ?? []; words.length > 1;) {
    const first = words[0] ?? "";
    words = suffixes.test(words.at(-1) ?? "") ? words.slice(0, -1) : prefixes.test(first) ? words.slice(1) : [];
    // `ApiRequest` is a request to an API: of affixes alone nothing is called.
    if (words.every((word) => suffixes.test(word) || prefixes.test(word))) break;
    stages.push(words);
  }
  return stages
    .filter((words) => words.length > 0)
    .map((words) => [...words.slice(0, -1), singularOf(words.at(-1) ?? "")]);
}
