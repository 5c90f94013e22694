import { stagesOf } from "./groups.ts";
import { keyMember } from "./key-member.ts";
import { nounKey, singularOf, wordsOf } from "./names.ts";
import { queryKeyOf } from "./query-key.ts";
import type { Candidate, Resource } from "./resource.ts";
import { hasIdentity, isIdentified, isStatus, namesNoun, overlap } from "./rows.ts";
import { isRecord, memberOf } from "./schemas.ts";
import type { SchemaReader, View } from "./schemas.ts";
import { hasBody, isArgument } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";
import { isAction, isCaller, isCommand, isVerb, verbOf } from "./verbs.ts";

/** Rules by evidence, strongest first. Each says what makes the resource more than a path. */
export function accepted(
  candidate: Candidate,
  others: readonly Candidate[],
  reader: SchemaReader,
): readonly Resource[] {
  const { isMethod: _, leadsOn: __, ...resource } = candidate;
  if (isCaller(resource.noun) || isJoining(candidate, others) || isAboutAnother(candidate, others)) return [];
  const rule = evidence.find(({ when }) => when(candidate, reader));
  return rule
    ? [{ ...resource, form: rule.form ?? "collection", because: rule.because, confidence: rule.confidence }]
    : [];
}

interface Evidence {
  readonly because: string;
  readonly confidence: Resource["confidence"];
  readonly form?: Resource["form"];
  readonly when: (candidate: Candidate, reader: SchemaReader) => boolean;
}

const evidence: readonly Evidence[] = [
  {
    because: "its items are written, and their members are known",
    confidence: "sure",
    when: (candidate) =>
      !isVerbNoun(candidate) &&
      !isFunction(candidate) &&
      candidate.item.some((site) => /^(put|patch|delete)$/.test(site.call.method) || isCreateByKey(site, candidate)) &&
      candidate.read.length + candidate.write.length > 0,
  },
  {
    because: "it is created on the collection and read by key",
    confidence: "sure",
    when: (candidate) =>
      candidate.isMethod("item", "get") &&
      candidate.isMethod("collection", "post") &&
      candidate.read.length + candidate.write.length > 0 &&
      !isVerbNoun(candidate),
  },
  {
    because: "its items are read by a key that their schema has",
    confidence: "sure",
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
    because: "rows of its name are listed, and one is read by key",
    confidence: "likely",
    when: (candidate) =>
      candidate.isMethod("item", "get") &&
      candidate.collection.some(
        ({ call, output }) =>
          call.method === "get" && output.form === "rows" && namesNoun(output.view?.name, candidate.noun),
      ) &&
      !isVerbNoun(candidate) &&
      !isFunction(candidate),
  },
  {
    because: "it is listed, and created or changed where it is listed",
    confidence: "likely",
    when: (candidate) =>
      candidate.collection.some(
        (site) => site.call.method === "get" && (site.output.form === "rows" || site.output.form === "row-map"),
      ) &&
      candidate.collection.some((site) => /^(post|put|patch)$/.test(site.call.method) && site.input.form === "row") &&
      agreeing(candidate),
  },
  {
    because: "it is read by a key in the query, and written where it is read",
    confidence: "likely",
    when: (candidate) =>
      !isVerbNoun(candidate) &&
      candidate.collection.some((site) => site.call.method === "get" && isReadByQuery(site, candidate)) &&
      candidate.collection.some(({ call }) => /^(post|put|patch|delete)$/.test(call.method)),
  },
  {
    because: "it is read and written as one thing below another",
    confidence: "likely",
    form: "singleton",
    when: (candidate) => isArgument(candidate.parts.at(-2)) && isOneThing(candidate),
  },
  {
    because: "it is read and written as one thing, and everybody sees the same",
    confidence: "guess",
    form: "singleton",
    when: (candidate, reader) =>
      !candidate.parts.some((part) => isArgument(part)) &&
      candidate.collection.some(({ call }) => call.method === "put" || call.method === "patch") &&
      !isSecured(reader) &&
      isOneThing(candidate),
  },
  {
    because: "what it lists has a key, or is read page by page",
    confidence: "likely",
    when: (candidate) =>
      candidate.collection.some(
        (site) =>
          site.call.method === "get" &&
          site.output.form === "rows" &&
          isKnownRow(site.output, candidate) &&
          (isIdentified(site.output) ||
            (hasOwnKey(site.output, candidate) && !isSingular(candidate.noun)) ||
            (isPaged(site) && verbOf(candidate.noun)?.isAlone !== true)),
      ) && !isCallName(candidate),
  },
  {
    because: "it is created, and paths lead on below one of it",
    confidence: "likely",
    when: (candidate) =>
      candidate.leadsOn &&
      !isVerbNoun(candidate) &&
      candidate.collection.some(({ call, input }) => call.method === "post" && input.form === "row"),
  },
  {
    because: "what is sent to create it comes back, under the path's name",
    confidence: "guess",
    when: (candidate, reader) =>
      candidate.collection.some((site) => site.call.method === "post" && isCreation(site, candidate, reader)),
  },
  {
    because: "a body of several members is sent to create it, and 201 says that it was",
    confidence: "guess",
    when: (candidate) =>
      !isSingular(candidate.noun) &&
      !isVerb(candidate.noun) &&
      candidate.item.length === 0 &&
      candidate.collection.every(
        ({ call, input, output, response }) =>
          call.method === "post" &&
          input.form === "row" &&
          (input.view?.members.size ?? 0) > 2 &&
          response?.status === 201 &&
          output.view === undefined,
      ),
  },
];

