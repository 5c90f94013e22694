import { expect, test } from "vitest";
import type { Parameter, PathItem, Schema } from "../../src/document/openapi.ts";
import { kindsOf, listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };
const id: Schema = { type: "integer", readOnly: true };

interface Case {
  readonly what: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Entities with their fields, and relations as "kind To". */
  readonly entities: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, string>>;
}

const whole = (name: string): Readonly<Record<"list" | "one", PathItem>> => ({
  list: { get: operation(listOf(ref(name))), post: operation(ref(name), ref(name), 201) },
  one: { get: operation(ref(name)), put: operation(ref(name), ref(name)), delete: operation() },
});

const extension: Parameter = {
  name: "extension",
  in: "path",
  required: true,
  schema: { type: "string", enum: [".json"] },
};

const [team, player, flow] = [whole("Team"), whole("Player"), whole("Flow")];

const cases: readonly Case[] = [
  {
    what: "DELETE takes a link away, not the row, where POST without a body makes it",
    paths: {
      "/teams": team.list,
      "/teams/{id}": team.one,
      "/players": player.list,
      "/players/{id}": player.one,
      "/teams/{id}/players": { get: operation(listOf(ref("Player"))) },
      "/teams/{id}/players/{playerId}": { post: operation(ref("Player")), delete: operation(ref("Player")) },
    },
    schemas: { Team: object({ id, name: text }), Player: object({ id, name: text, teamId: { type: "integer" } }) },
    entities: { Team: "id, name", Player: "id, name, teamId; many-to-one Team" },
    kinds: {
      "GET /teams/{id}/players": "list Player",
      "POST /teams/{id}/players/{playerId}": "custom Team",
      "DELETE /teams/{id}/players/{playerId}": "custom Team",
    },
  },
  {
    what: "a body that names a row that is made elsewhere links it",
    paths: {
      "/groups": {
        get: operation(listOf(ref("Group"))),
        post: operation(ref("Group"), object({ name: text }, ["name"])),
      },
      "/groups/{id}": { put: operation(ref("Group"), object({ name: text }, ["name"])), delete: operation() },
      "/members": { get: operation(listOf(ref("Member"))), post: operation(ref("Member"), ref("Member"), 201) },
      "/members/{id}/groups": {
        get: operation(listOf(ref("Group"))),
        post: operation(undefined, object({ prefix: text })),
      },
      "/members/{id}/groups/{group}": { delete: operation() },
    },
    schemas: { Group: object({ id, name: text, prefix: text }), Member: object({ id, role: text }) },
    entities: { Group: "id, name, prefix", Member: "id, role; many-to-many Group" },
    kinds: {
      "GET /members/{id}/groups": "list Group",
      "POST /members/{id}/groups": "custom Member",
      "DELETE /members/{id}/groups/{group}": "custom Member",
    },
  },
  {
    what: "alike rows that are made, changed and deleted below one thing are kept apart from those elsewhere",
    paths: {
      "/flows": flow.list,
      "/flows/{id}": flow.one,
      "/flows/{id}/secrets": whole("FlowSecret").list,
      "/flows/{id}/secrets/{secretId}": whole("FlowSecret").one,
      "/secrets": whole("Secret").list,
      "/secrets/{id}": whole("Secret").one,
    },
    schemas: {
      Flow: object({ id, name: text }),
      FlowSecret: object({ id, word: text }),
      Secret: object({ id, word: text }),
    },
    entities: { Flow: "id, name", FlowSecret: "id, word, flowId; many-to-one Flow", Secret: "id, word" },
    kinds: { "GET /flows/{id}/secrets": "list FlowSecret", "GET /secrets": "list Secret" },
  },
  {
    what: "what is made below a thing, and listed in it, is stored",
    paths: {
      "/projects": { get: operation(listOf(ref("Project"))), post: operation(ref("Project"), object({ name: text })) },
      "/projects/{id}": { get: operation(ref("Project")) },
      "/projects/{id}/invites": { post: operation(ref("Invite"), object({ uses: text }), 201) },
    },
    schemas: {
      Project: object({ id, name: text, invites: listOf(ref("Invite")) }),
      Invite: object({ code: text, uses: text }),
    },
    entities: {
      Project: "id, name, invites; one-to-many Invite",
      Invite: "code, uses, projectId; many-to-one Project",
    },
    kinds: { "POST /projects/{id}/invites": "create Invite" },
  },
  {
    what: "an action in a body of its own changes no member",
    paths: {
      "/leaves": { get: operation(listOf(ref("Leave"))) },
      "/leaves/{id}": {
        get: operation(ref("Leave")),
        post: operation(object({ id, messages: text }), object({ action: { ...text, enum: ["approve", "reject"] } })),
      },
    },
    schemas: { Leave: object({ id, title: text }) },
    entities: { Leave: "id, title" },
    kinds: { "POST /leaves/{id}": "custom Leave" },
  },
  {
    what: "an argument of another name than the key may find rows of something else",
    paths: {
      "/flows": flow.list,
      "/flows/{id}": flow.one,
      "/folders": { get: operation(listOf(ref("Folder"))), post: operation(ref("Folder"), ref("Folder"), 201) },
      "/folders/{folder}": { get: operation(object({ flows: listOf(ref("Flow")) })) },
      "/folders/{folderId}": { put: operation(ref("Folder"), ref("Folder")), delete: operation() },
    },
    schemas: { Flow: object({ id, name: text }), Folder: object({ id, title: text }) },
    entities: { Flow: "id, name", Folder: "id, title" },
    kinds: { "GET /folders/{folder}": "custom Flow", "PUT /folders/{folderId}": "update Folder" },
  },
  {
    what: "what only tells of another thing, by its key, is not stored",
    paths: {
      "/documents": { get: operation(listOf(ref("Document"))), post: operation(ref("Document"), ref("Document"), 201) },
      "/proofs/{documentId}": { get: operation(object({ documentId: text, entries: listOf(text) })) },
    },
    schemas: { Document: object({ id, title: text }) },
    entities: { Document: "id, title" },
    kinds: { "GET /proofs/{documentId}": "custom -" },
  },
  {
    what: "what a search finds page by page is not stored where nothing tells one from another",
    paths: {
      "/search": {
        get: {
          ...operation(listOf(ref("Hit"))),
          parameters: [{ name: "limit", in: "query", schema: { type: "integer" } }],
        },
      },
    },
    schemas: { Hit: object({ title: text, rank: { type: "number" } }) },
    entities: {},
    kinds: { "GET /search": "custom -" },
  },
  {
    what: "a verb is no collection, though its body is named so and what it answers has a key",
    paths: { "/mails/send": { post: operation(ref("Receipt"), ref("SendMail")) } },
    schemas: { SendMail: object({ to: text }, ["to"]), Receipt: object({ id, to: text }) },
    entities: {},
    kinds: { "POST /mails/send": "custom -" },
  },
  {
    what: "who signs up is answered a token, which is none of what is stored",
    paths: {
      "/users": { get: operation(listOf(ref("User"))) },
      "/users/{id}": { get: operation(ref("User")), delete: operation() },
      "/auth/register": { post: operation(object({ token: text, role: text }), object({ name: text, role: text })) },
      "/auth/me": { get: operation(ref("User")) },
    },
    schemas: { User: object({ id, name: text, role: text }) },
    entities: { User: "id, name, role" },
    kinds: { "POST /auth/register": "custom User" },
  },
  {
    what: "nothing is called by affixes alone",
    paths: { "/activity": { get: operation(listOf(ref("ApiRequest"))) } },
    schemas: { ApiRequest: object({ requestId: { ...text, format: "uuid" }, result: text, id: text }) },
    entities: { ApiRequest: "id, requestId, result" },
    kinds: { "GET /activity": "list ApiRequest" },
  },
  {
    what: "rows that are made below a row of their own kind have it as their parent",
    paths: {
      "/notes": { get: operation(listOf(ref("Note"))), post: operation(ref("Note"), object({ words: text }), 201) },
      "/notes/{id}": { get: operation(ref("Note")) },
      "/notes/{id}/replies": {
        get: operation(listOf(ref("Note"))),
        post: operation(ref("Note"), object({ words: text }), 201),
      },
      "/tasks": { get: operation(listOf(ref("Task"))), post: operation(ref("Task"), ref("Task"), 201) },
      "/tasks/{id}": { get: operation(ref("Task")) },
      "/tasks/{id}/subtasks": { get: operation(listOf(ref("Task"))), post: operation(ref("Task"), ref("Task"), 201) },
    },
    schemas: { Note: object({ id, words: text }), Task: object({ id, title: text, parentId: { type: "integer" } }) },
    entities: { Note: "id, words, parentNoteId; many-to-one Note", Task: "id, title, parentId; many-to-one Task" },
    kinds: {
      "GET /notes/{id}/replies": "list Note",
      "POST /notes/{id}/replies": "create Note",
      "GET /tasks/{id}/subtasks": "list Task",
    },
  },
  {
    what: "what is listed below a thing, and looks like it in all but its schema's name, is of its kind",
    paths: {
      "/blocks/{id}": {
        get: operation(object({ id: text, kind: text, made: text, words: text })),
        delete: operation(),
      },
      "/blocks/{id}/children": {
        get: operation(
          object({ results: listOf(object({ id: text, kind: text, made: text, words: text, more: text })) }),
        ),
      },
    },
    schemas: {},
    entities: { Block: "id, kind, made, words, more" },
    kinds: { "GET /blocks/{id}/children": "custom Block" },
  },
  {
    what: "a key in another system is none of another row",
    paths: {
      "/orders": { get: operation(listOf(ref("Order"))), post: operation(ref("Order"), ref("Order"), 201) },
    },
    schemas: { Order: object({ id: text, externalOrderId: text, sourceOrderId: text, carrierOrderId: text }) },
    entities: { Order: "id, externalOrderId, sourceOrderId, carrierOrderId; many-to-one Order" },
    kinds: {},
  },
  {
    what: "an extension at the end of a path says how the answer is written",
    paths: {
      "/lamps{extension}": { parameters: [extension], get: operation(listOf(ref("Lamp"))) },
      "/lamps/{id}{extension}": { parameters: [extension], get: operation(ref("Lamp")) },
    },
    schemas: { Lamp: object({ id: text, place: text }) },
    entities: { Lamp: "id, place" },
    kinds: { "GET /lamps{extension}": "list Lamp", "GET /lamps/{id}{extension}": "read Lamp" },
  },
  {
    what: "beside what carries the answer, a code says how the call went",
    paths: {
      "/users": { get: operation(ref("Answer")), post: operation(ref("Answer"), object({ name: text }), 201) },
      "/users/{id}": { get: operation(ref("Answer")), put: operation(ref("Answer"), object({ name: text })) },
    },
    schemas: { Answer: object({ code: { type: "integer" }, data: {}, error: text, success: { type: "boolean" } }) },
    entities: { User: "id, name" },
    kinds: { "GET /users": "list User", "GET /users/{id}": "read User" },
  },
  {
    what: "a key is made anew by a command, which is no thing",
    paths: {
      "/shops": { get: operation(listOf(ref("Shop"))), post: operation(ref("Shop"), ref("Shop"), 201) },
      "/shops/{id}/regenerateKey": { post: operation(ref("ApiKey"), object({ id: text })) },
    },
    schemas: { Shop: object({ id, name: text }), ApiKey: object({ id: text, value: text }) },
    entities: { Shop: "id, name" },
    kinds: { "POST /shops/{id}/regenerateKey": "custom Shop" },
  },
  {
    what: "of a list that is only read, the key is what is called so",
    paths: { "/interactions": { get: operation(listOf(ref("Interaction"))) } },
    schemas: { Interaction: object({ interactionId: text, id: text, event: text }) },
    entities: { Interaction: "id, interactionId, event" },
    kinds: {},
  },
  {
    what: "a page within an answer is opened, whatever of pages stands beside its rows",
    paths: {
      "/halls": {
        get: operation(
          object({
            success: { type: "boolean" },
            data: object({
              content: listOf(ref("Hall")),
              totalPages: { type: "integer" },
              pageable: object({
                pageNumber: { type: "integer" },
                offset: { type: "integer" },
                sort: object({ sorted: text }),
              }),
            }),
          }),
        ),
      },
    },
    schemas: { Hall: object({ id, name: text }) },
    entities: { Hall: "id, name" },
    kinds: { "GET /halls": "list Hall" },
  },
  {
    what: "an argument that tells whose rows are meant is no key",
    paths: {
      "/exams/{id}": { get: operation(ref("Exam")), put: operation(ref("Exam"), ref("Exam")) },
      "/exams/student/{studentId}": { get: operation(listOf(ref("Exam"))), post: operation(ref("Exam"), ref("Exam")) },
      "/students": { get: operation(listOf(ref("Student"))), post: operation(ref("Student"), ref("Student"), 201) },
    },
    schemas: {
      Exam: object({ id, student: ref("Student"), grade: text }),
      Student: object({ id, name: text }),
    },
    entities: { Exam: "id, student, grade, studentId; many-to-one Student", Student: "id, name" },
    kinds: { "GET /exams/student/{studentId}": "list Exam", "POST /exams/student/{studentId}": "create Exam" },
  },
  {
    what: "201 says that what was sent was made, though nothing is answered and nothing reads it",
    paths: {
      "/visits": { post: operation(undefined, object({ day: text, place: text, reason: text }), 201) },
      "/login": { post: operation(undefined, object({ name: text, password: text, device: text }), 201) },
    },
    schemas: {},
    entities: { Visit: "id, day, place, reason" },
    kinds: { "POST /visits": "create Visit", "POST /login": "custom -" },
  },
  {
    what: "one examen is called so",
    paths: {
      "/examens": { get: operation(listOf(ref("Examen"))), post: operation(ref("Examen"), ref("Examen"), 201) },
    },
    schemas: { Examen: object({ id, kind: text }) },
    entities: { Examen: "id, kind" },
    kinds: {},
  },
];

