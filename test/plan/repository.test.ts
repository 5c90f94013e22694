import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { repositoryView } from "../../src/plan/views/repository.ts";
import { query } from "../model/pets.ts";
import { bearer, contextOfThings, generatedId, petContext, text, thing, usualPaths } from "./models.ts";

function repository(context: PlanContext, type = "Note") {
  return repositoryView(context.entity(type), context);
}

const moment: Json = { type: "string", format: "date-time", readOnly: true };

describe("rows of an entity", () => {
  test.each<{ title: string; members: { readonly [name: string]: Json }; annotation: Json; code: readonly string[] }>([
    {
      title: "are in the order of their key where nothing else is said",
      members: {},
      annotation: {},
      code: ['order: [{ by: "id" }]'],
    },
    {
      title: "leave out what has no value, and hide what is only written",
      members: { note: text, secret: { type: "string", writeOnly: true }, code: { type: ["string", "null"] } },
      annotation: {},
      code: ['hidden: ["secret"]', 'optional: ["note"]'],
    },
    {
      title: "say when they were changed, and how often",
      members: { updated_at: moment, version: generatedId },
      annotation: {},
      code: ["touched: { updated_at: sql`now()`, version: sql`${notes.version} + 1` }"],
    },
    {
      title: "that are deleted stay, with the moment",
      members: { deleted_at: moment },
      annotation: { softDelete: "deleted_at" },
      code: ["present: isNull(notes.deleted_at)", "deleted: { deleted_at: sql`now()` }"],
    },
    {
      title: "that are deleted stay, with a flag",
      members: { is_deleted: { type: "boolean", readOnly: true } },
      annotation: { softDelete: "is_deleted" },
      code: ["present: sql`${notes.is_deleted} is not true`", "deleted: { is_deleted: sql`true` }"],
    },
  ])("$title", ({ members, annotation, code }) => {
    const note = thing({ id: generatedId, "text!": text, ...members }, { "x-entity": annotation });
    expect(repository(contextOfThings({ schemas: { Note: note } })).members).toEqual(expect.arrayContaining([...code]));
  });

  test("are in the order of their making where it is kept, and then of their key", () => {
    const uuid: Json = { type: "string", format: "uuid", readOnly: true };
    const schemas = { Note: thing({ id: uuid, "text!": text, created_at: moment }) };
    expect(repository(contextOfThings({ schemas, paths: usualPaths("Note", uuid) })).members).toContain(
      'order: [{ by: "created_at" }, { by: "id" }]',
    );
  });

  test("have every member of a compound key", () => {
    const note = thing({ "site!": text, "slug!": text, "text!": text }, { "x-entity": { key: ["site", "slug"] } });
    expect(repository(contextOfThings({ schemas: { Note: note } })).members).toContain('key: ["site", "slug"]');
  });
});

test.each<{ parameter: Json; code: string }>([
  { parameter: query("name"), code: 'name: eq(pets.name, valueOf(pets.name, "$filter.name"))' },
  {
    parameter: query("min_weight", { type: "number" }),
    code: 'min_weight: gte(pets.weight, valueOf(pets.weight, "$filter.min_weight"))',
  },
  { parameter: query("owner_id"), code: 'owner_id: eq(pets.owner_id, soughtIn(pets.owner_id, "$filter.owner_id"))' },
  {
    parameter: query("min_weight"),
    code: 'min_weight: gte(pets.weight, soughtNumber(pets.weight, "$filter.min_weight"))',
  },
  {
    parameter: query("created_after"),
    code: 'created_after: gt(pets.created_at, soughtMoment(pets.created_at, "$filter.created_after"))',
  },
  {
    parameter: query("created_after", { type: "string", format: "date-time" }),
    code: 'created_after: gt(pets.created_at, valueOf(pets.created_at, "$filter.created_after"))',
  },
  {
    parameter: query("species", { type: "array", items: text }),
    code: 'species: anyOf(pets.species, "$filter.species")',
  },
  { parameter: query("name_contains"), code: 'name_contains: containsText(pets.name, "$filter.name_contains")' },
  {
    parameter: query("created_at", { type: "string", format: "date" }),
    code: 'created_at: isOnDay(pets.created_at, "$filter.created_at")',
  },
  { parameter: query("q"), code: 'q: containsText(pets.name, "$filter.q")' },
])("a list finds by a condition on a column: $code", ({ parameter, code }) => {
  const view = repository(petContext({ parameters: [parameter] }), "Pet");
  expect(view).toMatchObject({ filterType: "PetFilter", hasFilters: true, filters: [code] });
});

describe("rows that are somebody's", () => {
  const schemas = {
    User: thing(
      { id: generatedId, "subject!": { type: "string", readOnly: true } },
      { "x-entity": { owner: "subject" } },
    ),
    Note: thing({ id: generatedId, "user_id!": generatedId, "text!": text }, { "x-entity": { owner: "user" } }),
    Label: thing(
      { id: generatedId, "note_id!": { type: "integer" }, "text!": text },
      { "x-entity": { owner: "note.user" } },
    ),
    Word: thing({ id: generatedId, "text!": text }),
  };
  const context = contextOfThings({ schemas, rest: bearer });

  test.each([
    { type: "User", own: 'own: eq(users.subject, sql.placeholder("$subject"))' },
    { type: "Note", own: "own: sql`${notes.user_id} in ${ownUsers}`" },
    { type: "Label", own: "own: sql`${labels.note_id} in ${ownNotes}`" },
  ])("are found by their owner alone: $own", ({ type, own }) => {
    expect(repository(context, type).members).toContain(own);
  });

  test("give the keys that lead to others' rows, where others lead through them", () => {
    const kept = ["User", "Note", "Label"].map((type) => [type, repository(context, type).hasOwner]);
    expect(Object.fromEntries(kept)).toEqual({ User: true, Note: true, Label: false });
    expect(repository(context, "Note")).toMatchObject({ ownName: "ownNotes", table: "notes", key: "notes.id" });
  });

  test("are told apart from rows that are anybody's", () => {
    expect(repository(context, "Word").members.join("\n")).not.toMatch(/own|self/);
  });
});
