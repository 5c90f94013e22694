import { isRecord } from "../../src/json.ts";
import type { Exchange } from "./judge.ts";
import type { DocumentedOperation, DocumentedParameter } from "./original.ts";
import type { Request } from "./requests.ts";

/** Where a service listens, and what opens it. */
export interface Target {
  /** With the path that the API is mounted at. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** What a request has that its document does not ask for. */
export interface Twist {
  readonly method?: string;
  readonly mediaType?: string;
  /** Sent as it is. */
  readonly payload?: string;
  readonly isAnonymous?: true;
  /** In place of the path's last argument, encoded already. */
  readonly argument?: string;
  /** After the query, encoded already. */
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const answerMs = 60_000;

/** Sends a request through the port. Rejects where no answer comes. */
export async function send(target: Target, request: Request, twist: Twist = {}): Promise<Exchange> {
  const { operation, intent, flaw } = request;
  const method = twist.method ?? operation.method;
  const url = urlOf(target, request, twist);
  const body = twist.payload ?? payloadOf(request);
  const multipart = body instanceof FormData;
  const type = twist.mediaType ?? request.mediaType;
  const headers: Record<string, string> = {
    ...(twist.isAnonymous === true ? {} : target.headers),
    ...Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, headerText(value)])),
    ...(type === undefined || multipart || body === undefined ? {} : { "content-type": type }),
    ...twist.headers,
  };
  const response = await fetch(url, {
    method,
    headers,
    redirect: "manual",
    ...(body === undefined || method === "GET" || method === "HEAD" ? {} : { body }),
    signal: AbortSignal.timeout(answerMs),
  });
  return {
    operation,
    intent,
    ...(flaw === undefined ? {} : { flaw }),
    method,
    url,
    sent: typeof body === "string" ? body : undefined,
    status: response.status,
    headers: response.headers,
    body: await response.text(),
  };
}

function urlOf({ address, query }: Target, { operation, params, query: own }: Request, twist: Twist): string {
  const told = (part: string): string =>
    encoded(part.replaceAll(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(pathText(params[name]))));
  const [, before = operation.path, last = "", after = ""] = /^(.*)(\{[^}]+\})(.*)$/.exec(operation.path) ?? [];
  const path = told(before) + (twist.argument ?? told(last)) + told(after);
  const parts = Object.entries(own).flatMap(([name, value]) => queryParts(parameterOf(operation, name), name, value));
  const keys = twist.isAnonymous === true ? [] : Object.entries(query).map(([name, value]) => pair(name, value));
  const search = [...parts, ...keys, ...(twist.search === undefined ? [] : [twist.search])].join("&");
  return `${address}${path}${search === "" ? "" : `?${search}`}`;
}

/** Fixed text of a path, in which percent signs encode something already. */
function encoded(path: string): string {
  return encodeURI(path)
    .replaceAll(/%25(?=[\da-f]{2})/gi, "%")
    .replaceAll("?", "%3F")
    .replaceAll("#", "%23");
}

function parameterOf({ parameters }: DocumentedOperation, name: string): DocumentedParameter | undefined {
  return parameters.find((one) => one.in === "query" && one.name === name);
}

const separators: Readonly<Record<string, string>> = { spaceDelimited: "%20", pipeDelimited: "|", tabDelimited: "%09" };

function queryParts(parameter: DocumentedParameter | undefined, name: string, value: unknown): readonly string[] {
  if (parameter?.mediaType !== undefined) return [pair(name, JSON.stringify(value))];
  if (Array.isArray(value)) {
    if (parameter?.explode === true) return value.map((item) => pair(name, String(item)));
    const items = value.map((item) => encodeURIComponent(String(item)));
    return [`${encodeURIComponent(name)}=${items.join(separators[parameter?.style ?? ""] ?? ",")}`];
  }
  if (!isRecord(value)) return [pair(name, String(value))];
  const members = Object.entries(value);
  if (parameter?.style === "deepObject") return members.map(([key, inner]) => pair(`${name}[${key}]`, String(inner)));
  if (parameter?.explode === true) return members.map(([key, inner]) => pair(key, String(inner)));
  return [pair(name, members.flat().join(","))];
}

function pair(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

function pathText(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  return isRecord(value) ? Object.entries(value).flat().join(",") : String(value);
}

function headerText(value: unknown): string {
  return encodeURI(pathText(value)).replaceAll("%20", " ");
}

function payloadOf({ mediaType = "", body }: Request): string | FormData | undefined {
  if (body === undefined) return undefined;
  if (mediaType === "application/x-www-form-urlencoded") return new URLSearchParams(fieldsOf(body)).toString();
  if (mediaType.startsWith("multipart/")) {
    const form = new FormData();
    for (const [name, value] of fieldsOf(body)) form.append(name, value);
    return form;
  }
  if (/\bjson\b/.test(mediaType)) return JSON.stringify(body);
  return typeof body === "string" ? body : JSON.stringify(body);
}

function fieldsOf(body: unknown): [string, string][] {
  return (isRecord(body) ? Object.entries(body) : []).flatMap(([name, value]) => fieldOf(name, value));
}

/** What nests stands in brackets, as HTML forms and `style: deepObject` have it. */
function fieldOf(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, at) => fieldOf(isRecord(item) ? `${name}[${at}]` : name, item));
  if (isRecord(value)) return Object.entries(value).flatMap(([key, inner]) => fieldOf(`${name}[${key}]`, inner));
  return [[name, String(value)]];
}
