import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

/** The JSON Schemas that editors complete by (docs/schemas) say what the readers accept. */
const read = (name: string): { readonly $id: string } =>
  JSON.parse(readFileSync(`docs/schemas/${name}.schema.json`, "utf8")) as { readonly $id: string };
const annotations = read("annotations");
const entities = read("entities");
const ajv = new Ajv2020.default({ schemas: [annotations, entities], strictTypes: false, validateFormats: false });

function isValid(id: string, value: unknown): boolean {
  const validate = ajv.getSchema(id);
  if (validate === undefined) throw new Error(`There is no schema ${id}.`);
  return validate(value) === true;
}

const names = ["x-entity", "x-field", "x-renamed-from", "x-operation", "x-business-rules"];

describe("annotations", () => {
  test.each(["ledger", "clinic", "bookshop"])("of specs/%s.yaml are valid", (name) => {
    const found = annotationsIn(parse(readFileSync(`specs/${name}.yaml`, "utf8")));
    const wrong = found.filter(([key, value]) => !isValid(`${annotations.$id}#/$defs/${key}`, value));
    expect(wrong).toEqual([]);
  });

  test.each([
    ["x-entity", { tabel: "accounts" }],
    ["x-field", { type: "string" }],
    ["x-field", { references: { entity: 1 } }],
    ["x-operation", { kind: "remove" }],
    ["x-business-rules", [{ kind: "rule" }]],
    ["x-business-rules", { rule: "…", refuse: { late: 200 } }],
    ["x-business-rules", { rule: "…", examples: [{ when: {} }] }],
  ])("with a mistake in %s are not: %j", (key, value) => {
    expect(isValid(`${annotations.$id}#/$defs/${key}`, value)).toBe(false);
  });
});

describe("entity specifications", () => {
  test("that are read are valid", () => {
    expect(isValid(entities.$id, parse(readFileSync("specs/entities/ledger.yaml", "utf8")))).toBe(true);
  });

  test.each([
    [{}],
    [{ entities: { Shop: { feilds: {} } } }],
    [{ entities: [{ fields: { name: "text" } }] }],
    [{ entities: { Shop: { operations: ["remove"] } } }],
    [{ entities: { Shop: { relationships: { owner: { to: "Owner" } } } } }],
  ])("with a mistake are not: %j", (value) => {
    expect(isValid(entities.$id, value)).toBe(false);
  });
});

function annotationsIn(node: unknown): readonly (readonly [string, unknown])[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    names.includes(key) ? [[key, value] as const] : annotationsIn(value),
  );
}
