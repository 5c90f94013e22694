import type { Document } from "./document.ts";
import { methods } from "./openapi.ts";
import type { OpenApi, OperationObject, PathItem } from "./openapi.ts";

const bearer = { type: "http", scheme: "bearer", bearerFormat: "JWT" } as const;

/**
 * The document with a bearer token asked for by every operation, where its author asks for no credentials anywhere; one
 * that asks for some has its own word, and is left as it is.
 */
export function closeDocument(document: Document): Document {
  const { root } = document;
  return asksForCredentials(root) ? document : { ...document, root: closed(root) };
}

function asksForCredentials({ security, paths }: OpenApi): boolean {
  const own = Object.values(paths ?? {}).flatMap((item) => operationsOf(item).map((operation) => operation.security));
  const listed: readonly unknown[] = [security, ...own].filter(Array.isArray).flat();
  return listed.some((requirement) => isObject(requirement) && Object.keys(requirement).length > 0);
}

function closed(root: OpenApi): OpenApi {
  const declared = root.components?.securitySchemes ?? {};
  const name = freeName(Object.keys(declared));
  const paths = Object.entries(root.paths ?? {}).map(([path, item]) => [path, withoutOwnSecurity(item)] as const);
  return {
    ...root,
    security: [{ [name]: [] }],
    paths: Object.fromEntries(paths),
    components: { ...root.components, securitySchemes: { ...declared, [name]: bearer } },
  };
}

/** An empty `security` opens an operation, which is what the config overrules. */
function withoutOwnSecurity(item: PathItem): PathItem {
  if (!isObject(item)) return item;
  const open = methods.filter((method) => isObject(item[method]) && item[method].security !== undefined);
  const operations = open.map((method) => {
    const { security: _, ...operation } = item[method] ?? {};
    return [method, operation] as const;
  });
  return { ...item, ...Object.fromEntries(operations) };
}

function operationsOf(item: PathItem): readonly OperationObject[] {
  if (!isObject(item)) return [];
  return methods.flatMap((method) => (isObject(item[method]) ? [item[method]] : []));
}

/** Documents are lenient: anything may stand where an object belongs. */
function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function freeName(taken: readonly string[]): string {
  let name = "bearer";
  for (let count = 2; taken.includes(name); count++) name = `bearer${count}`;
  return name;
}
