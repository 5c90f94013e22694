import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { buildApp, type App } from "../app.ts";
import { openCredentials, type Proof } from "../http/authentication.ts";
import { caller, stranger as somebodyElse } from "./callers.ts";
import { database } from "./database.ts";
import { follow, operationAt, partsOf, type Node } from "./document.ts";

/** What is sent to an operation, beside its method and path. */
export interface TestRequest {
  /** Instead of the operation's own method. */
  readonly method?: "HEAD";
  readonly params?: Node;
  readonly query?: Node;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as the operation's first media type says. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly payload?: string | Buffer;
}

/** Somebody who calls the service. */
export interface Client {
  /** Calls an operation of the document by its name in it: `POST /accounts`. */
  send(operation: string, request?: TestRequest): Promise<LightMyRequestResponse>;
  /** Sends anything at all. */
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** Gets what a response's Location names. */
  follow(response: LightMyRequestResponse): Promise<LightMyRequestResponse>;
}

const basePath = "/api/v2";
const credentials = openCredentials();

const proofOf = (subject: string, schemes: readonly string[]): Promise<Proof> =>
  credentials.issue(subject, { schemes });

const app = await buildApp({ database, credentials, basePath });
const realApp = app;

/** The usual caller, of a service whose logic accepts everything. */
export const client = clientOf(app, caller);
/** Somebody else, whose rows are not the caller's. */
export const stranger = clientOf(app, somebodyElse);
/** Somebody without credentials. */
export const anybody = clientOf(app, undefined);
/** The usual caller, of a service with its own business logic. */
export const realClient = clientOf(realApp, caller);

function clientOf(service: App, subject: string | undefined): Client {
  // Left to itself, it is sent when it is waited for, which may be anywhere.
  const inject = (options: InjectOptions): Promise<LightMyRequestResponse> =>
    service.inject(options).then((response) => response);
  return {
    inject,
    async send(operation, request = {}) {
      const { method, path, node } = operationAt(operation);
      const proof = subject === undefined ? {} : await proofOf(subject, schemesOf(node));
      const { headers, payload } = bodyOf(node, request);
      const query = [...queryOf(path, node, { ...proof.query, ...request.query })];
      return inject({
        method: request.method ?? method,
        url: `${basePath}${filled(path, request.params ?? {})}${query.length === 0 ? "" : `?${query.join("&")}`}`,
        headers: { ...proof.headers, ...headers, ...request.headers },
        ...(payload === undefined ? {} : { payload }),
      });
    },
    async follow({ headers }) {
      const proof = subject === undefined ? {} : await proofOf(subject, [...credentials.schemes.keys()]);
      if (headers["location"] === undefined) throw new Error("The response has no Location.");
      const url = new URL(headers["location"], "http://localhost");
      return inject({ method: "GET", url: url.pathname + url.search, headers: { ...proof.headers } });
    },
  };
}

/** The schemes of the first alternative that opens an operation. */
function schemesOf(node: Node): readonly string[] {
  const alternatives = (node["security"] ?? follow(["security"])?.node ?? []) as readonly Node[];
  const known = alternatives
    .map((alternative) => Object.keys(alternative))
    .filter((names) => names.every((name) => credentials.schemes.has(name)));
  return known.find((names) => names.length > 0) ?? [];
}

function filled(path: string, params: Node): string {
  const parts = path.split(/\{([^}]+)\}/);
  return parts.map((part, at) => (at % 2 === 0 ? encoded(part) : encodeURIComponent(String(params[part])))).join("");
}

/** Fixed text of a path, in which percent signs may encode something already. */
function encoded(text: string): string {
  return encodeURI(text)
    .replaceAll(/%25(?=[\da-f]{2})/gi, "%")
    .replaceAll("?", "%3F")
    .replaceAll("#", "%23");
}

