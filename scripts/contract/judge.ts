import type { DocumentedOperation, DocumentedResponse } from "./original.ts";
import type { Schemas } from "./schemas.ts";

/** One request to a service, and its answer, as they went through the port. */
export interface Exchange {
  readonly operation: DocumentedOperation;
  /** What the request is by the document: valid, or not in one place, which `flaw` names. */
  readonly intent: "valid" | "invalid" | "other";
  readonly flaw?: string;
  readonly method: string;
  readonly url: string;
  readonly sent: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Violation {
  readonly operation: string;
  /** A few words, the same for all violations of one kind. */
  readonly kind: string;
  readonly detail: string;
  readonly exchange: Exchange;
}

/** What a service may answer though its document does not say so: HTTP's own answers (DESIGN §5). */
const protocolStatuses = new Set([400, 401, 403, 404, 405, 406, 409, 413, 415, 429, 500, 501, 503]);
/** To a request that the document calls valid: what depends on who asks, and on what is stored. */
const allowedToValid = new Set([401, 403, 404, 409, 501]);
const leaks = [
  /\bat \S+ \(?(?:file:\/\/|\/|node:)\S+:\d+:\d+/,
  /node_modules/,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^"]*"/,
  /\b(?:drizzle|pglite|postgres(?:ql)?|ECONNREFUSED)\b/i,
  /duplicate key value|violates (?:unique|foreign|not-null|check)/,
];

/** What may be expected of an answer beside its document. */
export interface Circumstances {
  /** Business logic that nobody has written may answer 501. */
  readonly isOpen: boolean;
  /** Values that valid requests have stored, as JSON. A document may take them and yet not describe them in an answer. */
  readonly taken: ReadonlySet<string>;
}

/** Where an answer breaks its document's word. */
export function judge(exchange: Exchange, schemas: Schemas, { isOpen, taken }: Circumstances): readonly Violation[] {
  const found = [
    ...statusMistakes(exchange, isOpen),
    ...answerMistakes(exchange, schemas, taken),
    ...protocolMistakes(exchange),
  ];
  return found.map(([kind, detail]) => ({ operation: exchange.operation.title, kind, detail, exchange }));
}

type Mistake = readonly [kind: string, detail: string];

function* statusMistakes({ operation, intent, flaw, status, body }: Exchange, isOpen: boolean): Generator<Mistake> {
  if (status === 501 && isOpen) return;
  if (status >= 500) yield ["a 5xx", `${status} ${body.slice(0, 300)}`];
  else if (documented(operation, status) === undefined && !protocolStatuses.has(status))
    yield ["a status that is not documented", `${status} ${body.slice(0, 200)}`];
  if (intent === "valid" && status >= 400 && status < 500 && !allowedToValid.has(status))
    yield ["a valid request refused", `${status} ${body.slice(0, 400)}`];
  if (intent === "invalid" && status < 400) yield ["an invalid request accepted", `${status} to ${flaw ?? ""}`];
}

/** The document's answer of a status: its own, that of its range, or the default. */
function documented({ responses }: DocumentedOperation, status: number): DocumentedResponse | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return (
    responses.get(String(status)) ??
    responses.get(range) ??
    responses.get(range.toLowerCase()) ??
    responses.get("default")
  );
}

function* answerMistakes(exchange: Exchange, schemas: Schemas, taken: ReadonlySet<string>): Generator<Mistake> {
  const { operation, method, status, headers } = exchange;
  const response = documented(operation, status);
  if (response === undefined || method === "HEAD") return;
  for (const { name, isRequired, pointer } of response.headers) {
    const value = headers.get(name);
    if (value === null && isRequired) yield ["a documented header missing", `${status} without ${name}`];
    // A header is text, whatever its schema says of it; a number of it can be read.
    const mistakes = value === null ? [] : readings(value).map((one) => schemas.mistakeIn(pointer, one));
    if (mistakes.length > 0 && mistakes.every((one) => one !== undefined))
      yield ["a header that its schema does not allow", `${status} ${name}: ${value}: ${mistakes[0]}`];
  }
  yield* bodyMistakes(exchange, response, { schemas, taken });
}

function readings(text: string): readonly unknown[] {
  try {
    return [text, JSON.parse(text) as unknown];
  } catch {
    return [text];
  }
}

function* bodyMistakes(
  { status, headers, body }: Exchange,
  { content }: DocumentedResponse,
  { schemas, taken }: { readonly schemas: Schemas; readonly taken: ReadonlySet<string> },
): Generator<Mistake> {
  const type = headers.get("content-type")?.split(";")[0]?.trim() ?? "";
  if (status === 204 || status === 304) {
    if (body !== "") yield ["a body where there is none", `${status} ${body.slice(0, 200)}`];
    return;
  }
  if (content.size === 0) return;
  const documentedType = [...content.keys()].find((range) => isWithin(type, range));
  if (documentedType === undefined) {
    // Nothing can be said by a service in a media type such as an image's but by what it keeps of it.
    yield ["a media type that is not documented", `${status} ${type || "none"}, not ${[...content.keys()].join(", ")}`];
    return;
  }
  const pointer = content.get(documentedType);
  if (pointer === undefined) return;
  const value = /\bjson\b/.test(type) ? parsed(body) : { text: body };
  if (value === undefined) yield ["a body that is not JSON", `${status} ${body.slice(0, 200)}`];
  else if (/\bjson\b/.test(type) && "json" in value) {
    const mistake = schemas.mistakeIn(pointer, value.json, taken);
    if (mistake !== undefined)
      yield ["a body that its schema does not allow", `${status} ${mistake} in ${body.slice(0, 400)}`];
  }
}

function parsed(body: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
}

/** Whether a media type is one of a range: `application/*`. */
function isWithin(type: string, range: string): boolean {
  const [plain = ""] = range.toLowerCase().split(";");
  const pattern = plain
    .trim()
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*");
  return new RegExp(`^${pattern}$`).test(type.toLowerCase());
}

/** What HTTP itself and any careful service promise. */
function* protocolMistakes({ method, status, headers, body }: Exchange): Generator<Mistake> {
  if (status === 401 && headers.get("www-authenticate") === null) yield ["a 401 without a challenge", ""];
  if (status === 405 && (headers.get("allow") ?? "") === "") yield ["a 405 without Allow", ""];
  if (method === "HEAD" && body !== "") yield ["a body in answer to HEAD", body.slice(0, 100)];
  const leak = status < 400 ? undefined : leaks.find((pattern) => pattern.test(body));
  if (leak !== undefined) yield ["an error that tells of the inside", body.slice(0, 400)];
}
