import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadDocument } from "../../src/document/load.ts";
import { isObject, member, setMember } from "../../src/document/raw.ts";
import { memoryHost } from "../support/host.ts";

/** What a slip of the hand can leave in the place of a node. */
const slips: readonly unknown[] = [
  null,
  true,
  7,
  "text",
  [],
  {},
  [1, null],
  { a: null },
  { $ref: "#/nowhere" },
  { $ref: "./nowhere.yaml" },
  { $ref: "#/paths" },
  { $ref: 5 },
];

const mutation = fc.record({ node: fc.nat(), slip: fc.constantFrom(...slips) });

test.each(["bookshop", "clinic", "ledger"])(
  "%s with any nodes spoilt is loaded or refused, and once mended stays so",
  async (name) => {
    const text = await readFile(new URL(`../../specs/${name}.yaml`, import.meta.url), "utf8");
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 6 }), async (mutations) => {
        const root: unknown = parse(text);
        const nodes = membersOf(root);
        for (const { node, slip } of mutations) {
          const found = nodes[node % nodes.length];
          if (found !== undefined) setMember(found.holder, found.key, structuredClone(slip));
        }
        const { value, diagnostics } = await load(root);
        for (const { place } of diagnostics) expect(place).toMatchObject({ file: "a.json", line: expect.any(Number) });
        if (value === undefined) return;
        const again = await load(value.root);
        expect(JSON.stringify(again.value?.root)).toBe(JSON.stringify(value.root));
      }),
      { numRuns: 15, seed: 20_261_121 },
    );
  },
  60_000,
);

function load(root: unknown) {
  return loadDocument(memoryHost({ "a.json": JSON.stringify(root) }), "a.json");
}

function membersOf(root: unknown): readonly { readonly holder: object; readonly key: string }[] {
  if (!isObject(root) && !Array.isArray(root)) return [];
  return Object.keys(root).flatMap((key) => [{ holder: root, key }, ...membersOf(member(root, key))]);
}
