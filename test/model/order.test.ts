import fc from "fast-check";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Document } from "../../src/document/document.ts";
import { inferModel } from "../../src/model/infer.ts";

/** The keys of every mapping in another order; what a list holds keeps its own. */
function shuffled(node: unknown, random: () => number): unknown {
  if (Array.isArray(node)) return node.map((item: unknown) => shuffled(item, random));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => ({
    key,
    value: shuffled(value, random),
    place: random(),
  }));
  return Object.fromEntries(entries.sort((a, b) => a.place - b.place).map(({ key, value }) => [key, value]));
}

/** The same, in whatever order its lists are. */
function unordered(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(unordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => key !== "reasons");
  return Object.fromEntries(
    entries.map(([key, value]) => [key, unordered(value)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function documentOf(root: Document["root"]): Document {
  return {
    file: "api.yaml",
    version: root.openapi,
    root,
    sources: [],
    moves: [{ at: "", file: "api.yaml", pointer: "" }],
    overlays: 0,
    slowPatterns: [],
  };
}

/** What becomes tables: entities and joins. */
function tables(root: Document["root"]): unknown {
  const { entities, joins } = inferModel(documentOf(root), {}).value;
  return unordered({ entities, joins });
}

test.each(["ledger", "clinic", "bookshop"])("the order of keys in %s decides no table", async (name) => {
  const root = parse(await readFile(`specs/${name}.yaml`, "utf8")) as Document["root"];
  const expected = tables(root);
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
      const random = (): number => {
        const next = stream.next();
        return next.done === true ? 0 : next.value;
      };
      expect(tables(shuffled(root, random) as Document["root"])).toEqual(expected);
    }),
    { numRuns: 10, seed: 7 },
  );
});

test("the same document gives the same bytes", async () => {
  const root = parse(await readFile("specs/ledger.yaml", "utf8")) as Document["root"];
  const print = () => JSON.stringify(inferModel(documentOf(root), {}));
  expect(print()).toBe(print());
});