/**
 * `POST /teams/{teamId}/members/{userId}` takes no body, and nothing is read there: it joins two things, and makes none.
 * So does what takes a body that says which of the things it is that are made elsewhere.
 */
function isJoining({ parts, collection, item, noun }: Candidate, others: readonly Candidate[]): boolean {
  if (!isArgument(parts.at(-2)) || !item.every(({ call }) => /^(post|put|delete)$/.test(call.method))) return false;
  const made = item.filter(({ call }) => call.method === "post" || call.method === "put");
  const given = collection.filter(({ call }) => call.method !== "get");
  const homes = others.filter(
    (other) => other.item.length > 0 && (nounKey(other.noun) === nounKey(noun) || isNamedBy(item, other)),
  );
  const isSeenElsewhere = collection
    .filter(({ call }) => call.method === "get")
    .every(({ output }) =>
      homes.some(
        ({ parts: at, read }) => at !== parts && read.some(({ view }) => view?.pointer === output.view?.pointer),
      ),
    );
  if (!isSeenElsewhere || made.some((site) => hasBody(site))) return false;
  return given.length === 0
    ? made.length > 0
    : item.length > 0 &&
        given.every((site) => site.call.method === "post" && homes.some((home) => isTooLittle(site, home)));
}

/** `{message_id}` of `/pins/{message_id}` is one of `/messages/{message_id}`. */
function isNamedBy(item: readonly Site[], { noun, item: own }: Candidate): boolean {
  const nameOf = (site: Site | undefined) => site?.call.segments.at(-1)?.parameters.at(-1);
  const words = wordsOf(nameOf(item[0]) ?? "");
  return (
    words.length > 1 &&
    nounKey(words.slice(0, -1).join("")) === nounKey(noun) &&
    own.some((site) => nameOf(site) === nameOf(item[0]))
  );
}

/** Nothing of what the rows must have where they are made. */
function isTooLittle({ input, output }: Site, { collection }: Candidate): boolean {
  const demanded = collection
    .filter(({ call }) => call.method === "post")
    .map((site) => [...(site.input.view?.required ?? [])]);
  const [required = []] = demanded;
  return (
    input.form === "row" &&
    output.view === undefined &&
    required.length > 0 &&
    required.every((name) => input.view?.members.has(name) !== true)
  );
}

/** `GET /proofs/{documentId}` alone tells of the document: what it answers has no key but the other's. */
function isAboutAnother({ parts, noun, collection, item, read }: Candidate, others: readonly Candidate[]): boolean {
  const [site] = item;
  const words = wordsOf(site?.call.segments.at(-1)?.parameters.at(-1) ?? "");
  const about = nounKey(words.slice(0, -1).join(""));
  return (
    collection.length === 0 &&
    item.every(({ call }) => call.method === "get") &&
    words.length > 1 &&
    /^(id|uuid|guid|key)$/i.test(words.at(-1) ?? "") &&
    about !== nounKey(noun) &&
    !read.some((content) => isIdentified(content)) &&
    others.some((other) => other.parts !== parts && nounKey(other.noun) === about && other.collection.length > 0)
  );
}

function isReadByQuery(site: Site, { noun }: Candidate): boolean {
  const key = queryKeyOf(site, noun);
  const names = [...(site.output.view?.members.keys() ?? [])];
  return key !== undefined && site.output.form === "row" && keyMember(names, key, noun) !== undefined;
}

function isOneThing({ collection, item }: Candidate): boolean {
  const read = collection.find(({ call, output }) => call.method === "get" && output.form === "row")?.output.view;
  return (
    item.length === 0 &&
    collection.some(
      ({ call, input }) =>
        /^(put|patch|post)$/.test(call.method) && input.form === "row" && overlap(input.view, read) >= 0.5,
    )
  );
}

/** Where callers are told apart, one thing at a path of its own may be each caller's: it is nobody's to guess. */
function isSecured({ root }: SchemaReader): boolean {
  const schemes = memberOf(memberOf(root, "components"), "securitySchemes");
  return isRecord(schemes) && Object.keys(schemes).length > 0;
}

/** A verb where a noun should be: `/pets/update/{id}` is about pets, and `/convert-currency/{code}` is a function. */
function isVerbNoun(candidate: Candidate): boolean {
  const { noun, parts, collection } = candidate;
  if (isThing(candidate)) return false;
  const isDone = parts.length > 1 && collection.length === 0 && isAction(noun);
  return isDone || ((verbOf(noun) !== undefined || isCommand(noun)) && !noun.endsWith("s"));
}

