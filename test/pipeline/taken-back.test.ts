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

/** A test of the team's own, beside those that are generated: it knows more of the rule than the document says. */
const own = `import { expect, test } from "vitest";
import * as logic from "./note.logic.ts";

test("note.polite > a greeting is polite", async () => {
  const verdict = (accepted: boolean) => ({ accepted });
  const context = { accept: () => verdict(true), refuse: () => verdict(false), now: "", caller: { subject: "", scopes: [] } };
  expect(await (logic.isPolite as Function)({ text: "Hello" }, context)).toEqual({ accepted: true });
});
`;

const bodies: Readonly<Record<string, string>> = {
  "note.polite": '  return note.text.length > 3 ? context.refuse("refused") : context.accept();',
  "note.short": '  return note.text.length > 80 ? context.refuse("refused") : context.accept();',
};

test("of two bodies that passed the gate, the tests of the whole service take back the one that they blame", async () => {
  await using host = await temporaryHost({ "package.json": "{}", "notes.json": document });
  await symlink(join(packageFolder, "node_modules"), join(host.cwd, "node_modules"));
  await using server = await startChatServer((_, slot) => ({
    calls: [{ name: "submit", arguments: JSON.stringify({ code: bodies[slot] ?? "" }) }],
  }));
  const crud = ["crud", "notes.json", "--out", "out"];
  expect(await runCli(host, [...crud, "--no-verify"])).toBe(0);
  await host.files.write("out/src/note/own.test.ts", own);

  expect(await runCli(host, [...crud, "--model", "scripted", "--base-url", server.url]), host.printed.error).toBe(0);
  const lock = JSON.parse(await host.files.read("out/scaffold.lock.json")) as object;
  expect(lock).toMatchObject({
    slots: {
      "note.polite": {
        state: "open",
        evidence: ["Given up: the generated tests do not pass with it.", expect.any(String)],
      },
      "note.short": { state: "filled", by: "model" },
    },
  });
  const logic = await host.files.read("out/src/note/note.logic.ts");
  expect(logic).toContain("note.text.length > 80");
  expect(logic).not.toContain("note.text.length > 3");
  expect(host.printed.out).toMatch(/note\.polite +taken back: the generated tests do not pass with it/);
  expect(host.printed.error).toContain("slot/not-filled");
}, 300_000);
