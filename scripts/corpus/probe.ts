import { methods } from "../../src/document/openapi.ts";
import type {
  OpenApi,
  OperationObject,
  Parameter,
  PathItem,
  RequestBody,
  Schema,
  SecurityScheme,
} from "../../src/document/openapi.ts";
import { basePathOf } from "../../src/model/api.ts";
import { requestSchema } from "../../src/plan/request-schema.ts";
import { sampleValue } from "../../src/plan/sample.ts";
import type { Service } from "../service.ts";
import { uriText } from "../../src/render/escape.ts";

/** How a running service answers when each documented operation is called once. */
export interface Probe {
  /** `METHOD /path` → its status. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly notImplemented: readonly string[];
  /** Operations that let the service's own credentials not in, so that nothing is known of them. */
  readonly refused: readonly string[];
  /** Operations that the service does not answer: no route for the path or the method, or an internal error. */
  readonly unanswered: readonly string[];
}

interface Call {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A method that the path does not have, by which it can be asked which ones it has. */
  readonly otherMethod: string | undefined;
  /** Keys that stand in the query. */
  readonly queryKeys: ReadonlySet<string>;
}

/** Calls each operation with values that its document calls valid. */
export async function probe(service: Service, root: OpenApi): Promise<Probe> {
  const statuses = new Map<string, number>();
  const [notImplemented, refused, unanswered]: [string[], string[], string[]] = [[], [], []];
  for (const call of callsOf(root)) {
    const status = (await answer(service, call))?.status;
    if (status !== undefined) statuses.set(call.title, status);
    const isLost = status === 404 && !(await isRouted(service, call));
    if (status === 501) notImplemented.push(call.title);
    else if (status === 401 || status === 403) refused.push(`${call.title} answered ${status} to our credentials`);
    else if (status === undefined) unanswered.push(`${call.title} gave no answer when called`);
    else if (status === 405 || status >= 500) unanswered.push(`${call.title} answered ${status} when called`);
    else if (isLost) unanswered.push(`${call.title} is not routed`);
  }
  return { statuses, notImplemented, refused, unanswered };
}

/** Tells a resource that is not there from a path that is not: the path answers another method with those it has. */
async function isRouted(service: Service, call: Call): Promise<boolean> {
  if (call.otherMethod === undefined) return true;
  const { headers } = call;
  const found = await answer(service, { ...call, method: call.otherMethod, headers: withoutType(headers), body: "" });
  if (found?.status !== 405) return found?.status !== 404;
  return (found.headers.get("allow") ?? "").split(/, */).includes(call.method);
}

function withoutType({ "content-type": _, ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  return headers;
}

async function answer(
  service: Service,
  { method, path, headers, body, queryKeys }: Call,
): Promise<Response | undefined> {
  const url = new URL(service.address + path);
  const proof = Object.entries(service.credentials());
  for (const [name, value] of proof) if (queryKeys.has(name)) url.searchParams.set(name, value);
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...Object.fromEntries(proof.filter(([name]) => !queryKeys.has(name))) },
      redirect: "manual",
      ...(body !== undefined && body !== "" && { body }),
      signal: AbortSignal.timeout(20_000),
    });
    await response.arrayBuffer();
    return response;
  } catch {
    return undefined;
  }
}

function callsOf(root: OpenApi): readonly Call[] {
  const base = basePath(root);
  const queryKeys = queryKeysOf(root);
  return Object.entries(root.paths ?? {}).flatMap(([path, item]) =>
    // fetch refuses to send TRACE.
    methods
      .filter((method) => method !== "trace")
      .flatMap((method) => {
        const operation = item[method];
        return operation === undefined
          ? []
          : [callOf(root, { method: method.toUpperCase(), base, path, item, operation, queryKeys })];
      }),
  );
}

interface Target {
  readonly method: string;
  readonly base: string;
  readonly path: string;
  readonly item: PathItem;
  readonly operation: OperationObject;
  readonly queryKeys: ReadonlySet<string>;
}

function queryKeysOf(root: OpenApi): ReadonlySet<string> {
  const schemes = Object.values(root.components?.securitySchemes ?? {}).map((scheme) =>
    resolved<SecurityScheme>(root, scheme),
  );
  return new Set(schemes.flatMap(({ in: place, name }) => (place === "query" && name !== undefined ? [name] : [])));
}

function callOf(root: OpenApi, { method, base, path, item, operation, queryKeys }: Target): Call {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) =>
    resolved<Parameter>(root, one),
  );
  const value = (parameter: Parameter): string => plain(root, parameter.schema);
  const filled = path.split(/(\{[^}]+\})/).map((part) => {
    if (!/^\{[^}]+\}$/.test(part)) return uriText(part);
    const parameter = parameters.find((one) => one.in === "path" && one.name === part.slice(1, -1));
    return encodeURIComponent(parameter === undefined ? "1" : value(parameter));
  });
  const required = parameters.filter((one) => one.required === true && one.name !== undefined);
  const query = required
    .filter((one) => one.in === "query")
    .map((one): [string, string] => [one.name ?? "", value(one)]);
  const headers = required.filter((one) => one.in === "header").map((one) => [one.name ?? "", value(one)] as const);
  // Two templates of one form are one path to a router: `/shelves/{shelf}` and `/shelves/{shelf.id}`.
  const formOf = (template: string): string => template.replaceAll(/\{[^}]+\}/g, "{}");
  const items = Object.entries(root.paths ?? {}).flatMap(([other, one]) =>
    formOf(other) === formOf(path) ? [one] : [],
  );
  const search = query.length === 0 ? "" : `?${new URLSearchParams(query).toString()}`;
  const body =
    operation.requestBody === undefined ? {} : bodyOf(root, resolved<RequestBody>(root, operation.requestBody));
  return {
    title: `${method} ${path}`,
    method,
    path: `${base}${filled.join("")}${search}`,
    headers: { ...Object.fromEntries(headers), ...body.headers },
    queryKeys,
    otherMethod: methods
      .find((one) => /^(get|put|post|patch|delete)$/.test(one) && items.every((other) => other[one] === undefined))
      ?.toUpperCase(),
    ...(body.text !== undefined && method !== "GET" && method !== "HEAD" && { body: body.text }),
  };
}

function bodyOf(root: OpenApi, { content = {} }: RequestBody): { headers?: Record<string, string>; text?: string } {
  const types = Object.keys(content);
  const type = types.find((one) => /\bjson\b/.test(one)) ?? types.find((one) => one.includes("urlencoded")) ?? types[0];
  if (type === undefined) return {};
  const value = sampleValue(requestSchema(root, content[type]?.schema ?? {}, { readOnly: "refuse" })) ?? {};
  const text = type.includes("urlencoded")
    ? new URLSearchParams(value as Record<string, string>).toString()
    : JSON.stringify(value);
  return { headers: { "content-type": type.includes("*") ? "application/json" : type }, text };
}

function plain(root: OpenApi, schema: Schema | undefined): string {
  const value = sampleValue(requestSchema(root, schema ?? {}, { readOnly: "refuse" })) ?? "1";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function resolved<T extends object>(root: OpenApi, node: object): T {
  if (!("$ref" in node) || typeof node.$ref !== "string") return node as T;
  const tokens = node.$ref
    .slice(2)
    .split("/")
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"));
  let found: unknown = root;
  for (const token of tokens)
    found = typeof found === "object" && found !== null ? Reflect.get(found, token) : undefined;
  return (found ?? {}) as T;
}

/** Where the service is mounted. */
export function basePath(root: OpenApi): string {
  return basePathOf(root.servers);
}
