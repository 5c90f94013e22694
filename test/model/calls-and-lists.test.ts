import { expect, test } from "vitest";
import type { PathItem, Schema } from "../../src/document/openapi.ts";
import { kindsOf, listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };
const number: Schema = { type: "integer" };
const query = (name: string, schema: Schema = text, required = false) => ({
  name,
  in: "query" as const,
  schema,
  required,
});

interface Case {
  readonly what: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Entities with their fields, those that no client writes in brackets, and relations as "kind To". */
  readonly entities: Readonly<Record<string, string>>;
  readonly kinds?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  {
    what: "members of rows in the query of a write are written, in part where none must be there",
    paths: {
      "/kites": {
        get: operation(listOf(ref("Kite"))),
        post: { ...operation(ref("Kite"), undefined, 201), parameters: [query("name", text, true), query("copyOf")] },
      },
      "/kites/{id}": {
        put: { ...operation(ref("Kite")), parameters: [query("name"), query("tails", number), query("expand")] },
      },
    },
    schemas: { Kite: object({ id: number, name: text, tails: number, flown: text, expand: text }) },
    entities: { Kite: "(id), name, tails, (flown), (expand)" },
    kinds: { "PUT /kites/{id}": "update Kite" },
  },
  {
    what: "a page may say in six words where it is",
    paths: {
      "/kites": { post: operation(ref("Kite"), ref("Kite"), 201) },
      "/kites/search": {
        get: operation(
          object({
            self: text,
            nextPage: text,
            maxResults: number,
            startAt: number,
            total: number,
            isLast: text,
            values: listOf(ref("Kite")),
          }),
        ),
      },
      "/kites/{id}": { get: operation(ref("Kite")) },
    },
    schemas: { Kite: object({ id: number, name: text }) },
    entities: { Kite: "id, name" },
    kinds: { "GET /kites/search": "list Kite" },
  },
  {
    what: "what is read, changed and called like a verb is a thing all the same",
    paths: {
      "/filter": { post: operation(ref("Filter"), ref("Filter"), 201) },
      "/filter/{id}": { get: operation(ref("Filter")), delete: operation(undefined, undefined, 204) },
      "/pets/update/{id}": { put: operation(ref("Pet"), ref("Pet")) },
      "/pets": { get: operation(listOf(ref("Pet"))), post: operation(ref("Pet"), ref("Pet"), 201) },
    },
    schemas: { Filter: object({ id: number, words: text }), Pet: object({ id: number, name: text }) },
    entities: { Filter: "id, words", Pet: "id, name" },
    kinds: { "GET /filter/{id}": "read Filter", "POST /filter": "create Filter" },
  },
  {
    what: "a list below another thing may show less of its rows; a thing that lists them is joined with them",
    paths: {
      "/tags": { get: operation(listOf(ref("TagBrief"))), post: operation(ref("Tag"), object({ name: text }), 201) },
      "/tags/{gid}": { get: operation(ref("Tag")) },
      "/tasks": { post: operation(ref("Task"), object({ name: text }), 201) },
      "/tasks/{gid}": { get: operation(ref("Task")) },
      "/tasks/{gid}/tags": { get: operation(listOf(ref("TagBrief"))) },
    },
    schemas: {
      TagBrief: object({ gid: text, name: text }),
      Tag: object({ gid: text, name: text, color: text, notes: text, made: text }),
      Task: object({ gid: text, name: text, tags: listOf(ref("TagBrief")) }),
    },
    entities: {
      Tag: "(gid), name, (color), (notes), (made)",
      Task: "(gid), name, (tags), many-to-many Tag",
    },
    kinds: { "GET /tasks/{gid}/tags": "list Tag" },
  },
  {
    what: "a request may hold the row beside lists of words about the request",
    paths: {
      "/orders": { post: operation(object({ order: ref("Order") }), object({ order: ref("Order"), once: text }), 200) },
      "/orders/{orderId}": {
        get: operation(object({ order: ref("Order") })),
        put: operation(
          object({ order: ref("Order") }),
          object({ order: ref("Order"), cleared: listOf(text), once: text }),
        ),
      },
    },
    schemas: { Order: object({ id: { ...text, readOnly: true }, note: text }) },
    entities: { Order: "(id), note" },
  },
  {
    what: "an id or a key is an id; and a key may be said before its thing",
    paths: {
      "/projects": {
        post: operation(ref("Project"), object({ key: text, idOwner: text, idMembers: listOf(text) }), 201),
      },
      "/projects/{projectIdOrKey}": { get: operation(ref("Project")) },
      "/members": { post: operation(ref("Member"), object({ name: text }), 201) },
      "/members/{id}": { get: operation(ref("Member")) },
      "/owners": { post: operation(ref("Owner"), object({ name: text }), 201) },
      "/owners/{id}": { get: operation(ref("Owner")) },
    },
    schemas: {
      Project: object({ id: text, key: text, idOwner: text, idMembers: listOf(text) }),
      Member: object({ id: text, name: text }),
      Owner: object({ id: text, name: text }),
    },
    entities: {
      Project: "(id), key, idOwner, idMembers, many-to-one Owner, many-to-many Member",
      Member: "(id), name",
      Owner: "(id), name",
    },
  },
  {
    what: "what is sent to a list, shows nothing of its rows and brings nothing back is done, and makes none",
    paths: {
      "/jobs": { post: operation(ref("Job"), object({ name: text }), 201) },
      "/jobs/{id}": { get: operation(ref("Job")) },
      "/jobs/{id}/steps": {
        get: operation(object({ steps: listOf(ref("Step")) })),
        post: operation(undefined, object({ next: text, notes: object({}) }), 204),
      },
    },
    schemas: { Job: object({ id: text, name: text }), Step: object({ id: text, name: text }) },
    entities: { Job: "(id), name", Step: "(id), (name), (jobId), many-to-one Job" },
    kinds: { "POST /jobs/{id}/steps": "custom Step" },
  },
  {
    what: "what is seen of two things below each of them is of those, however alike it looks",
    paths: Object.fromEntries(
      ["Job", "Pod"].flatMap((name) => [
        [`/${name}s`, { get: operation(listOf(ref(name))), post: operation(ref(name), ref(name), 201) }],
        [`/${name}s/{id}`, { get: operation(ref(name)) }],
        [`/${name}s/{id}/status`, { get: operation(ref(name)), put: operation(ref(name), ref(name)) }],
      ]),
    ),
    schemas: {
      Job: object({ id: number, kind: text, spec: object({ steps: number }) }),
      Pod: object({ id: number, kind: text, spec: object({ image: text }) }),
    },
    entities: { Job: "id, kind, spec", Pod: "id, kind, spec" },
    kinds: { "PUT /Pods/{id}/status": "custom Pod" },
  },
  {
    what: "a page that holds rows is none of them, whatever key its query takes",
    paths: {
      "/kites": {
        get: { ...operation(ref("Bundle")), parameters: [query("_id"), query("name")] },
        post: operation(ref("Kite"), ref("Kite"), 201),
      },
      "/kites/{id}": { get: operation(ref("Kite")) },
    },
    schemas: {
      Kite: object({ id: text, name: text, tails: number, color: text }),
      Bundle: object({ id: text, total: number, entry: listOf(object({ url: text, resource: ref("Kite") })) }),
    },
    entities: { Kite: "id, name, tails, color" },
    kinds: { "GET /kites": "custom Kite" },
  },
  {
    what: "a path that names rows which others keep joins them, and makes none",
    paths: {
      "/rooms": { get: operation(listOf(ref("Room"))), post: operation(ref("Room"), object({ name: text }), 201) },
      "/rooms/{roomId}": { get: operation(ref("Room")) },
      "/notes": { get: operation(listOf(ref("Note"))), post: operation(ref("Note"), object({ words: text }), 201) },
      "/notes/{note_id}": { get: operation(ref("Note")), delete: operation(undefined, undefined, 204) },
      "/rooms/{roomId}/pins": { get: operation(listOf(ref("Note"))) },
      "/rooms/{roomId}/pins/{note_id}": {
        put: operation(undefined, undefined, 204),
        delete: operation(undefined, undefined, 204),
      },
    },
    schemas: { Room: object({ id: text, name: text }), Note: object({ id: text, words: text }) },
    entities: { Room: "(id), name", Note: "(id), words" },
    kinds: {
      "PUT /rooms/{roomId}/pins/{note_id}": "custom Room",
      "DELETE /rooms/{roomId}/pins/{note_id}": "custom Room",
    },
  },
  {
    what: "many words at once, in and out, are no row",
    paths: {
      "/groups": { get: operation(listOf(ref("Group"))), post: operation(ref("Group"), ref("Group"), 201) },
      "/groups/{id}": { get: operation(ref("Group")) },
      "/groups/{id}/silenced": {
        get: operation(listOf(text)),
        post: operation(object({ emails: listOf(text) }), object({ emails: listOf(text) }), 201),
      },
      "/groups/{id}/silenced/{email}": { delete: operation(undefined, undefined, 204) },
    },
    schemas: { Group: object({ id: text, name: text }) },
    entities: { Group: "id, name" },
  },
  {
    what: "a parent is known below a prefix too, and a word for many at once in the prefix says nothing",
    paths: {
      "/shops": { get: operation(listOf(ref("Shop"))), post: operation(ref("Shop"), ref("Shop"), 201) },
      "/shops/{id}": { get: operation(ref("Shop")) },
      "/batch/shops/{shopId}/jobs": {
        get: operation(listOf(ref("Job"))),
        post: operation(ref("Job"), object({ words: text }), 201),
      },
      "/batch/shops/{shopId}/jobs/{id}": { get: operation(ref("Job")) },
    },
    schemas: { Shop: object({ id: text, name: text }), Job: object({ id: text, words: text }) },
    entities: { Shop: "id, name", Job: "(id), words, (shopId), many-to-one Shop" },
    kinds: { "POST /batch/shops/{shopId}/jobs": "create Job" },
  },
  {
    what: "paths that tell keys by their type make no table, and what names many of another is no child of it",
    paths: {
      ...jsonApi("people", "Person"),
      ...jsonApi("skills", "Skill"),
      "/skills/{id}/people": { get: operation(object({ data: listOf(ref("Person")) })) },
      "/people/{id}/relationships/skills": {
        get: operation(object({ data: listOf(object({ id: text, type: text })) })),
        post: operation(undefined, object({ data: listOf(object({ id: text, type: text })) }), 204),
      },
    },
    schemas: {
      Person: jsonApiRow({ name: text }, ["skills", "manager"]),
      Skill: jsonApiRow({ level: number }, ["people"]),
    },
    entities: { Person: "(id), name", Skill: "(id), level" },
    kinds: { "POST /people/{id}/relationships/skills": "custom Person" },
  },
  {
    what: "a number that is called like a resource, and says which, is its key; an amount is none",
    paths: {
      "/doctors": { get: operation(listOf(ref("Doctor"))), post: operation(ref("Doctor"), ref("Doctor"), 201) },
      "/orders": { get: operation(listOf(ref("Order"))), post: operation(ref("Order"), ref("Order"), 201) },
    },
    schemas: {
      Doctor: object({ id: number, name: text }),
      Order: object({
        id: number,
        primary_doctor: number,
        sort_order: number,
        second_doctor: { ...number, minimum: 0 },
      }),
    },
    entities: {
      Doctor: "id, name",
      Order: "id, primary_doctor, sort_order, second_doctor, many-to-one Doctor",
    },
  },
  {
    what: "keys may be sent where rows are shown",
    paths: {
      "/tags": { get: operation(listOf(ref("Tag"))), post: operation(ref("Tag"), ref("Tag"), 201) },
      "/wares": {
        get: operation(listOf(ref("Ware"))),
        post: operation(ref("Ware"), object({ name: text, tags: listOf(number) }), 201),
      },
    },
    schemas: {
      Tag: object({ id: number, name: text }),
      Ware: object({ id: number, name: text, tags: listOf(ref("Tag")) }),
    },
    entities: { Tag: "id, name", Ware: "(id), name, tags, many-to-many Tag" },
  },
  {
    what: "a condition in the query, and not the key in a body, says which rows are changed",
    paths: {
      "/kites": {
        get: operation(listOf(ref("Kite"))),
        post: operation(ref("Kite"), object({ name: text }), 201),
        patch: { ...operation(object({ count: number }), ref("Kite")), parameters: [query("where")] },
      },
      "/kites/{id}": { get: operation(ref("Kite")), patch: operation(ref("Kite"), ref("Kite")) },
    },
    schemas: { Kite: object({ id: number, name: text }) },
    entities: { Kite: "(id), name" },
    kinds: { "PATCH /kites": "custom Kite" },
  },
  {
    what: "where no answer is described, an id is none of the words that are sent",
    paths: {
      "/kites": { get: operation(), post: operation(undefined, object({ slug: text, name: text }, ["slug"]), 201) },
      "/kites/{id}": { get: operation(), patch: operation(undefined, object({ name: text })) },
    },
    schemas: {},
    entities: { Kite: "(id), slug, name" },
  },
];