test.each(cases)("$what", ({ paths, schemas, entities, kinds }) => {
  const model = modelOf(paths, schemas);
  const found = model.entities.map(({ name, fields, relations, mentions }) => {
    const ties = [...relations, ...mentions].map(({ kind, to }) => `${kind} ${to}`);
    return [name.type, [fields.map((field) => field.name).join(", "), ...ties].join("; ")] as const;
  });
  expect(Object.fromEntries(found)).toEqual(entities);
  expect(kindsOf(model)).toMatchObject(kinds);
});

test("a link that a body describes is for business logic, whatever arguments its path has", () => {
  const model = modelOf(
    {
      "/groups": {
        get: operation(listOf(ref("Group"))),
        post: operation(ref("Group"), object({ name: text }, ["name"])),
      },
      "/groups/{id}": { put: operation(ref("Group"), object({ name: text }, ["name"])), delete: operation() },
      "/{space}/members": { get: operation(listOf(ref("Member"))), post: operation(ref("Member"), ref("Member"), 201) },
      "/{space}/members/{id}": { delete: operation() },
      "/{space}/members/{id}/groups": { post: operation(undefined, object({ prefix: text })) },
      "/{space}/members/{id}/groups/{group}": { delete: operation() },
    },
    { Group: object({ id, name: text, prefix: text }), Member: object({ id, role: text }) },
  );
  const links = model.operations.filter(({ path }) => path.includes("/groups") && path.includes("members"));
  expect(links.map(({ slot }) => slot === undefined)).toEqual([false, false]);
});

test("an object in a query is as many parameters as it has members, and a credential of a scheme is none", () => {
  const pageable: Schema = object({ page: { type: "integer" }, size: { type: "integer" }, sort: listOf(text) });
  const parameters: readonly Parameter[] = [
    { name: "pageable", in: "query", required: true, schema: pageable },
    { name: "Authorization", in: "header", required: true, schema: text },
  ];
  const model = modelOf(
    {
      "/halls": {
        get: { ...operation(listOf(ref("Hall"))), parameters },
        post: operation(ref("Hall"), ref("Hall"), 201),
      },
    },
    { Hall: object({ id, name: text }) },
    {
      components: {
        schemas: { Hall: object({ id, name: text }) },
        securitySchemes: { key: { type: "http", scheme: "bearer" } },
      },
    },
  );
  const [list] = model.operations;
  expect(list?.parameters.map(({ name, role, isRequired }) => [name, role.kind, isRequired])).toEqual([
    ["page", "page", false],
    ["size", "limit", false],
    ["sort", "sort", false],
  ]);
});
