import { basename } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import { createOrigins } from "../document/origins.ts";
import { isObject } from "../document/raw.ts";
import { readTree } from "../document/read.ts";
import type { Host } from "../host.ts";
import { convertSpecification } from "./convert.ts";
import { isSpecification } from "./read.ts";

/** Reads an entity specification from a file, and prints its OpenAPI document. Undefined where it has mistakes. */
export async function documentOf(
  host: Host,
  file: string,
  format: "yaml" | "json",
): Promise<Checked<string | undefined>> {
  const tree = await readTree(host, file);
  if (hasErrors(tree.diagnostics)) return { value: undefined, diagnostics: tree.diagnostics };
  if (!isObject(tree.value) || !isSpecification(tree.value)) {
    const saw = `${file} has no "entities" at its top, or is an OpenAPI document already.`;
    const place = { file, line: 1, column: 1 };
    const fix = "Point at an entity specification; docs/entities.md shows one.";
    return { value: undefined, diagnostics: [error("specification/invalid", { place, saw, fix })] };
  }
  const origins = createOrigins();
  origins.enter(tree.text, tree.value);
  const title = basename(file).replace(/\.[^.]*$/, "");
  const { value, diagnostics } = convertSpecification(tree.value, title, origins);
  const found = [...tree.diagnostics, ...diagnostics];
  if (value === undefined) return { value, diagnostics: found };
  if (format === "json") return { value: `${JSON.stringify(value, null, 2)}\n`, diagnostics: found };
  const { printYaml } = await import("../document/print-yaml.ts");
  return { value: printYaml(value), diagnostics: found };
}
