import { expect, test } from "vitest";
import { parse } from "yaml";
import { generate } from "../support/generate.ts";

/** POST and PUT take the same body, which is one type in the contract. */
const item = `
  get: { operationId: getNote, responses: { "200": { description: A note., content: &json { application/json: { schema: { $ref: "#/components/schemas/Note" } } } } } }
  put: { operationId: replaceNote, requestBody: { required: true, content: *json }, responses: { "200": { description: The note., content: *json } } }
`;

test.each([{ first: "/notes" }, { first: "/notes/{id}" }])(
  "a type that operations share has the same name, also where $first comes first",
  async ({ first }) => {
    const { get, put } = parse(item) as { get: object; put: { responses: Record<string, object> } };
    const parameters = [{ name: "id", in: "path", required: true, schema: { type: "integer" } }];
    const paths: readonly [string, object][] = [
      ["/notes", { post: { ...put, operationId: "createNote", responses: { 201: put.responses["200"] } } }],
      ["/notes/{id}", { parameters, get, put }],
    ];
    const document = {
      openapi: "3.1.0",
      info: { title: "Notes", version: "1" },
      paths: Object.fromEntries(paths.toSorted(([path]) => (path === first ? -1 : 1))),
      components: {
        schemas: {
          Note: {
            type: "object",
            required: ["text"],
            properties: { id: { type: "integer", readOnly: true }, text: { type: "string" } },
          },
        },
      },
    };
    const { files } = await generate(JSON.stringify(document), { isFormatted: false });
    const textOf = (path: string) => files.find((file) => file.path === path)?.content ?? "";
    expect(textOf("src/note/note.contract.ts")).toContain("interface NewNote");
    expect(textOf("src/note/note.contract.ts")).not.toContain("NoteReplacement");
    expect(textOf("src/note/note.schema.ts")).toContain("createNoteBody");
    expect(textOf("src/note/note.schema.ts")).not.toContain("replaceNoteBody");
  },
);