function jsonApi(path: string, name: string): Readonly<Record<string, PathItem>> {
  const one = object({ data: ref(name) });
  return {
    [`/${path}`]: { get: operation(object({ data: listOf(ref(name)) })), post: operation(one, one, 201) },
    [`/${path}/{id}`]: { get: operation(one) },
  };
}

function jsonApiRow(attributes: Readonly<Record<string, Schema>>, relationships: readonly string[]): Schema {
  const related = Object.fromEntries(relationships.map((name) => [name, object({ data: object({}) })]));
  return object({
    id: { ...text, readOnly: true },
    type: text,
    attributes: object(attributes),
    relationships: object(related),
  });
}

test("a key in `data` among the members of a row tells of a row", () => {
  const linked = object({ data: object({ id: number, attributes: object({}) }) });
  const model = modelOf(
    {
      "/books": { get: operation(listOf(ref("Book"))), post: operation(ref("Book"), object({ title: text }), 201) },
      "/presses": { get: operation(listOf(ref("Press"))), post: operation(ref("Press"), object({ name: text }), 201) },
    },
    {
      Book: object({ id: number, title: text, press: linked }),
      Press: object({ id: number, name: text, books: object({ data: listOf(object({ id: number })) }) }),
    },
  );
  expect(
    model.entities.map(({ name, mentions }) => [name.type, mentions.map(({ kind, to }) => `${kind} ${to}`)]),
  ).toEqual([
    ["Book", ["many-to-one Press"]],
    ["Press", ["one-to-many Book"]],
  ]);
});

