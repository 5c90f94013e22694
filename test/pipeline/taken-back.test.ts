import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { packageFolder } from "../../src/package.ts";
import { startChatServer } from "../support/chat-server.ts";
import { temporaryHost } from "../support/host.ts";

const rule = (id: string, text: string) => ({ id, rule: text, refuse: { refused: 422 } });
const note = { $ref: "#/components/schemas/Note" };
const json = (schema: object) => ({ content: { "application/json": { schema } } });
const document = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Notes", version: "1" },
  paths: {
    "/notes": {
      post: {
        operationId: "createNote",
        "x-business-rules": [rule("note.polite", "It is polite."), rule("note.short", "It is short.")],
        requestBody: { required: true, ...json(note) },
        responses: { 201: { description: "It.", ...json(note) } },
      },
    },
    "/notes/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      get: { operationId: "getNote", responses: { 200: { description: "It.", ...json(note) } } },
    },
  },
  components: {
    schemas: {
      Note: {
        type: "object",
        required: ["id", "text"],
        properties: { id: { type: "integer", readOnly: true }, text: { type: "string" } },
      },
    },
  },
});

/** Tests of the team's own, beside those that are generated: they know more of the rules than the document says. */
const own = `import { expect, test } from "vitest";
import * as logic from "./note.logic.ts";

const verdict = (accepted: boolean) => ({ accepted });
const context = { accept: () => verdict(true), refuse: () => verdict(false), now: "", caller: { subject: "", scopes: [] } };

test("note.polite > a greeting is polite", async () => {
  expect(await (logic.isPolite as Function)({ text: "Hello" }, context)).toEqual({ accepted: true });
});

test("note.short > a greeting is short", async () => {
  expect(await (logic.isShort as Function)({ text: "Hello" }, context)).toEqual({ accepted: true });
});
`;

const wrong = '  return note.text.length > 3 ? context.refuse("refused") : context.accept();';
const right = '  return note.text.length > 80 ? context.refuse("refused") : context.accept();';

test("the tests of the whole service run for all bodies together; whose they blame is asked again, or taken back", async () => {
  await using host = await temporaryHost({ "package.json": "{}", "notes.json": document });
  await symlink(join(packageFolder, "node_modules"), join(host.cwd, "node_modules"));
  const told: string[] = [];
  // One learns from what the tests say, and the other does not.
  await using server = await startChatServer(({ messages }, slot, turn) => {
    if (turn > 0) told.push(`${slot}: ${JSON.stringify(messages.at(-1))}`);
    const code = slot === "note.polite" && turn > 0 ? right : wrong;
    return { calls: [{ name: "submit", arguments: JSON.stringify({ code }) }] };
  });
  const crud = ["crud", "notes.json", "--out", "out"];
  expect(await runCli(host, [...crud, "--no-verify"])).toBe(0);
  await host.files.write("out/src/note/own.test.ts", own);

  expect(await runCli(host, [...crud, "--model", "scripted", "--base-url", server.url]), host.printed.error).toBe(0);
  expect(JSON.parse(await host.files.read("out/scaffold.lock.json"))).toMatchObject({
    slots: {
      "note.polite": { state: "filled", by: "model", rounds: 2 },
      "note.short": {
        state: "open",
        evidence: [
          "Given up: the generated tests do not pass with it.",
          expect.stringContaining("a greeting is short"),
        ],
      },
    },
  });
  expect(told.find((one) => one.startsWith("note.polite"))).toContain("a greeting is polite");
  expect(told.find((one) => one.startsWith("note.polite"))).not.toContain("a greeting is short");
  const logic = await host.files.read("out/src/note/note.logic.ts");
  expect(logic).toContain("note.text.length > 80");
  expect(logic).not.toContain("note.text.length > 3");
  expect(host.printed.out).toMatch(/note\.short +taken back: the generated tests do not pass with it/);
  expect(host.printed.error).toContain("slot/not-filled");
}, 600_000);
