import { expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

const document = `openapi: 3.1.0
info: { title: Notes, version: 1.0.0 }
paths:
  /notes:
    post:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } }
      responses: { "201": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } } }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get: { responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } } } } }
components:
  schemas:
    Note: { type: object, properties: { id: { type: integer, readOnly: true }, mood: {} } }
`;

test("scaffold model lists what to look at first, and scaffold explain takes what it names", async () => {
  await using host = await temporaryHost({ "notes.yaml": document });
  expect(await runCli(host, ["model", "notes.yaml"])).toBe(0);
  const { review } = JSON.parse(host.printed.out) as { review: readonly { subject: string; settledBy: string }[] };
  expect(review).toEqual([
    {
      subject: "Note.mood",
      alike: [],
      decided: "column mood",
      doubt: "no type is given",
      rule: "no type is given",
      confidence: "guess",
      pointer: "/components/schemas/Note/properties/mood",
      settledBy: "x-field: { type: … }",
    },
  ]);
  host.printed.out = "";
  expect(await runCli(host, ["explain", "notes.yaml", review[0]?.subject ?? ""])).toBe(0);
  expect(host.printed.out).toMatch(
    /no type is given .*notes\.yaml:13 .*\n +guess\n {2}overrule {2}x-field: \{ type: … \}/,
  );
});
