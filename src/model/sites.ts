import type { Call, DeclaredResponse } from "./operations.ts";
import { nounKey, wordsOf } from "./names.ts";
import type { Located, SchemaReader } from "./schemas.ts";
import { overlap } from "./rows.ts";
import { unwrap, unwrapRequest, untyped } from "./unwrap.ts";
import type { Content } from "./unwrap.ts";

/** A call with its bodies opened, and where its path stands among the paths of the document. */
export interface Site {
  readonly call: Call;
  /** Segments with every argument written `{}`: two names of one argument are the same place. */
  readonly parts: readonly string[];
  readonly output: Content;
  readonly response?: DeclaredResponse;
  readonly input: Content;
}

export function readSite(call: Call, reader: SchemaReader): Site {
  const nouns = nounsOf(call);
  const candidates = successes(call).map((response) => ({
    response,
    output: unwrap(bodyOf(call, response), nouns, reader),
  }));
  const best = candidates.find(({ output }) => output.view !== undefined) ?? candidates[0];
  const input = hasRequest(call) ? unwrapRequest(call.request?.body, nouns, reader) : untyped;
  return {
    call,
    parts: call.segments.map((segment) =>
      segment.parameters.length > 0 ? segment.text.replaceAll(/\{[^}]+\}/g, "{}") : segment.text.toLowerCase(),
    ),
    output: best?.output ?? untyped,
    ...(best && { response: best.response }),
    input: best && isMemberOf(input, best.output, reader) ? unopened(call.request?.body, reader) : input,
  };
}

/** `{ items: [ … ] }` makes an order where orders are answered that have `items`: it is no envelope. */
function isMemberOf({ path }: Content, { form, view }: Content, reader: SchemaReader): boolean {
  const member = form === "row" ? view?.members.get(path[0] ?? "") : undefined;
  return member !== undefined && /^(array|object)$/.test(reader.view(member).kind);
}

function unopened(body: Located | undefined, reader: SchemaReader): Content {
  return body ? { form: "row", path: [], inner: [], row: body, view: reader.view(body), isUntyped: false } : untyped;
}

/** The first 2xx with content wins, then the first 2xx; where there is none, a redirect, then `default`. */
function successes(call: Call): readonly DeclaredResponse[] {
  const ok = call.responses.filter(({ status }) => (status >= 200 && status < 300) || status === 2);
  const withContent = ok.filter(({ content }) => content !== undefined);
  const others = [isRedirect, (status: number) => status === 0].flatMap((isOther) =>
    ok.length === 0 ? call.responses.filter(({ status }) => isOther(status)) : [],
  );
  return [...withContent, ...ok.filter((response) => !withContent.includes(response)), ...others];
}

/** Statuses that send a client elsewhere, by their Location (RFC 9110 §15.4). */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function bodyOf(call: Call, response: DeclaredResponse) {
  return call.method === "head" || response.status === 204 || isRedirect(response.status)
    ? undefined
    : response.content?.body;
}

/** A body on GET, HEAD and DELETE has no meaning (RFC 9110 §9.3). */
function hasRequest({ method }: Call): boolean {
  return method === "post" || method === "put" || method === "patch";
}

/** The nouns that an envelope's key may repeat: those of the last two literal segments, whole and by their last word. */
function nounsOf(call: Call): ReadonlySet<string> {
  const literals = call.segments.filter((segment) => segment.parameters.length === 0).slice(-2);
  return new Set(literals.flatMap(({ text }) => [nounKey(text), nounKey(wordsOf(text).at(-1) ?? text)]));
}

export function isArgument(part: string | undefined): boolean {
  return part === "{}";
}

export function templateOf(parts: readonly string[]): string {
  return `/${parts.join("/")}`;
}

/** `POST /approvals/{id}` with one of several actions in its body: of what its item is read as, it holds nothing. */
export function isChoiceOfActions(site: Site, item: readonly Site[]): boolean {
  const read = item.find(({ call }) => call.method === "get")?.output;
  const members = [...(site.input.view?.members.values() ?? [])];
  const isChoice = members.length > 0 && members.length < 3 && (members[0]?.schema.enum?.length ?? 0) > 1;
  const isKnown = read?.form === "row" && site.input.form === "row" && site.call.method === "post";
  return isKnown && isChoice && overlap(site.input.view, read.view) === 0;
}

export function hasBody(site: Site): boolean {
  return site.call.request !== undefined && hasRequest(site.call);
}
