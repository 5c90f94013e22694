import { accepted } from "./evidence.ts";
import { nounKey } from "./names.ts";
import { PathIndex } from "./path-index.ts";
import type { Candidate, Resource } from "./resource.ts";
import { distinct, hasRow, isStatus, namesNoun, overlap } from "./rows.ts";
import type { SchemaReader } from "./schemas.ts";
import { queryKeyOf } from "./query-key.ts";
import { isArgument, isChoiceOfActions, templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";
import { verbCallOf } from "./verb-calls.ts";
import { linkOrTwin, rpcResources, shownInParent } from "./weak-resources.ts";

/** The resources of a document. Each is believed for its schemas and methods; the words of a path alone make none. */
export function findResources(sites: readonly Site[], reader: SchemaReader): readonly Resource[] {
  const index = new PathIndex(sites);
  const spoken = callsByBase(sites);
  const candidates = withoutGeneric(index.collections().flatMap((template) => candidateAt(template, index, spoken)));
  const known = withinKnown(candidates.flatMap((candidate) => accepted(candidate, candidates, reader)));
  const taken = new Set(known.map(({ template }) => template));
  const nouns = new Set(known.filter(({ form }) => form === "collection").map(({ noun }) => nounKey(noun)));
  const others = candidates.filter(({ template }) => !taken.has(template));
  const bare = others.filter(({ item }) => item.length > 0);
  const shown = others.flatMap((candidate) => shownInParent(candidate, known, reader));
  const shownAt = new Set(shown.map(({ template }) => template));
  const links = bare
    .filter(({ template }) => !shownAt.has(template))
    .flatMap((candidate) => linkOrTwin(candidate, nouns));
  const calls = rpcResources(sites, taken);
  const called = new Set(calls.flatMap(({ collection }) => collection));
  const isCalled = ({ collection, item }: Resource) => [...collection, ...item].every((site) => called.has(site));
  return [...known.filter((resource) => !isCalled(resource)), ...shown, ...links, ...calls];
}

/** One thing below another is found by the other's key: `/configs/{id}/environments/{id}/values` by no single one. */
function withinKnown(resources: readonly Resource[]): readonly Resource[] {
  const items = new Set(
    resources.flatMap(({ template, depth }) => (depth > 0 ? [template + "/{}".repeat(depth)] : [])),
  );
  return resources.filter(({ form, parts }) => {
    const count = parts.filter((part) => isArgument(part)).length;
    return form !== "singleton" || count < 2 || items.has(templateOf(parts.slice(0, -1)));
  });
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

/** `/posts/create` and `/posts/edit/{id}` by `/posts`. */
function callsByBase(sites: readonly Site[]): ReadonlyMap<string, readonly Site[]> {
  const calls = sites.flatMap((site) => {
    const call = verbCallOf(site);
    return call ? [{ base: templateOf(call.base), site }] : [];
  });
  return new Map([...Map.groupBy(calls, ({ base }) => base)].map(([base, own]) => [base, own.map(({ site }) => site)]));
}

function candidateAt(
  template: string,
  index: PathIndex,
  spoken: ReadonlyMap<string, readonly Site[]>,
): readonly Candidate[] {
  const depth = index.itemDepth(template);
  const collection = index.at(template);
  if (isOfLinks(collection)) return [];
  const item = depth === 0 ? [] : index.at((template === "/" ? "" : template) + "/{}".repeat(depth));
  const [any] = [...collection, ...item];
  if (!any) return [];
  const parts = template === "/" ? [] : template.slice(1).split("/");
  const last = parts.findLastIndex((part) => !isArgument(part));
  const literal = any.call.segments[last]?.text ?? parts[last] ?? "";
  return [
    {
      form: "collection",
      template,
      parts,
      noun: literal,
      depth,
      collection,
      item,
      read: readRows(collection, item, literal),
      write: writeRows(collection, item, spoken.get(template) ?? []),
      leadsOn: index.leadsOn(template),
      isMethod: (place, method) => (place === "item" ? item : collection).some((site) => site.call.method === method),
    },
  ];
}

/** `/people/{id}/relationships/skills` tells the keys of skills by their type (JSON:API 1.1 §10.2), and keeps none. */
function isOfLinks(collection: readonly Site[]): boolean {
  return collection.some(
    ({ parts, output, input }) =>
      parts.at(-2) === "relationships" &&
      [output, input].some(({ view }) => isIdentifier([...(view?.members.keys() ?? [])])),
  );
}

function isIdentifier(names: readonly string[]): boolean {
  return names.includes("id") && names.includes("type") && names.every((name) => /^(id|lid|type|meta)$/.test(name));
}

function readRows(collection: readonly Site[], item: readonly Site[], noun: string): readonly Content[] {
  const answers = (sites: readonly Site[], method: string) =>
    sites.filter((site) => site.call.method === method).map((site) => site.output);
  const rows = [
    ...answers(
      item.filter((site) => !isFilteredList(site, item)),
      "get",
    ),
    ...answers(
      collection.filter((site) => isReadByKey(site, item, noun)),
      "get",
    ),
    ...answers(collection, "get").filter(({ form }) => form === "rows" || form === "row-map"),
    ...answers(collection, "post"),
    ...["put", "patch"].flatMap((method) => answers(item, method)),
    ...answers(
      item.filter((site) => !isChoiceOfActions(site, item)),
      "post",
    ),
    ...answers(collection, "put"),
  ];
  return distinct(rows.filter((content) => hasRow(content) && !isStatus(content.view) && !isOnlyAList(content)));
}

/** `GET /x?id=7`; where `/x/{id}` reads one too, the answer must look like that, or it is a page that holds some. */
function isReadByKey(site: Site, item: readonly Site[], noun: string): boolean {
  const own = item.find(({ call, output }) => call.method === "get" && output.form === "row")?.output.view;
  const isRow = own === undefined || overlap(own, site.output.view) >= 0.5;
  return site.output.form === "row" && isRow && queryKeyOf(site, noun) !== undefined;
}

/** `GET /x/{color}` that lists, beside `DELETE /x/{id}`: its argument narrows, and what it lists may be something else. */
function isFilteredList(site: Site, item: readonly Site[]): boolean {
  const argument = (one: Site) => one.call.segments.at(-1)?.parameters.at(-1)?.toLowerCase();
  return (
    site.output.form === "rows" &&
    item.some((other) => other !== site) &&
    item.every((other) => other === site || argument(other) !== argument(site))
  );
}

/** `{ emails: [ … ] }` takes many at once, and is no row with one list in it. */
function isOnlyAList({ form, inner, view }: Content): boolean {
  const [only, ...others] = [...(view?.members.values() ?? [])];
  return form === "row" && inner.length === 0 && others.length === 0 && only?.schema.type === "array";
}

/** Calls that are named by verbs say what is written where nothing else does. */
function writeRows(collection: readonly Site[], item: readonly Site[], calls: readonly Site[]): readonly Content[] {
  const inputs = (sites: readonly Site[], method: string) =>
    sites.filter((site) => site.call.method === method).map((site) => site.input);
  const rows = [
    ...inputs(collection, "post"),
    ...["put", "patch"].flatMap((method) => inputs(item, method)),
    ...inputs(
      item.filter((site) => !isChoiceOfActions(site, item)),
      "post",
    ),
    ...["put", "patch"].flatMap((method) => inputs(collection, method)),
  ];
  const isRow = (content: Content) =>
    content.form === "row" && !isOnlyAList(content) && (content.view?.members.size ?? 0) > 0;
  const own = rows.filter(isRow);
  return distinct(own.length > 0 ? own : calls.map(({ input }) => input).filter(isRow));
}
