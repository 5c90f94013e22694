import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { list, operation, petModel, query } from "./pets.ts";

const whole = { type: "integer" };

function listOf(parameters: readonly Json[], answer?: Json) {
  const found = operation(petModel({ parameters, ...(answer !== undefined && { answer }) }), "get", "/pets").list;
  if (!found) throw new Error("It is no list.");
  return found;
}

test.each<{ title: string; parameters: readonly Json[]; pagination: object }>([
  {
    title: "a page and its size",
    parameters: [query("page", whole), query("per_page", whole)],
    pagination: { style: "page", page: "page", limit: "per_page", firstPage: 1 },
  },
  {
    title: "an offset",
    parameters: [query("skip", whole), query("limit", whole)],
    pagination: { style: "offset", offset: "skip", limit: "limit" },
  },
  {
    title: "a cursor each way",
    parameters: [query("ending_before"), query("starting_after")],
    pagination: { style: "cursor", cursor: "starting_after", cursorBefore: "ending_before" },
  },
  {
    title: "a number after which keys come",
    parameters: [query("since", whole), query("count_per_page", whole)],
    pagination: { style: "cursor", cursor: "since", limit: "count_per_page" },
  },
  { title: "a size alone", parameters: [query("limit", whole)], pagination: { style: "offset", limit: "limit" } },
  { title: "nothing", parameters: [], pagination: { style: "none", defaultLimit: 1000, maximumLimit: 1000 } },
  {
    title: "pages that start at 0",
    parameters: [query("page", { ...whole, default: 0 })],
    pagination: { style: "page", firstPage: 0 },
  },
  {
    title: "a stated default and maximum",
    parameters: [query("limit", { ...whole, default: 5, maximum: 30 })],
    pagination: { defaultLimit: 5, maximumLimit: 30 },
  },
  {
    title: "a maximum below the usual default",
    parameters: [query("limit", { ...whole, maximum: 10 })],
    pagination: { defaultLimit: 10, maximumLimit: 10 },
  },
  {
    title: "a maximum in prose",
    parameters: [query("limit", whole, "Default is 25, maximum: 250.")],
    pagination: { defaultLimit: 25, maximumLimit: 250 },
  },
  {
    title: "a default above the usual maximum",
    parameters: [query("limit", { ...whole, default: 5000 })],
    pagination: { defaultLimit: 5000, maximumLimit: 5000 },
  },
])("$title decides how a list is cut into pages", ({ parameters, pagination }) => {
  expect(listOf(parameters).pagination).toMatchObject(pagination);
});

test("an answer that shows pages is paged without a parameter", () => {
  const answer = { type: "object", properties: { items: list("Pet"), has_more: { type: "boolean" } } };
  expect(listOf([], answer).pagination.style).toBe("env-only");
});

test.each<{ title: string; schema: Json; description?: string; sort: object }>([
  {
    title: "a minus sign",
    schema: { type: "string", enum: ["name", "-name"] },
    sort: {
      format: "minus",
      choices: [
        { value: "name", field: "name", direction: "asc" },
        { value: "-name", field: "name", direction: "desc" },
      ],
    },
  },
  {
    title: "a suffix",
    schema: { type: "string", enum: ["created_at:asc", "created_at:desc"] },
    sort: {
      format: "colon",
      choices: [
        { field: "created_at", direction: "asc" },
        { value: "created_at:desc", direction: "desc" },
      ],
    },
  },
  {
    title: "an underscore",
    schema: { type: "string", enum: ["name_desc"] },
    sort: { format: "plain", choices: [{ value: "name_desc", field: "name", direction: "desc" }] },
  },
  { title: "a list", schema: { type: "array", items: { type: "string", enum: ["name"] } }, sort: { isList: true } },
])("$title in the values of sort tells the form", ({ schema, description, sort }) => {
  expect(listOf([query("sort", schema, description)]).sort).toMatchObject(sort);
});

test("without a closed list every scalar column can be sorted by, either way", () => {
  const values = listOf([query("sort")]).sort?.choices.map(({ value }) => value);
  expect(values).toEqual(expect.arrayContaining(["name", "-name", "weight", "-created_at"]));
});

test("a value that names no column is no choice", () => {
  expect(listOf([query("sort", { type: "string", enum: ["name", "popularity"] })]).sort?.choices).toHaveLength(1);
});

test("the order of a list ends in the key, so that a page boundary never moves", () => {
  expect(listOf([]).order.at(-1)).toEqual({ field: "id", direction: "asc" });
});
