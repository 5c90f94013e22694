import { keyMember } from "./keys.ts";
import { memberKey, nounKey, wordsOf } from "./names.ts";
import type { SchemaReader, View } from "./schemas.ts";
import { hasBody, isArgument, templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";
import { isCaller, verbOf } from "./verbs.ts";

/** A place in the document where things of one kind are kept: a collection with its items, or one thing below another. */
export interface Resource {
  readonly form: "collection" | "singleton" | "link" | "rpc";
  /** The collection's path with arguments as `{}`. */
  readonly template: string;
  readonly parts: readonly string[];
  /** The last literal segment, as written. */
  readonly noun: string;
  /** How many arguments address an item. */
  readonly depth: number;
  readonly collection: readonly Site[];
  readonly item: readonly Site[];
  /** Read shapes in order of authority: item read, list item, answer of a write. */
  readonly read: readonly Content[];
  readonly write: readonly Content[];
  /** Why it is believed to be stored. */
  readonly because: string;
}

/** The resources of a document. Each is believed for its schemas and methods; the words of a path alone make none. */
export function findResources(sites: readonly Site[], reader: SchemaReader): readonly Resource[] {
  const index = new PathIndex(sites);
  const candidates = withoutGeneric(index.collections().flatMap((template) => candidateAt(template, index)));
  const known = candidates.flatMap((candidate) => accepted(candidate, reader));
  const taken = new Set(known.map(({ template }) => template));
  const nouns = new Set(known.filter(({ form }) => form === "collection").map(({ noun }) => nounKey(noun)));
  const bare = candidates.filter(({ template, item }) => !taken.has(template) && item.length > 0);
  const shown = bare.flatMap((candidate) => shownInParent(candidate, known, reader));
  const shownAt = new Set(shown.map(({ template }) => template));
  const links = bare
    .filter(({ template }) => !shownAt.has(template))
    .flatMap((candidate) => linkOrTwin(candidate, nouns));
  return [...known, ...shown, ...links, ...rpcResources(sites, taken)];
}

/**
 * A schema that three or more unlike things are read in, and that is called like none of them, is a carrier (a result
 * of any query, a response of any kind): it says nothing about what is stored.
 */
function withoutGeneric(candidates: readonly Candidate[]): readonly Candidate[] {
  const users = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const { view } of candidate.read)
      if (view) users.set(view.pointer, [...(users.get(view.pointer) ?? []), candidate]);
  }
  const generic = new Set([...users].filter(([, found]) => isGeneric(found)).map(([pointer]) => pointer));
  return candidates.map((candidate) => ({
    ...candidate,
    read: candidate.read.filter(({ view }) => view !== undefined && !generic.has(view.pointer)),
  }));

  function isGeneric(found: readonly Candidate[]): boolean {
    const nouns = new Set(found.map(({ noun }) => nounKey(noun)));
    const name = found[0]?.read.find(({ view }) => users.get(view?.pointer ?? "") === found)?.view?.name;
    const isOneThing = found.some((one) => namesNoun(name, one.noun));
    return nouns.size >= 3 && !isOneThing && (nouns.size >= 6 || !haveWritesInCommon(found));
  }
}

function haveWritesInCommon(found: readonly Candidate[]): boolean {
  const writing = found.filter(({ write }) => write.length > 0);
  const [first, ...others] = writing;
  return (
    first !== undefined &&
    others.length > 0 &&
    others.every((other) => overlap(other.write[0]?.view, first.write[0]?.view) >= 0.5)
  );
}

class PathIndex {
  readonly #sites = new Map<string, Site[]>();
  readonly #templates = new Set<string>();
  readonly #extensions = new Map<string, Set<number>>();

  constructor(sites: readonly Site[]) {
    for (const site of sites) {
      const template = templateOf(site.parts);
      this.#sites.set(template, [...(this.#sites.get(template) ?? []), site]);
      const { collection, depth } = collectionOf(site.parts);
      if (collection.length === 0 || isArgument(collection.at(-1))) continue;
      this.#templates.add(templateOf(collection));
      const depths = this.#extensions.get(templateOf(collection)) ?? new Set<number>();
      this.#extensions.set(templateOf(collection), depths.add(depth));
    }
  }