/** `GET` and `DELETE /filter/{id}` of a Filter: what is read, changed and called so is kept, though its name is a verb as well. */
function isThing({ noun, item, read, isMethod }: Candidate): boolean {
  const isChanged = ["put", "patch", "delete"].some((method) => isMethod("item", method));
  const isCalledSo = read.some(
    ({ view }) =>
      view?.name !== undefined && stagesOf(view.name).some((stage) => nounKey(stage.join("")) === nounKey(noun)),
  );
  return item.length > 1 && isMethod("item", "get") && isChanged && isCalledSo;
}

function isKnownRow(content: Content, { read }: Candidate): boolean {
  return read.some(({ view }) => view === content.view);
}

/** `files.list`, `team.logs`, and `search` that answers rows without a name: what a call is called, and no thing. */
function isCallName({ noun, read }: Candidate): boolean {
  return (
    /[._-](list|search|all|get|find|json)$|\w\.\w/i.test(noun) ||
    ((verbOf(noun)?.isAlone === true || /^(json|history|status|stats)$/i.test(noun)) &&
      read[0]?.view?.name === undefined)
  );
}

/** `ticketId` of what `/tickets` answers. */
function hasOwnKey({ view }: Content, { noun }: Candidate): boolean {
  const own = new Set([nounKey(wordsOf(noun).at(-1) ?? noun), nounKey(noun)]);
  return [...(view?.members.keys() ?? [])].some((name) => {
    const words = wordsOf(name);
    return /^(id|uuid|key|number|code|sid)$/i.test(words.at(-1) ?? "") && own.has(nounKey(words.slice(0, -1).join("")));
  });
}

function hasNaturalKey({ view }: Content): boolean {
  return [...(view?.required ?? [])].some((name) => /^(username|login|slug|isbn|sku)$/i.test(name));
}

function isSingular(noun: string): boolean {
  const last = wordsOf(noun).at(-1) ?? noun;
  return singularOf(last) === last;
}

/** Arguments in, a bare value out: a cell of a board, a function. */
function isFunction({ item }: Candidate): boolean {
  return item.some((site) => site.call.method === "get" && site.output.form === "key");
}

/** A lone `POST /invites/{id}` is something that is done: what is made there is never seen again. */
function isCreateByKey(site: Site, { item, collection }: Candidate): boolean {
  const isAlone = item.length + collection.length === 1;
  return site.call.method === "post" && !isAlone && (!hasBody(site) || site.input.form === "row");
}

function hasKeyFor(candidate: Candidate, site: Site): boolean {
  const names = site.call.segments.slice(candidate.parts.length).flatMap(({ parameters }) => parameters);
  return (
    site.output.inner.length > 0 ||
    (site.output.view !== undefined &&
      keyMember([...site.output.view.members.keys()], names.at(-1) ?? "id", candidate.noun) !== undefined)
  );
}

function isPaged(site: Site): boolean {
  return site.call.parameters.some(
    ({ parameter }) =>
      parameter.in === "query" &&
      /^(limit|page|offset|cursor|per_?page|page_?size|page_?number|page_?token)$/i.test(parameter.name ?? ""),
  );
}

/** What is written is a part of what is read. */
function agreeing({ read, write }: Candidate): boolean {
  return write.some((input) => read.some((output) => overlap(input.view, output.view) >= 0.5));
}

/** Of one schema for both ways, the members that one of them has. */
function without(view: View | undefined, flag: "readOnly" | "writeOnly", reader: SchemaReader): View | undefined {
  const members = [...(view?.members ?? [])].filter(([, member]) => reader.view(member).schema[flag] !== true);
  return view && { ...view, members: new Map(members) };
}

function isCreation(site: Site, candidate: Candidate, reader: SchemaReader): boolean {
  const { input, output, response } = site;
  if (input.form !== "row" || output.form !== "row" || isStatus(output.view) || isVerb(candidate.noun)) return false;
  const isNamed = namesNoun(output.view?.name, candidate.noun) || namesNoun(input.view?.name, candidate.noun);
  const shared = overlap(without(input.view, "readOnly", reader), without(output.view, "writeOnly", reader));
  if (!hasIdentity(output.view) && !hasOwnKey(output, candidate) && !hasNaturalKey(input)) return false;
  // One thing below another (`/letters/{id}/send`) is what is done to it, unless an answer gives it a key of its own.
  if (isArgument(candidate.parts.at(-2)) && isSingular(candidate.noun) && !hasIdentity(output.view)) return false;
  // What must be sent and is not shown again is what a function is called with.
  const isConsumed = [...(input.view?.required ?? [])].some(
    (name) => output.view?.members.has(name) !== true && !/password|secret|token/i.test(name),
  );
  if (isConsumed) return false;
  return (isNamed || (response?.status === 201 && hasIdentity(output.view))) && shared >= (isNamed ? 0.5 : 0.8);
}
