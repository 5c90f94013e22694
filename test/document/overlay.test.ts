import { expect, test } from "vitest";
import { loadDocument } from "../../src/document/load.ts";
import { placeOf } from "../../src/document/resolve.ts";
import { memoryHost } from "../support/host.ts";

const api = `openapi: 3.1.0
info: { title: A, version: "1" }
tags: [{ name: a }, { name: b }, { name: c }]
paths: {}
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
    Toy: { type: object }
`;

async function overlaid(actions: string) {
  const overlay = `overlay: 1.0.0\ninfo: { title: O, version: "1" }\nactions:\n${actions}`;
  const host = memoryHost({ "api.yaml": api, "overlay.yaml": overlay });
  const { value, diagnostics } = await loadDocument(host, "api.yaml", { overlays: ["overlay.yaml"] });
  if (value === undefined) throw new Error("not loaded");
  return { document: value, diagnostics };
}

test("objects are merged, and what an overlay adds is shown in the overlay", async () => {
  const { document, diagnostics } = await overlaid(`  - target: $.components.schemas.Pet
    update:
      description: A pet.
      properties: { name: { maxLength: 9 }, owner: { type: string } }
`);
  expect(diagnostics).toEqual([]);
  expect(document.overlays).toBe(1);
  expect(document.root.components?.schemas?.["Pet"]).toEqual({
    type: "object",
    description: "A pet.",
    properties: { name: { type: "string", maxLength: 9 }, owner: { type: "string" } },
  });
  const place = placeOf(document, "/components/schemas/Pet/properties/owner");
  expect(place).toMatchObject({ file: "overlay.yaml", line: 7, pointer: "#/actions/0/update/properties/owner" });
  expect(placeOf(document, "/components/schemas/Pet/properties/name")).toMatchObject({ file: "api.yaml", line: 7 });
});

test.each([
  {
    title: "one item joins a list",
    actions: "  - { target: $.tags, update: { name: d } }",
    names: ["a", "b", "c", "d"],
  },
  {
    title: "several items join a list",
    actions: "  - { target: $.tags, update: [{ name: d }] }",
    names: ["a", "b", "c", "d"],
  },
  {
    title: "items are removed by what they are",
    actions: "  - { target: \"$.tags[?@.name != 'b']\", remove: true }",
    names: ["b"],
  },
  {
    title: "items are removed in whatever order they are named, and once",
    actions: "  - { target: '$.tags[2, 0, 2]', remove: true }",
    names: ["b"],
  },
  {
    title: "a later action sees what an earlier one did",
    actions: "  - { target: '$.tags[0]', remove: true }\n  - { target: '$.tags[0]', update: { name: x } }",
    names: ["x", "c"],
  },
])("an action changes a list: $title", async ({ actions, names }) => {
  const { document, diagnostics } = await overlaid(`${actions}\n`);
  expect(diagnostics).toEqual([]);
  expect(document.root.tags?.map(({ name }) => name)).toEqual(names);
});

test("an update is copied to every node that is selected", async () => {
  const { document } = await overlaid(
    "  - { target: '$.components.schemas.*', update: { x-entity: { ignore: true } } }\n",
  );
  const { Pet, Toy } = document.root.components?.schemas ?? {};
  expect([Pet?.["x-entity"], Toy?.["x-entity"]]).toEqual([{ ignore: true }, { ignore: true }]);
});

test.each([
  { title: "that is no object", actions: "  - remove", code: "overlay/invalid", line: 4, column: 5 },
  { title: "without a target", actions: "  - update: {}", code: "overlay/invalid", line: 4, column: 5 },
  { title: "that does nothing", actions: "  - target: $.tags", code: "overlay/invalid", line: 4, column: 5 },
  {
    title: "that removes with a text",
    actions: '  - { target: $.tags, remove: "true" }',
    code: "overlay/invalid",
    line: 4,
    column: 23,
  },
  {
    title: "that removes everything",
    actions: "  - { target: $, remove: true }",
    code: "overlay/invalid",
    line: 4,
    column: 7,
  },
  {
    title: "with a member that is not known",
    actions: "  - { target: $.tags, remove: true, upsert: {} }",
    code: "overlay/invalid",
    line: 4,
    column: 37,
  },
  { title: "whose target is no JSONPath", actions: "  - target: '$.['", code: "overlay/invalid", line: 4, column: 5 },
  {
    title: "that selects nothing",
    actions: "  - { target: $.nothing, remove: true }",
    code: "overlay/no-match",
    line: 4,
    column: 7,
  },
])("an action $title is left out with a warning", async ({ actions, code, line, column }) => {
  const { diagnostics } = await overlaid(`${actions}\n`);
  expect(diagnostics).toMatchObject([{ code, severity: "warning", place: { file: "overlay.yaml", line, column } }]);
});