/** The query string's parts, in the style that the document has for each parameter. */
function* queryOf(path: string, node: Node, query: Node): Generator<string> {
  for (const [name, value] of Object.entries(query)) {
    const parameter = parameterOf(path, node, name, "query");
    const { style = isOpen(parameter) ? "deepObject" : "form", explode = style === "form", content } = parameter;
    const pair = (key: string, item: unknown): string =>
      `${encodeURIComponent(key)}=${encodeURIComponent(String(item))}`;
    if (content !== undefined) yield pair(name, JSON.stringify(value));
    else if (style === "deepObject") yield* fieldOf(name, value).map(([key, text]) => pair(key, text));
    else if (Array.isArray(value))
      yield* explode === true
        ? value.map((item) => pair(name, item))
        : [pair(name, value.join(separators[String(style)] ?? ","))];
    else if (typeof value !== "object" || value === null) yield pair(name, value);
    else if (explode === true) yield* Object.entries(value).map(([key, item]) => pair(key, item));
    else yield pair(name, Object.entries(value).flat().join());
  }
}

/** An object of which the document names no member is written in brackets: nothing would tell its members from parameters else. */
function isOpen({ schema }: Node): boolean {
  const { $ref: reference, ...own } = (schema ?? {}) as Node;
  const { type, properties } =
    typeof reference === "string" ? (follow(partsOf(reference.replace(/^#/, "")))?.node ?? {}) : own;
  return type === "object" && properties === undefined;
}

const separators: Readonly<Record<string, string>> = { spaceDelimited: " ", pipeDelimited: "|" };

function parameterOf(path: string, node: Node, name: string, place: "path" | "query"): Node {
  const declared = [node["parameters"], follow(["paths", path])?.node["parameters"]].flatMap((list) =>
    Array.isArray(list) ? (list as Node[]) : [],
  );
  const all = declared.map((parameter) => {
    const reference = parameter["$ref"];
    return typeof reference === "string" ? (follow(partsOf(reference.replace(/^#/, "")))?.node ?? {}) : parameter;
  });
  return all.find((parameter) => parameter["name"] === name && parameter["in"] === place) ?? {};
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

function bodyOf(node: Node, { body, payload }: TestRequest): Sent {
  if (payload !== undefined) return { headers: {}, payload };
  if (body === undefined) return { headers: {} };
  const type = mediaTypeOf(node);
  const headers = { "content-type": type };
  if (type === "application/x-www-form-urlencoded")
    return { headers, payload: new URLSearchParams(fieldsOf(body)).toString() };
  if (type === "multipart/form-data") return multipart(fieldsOf(body));
  if (/[/+]json$/.test(type)) return { headers, payload: JSON.stringify(body) };
  return { headers, payload: typeof body === "string" ? body : JSON.stringify(body) };
}

/** The first JSON media type of the request's body, else its first one; a range, which nothing can be sent as, is JSON. */
export function mediaTypeOf(node: Node): string {
  const body = node["requestBody"] as Node | undefined;
  const reference = body?.["$ref"];
  const found = typeof reference === "string" ? follow(partsOf(reference.replace(/^#/, "")))?.node : body;
  const ranges = Object.keys(found?.["content"] ?? {}).map((type) => type.split(";")[0]?.trim() ?? type);
  const types = ranges.map((type) => (type.includes("*") ? "application/json" : type));
  return types.find((type) => /[/+]json$/.test(type)) ?? types[0] ?? "application/json";
}

function fieldsOf(body: unknown): [string, string][] {
  return Object.entries(body as Node).flatMap(([name, value]) => fieldOf(name, value));
}

/** A text under the name; what is nested stands in brackets: `address[city]`, `items[0][price]`. */
function fieldOf(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, at) =>
      fieldOf(typeof item === "object" && item !== null ? `${name}[${at}]` : name, item),
    );
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => fieldOf(`${name}[${key}]`, inner));
  return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
}

function multipart(fields: readonly [string, string][]): Sent {
  const boundary = "a-boundary-of-tests";
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    payload: `${parts.join("")}--${boundary}--\r\n`,
  };
}
