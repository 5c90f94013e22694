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
  { title: "without a target", actions: "  - update: {}", code: "overlay/invalid", line: 4, column: 5 },
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
])("an overlay $title is an error", async ({ files }) => {
  const host = memoryHost({ "api.yaml": api, ...files });
  const { diagnostics } = await loadDocument(host, "api.yaml", { overlays: ["overlay.yaml"] });
  expect(diagnostics).toMatchObject([{ code: "overlay/invalid", severity: "error", place: { file: "overlay.yaml" } }]);
});
