import { readFileSync } from "node:fs";

export type Node = Readonly<Record<string, unknown>>;

/** The document itself: tests ask it, and not what was generated from it, so that a mistake in generating shows. */
export const document = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8")) as Node;

export interface Found {
  readonly node: Node;
  /** Where the node is once references were followed. */
  readonly path: readonly string[];
}

/** The node at a path of the document; undefined where there is none. */
export function follow(path: readonly string[]): Found | undefined {
  let found: Found = { node: document, path: [] };
  for (const part of path) {
    const next = Object.hasOwn(found.node, part) ? (found.node[part] as Node) : undefined;
    if (next === undefined) return undefined;
    found = { node: next, path: [...found.path, part] };
    const reference = typeof next === "object" ? next["$ref"] : undefined;
    if (typeof reference !== "string") continue;
    const target = follow(partsOf(reference.replace(/^#/, "")));
    if (target === undefined) return undefined;
    found = target;
  }
  return found;
}

/** `POST /accounts` is the method and the path of an operation. */
export function operationAt(operation: string): {
  readonly method: string;
  readonly path: string;
  readonly node: Node;
} {
  const space = operation.indexOf(" ");
  const [method, path] = [operation.slice(0, space), operation.slice(space + 1)];
  const found = follow(["paths", path, method.toLowerCase()]);
  if (found === undefined) throw new Error(`The document has no ${operation}.`);
  return { method, path, node: found.node };
}

/** The parts of a JSON pointer (RFC 6901). */
export function partsOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => decoded(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
