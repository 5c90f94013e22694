import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import type { Model } from "../../src/model/model.ts";
import { temporaryHost } from "../support/host.ts";

const note = { type: "object", properties: { id: { type: "integer", readOnly: true }, text: { type: "string" } } };
const body = { content: { "application/json": { schema: { $ref: "#/components/schemas/Note" } } } };
const document = {
  openapi: "3.1.0",
  info: { title: "Notes", version: "1.0.0" },
  paths: {
    "/notes": {
      post: { operationId: "createNote", requestBody: body, responses: { "201": { description: "It.", ...body } } },
    },
    "/notes/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      get: { operationId: "getNote", responses: { "200": { description: "It.", ...body } } },
    },
  },
  components: { schemas: { Note: note } },
};

const naming = (table: string) => `overlay: 1.0.0
info: { title: Names, version: 1.0.0 }
actions:
  - target: $.components.schemas.Note
    update:
      x-entity: { table: ${table} }
      properties:
        topic: { type: string, x-field: { references: null, column: ${table}_topic } }
`;

const files = {
  "api.json": JSON.stringify(document),
  "memos.yaml": naming("memos"),
  "overlays/leaves.yaml": naming("leaves"),
};

async function run(config: object, ...argv: readonly string[]) {
  await using host = await temporaryHost({ ...files, "scaffold.config.json": JSON.stringify(config) });
  const exitCode = await runCli(host, argv);
  return { exitCode, ...host.printed };
}

describe("overlays come from the config and from the command line", () => {
  test.each([
    { title: "from neither", config: {}, flags: [], table: "notes" },
    { title: "from the config", config: { overlays: ["memos.yaml"] }, flags: [], table: "memos" },
    {
      title: "from the config's entry of this document",
      config: { apis: [{ spec: "api.json", overlays: ["memos.yaml"] }] },
      flags: [],
      table: "memos",
    },
    { title: "from the command line", config: {}, flags: ["--overlay", "memos.yaml"], table: "memos" },
    {
      title: "several after one flag, in their order",
      config: {},
      flags: ["--overlay", "overlays/leaves.yaml", "memos.yaml"],
      table: "memos",
    },
    {
      title: "a flag for each, in their order",
      config: {},
      flags: ["--overlay", "memos.yaml", "--overlay", "overlays/leaves.yaml"],
      table: "leaves",
    },
    {
      title: "those of the command line after those of the config",
      config: { overlays: ["memos.yaml"] },
      flags: ["--overlay", "overlays/leaves.yaml"],
      table: "leaves",
    },
  ])("$title", async ({ config, flags, table }) => {
    const { exitCode, out, error } = await run(config, "model", "api.json", ...flags);
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect((JSON.parse(out) as Model).entities.map((entity) => entity.table)).toEqual([table]);
  });

  test("one that does not exist ends with 2, and nothing is written", async () => {
    const { exitCode, error } = await run({}, "crud", "api.json", "--overlay", "nowhere.yaml");
    expect(exitCode).toBe(2);
    expect(error).toContain("overlay/invalid");
    expect(error).toContain("There is no file nowhere.yaml.");
  });
});

describe("what an overlay says is explained by its place in the overlay", () => {
  test.each([
    { subject: "Note", place: "overlays/leaves.yaml:6", pointer: "#/actions/0/update/x-entity" },
    { subject: "Note.topic", place: "overlays/leaves.yaml:8", pointer: "#/actions/0/update/properties/topic" },
  ])("$subject", async ({ subject, place, pointer }) => {
    const { exitCode, out } = await run({}, "explain", "api.json", subject, "--overlay", "overlays/leaves.yaml");
    expect(exitCode).toBe(0);
    expect(out).toContain(`${place}  ${pointer}`);
  });

  test("and what the document says, by its place in the document", async () => {
    const { out } = await run({}, "explain", "api.json", "Note.text", "--overlay", "memos.yaml");
    expect(out).toMatch(/api\.json:1 {2}#\/components\/schemas\/Note\/properties\/text$/m);
  });
});
