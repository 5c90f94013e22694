import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { runCli } from "../../src/cli/program.ts";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { parsePointer } from "../../src/diagnostic/pointer.ts";
import { loadDocument } from "../../src/document/load.ts";
import { inferModel } from "../../src/model/infer.ts";
import { memoryHost, temporaryHost } from "../support/host.ts";
import { commandsOf, documentOf, filesOf, folder } from "./transcript.ts";

/** Mistakes in one place of a YAML document, which is what `scaffold model` tells of: the run goes on. */
const warnings = readdirSync(folder)
  .sort()
  .filter(
    (mistake) => documentOf(mistake) === "openapi.yaml" && commandsOf(mistake)[0] === "scaffold model openapi.yaml",
  );

async function diagnosticsOf(file: string, files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> {
  const { value, diagnostics } = await loadDocument(memoryHost(files), file);
  return value === undefined ? diagnostics : [...diagnostics, ...inferModel(value, {}).diagnostics];
}

describe("a place is the same in YAML and in JSON", () => {
  // A key that is written twice has no JSON to be compared with, and overlays are files of their own.
  const cases = warnings.filter((mistake) => !/^(document-duplicate-key|overlay-)/.test(mistake));
  test.each(cases)("%s", async (mistake) => {
    const files = filesOf(mistake);
    const yaml = files["openapi.yaml"] ?? "";
    const json = JSON.stringify(parse(yaml), null, 2);
    const inYaml = await diagnosticsOf("openapi.yaml", files);
    const inJson = await diagnosticsOf("openapi.json", { ...files, "openapi.json": json });
    expect(inJson.map(withoutPosition)).toEqual(inYaml.map(withoutPosition));
    for (const { place } of inYaml) expect(place).toMatchObject(placeBy(yaml, place?.pointer));
    for (const { place } of inJson) expect(place).toMatchObject(placeBy(json, place?.pointer));
  });
});

function withoutPosition({ code, severity, saw, fix, place }: Diagnostic): object {
  return { code, severity, saw, fix, pointer: place?.pointer };
}

/** Where the YAML library, which reads JSON too, has what a pointer leads to, or the nearest thing above it. */
function placeBy(text: string, pointer = "#"): { readonly line: number; readonly column: number } {
  const document = parseDocument(text);
  let offset = 0;
  let node: unknown = document.contents;
  for (const token of parsePointer(pointer.slice(1))) {
    const items = (node as { items?: readonly unknown[] } | null)?.items ?? [];
    const pair = items.find((item) => String((item as { key?: { value: unknown } }).key?.value) === token);
    const next = (pair ?? items[Number(token)]) as Found | undefined;
    if (next === undefined) break;
    offset = (next.key ?? next).range?.[0] ?? offset;
    node = pair === undefined ? next : next.value;
  }
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

interface Found {
  readonly range?: readonly number[];
  readonly key?: { readonly range?: readonly number[] };
  readonly value?: unknown;
}

describe("--strict stops at each, and says the same", () => {
  test.each(warnings)("%s", async (mistake) => {
    await using host = await temporaryHost({ "package.json": "{}", ...filesOf(mistake) });
    expect(await runCli(host, ["crud", "openapi.yaml", "--strict", "--quiet"])).toBe(2);
    const asWarnings = readFileSync(`${folder}/${mistake}/seen.txt`, "utf8").match(/^(?:warning | {2}).*$/gm);
    const asErrors = host.printed.error.match(/^(?:error | {2}).*$/gm)?.slice(0, -1) ?? [];
    // What only a later stage would find is not looked for any more.
    expect(asErrors.length).toBeGreaterThanOrEqual(3);
    expect(asErrors.map((line) => line.replace(/^error  /, "warning"))).toEqual(asWarnings?.slice(0, asErrors.length));
  });
});

describe("a run goes on over what is broken in one place", () => {
  test.each(["reference-not-found", "relation-required-cycle", "entity-none", "media-unsupported"])(
    "%s",
    async (mistake) => {
      await using host = await temporaryHost({ "package.json": "{}", ...filesOf(mistake) });
      expect(await runCli(host, ["crud", "openapi.yaml", "--no-verify", "--json"])).toBe(0);
      const { diagnostics } = JSON.parse(host.printed.out) as { diagnostics: readonly Diagnostic[] };
      expect(diagnostics.map(({ code }) => code)).toEqual([mistake.replace("-", "/")]);
      expect((await host.files.list("generated")).some((path) => path.endsWith("/src/app.ts"))).toBe(true);
    },
  );
});