  collections(): readonly string[] {
    return [...this.#templates];
  }

  at(template: string): readonly Site[] {
    return this.#sites.get(template) ?? [];
  }

  /** The least number of arguments that address something below a collection; 0 where nothing is addressed so. */
  itemDepth(template: string): number {
    const depths = [...(this.#extensions.get(template) ?? [])].filter((depth) => depth > 0);
    return depths.length === 0 ? 0 : Math.min(...depths);
  }
}

/** `/a/{}/b/{}/{}` is the collection `/a/{}/b` and two arguments. */
export function collectionOf(parts: readonly string[]): {
  readonly collection: readonly string[];
  readonly depth: number;
} {
  let end = parts.length;
  while (end > 0 && isArgument(parts[end - 1])) end -= 1;
  return { collection: parts.slice(0, end), depth: parts.length - end };
}

interface Candidate extends Omit<Resource, "because"> {
  readonly isMethod: (place: "collection" | "item", method: string) => boolean;
}

function candidateAt(template: string, index: PathIndex): readonly Candidate[] {
  const depth = index.itemDepth(template);
  const collection = index.at(template);
  const item = depth === 0 ? [] : index.at(template + "/{}".repeat(depth));
  const [any] = [...collection, ...item];
  if (!any) return [];
  const parts = template.slice(1).split("/");
  const literal = any.call.segments[parts.length - 1]?.text ?? parts.at(-1) ?? "";
  return [
    {
      form: "collection",
      template,
      parts,
      noun: literal,
      depth,
      collection,
      item,
      read: readRows(collection, item),
      write: writeRows(collection, item),
      isMethod: (place, method) => (place === "item" ? item : collection).some((site) => site.call.method === method),
    },
  ];
}

function readRows(collection: readonly Site[], item: readonly Site[]): readonly Content[] {
  const answers = (sites: readonly Site[], method: string) =>
    sites.filter((site) => site.call.method === method).map((site) => site.output);
  const rows = [
    ...answers(item, "get"),
    ...answers(collection, "get").filter(({ form }) => form === "rows" || form === "row-map"),
    ...answers(collection, "post"),
    ...["put", "patch", "post"].flatMap((method) => answers(item, method)),
    ...answers(collection, "put"),
  ];
  return distinct(rows.filter((content) => hasRow(content) && !isStatus(content.view)));
}

function writeRows(collection: readonly Site[], item: readonly Site[]): readonly Content[] {
  const inputs = (sites: readonly Site[], method: string) =>
    sites.filter((site) => site.call.method === method).map((site) => site.input);
  const rows = [
    ...inputs(collection, "post"),
    ...["put", "patch", "post"].flatMap((method) => inputs(item, method)),
    ...["put", "patch"].flatMap((method) => inputs(collection, method)),
  ];
  return distinct(rows.filter((content) => content.form === "row" && (content.view?.members.size ?? 0) > 0));
}

export function hasRow(content: Content): boolean {
  return (
    (content.form === "row" || content.form === "rows" || content.form === "row-map") &&
    (content.view?.members.size ?? 0) > 0
  );
}

export function distinct(contents: readonly Content[]): readonly Content[] {
  const seen = new Set<string>();
  return contents.filter((content) => {
    const identity = content.view?.pointer ?? "";
    return !seen.has(identity) && seen.add(identity);
  });
}

/** A message about what happened, no state of a thing. */
export function isStatus(view: View | undefined): boolean {
  if (!view) return false;
  return [...view.members.keys()].every((name) =>
    /^(message|msg|status|success|ok|code|error|errors|detail|details|result|deleted|type|count|timestamp|path)$/i.test(
      name,
    ),
  );
}

/** Rules by evidence, strongest first. Each says what makes the resource more than a path. */
function accepted(candidate: Candidate, reader: SchemaReader): readonly Resource[] {
  const { isMethod, ...resource } = candidate;
  if (isCaller(resource.noun)) return [];
  const rule = evidence.find(({ when }) => when(candidate, reader));
  return rule ? [{ ...resource, form: rule.form ?? "collection", because: rule.because }] : [];
}

interface Evidence {
  readonly because: string;
  readonly form?: Resource["form"];
  readonly when: (candidate: Candidate, reader: SchemaReader) => boolean;
}

const evidence: readonly Evidence[] = [
  {
    because: "its items are written, and their members are known",
    when: (candidate) =>
      !isVerbNoun(candidate) &&
      !isFunction(candidate) &&
      candidate.item.some((site) => /^(put|patch|delete)$/.test(site.call.method) || isCreateByKey(site)) &&
      candidate.read.length + candidate.write.length > 0,
  },
  {
    because: "it is created on the collection and read by key",
    when: (candidate) =>
      candidate.isMethod("item", "get") &&
      candidate.isMethod("collection", "post") &&
      candidate.read.length + candidate.write.length > 0 &&
      !isVerbNoun(candidate),
  },
  {
    because: "its items are read by a key that their schema has",
    when: (candidate) =>
      candidate.item.some(
        (site) =>
          site.call.method === "get" &&
          site.output.form === "row" &&
          isKnownRow(site.output, candidate) &&
          hasKeyFor(candidate, site),
      ) && !isVerbNoun(candidate),
  },
  {
    because: "it is listed, and created or changed where it is listed",
    when: (candidate) =>
      candidate.collection.some(
        (site) => site.call.method === "get" && (site.output.form === "rows" || site.output.form === "row-map"),
      ) &&
      candidate.collection.some((site) => /^(post|put|patch)$/.test(site.call.method) && site.input.form === "row") &&
      agreeing(candidate),
  },
  {
    because: "it is read and written as one thing below another",
    form: "singleton",
    when: (candidate) =>
      candidate.item.length === 0 &&
      isArgument(candidate.parts.at(-2)) &&
      candidate.collection.some((site) => site.call.method === "get" && site.output.form === "row") &&
      candidate.collection.some(
        (site) =>
          /^(put|patch|post)$/.test(site.call.method) &&
          site.input.form === "row" &&
          overlap(site.input.view, candidate.collection.find((other) => other.call.method === "get")?.output.view) >=
            0.5,
      ),
  },
  {
    because: "what it lists has a key, or is read page by page",
    when: (candidate) =>
      candidate.collection.some(
        (site) =>
          site.call.method === "get" &&
          site.output.form === "rows" &&
          isKnownRow(site.output, candidate) &&
          (hasIdentity(site.output.view) || isPaged(site)),
      ) && !isCallName(candidate),
  },
  {
    because: "what is sent to create it comes back, under the path's name",
    when: (candidate) =>
      candidate.collection.some((site) => site.call.method === "post" && isCreation(site, candidate)),
  },
];

/** A verb where a noun should be: `/pets/update/{id}` is about pets. */
function isVerbNoun({ noun }: Candidate): boolean {
  return verbOf(noun) !== undefined && !/s$/.test(noun);
}

function isKnownRow(content: Content, { read }: Candidate): boolean {
  return read.some(({ view }) => view === content.view);
}

/** `files.list`, and `search` that answers rows without a name: what a call is called, and no thing. */
function isCallName({ noun, read }: Candidate): boolean {
  return (
    /[._-](list|search|all|get|find|json)$/i.test(noun) ||
    ((verbOf(noun)?.isAlone === true || /^(json|history|status|stats)$/i.test(noun)) &&
      read[0]?.view?.name === undefined)
  );
}

/** Arguments in, a bare value out: a cell of a board, a function. */
function isFunction({ item }: Candidate): boolean {
  return item.some((site) => site.call.method === "get" && site.output.form === "key");
}

function isCreateByKey(site: Site): boolean {
  return site.call.method === "post" && (!hasBody(site) || site.input.form === "row");
}

function hasKeyFor(candidate: Candidate, site: Site): boolean {
  const names = site.call.segments.slice(candidate.parts.length).flatMap(({ parameters }) => parameters);
  return (
    site.output.view !== undefined &&
    keyMember([...site.output.view.members.keys()], names.at(-1) ?? "id", candidate.noun) !== undefined
  );
}

export function hasIdentity(view: View | undefined): boolean {
  return view !== undefined && [...view.members.keys()].some((name) => /^(_?id|uuid|guid|pk|sid|gid|uid)$/i.test(name));
}

function isPaged(site: Site): boolean {
  return site.call.parameters.some(
    ({ parameter }) =>
      parameter.in === "query" &&
      /^(limit|page|offset|cursor|per_?page|page_?size|page_?number|page_?token)$/i.test(parameter.name ?? ""),
  );
}

/** Share of the first one's members that the second has too, by name. */
export function overlap(one: View | undefined, other: View | undefined): number {
  if (!one || !other || one.members.size === 0) return 0;
  const names = new Set([...other.members.keys()].map(memberKey));
  const shared = [...one.members.keys()].filter((name) => names.has(memberKey(name)));
  return shared.length / one.members.size;
}

/** What is written is a part of what is read. */
function agreeing({ read, write }: Candidate): boolean {
  return write.some((input) => read.some((output) => overlap(input.view, output.view) >= 0.5));
}

function isCreation(site: Site, candidate: Candidate): boolean {
  const { input, output, response } = site;
  if (input.form !== "row" || output.form !== "row" || isStatus(output.view) || verbOf(candidate.noun)) return false;
  const isNamed = namesNoun(output.view?.name, candidate.noun) || namesNoun(input.view?.name, candidate.noun);
  const shared = overlap(input.view, output.view);
  return (isNamed || (response?.status === 201 && hasIdentity(output.view))) && shared >= (isNamed ? 0.5 : 0.8);
}

/** "MuseumTicketsConfirmation" names tickets. */
export function namesNoun(schemaName: string | undefined, noun: string): boolean {
  if (schemaName === undefined) return false;
  const words = wordsOf(schemaName).map((word) => nounKey(word));
  const last = nounKey(wordsOf(noun).at(-1) ?? noun);
  return words.includes(last) || nounKey(schemaName) === nounKey(noun);
}

/** `DELETE /products/{id}/constraints/{id}`, where a product shows its constraints: their schema stands in the parent. */
function shownInParent(
  { isMethod, ...resource }: Candidate,
  known: readonly Resource[],
  reader: SchemaReader,
): readonly Resource[] {
  if (resource.depth !== 1 || !["put", "patch", "delete"].some((method) => isMethod("item", method))) return [];
  const parent = known.find(
    ({ parts, depth }) =>
      parts.length + depth === resource.parts.length - 1 && resource.template.startsWith(`${templateOf(parts)}/`),
  );
  for (const { view } of parent?.read ?? []) {
    const found = [...(view?.members ?? [])].find(([name]) => nounKey(name) === nounKey(resource.noun));
    const member = found && reader.view(found[1]);
    const row = member?.kind === "array" && member.items ? reader.view(member.items) : undefined;
    if (
      row?.kind !== "object" ||
      !hasIdentity(row) ||
      !member?.items ||
      known.some((other) => other.read.some((read) => read.view === row))
    )
      continue;
    const content: Content = { form: "rows", path: [], inner: [], row: member.items, view: row, isUntyped: false };
    return [{ ...resource, read: [content], because: "its items are changed by key, and its parent shows them" }];
  }
  return [];
}

/**
 * Item paths without a row of their own. Where the noun is a resource elsewhere, POST or PUT without a body links two
 * rows, and DELETE takes the link away; a path that only deletes below a parent may be a twin of the other one.
 */
function linkOrTwin({ isMethod, ...resource }: Candidate, nouns: ReadonlySet<string>): readonly Resource[] {
  if (!nouns.has(nounKey(resource.noun)) || resource.parts.length < 3) return [];
  const methods = new Set(resource.item.map((site) => site.call.method));
  const writes = methods.has("post") || methods.has("put");
  if (methods.has("get") || (!writes && !methods.has("delete"))) return [];
  return [{ ...resource, form: "link", because: "it joins two resources and has no members of its own" }];
}

/** `/x/create`, `/x/list`, `/x/get`: the last segment is the verb, and at least two of their schemas agree. */
function rpcResources(sites: readonly Site[], taken: ReadonlySet<string>): readonly Resource[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const parent = templateOf(site.parts.slice(0, -1));
    const verb = verbOf(site.call.segments.at(-1)?.text ?? "");
    if (verb?.isAlone !== true || site.parts.length < 2 || isArgument(site.parts.at(-2)) || taken.has(parent)) continue;
    groups.set(parent, [...(groups.get(parent) ?? []), site]);
  }
  return [...groups].flatMap(([template, calls]) => rpcResource(template, calls));
}

function rpcResource(template: string, calls: readonly Site[]): readonly Resource[] {
  const kindOf = (site: Site) => verbOf(site.call.segments.at(-1)?.text ?? "")?.kind;
  const read = distinct(
    [
      ...["read", "list", "create", "update"].flatMap((kind) =>
        calls.filter((site) => kindOf(site) === kind).map((site) => site.output),
      ),
    ].filter((content) => hasRow(content) && !isStatus(content.view)),
  );
  const write = distinct(
    calls
      .filter((site) => kindOf(site) === "create" || kindOf(site) === "update" || kindOf(site) === "replace")
      .map((site) => site.input)
      .filter((content) => content.form === "row"),
  );
  const reads = calls.filter((site) => (kindOf(site) === "read" || kindOf(site) === "list") && hasRow(site.output));
  const writes = calls.filter((site) => kindOf(site) === "create" || kindOf(site) === "update");
  const isAgreed = reads.some((site) =>
    writes.some(
      (other) => other.output.view === site.output.view || overlap(other.input.view, site.output.view) >= 0.5,
    ),
  );
  if (!isAgreed) return [];
  const parts = template.slice(1).split("/");
  const noun = calls[0]?.call.segments[parts.length - 1]?.text ?? "";
  return [
    {
      form: "rpc",
      template,
      parts,
      noun,
      depth: 0,
      collection: calls,
      item: [],
      read,
      write,
      because: "its calls end in verbs, and their schemas agree",
    },
  ];
}
