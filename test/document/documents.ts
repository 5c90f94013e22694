import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import type { Document } from "../../src/document/document.ts";
import { loadDocument } from "../../src/document/load.ts";
import { memoryHost } from "../support/host.ts";

interface Loaded {
  readonly document: Document;
  readonly diagnostics: readonly Diagnostic[];
  readonly codes: readonly string[];
}

/** Loads a document from files in memory; a value that is no text is written as JSON. The first file is the document. */
export async function loadFiles(files: Readonly<Record<string, unknown>>): Promise<Loaded> {
  const texts = Object.entries(files).map(([path, value]): [string, string] => [
    path,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const { value, diagnostics } = await loadDocument(memoryHost(Object.fromEntries(texts)), Object.keys(files)[0] ?? "");
  const codes = diagnostics.map(({ code }) => code);
  if (value === undefined) throw new Error(`not loaded: ${JSON.stringify(diagnostics)}`);
  return { document: value, diagnostics, codes };
}

/** An OpenAPI 3.0 document with these named schemas. */
export function withSchemas(schemas: object, openapi = "3.0.3"): object {
  return { openapi, info: { title: "A", version: "1" }, paths: {}, components: { schemas } };
}

/** An OpenAPI 2.0 document with these paths, and more members of the root. */
export function swagger(paths: object, more: object = {}): object {
  return { swagger: "2.0", info: { title: "A", version: "1" }, paths, ...more };
}
