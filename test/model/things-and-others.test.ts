import { expect, test } from "vitest";
import type { PathItem, Schema } from "../../src/document/openapi.ts";
import { kindsOf, listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };
const number: Schema = { type: "integer" };

interface Case {
  readonly what: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Entities with their fields, and relations as "kind To". */
  readonly entities: Readonly<Record<string, string>>;
  readonly kinds?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  {
    what: "an answer with a message and a key tells of a row, and is none",
    paths: {
      "/lamps": {
        get: operation(listOf(ref("Lamp"))),
        post: operation(object({ message: text, id: number }), object({ place: text }), 201),
      },
    },
    schemas: { Lamp: object({ id: number, place: text }) },
    entities: { Lamp: "id, place" },
  },
  {
    what: "what belongs to unlike things is not one, however alike it looks",
    paths: {
      "/walls/{id}/marks": { post: operation(ref("WallMark"), object({ author: text, words: text }), 201) },
      "/doors/{id}/marks": { post: operation(ref("DoorMark"), object({ author: text, words: text }), 201) },
    },
    schemas: {
      WallMark: object({ id: number, wallId: number, author: text, words: text, made: text }),
      DoorMark: object({ id: number, doorId: number, author: text, words: text, made: text }),
    },
    entities: { WallMark: "id, wallId, author, words, made", DoorMark: "id, doorId, author, words, made" },
  },
  {
    what: "a plural may differ by its last vowel",
    paths: {
      "/lampade": { get: operation(listOf(ref("Luce"))), post: operation(ref("Luce"), ref("Luce"), 201) },
      "/prese": { get: operation(listOf(ref("Presa"))), post: operation(ref("Presa"), ref("Presa"), 201) },
    },
    schemas: {
      Luce: object({ id: { ...number, readOnly: true }, volt: number }),
      Presa: object({ id: { ...number, readOnly: true }, lampadaId: number }),
    },
    entities: { Luce: "id, volt", Presa: "id, lampadaId; many-to-one Luce" },
  },
  {
    what: "a call without a body below two keys joins them",
    paths: {
      "/teams": { get: operation(listOf(ref("Team"))), post: operation(ref("Team"), ref("Team"), 201) },
      "/teams/{id}/members/{userId}": {
        post: operation(object({ message: text, data: ref("Team") }), undefined, 201),
        delete: operation(),
      },
    },
    schemas: { Team: object({ id: { ...number, readOnly: true }, name: text }) },
    entities: { Team: "id, name" },
    kinds: { "POST /teams/{id}/members/{userId}": "custom Team", "DELETE /teams/{id}/members/{userId}": "custom Team" },
  },
  {
    what: "resource objects that are only read have their key beside their attributes",
    paths: {
      "/crops": { get: operation(object({ data: listOf(ref("Crop")) })) },
      "/crops/{id}": { get: operation(object({ data: ref("Crop") })) },
    },
    schemas: { Crop: object({ id: text, type: text, attributes: object({ name: text, sown: text }) }) },
    entities: { Crop: "id, name, sown" },
    kinds: { "GET /crops": "list Crop", "GET /crops/{id}": "read Crop" },
  },
  {
    what: "who signs up and reads themselves is stored, and a token is not",
    paths: {
      "/user/create": { post: operation(ref("User"), ref("User"), 201) },
      "/user/me": { get: operation(ref("User")), put: operation(ref("User"), ref("User")) },
      "/user/token": { post: operation(ref("Token"), ref("Token")) },
    },
    schemas: {
      User: object({ id: { ...number, readOnly: true }, username: text, password: { ...text, writeOnly: true } }, [
        "username",
        "password",
      ]),
      Token: object({ username: { ...text, writeOnly: true }, access: { ...text, readOnly: true } }, ["username"]),
    },
    entities: { User: "id, username, password" },
    kinds: { "POST /user/create": "create User", "GET /user/me": "read User", "POST /user/token": "custom User" },
  },
  {
    what: "a list of numbers that is called like rows holds their keys",
    paths: {
      "/plays": { get: operation(listOf(ref("Play"))), post: operation(ref("Play"), ref("Play"), 201) },
      "/actors": { get: operation(listOf(ref("Actor"))), post: operation(ref("Actor"), ref("Actor"), 201) },
    },
    schemas: {
      Play: object({ id: { ...number, readOnly: true }, title: text, actors: listOf(number) }),
      Actor: object({ id: { ...number, readOnly: true }, name: text }),
    },
    entities: { Play: "id, title, actors; many-to-many Actor", Actor: "id, name" },
  },
  {
    what: "a service may keep one thing at its very address",
    paths: {
      "/": { get: operation(listOf(ref("Tool"))), post: operation(ref("Tool"), ref("Tool")) },
      "/{id}": { get: operation(ref("Tool")), delete: operation() },
    },
    schemas: { Tool: object({ id: { ...number, readOnly: true }, name: text }) },
    entities: { Tool: "id, name" },
    kinds: { "GET /": "list Tool", "POST /": "create Tool", "GET /{id}": "read Tool", "DELETE /{id}": "delete Tool" },
  },
  {
    what: "what is made, and has others below it, is stored though nothing shows it",
    paths: {
      "/shelves": { post: operation(undefined, ref("NouvelleShelf"), 201) },
      "/shelves/{shelfId}/books": {
        get: operation(listOf(ref("Book"))),
        post: operation(ref("Book"), object({ title: text }), 201),
      },
    },
    schemas: { NouvelleShelf: object({ room: text }), Book: object({ id: text, title: text }) },
    entities: { Shelf: "id, room", Book: "id, title, shelfId; many-to-one Shelf" },
    kinds: { "POST /shelves": "create Shelf" },
  },
  {
    what: "a key may stand in the query, and the list beside it",
    paths: {
      "/lamp": {
        get: { ...operation(ref("LampDetail")), parameters: [{ name: "id", in: "query", schema: number }] },
        delete: { ...operation(), parameters: [{ name: "lampId", in: "query", schema: number }] },
        post: operation(object({ id: number }), object({ place: text })),
        put: operation(undefined, object({ id: number, place: text })),
      },
      "/lamp/list": { get: operation(object({ lamps: listOf(ref("Lamp")) })) },
    },
    schemas: {
      LampDetail: object({ id: number, place: text, watts: number }),
      Lamp: object({ id: number, place: text }),
    },
    entities: { Lamp: "id, place, watts" },
    kinds: {
      "GET /lamp": "read Lamp",
      "DELETE /lamp": "delete Lamp",
      "POST /lamp": "create Lamp",
      "GET /lamp/list": "list Lamp",
    },
  },
  {
    what: "calls that are named by verbs say what is written where nothing else does",
    paths: {
      "/notes/create": { post: operation(undefined, object({ words: text }), 201) },
      "/notes/edit/{id}": { put: operation(undefined, object({ words: text })) },
      "/notes/{id}": { delete: operation() },
    },
    schemas: {},
    entities: { Note: "id, words" },
    kinds: {
      "POST /notes/create": "create Note",
      "PUT /notes/edit/{id}": "update Note",
      "DELETE /notes/{id}": "delete Note",
    },
  },
  {
    what: "of several whole things in an answer, the one that is called like the path is meant",
    paths: {
      "/offers": { post: operation(ref("Offer"), object({ plan: text }), 201) },
      "/offers/{id}": { get: operation(object({ offer: ref("Offer"), payment: object({ id: text, paid: number }) })) },
    },
    schemas: { Offer: object({ id: text, plan: text, status: text }) },
    entities: { Offer: "id, plan, status" },
    kinds: { "GET /offers/{id}": "read Offer" },
  },
  {
    what: "rows whose keys are numbers are none of those whose keys are texts",
    paths: {
      "/shots": { get: operation(listOf(ref("Shot"))), post: operation(ref("Shot"), object({ name: text }), 201) },
      "/shots/{id}": { get: operation(ref("Shot")) },
      "/discs/{id}/shots": { get: operation(listOf(ref("DiscShot"))) },
      "/discs/{id}": { get: operation(ref("Disc")), delete: operation() },
    },
    schemas: {
      Disc: object({ id: text, size: number }),
      Shot: object({ id: text, name: text, made: text }),
      DiscShot: object({ id: number, name: text, made: text }),
    },
    entities: {
      Shot: "id, name, made",
      DiscShot: "id, name, made, discId; many-to-one Disc",
      Disc: "id, size",
    },
  },
  {
    what: "a key of another pattern than that of what it is called like refers to something else",
    paths: {
      "/add-ons": { get: operation(listOf(ref("AddOn"))), post: operation(ref("AddOn"), object({ name: text }), 201) },
      "/add-ons/{sid}": { get: operation(ref("AddOn")) },
      "/payloads": { get: operation(listOf(ref("Payload"))), post: operation(ref("Payload"), ref("Payload"), 201) },
    },
    schemas: {
      AddOn: object({ sid: { type: "string", pattern: "^XR[0-9a-f]{32}$" }, name: text }),
      Payload: object({
        id: number,
        add_on_sid: { type: "string", pattern: "^XB[0-9a-f]{32}$" },
        made: text,
      }),
    },
    entities: { AddOn: "sid, name", Payload: "id, add_on_sid, made" },
  },
  {
    what: "rows that say of themselves that they are something else are something else",
    paths: {
      "/cases": { get: operation(listOf(ref("Case"))), post: operation(ref("Case"), object({ why: text }), 201) },
      "/cards/cases": {
        get: operation(listOf(ref("CardCase"))),
        post: operation(ref("CardCase"), object({ why: text }), 201),
      },
    },
    schemas: {
      Case: object({ id: text, why: text, made: text, object: { type: "string", enum: ["case"] } }),
      CardCase: object({ id: text, why: text, made: text, object: { type: "string", enum: ["card.case"] } }),
    },
    entities: { Case: "id, why, made, object", CardCase: "id, why, made, object" },
  },
  {
    what: "one answer or several answers to one of several bodies are left to business logic",
    paths: {
      "/beds": {
        get: operation(object({ beds: listOf(ref("Bed")) })),
        post: operation(
          { oneOf: [object({ bed: ref("Bed") }), object({ beds: listOf(ref("Bed")) })] },
          { oneOf: [object({ name: text }, ["name"]), object({ names: listOf(text) }, ["names"])] },
          202,
        ),
      },
      "/beds/{id}": { get: operation(object({ bed: ref("Bed") })), delete: operation() },
    },
    schemas: { Bed: object({ id: number, name: text }) },
    entities: { Bed: "id, name" },
    kinds: { "POST /beds": "custom Bed" },
  },
];