test("what is sent as an address of a row tells of it", () => {
  const link = { type: "string", format: "uri" } as const;
  const model = modelOf(
    {
      "/books": { get: operation(listOf(ref("Book"))), post: operation(ref("Book"), ref("BookBody"), 201) },
      "/presses": { get: operation(listOf(ref("Press"))), post: operation(ref("Press"), ref("PressBody"), 201) },
    },
    {
      Book: object({ id: number, title: text }),
      BookBody: object({ title: text, press: link }),
      Press: object({ id: number, name: text }),
      PressBody: object({ name: text, books: listOf(link) }),
    },
  );
  expect(
    model.entities.map(({ name, mentions }) => [name.type, mentions.map(({ kind, to }) => `${kind} ${to}`)]),
  ).toEqual([
    ["Book", ["many-to-one Press"]],
    ["Press", ["one-to-many Book"]],
  ]);
});

test.each(cases)("$what", ({ paths, schemas, entities, kinds }) => {
  const model = modelOf(paths, schemas);
  expect(
    Object.fromEntries(
      model.entities.map(({ name, fields, relations }) => [
        name.type,
        [
          ...fields.map((field) =>
            field.onCreate === "refused" && field.onUpdate === "refused" ? `(${field.name})` : field.name,
          ),
          ...relations.map(({ kind, to }) => `${kind} ${to}`),
        ].join(", "),
      ]),
    ),
  ).toEqual(entities);
  expect(kindsOf(model)).toMatchObject(kinds ?? {});
});

test.each<{ what: string; offset: Schema; limit: Schema; style: string }>([
  { what: "a text beside a number", offset: text, limit: number, style: "cursor" },
  { what: "a text beside a text", offset: text, limit: text, style: "offset" },
  { what: "a number", offset: number, limit: number, style: "offset" },
])("an offset that is $what pages by $style", ({ offset, limit, style }) => {
  const parameters = [query("pagination[offset]", offset), query("limit", limit)];
  const model = modelOf(
    {
      "/kites": { get: { ...operation(listOf(ref("Kite"))), parameters } },
      "/kites/{id}": { get: operation(ref("Kite")) },
    },
    { Kite: object({ id: text, name: text }) },
  );
  expect(model.operations[0]?.list?.pagination.style).toBe(style);
});
