import { expect, test } from "vitest";
import { loadDocument } from "../../src/document/load.ts";
import { formerNames } from "../../src/migrate/former-names.ts";
import { inferModel } from "../../src/model/infer.ts";
import { memoryHost } from "../support/host.ts";

/** A collection that is listed, created and read by key. */
function paths(noun: string, schema: string): object {
  const body = { content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } } };
  return {
    [`/${noun}`]: { post: { requestBody: body, responses: { "201": { description: "It.", ...body } } } },
    [`/${noun}/{id}`]: {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      get: { responses: { "200": { description: "It.", ...body } } },
    },
  };
}

async function formerNamesOf(schemas: Readonly<Record<string, object>>) {
  const document = {
    openapi: "3.1.0",
    info: { title: "Shop", version: "1" },
    paths: { ...paths("clients", "Client"), ...paths("labels", "Label") },
    components: { schemas },
  };
  const { value } = await loadDocument(memoryHost({ "shop.json": JSON.stringify(document) }), "shop.json");
  if (value === undefined) throw new Error("not loaded");
  return formerNames(inferModel(value, {}).value);
}

const id = { type: "integer", readOnly: true };
const text = { type: "string" };

test("schemas and properties that were renamed, under every name that their tables and columns may have had", async () => {
  const { tables, columns } = await formerNamesOf({
    Client: {
      type: "object",
      "x-renamed-from": "CustomerAccount",
      properties: {
        id,
        fullName: { ...text, "x-renamed-from": ["displayName", "Name"] },
        labelIds: { type: "array", items: { type: "integer" } },
      },
    },
    Label: { type: "object", properties: { id, text } },
  });
  expect(tables).toEqual({
    clients: ["customer_accounts", "CustomerAccount"],
    labels: [],
    client_labels: ["client_labels", "customer_account_labels"],
  });
  expect(columns).toEqual({
    clients: { full_name: ["display_name", "displayName", "name", "Name"] },
    labels: {},
    client_labels: { client_id: ["customer_account_id"], label_id: [] },
  });
});

test("a member that is kept as the key of its row has a column that was named for it", async () => {
  const label = { $ref: "#/components/schemas/Label", "x-renamed-from": "tag" };
  const { columns } = await formerNamesOf({
    Client: { type: "object", properties: { id, label } },
    Label: { type: "object", properties: { id, text } },
  });
  expect(columns["clients"]).toEqual({ label_id: ["tag_id", "tag id"] });
});
