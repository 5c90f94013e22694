import fc from "fast-check";
import { expect, test } from "vitest";
import type { Document } from "../../src/document/document.ts";
import type { Json } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import { randomDocuments } from "./random-document.ts";

/** What holds of inference whatever the document. */

type Tree = { readonly [key: string]: Json };

function modelOf(tree: Tree): Model {
  // A generator of documents cannot have the type of one.
  const root = tree as Tree & Document["root"];
  const moves = [{ at: "", file: "api.yaml", pointer: "" }];
  return inferModel({ file: "api.yaml", version: "3.1.0", root, sources: [], moves, overlays: 0, slowPatterns: [] }, {})
    .value;
}

/** The model without prose, which may be quoted anywhere. */
function facts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(facts);
  if (typeof node !== "object" || node === null) return node;
  const told = new Set(["description", "summary", "title", "reasons", "text"]);
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !told.has(key))
      .map(([key, value]) => [key, facts(value)]),
  );
}

/** A description on every schema, operation, parameter and response that has none. */
function described(node: Json, key = ""): Json {
  if (Array.isArray(node)) return node.map((item: Json) => described(item, key));
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).map(([name, value]) => [name, described(value, name)] as const);
  const isNamed = ["properties", "paths", "responses", "schemas", "content", "components"].includes(key);
  const isReference = "$ref" in node;
  const holds =
    isNamed || isReference || key.startsWith("application/") || key === "" ? [] : [["description", "Prose."]];
  return Object.fromEntries([...entries, ...(holds as [string, Json][])]);
}

const runs = { numRuns: 60, seed: 5 };

test("a description changes nothing but descriptions", () => {
  fc.assert(
    fc.property(randomDocuments, (tree) => {
      expect(facts(modelOf(described(tree) as Tree))).toEqual(facts(modelOf(tree)));
    }),
    runs,
  );
});

test("the order of paths and schemas decides order alone", () => {
  fc.assert(
    fc.property(randomDocuments, (tree) => {
      const turned = turnedRound(tree) as Tree;
      const byName = ({ entities, joins, operations }: Model) => ({
        entities: sorted(entities, ({ name }) => name.type),
        joins: sorted(joins, ({ name }) => name),
        operations: sorted(operations, ({ method, path }) => `${method} ${path}`).map(({ name: _, ...rest }) => rest),
      });
      const inNoOrder = (model: Model) => JSON.parse(JSON.stringify(facts(byName(model))), unordered) as unknown;
      expect(inNoOrder(modelOf(turned))).toEqual(inNoOrder(modelOf(tree)));
    }),
    runs,
  );
});

test("an entity does not depend on paths that have nothing to do with it", () => {
  fc.assert(
    fc.property(randomDocuments, (tree) => {
      const alone = modelOf(tree);
      const unrelated = {
        "/gadgets": {
          post: {
            requestBody: { content: body("Gadget") },
            responses: { "201": { description: "", content: body("Gadget") } },
          },
        },
        "/gadgets/{gadgetCode}": {
          parameters: [{ name: "gadgetCode", in: "path", required: true, schema: { type: "string" } }],
          get: { responses: { "200": { description: "", content: body("Gadget") } } },
        },
      };
      const gadget = { type: "object", properties: { gadgetCode: { type: "string" }, heft: { type: "number" } } };
      const components = tree["components"] as { readonly schemas: Tree };
      const beside = modelOf({
        ...tree,
        paths: { ...(tree["paths"] as Tree), ...unrelated },
        components: { schemas: { ...components.schemas, Gadget: gadget } },
      });
      const others = beside.entities.filter(({ name }) => name.type !== "Gadget");
      expect(others).toHaveLength(beside.entities.length - 1);
      expect(facts(others)).toEqual(facts(alone.entities));
    }),
    runs,
  );
});

test("every operation is routed, and every entity has a key and a table of its own", () => {
  fc.assert(
    fc.property(randomDocuments, (tree) => {
      const { entities, operations } = modelOf(tree);
      const methods = new Set(["get", "post", "put", "patch", "delete"]);
      const written = Object.values(tree["paths"] as { readonly [path: string]: Tree }).flatMap((item) =>
        Object.keys(item).filter((key) => methods.has(key)),
      );
      expect(operations).toHaveLength(written.length);
      expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
      expect(new Set(entities.map(({ table }) => table)).size).toBe(entities.length);
      for (const { key, fields } of entities) {
        const names = new Set(fields.filter(({ column }) => column !== undefined).map(({ name }) => name));
        expect(key.fields.length).toBeGreaterThan(0);
        for (const field of key.fields) expect(names).toContain(field);
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
      }
    }),
    runs,
  );
});

function body(name: string): Tree {
  return { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
}

/** Paths, schemas and properties from last to first. */
function turnedRound(node: Json, key = ""): Json {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return node;
  const entries = Object.entries(node).map(([name, value]) => [name, turnedRound(value, name)] as const);
  return Object.fromEntries(["paths", "schemas", "properties"].includes(key) ? entries.toReversed() : entries);
}

/** A reviver: lists as they are when nothing decides their order. */
function unordered(_key: string, value: unknown): unknown {
  return Array.isArray(value) ? sorted(value as readonly unknown[], (item) => JSON.stringify(item)) : value;
}

function sorted<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
