import { basename } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import type { Document } from "./document.ts";
import { finishTree, orderedRoot } from "./finish.ts";
import { linkReferences } from "./link.ts";
import type { OpenApi } from "./openapi.ts";
import { createOrigins, placeIn } from "./origins.ts";
import type { Origins } from "./origins.ts";
import type { Overlaid } from "./overlay.ts";
import { isObject, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import { readReferenced, readTree } from "./read.ts";
import type { SourceTree } from "./read.ts";
import { findSlowPatterns } from "./slow-patterns.ts";
import { upgrade } from "./upgrade.ts";
import { validateTree } from "./validate.ts";
import type { Violation } from "./validate.ts";

export interface LoadOptions {
  /** The folder that references may not leave; the host's folder where it is left out. */
  readonly workspace?: string;
  /** OpenAPI Overlays to apply, in order. */
  readonly overlays?: readonly string[];
  /** Makes an OpenAPI document of a tree in another form; returns any other tree as it is. */
  readonly convert?: (root: unknown, title: string, origins: Origins) => Checked<unknown>;
}

/**
 * Reads an OpenAPI document of any version, with the files it refers to, as one tree in the 3.1 dialect. The value is
 * undefined only where there is nothing to work on; whatever is broken in one place is a warning.
 */
export async function loadDocument(
  host: Host,
  file: string,
  options: LoadOptions = {},
): Promise<Checked<Document | undefined>> {
  const written = await readTree(host, file);
  if (hasErrors(written.diagnostics)) return { value: undefined, diagnostics: written.diagnostics };
  const origins = createOrigins();
  if (isObject(written.value)) origins.enter(written.text, written.value);
  const title = basename(written.file).replace(/\.[^.]*$/, "");
  const converted = options.convert?.(written.value, title, origins);
  if (converted !== undefined && hasErrors(converted.diagnostics)) return { ...converted, value: undefined };
  const main = converted === undefined ? written : { ...written, value: converted.value };
  const root = main.value;
  const version = versionOf(root);
  if (!isObject(root) || version === undefined) return { value: undefined, diagnostics: [notOpenApi(main)] };
  if (!/^(2\.0|3\.\d+(\..*)?)$/.test(version)) return { value: undefined, diagnostics: [unsupported(main, version)] };

  const overlaid = await overlay(host, main, root, options.overlays ?? [], origins);
  if (hasErrors(overlaid.diagnostics)) return { value: undefined, diagnostics: overlaid.diagnostics };
  const sources = await readReferenced(host, main, options.workspace);
  const referenced = [...sources.trees.values()].filter((tree) => tree !== main);
  for (const { text, value } of referenced) if (isObject(value)) origins.enter(text, value);
  const invalid = await validateTree(root, origins);
  const { diagnostics: broken, ...links } = linkReferences(sources, root, origins);
  const mended = upgrade(root, origins, links);
  const slow = await findSlowPatterns(root, origins);
  const moves = finishTree(root, main.file, origins, links);
  const readings = [main, ...referenced].flatMap((tree) => tree.diagnostics.filter(isWarning));
  const specific = [...broken, ...mended, ...slow.diagnostics];
  const diagnostics = [...readings, ...overlaid.diagnostics, ...generalBeside(invalid, specific), ...specific];
  const value: Document = {
    file,
    version,
    // From here on the tree is in the dialect, as lenient as its type is, and never changes again.
    root: asOpenApi(orderedRoot(root)),
    sources: [main, ...referenced, ...overlaid.trees].map(({ text }) => text),
    moves,
    overlays: overlaid.trees.length,
    slowPatterns: slow.value,
  };
  return { value, diagnostics: withoutRepeats(diagnostics) };
}

/** Overlays are for few, and what finds nodes for them takes time to load. */
async function overlay(
  host: Host,
  main: SourceTree,
  root: RawObject,
  files: readonly string[],
  origins: Origins,
): Promise<Overlaid> {
  if (files.length === 0) return { trees: [], diagnostics: [] };
  const { applyOverlays } = await import("./overlay.ts");
  return applyOverlays(host, main, root, files, origins);
}

function isWarning({ severity }: Diagnostic): boolean {
  return severity === "warning";
}

function asOpenApi(root: RawObject): OpenApi {
  return root as RawObject & OpenApi;
}

/** YAML reads an unquoted 2.0 or 3.1 as a number. */
function versionOf(root: unknown): string | undefined {
  const version = member(root, "openapi") ?? member(root, "swagger");
  if (typeof version === "number") return Number.isInteger(version) ? `${version}.0` : String(version);
  return typeof version === "string" && version !== "" ? version.trim() : undefined;
}

function notOpenApi({ file, text, value }: SourceTree): Diagnostic {
  const what = text.text.trim() === "" ? "is empty" : "is no mapping of names to values";
  const saw = isObject(value) ? `${file} has neither "openapi" nor "swagger" at its top.` : `${file} ${what}.`;
  return error("document/not-openapi", { place: { file, line: 1, column: 1 }, saw });
}

function unsupported({ text, value }: SourceTree, version: string): Diagnostic {
  const keyword = member(value, "openapi") === undefined ? "swagger" : "openapi";
  return error("document/unsupported-version", {
    place: placeIn(text, `/${keyword}`),
    saw: `The version is ${version}; 2.0, 3.0 and 3.1 are understood, and of 3.2 what it shares with 3.1.`,
  });
}

/** What the specification's schema finds, less what another diagnostic says more of. */
function generalBeside(violations: readonly Violation[], specific: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = new Set(specific.map(({ place }) => place?.pointer));
  return violations.filter(({ about }) => !told.has(`#${about}`)).map(({ diagnostic }) => diagnostic);
}

/** A node that stands in several places, by a YAML alias or a reference, is reported once. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = JSON.stringify(diagnostic);
    return !seen.has(key) && seen.add(key);
  });
}