test.each(cases)("$what", ({ paths, schemas, entities, kinds = {} }) => {
  const model = modelOf(paths, schemas);
  const found = model.entities.map(({ name, fields, relations }) => {
    const ties = relations.map(({ kind, to }) => `${kind} ${to}`);
    return [name.type, [fields.map((field) => field.name).join(", "), ...ties].join("; ")] as const;
  });
  expect(Object.fromEntries(found)).toEqual(entities);
  expect(kindsOf(model)).toMatchObject(kinds);
});

test.each([
  { pattern: "^-?\\d+\\.\\d{2}$", kind: "decimal-text" },
  { pattern: "^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$", kind: "text" },
  { pattern: "^\\d+\\.\\d+\\.\\d+$", kind: "text" },
])("what $pattern describes is kept as $kind", ({ pattern, kind }) => {
  const sum = object({ id: number, sum: { type: "string", pattern } });
  const model = modelOf({ "/sums": { get: operation(listOf(sum)), post: operation(sum, sum, 201) } });
  expect(model.entities[0]?.fields.find(({ name }) => name === "sum")?.type.kind).toBe(kind);
});

test("relationships of resource objects tie what they are called like", () => {
  const resource = (name: string): Schema =>
    object({ id: text, attributes: object({ name: text }), relationships: object({ [name]: object({ data: {} }) }) });
  const paths = (row: Schema) => [
    { get: operation(object({ data: listOf(row) })) },
    { get: operation(object({ data: row })) },
  ];
  const [beds = {}, bed = {}] = paths(resource("plants"));
  const [plants = {}, plant = {}] = paths(resource("bed"));
  const model = modelOf({ "/beds": beds, "/beds/{id}": bed, "/plants": plants, "/plants/{id}": plant });
  expect(
    model.entities.map(({ name, mentions }) => [name.type, mentions.map(({ kind, to }) => `${kind} ${to}`)]),
  ).toEqual([
    ["Bed", ["one-to-many Plant"]],
    ["Plant", ["many-to-one Bed"]],
  ]);
});

test("a number is not written to the key of another row, nor a word to a number", () => {
  const schemas = {
    Fee: object({ id: text, sum: number }),
    Bill: object({ id: text, fee: { anyOf: [text, ref("Fee")] }, due: number }),
  };
  const body = object({ fee: number, due: { type: "string", enum: ["now", "later"] } });
  const model = modelOf(
    {
      "/fees": { get: operation(listOf(ref("Fee"))), post: operation(ref("Fee"), object({ sum: number }), 201) },
      "/fees/{id}": { get: operation(ref("Fee")) },
      "/bills": { get: operation(listOf(ref("Bill"))), post: operation(ref("Bill"), body, 201) },
      "/bills/{id}": { get: operation(ref("Bill")) },
    },
    schemas,
  );
  const create = model.operations.find(({ path, method }) => path === "/bills" && method === "post");
  expect(create?.body?.shape?.members.map(({ name, target }) => `${name} ${target.kind}`)).toEqual([
    "fee ignored",
    "due ignored",
  ]);
});
