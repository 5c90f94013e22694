import type { Checked } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import type { Origins } from "../document/origins.ts";
import type { RawObject } from "../document/raw.ts";
import { completeRelations } from "./complete.ts";
import { toOpenApi } from "./openapi.ts";
import { isSpecification, readSpecification } from "./read.ts";
import { Reader } from "./reader.ts";

/**
 * The OpenAPI document of an entity specification, whose nodes have the places of the lines that they come from. Any
 * other tree is returned as it is; undefined where the specification has mistakes.
 */
export function convertSpecification(root: unknown, title: string, origins: Origins): Checked<unknown> {
  if (!isSpecification(root)) return { value: root, diagnostics: [] };
  const reader = new Reader(origins);
  const specification = completeRelations(readSpecification(root, title, reader), reader);
  const isUsable = !hasErrors(reader.diagnostics);
  const value = isUsable ? placed(toOpenApi(specification, origins), origins) : undefined;
  return { value, diagnostics: reader.diagnostics };
}

/** What has no line of its own has the line of what holds it. */
function placed(root: RawObject, origins: Origins): RawObject {
  const seen = new Set<object>([root]);
  const open: object[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const child of Object.values<unknown>({ ...node })) {
      if (typeof child !== "object" || child === null || seen.has(child)) continue;
      seen.add(child);
      if (origins.of(child) === undefined) origins.adopt(child, node);
      open.push(child);
    }
  }
  return root;
}
