import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, Node, YAMLMap } from "yaml";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { keepLocator } from "../diagnostic/positions.ts";
import type { Locator, Text } from "../diagnostic/positions.ts";
import { notYaml, repeatedKey } from "./parse.ts";
import type { Parsed } from "./parse.ts";

/** What aliases may repeat in all, in nodes; more is an attack on memory ("billion laughs"), not a document. */
const maxAliasCount = 10_000;

/**
 * The core schema is fixed, so that a `%YAML 1.1` directive can't turn "no" into false or a date into an object; merge
 * keys (`<<`) are YAML 1.1, and in wide use.
 */
const options = { schema: "core", merge: true, prettyErrors: false, logLevel: "error" } as const;

export function parseYaml(text: Text): Parsed {
  try {
    const document = parseDocument(text.text, options);
    keepLocator(text, locate(document, 0, document.contents));
    return valueOf(document, text);
  } catch (cause) {
    return {
      value: undefined,
      diagnostics: [notYaml(text, 0, cause instanceof Error ? cause.message : String(cause))],
    };
  }
}

function valueOf(document: Document.Parsed, text: Text): Parsed {
  const diagnostics: Diagnostic[] = [];
  for (const { code, pos, message } of document.errors) {
    if (code === "DUPLICATE_KEY") diagnostics.push(repeatedKey(text, pos[0], nameAt(text, pos[0])));
    // Of several documents in one file, the first is meant.
    else if (code !== "MULTIPLE_DOCS") return { value: undefined, diagnostics: [notYaml(text, pos[0], message)] };
  }
  return { value: document.toJS({ maxAliasCount }), diagnostics };
}

function nameAt(text: Text, offset: number): string {
  const name = /^(?:"[^"\n]*"|'[^'\n]*'|[^:\n]*)/.exec(text.text.slice(offset, offset + 200))?.[0] ?? "";
  return name.replaceAll(/^["']|["']$/g, "");
}

function locate(document: Document.Parsed, offset: number, node: unknown): Locator {
  return {
    offset,
    child(token) {
      const target = isAlias(node) ? node.resolve(document) : node;
      if (isMap(target)) return locateMember(document, target, token);
      if (!isSeq(target)) return undefined;
      const item: unknown = target.items[Number(token)];
      return item === undefined ? undefined : locate(document, startOf(item) ?? offset, item);
    },
  };
}

function locateMember(document: Document.Parsed, map: YAMLMap, token: string): Locator | undefined {
  const own = map.items.findLast(({ key }) => isScalar(key) && nameOf(key.value) === token);
  if (own !== undefined) return locate(document, startOf(own.key) ?? 0, own.value);
  for (const { key, value } of map.items) {
    if (!isScalar(key) || key.source !== "<<") continue;
    const merged = locateMerged(document, value, token);
    if (merged !== undefined) return merged;
  }
  return undefined;
}

/** The name that a key has in JSON: null is an empty one, and a merge key has none. */
function nameOf(value: unknown): string | undefined {
  if (value === null) return "";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

function locateMerged(document: Document.Parsed, value: unknown, token: string): Locator | undefined {
  const target = isAlias(value) ? value.resolve(document) : value;
  if (isMap(target)) return locateMember(document, target, token);
  if (!isSeq(target)) return undefined;
  return target.items.map((item) => locateMerged(document, item, token)).find((found) => found !== undefined);
}

function startOf(node: unknown): number | undefined {
  const start: unknown = isPair(node) ? node.key : node;
  return isNode(start) ? start.range?.[0] : undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "range" in value;
}
