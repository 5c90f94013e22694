import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { indexedFields } from "../../src/plan/views/indexes.ts";
import { query } from "../model/pets.ts";
import { contextOfThings, generatedId, petContext, text, thing } from "./models.ts";

const sorted = query("sort", { type: "string", enum: ["name", "-name", "id"] });

test.each<{ title: string; parameters: readonly Json[]; sets: readonly (readonly string[])[] }>([
  { title: "foreign keys", parameters: [], sets: [["owner_id"]] },
  { title: "what lists filter by", parameters: [query("name")], sets: [["owner_id"], ["name"]] },
  {
    title: "bounds of what lists filter by",
    parameters: [query("min_weight", { type: "number" })],
    sets: [["owner_id"], ["weight"]],
  },
  {
    title: "a field that two filters are about once",
    parameters: [query("name"), query("name_in", { type: "array", items: text })],
    sets: [["owner_id"], ["name"]],
  },
  {
    title: "a foreign key that a list filters by once",
    parameters: [query("owner_id", { type: "integer" })],
    sets: [["owner_id"]],
  },
  { title: "orders, down to the key", parameters: [sorted], sets: [["owner_id"], ["name", "id"]] },
  { title: "no parts of texts, which no such index finds", parameters: [query("name_contains")], sets: [["owner_id"]] },
])("an index is on $title", ({ parameters, sets }) => {
  const context = petContext({ parameters });
  expect(indexedFields(context.entity("Pet"), context)).toEqual(sets);
});

test.each<{ title: string; member: Json; sets: readonly (readonly string[])[] }>([
  {
    title: "is there where its document asks for one",
    member: { type: "string", "x-field": { index: true } },
    sets: [["it"]],
  },
  {
    title: "is not there for what is unique, which has one",
    member: { type: "string", "x-field": { index: true, unique: true } },
    sets: [],
  },
  {
    title: "is not there for JSON, which it cannot order",
    member: { type: "array", items: text, "x-field": { index: true } },
    sets: [],
  },
])("an index $title", ({ member, sets }) => {
  const context = contextOfThings({ schemas: { Note: thing({ id: generatedId, "text!": text, it: member }) } });
  expect(indexedFields(context.entity("Note"), context)).toEqual(sets);
});
