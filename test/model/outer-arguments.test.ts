import { expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import type { Entity, Model } from "../../src/model/model.ts";
import { listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };
const id: Schema = { type: "integer" };

function only(model: Model): Entity {
  const [entity] = model.entities;
  if (entity === undefined) throw new Error("There is no entity.");
  return entity;
}

test("an argument before a collection that is called like its rows' key is a member of its own", () => {
  const event = ref("Event");
  const model = modelOf(
    {
      "/scenarios/{id}/events": { get: operation(listOf(event)), post: operation(event, event, 201) },
      "/events/{id}": { get: operation(event), delete: operation(undefined, undefined, 204) },
    },
    { Event: object({ id, note: text }, ["id"]) },
  );
  expect(only(model).fields.map(({ name }) => name)).toContain("scenarioId");
  const roles = model.operations.map(({ method, parameters }) => [method, parameters[0]?.role]);
  expect(roles).toEqual([
    ["get", { kind: "filter", field: "scenarioId", operator: "eq" }],
    ["post", { kind: "value", field: "scenarioId" }],
    ["get", { kind: "key", field: "id" }],
    ["delete", { kind: "key", field: "id" }],
  ]);
});

test("of two arguments that end in one member's name, the last one means it", () => {
  const status = ref("Status");
  const model = modelOf(
    {
      "/statuses": { get: operation(listOf(status)) },
      "/statuses/{projectKey}/{statusKey}": {
        get: operation(status),
        put: operation(status, status),
        delete: operation(undefined, undefined, 204),
      },
    },
    { Status: object({ key: text, note: text }, ["key"]) },
  );
  const { key, fields } = only(model);
  expect(key.fields).toEqual(["projectKey", "key"]);
  expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
});