test.each([
  { title: "that is missing", files: {} },
  { title: "that is no overlay", files: { "overlay.yaml": "openapi: 3.1.0" } },
  { title: "that does not parse", files: { "overlay.yaml": "overlay: [" } },
  { title: "of a later version", files: { "overlay.yaml": "overlay: 2.0.0\nactions: []" } },
  { title: "that contains itself", files: { "overlay.yaml": "&a\noverlay: 1.0.0\nactions: []\nx-self: *a" } },
  { title: "that repeats itself without end", files: { "overlay.yaml": laughs() } },
  {
    title: "whose actions each double the document",
    files: {
      "overlay.yaml": `overlay: 1.0.0\nactions:\n${"  - { target: $..*, update: { a: {}, b: {} } }\n".repeat(30)}`,
    },
  },
  {
    title: "whose target selects without end",
    files: {
      "overlay.yaml": `overlay: 1.0.0\nactions:\n${"  - { target: $..*, update: { a: {}, b: {} } }\n".repeat(9)}  - { target: $..*..*..*, remove: true }\n`,
    },
  },
])("an overlay $title is an error", async ({ files }) => {
  const host = memoryHost({ "api.yaml": api, ...files });
  const { diagnostics } = await loadDocument(host, "api.yaml", { overlays: ["overlay.yaml"] });
  expect(diagnostics).toMatchObject([{ code: "overlay/invalid", severity: "error", place: { file: "overlay.yaml" } }]);
});

/** Ten aliases of ten aliases of …: a short text that is a billion values. */
function laughs(): string {
  const level = (depth: number): string => (depth === 0 ? "lol" : `[${"*l".concat(`${depth - 1}, `).repeat(10)}]`);
  const lines = Array.from({ length: 10 }, (_, depth) => `x-${depth}: &l${depth} ${level(depth)}`);
  return [...lines, "overlay: 1.0.0", "actions:", "  - { target: $, update: *l9 }"].join("\n");
}

test("names that every object inherits are names like others", async () => {
  const { document, diagnostics } = await overlaid(`  - target: $.components.schemas.Pet.properties
    update: { __proto__: { polluted: true }, constructor: { type: string } }
`);
  expect(diagnostics).toEqual([]);
  const { properties } = document.root.components?.schemas?.["Pet"] ?? {};
  expect(Object.keys(properties ?? {})).toEqual(["name", "__proto__", "constructor"]);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test("overlays are applied in the order in which they are named", async () => {
  const naming = (title: string) => `overlay: 1.0.0\nactions:\n  - { target: $.info, update: { title: ${title} } }\n`;
  const host = memoryHost({ "api.yaml": api, "b.yaml": naming("B"), "a.yaml": naming("A") });
  const { value } = await loadDocument(host, "api.yaml", { overlays: ["b.yaml", "a.yaml"] });
  expect(value?.root.info?.title).toBe("A");
  expect(value?.overlays).toBe(2);
});

test.each([
  { extended: "../api.yaml", codes: [] },
  { extended: "./../api.yaml#/", codes: [] },
  { extended: "https://example.com/api.yaml", codes: [] },
  { extended: "api.yaml", codes: ["overlay/other-document"] },
  { extended: "../other.yaml", codes: ["overlay/other-document"] },
  { extended: "{}", codes: ["overlay/other-document"] },
])("an overlay that extends $extended is for that document", async ({ extended, codes }) => {
  const overlay = `overlay: 1.0.0\nextends: ${extended}\nactions: []\n`;
  const host = memoryHost({ "api.yaml": api, "overlays/overlay.yaml": overlay });
  const { diagnostics } = await loadDocument(host, "api.yaml", { overlays: ["overlays/overlay.yaml"] });
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  for (const { place } of diagnostics) expect(place).toMatchObject({ file: "overlays/overlay.yaml", line: 2 });
});
