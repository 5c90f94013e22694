import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import type { Entity, Model } from "../../src/model/model.ts";
import { toMermaid } from "../../src/model/mermaid.ts";
import { memoryHost } from "../support/host.ts";

async function run(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const host = memoryHost(files);
  const exitCode = await runCli(host, argv);
  return { exitCode, ...host.printed };
}

async function modelOf(text: string): Promise<Model> {
  const { out, error } = await run({ "it.yaml": text }, "model", "it.yaml");
  if (out === "") throw new Error(error);
  return JSON.parse(out) as Model;
}

/** What decides the table and what may be written to it. */
function tables({ entities }: Model): readonly unknown[] {
  return entities.map(tableOf).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function tableOf({ name, table, key, unique, owner, fields }: Entity) {
  const columns = fields.map(columnOf).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { name: name.type, table, key, unique, owner, columns };
}

function columnOf(field: Entity["fields"][number]) {
  const { name, column, type, role, origin, isNullable, isStoredNotNull, onCreate, onUpdate, references } = field;
  const { default: fallback } = field;
  return { name, column, type, role, origin, isNullable, isStoredNotNull, onCreate, onUpdate, references, fallback };
}

test("the domain of ledger, told as entities, has the tables and relations of its document", async () => {
  const told = await modelOf(readFileSync("specs/entities/ledger.yaml", "utf8"));
  const written = await modelOf(readFileSync("specs/ledger.yaml", "utf8"));
  expect(tables(told)).toEqual(tables(written));
  const routes = ({ operations }: Model) =>
    operations.map(({ method, path, kind, entity }) => `${kind} ${entity} ${method} ${path}`);
  expect(routes(told)).toEqual(expect.arrayContaining(routes(written)));
});

describe("an entity specification", () => {
  test("goes the same way as the document that is printed for it", async () => {
    const files = { "shop.yaml": readFileSync("specs/entities/ledger.yaml", "utf8") };
    const printed = await run(files, "spec", "shop.yaml");
    expect(printed.exitCode).toBe(0);
    const [own, ofDocument] = [await modelOf(files["shop.yaml"]), await modelOf(printed.out)];
    expect(tables(own)).toEqual(tables(ofDocument));
    expect(toMermaid(own)).toBe(toMermaid(ofDocument));
    expect(own.slots.map(({ id }) => id)).toEqual(ofDocument.slots.map(({ id }) => id));
  });

  test("may list things with names instead of mapping from them", async () => {
    const listed = `
entities:
  - name: Customer
    fields: [{ name: email, type: email unique }]
    relationships: [{ name: orders, kind: has many, to: Order }]
  - name: Order
    fields: [{ name: total, type: money, minimum: 1 }]
`;
    const mapped = `
entities:
  Customer: { fields: { email: email unique }, relationships: { orders: has many Order } }
  Order: { fields: { total: money 1.. } }
`;
    expect(tables(await modelOf(listed))).toEqual(tables(await modelOf(mapped)));
  });

  test("needs to say one direction of a relation only", async () => {
    const model = await modelOf(`
entities:
  Customer: { fields: { name: text }, relationships: { orders: has many Order } }
  Order: { fields: { total: money } }
`);
    const order = model.entities.find(({ name }) => name.type === "Order");
    expect(order?.fields.find(({ name }) => name === "customerId")?.references).toMatchObject({ entity: "Customer" });
    expect(model.operations.map(({ path }) => path)).toContain("/customers/{customerId}/orders");
  });

  test("joins many to many with a table, and one to one with a unique key", async () => {
    const model = await modelOf(`
entities:
  Post: { fields: { title: text }, relationships: { tags: many to many Tag, cover: has one Image } }
  Tag: { fields: { code: text key } }
  Image: { fields: { url: url } }
`);
    expect(model.joins).toMatchObject([{ left: { entity: "Post" }, right: { entity: "Tag" } }]);
    const image = model.entities.find(({ name }) => name.type === "Image");
    expect(image?.unique).toEqual([["postId"]]);
  });
});

describe("a mistake in an entity specification is shown at its line, with its cure", () => {
  test.each([
    {
      title: "an unknown type",
      text: "entities:\n  Shop:\n    fields:\n      name: txet\n",
      says: ["specification/unknown-type", "it.yaml:4:7", '"txet" is no type.', 'did you mean "text"?'],
    },
    {
      title: "an unknown entity",
      text: "entities:\n  Shop:\n    fields: { name: text }\n    relationships:\n      owner: belongs to Shopp\n",
      says: ["specification/unknown-entity", "it.yaml:5:7", '"Shopp" is no entity.', 'did you mean "Shop"?'],
    },
    {
      title: "twice the same name, in another spelling",
      text: "entities:\n  Shop: { fields: { name: text } }\n  shops: { fields: { name: text } }\n",
      says: ["specification/duplicate-name", "it.yaml:3:3", 'an entity "Shop" already'],
    },
    {
      title: "twice the same name in a list",
      text: "entities:\n  - { name: Shop, fields: [{ name: a, type: text }, { name: a, type: text }] }\n",
      says: ["specification/duplicate-name", "it.yaml:2:", 'a field "a" already'],
    },
    {
      title: "an unknown member",
      text: "entities:\n  Shop:\n    feilds: { name: text }\n",
      says: ["specification/invalid", "it.yaml:3:5", 'has no member "feilds"', 'did you mean "fields"?'],
    },
    {
      title: "a direction that could be two",
      text: "entities:\n  A: { fields: { n: text }, relationships: { bs: has many B } }\n  B: { fields: { n: text }, relationships: { x: belongs to A, y: belongs to A } }\n",
      says: ["specification/invalid", "it.yaml:2:", "in several ways: x, y", 'write "by x" behind it.'],
    },
  ])("$title", async ({ text, says }) => {
    const { exitCode, out, error } = await run({ "it.yaml": text }, "spec", "it.yaml");
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    for (const part of says) expect(error).toContain(part);
  });

  test("an OpenAPI document is none", async () => {
    const { exitCode, error } = await run({ "it.yaml": "openapi: 3.1.0\n" }, "spec", "it.yaml");
    expect(exitCode).toBe(2);
    expect(error).toContain("is an OpenAPI document already");
  });
});
