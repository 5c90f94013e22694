import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

/** Notes with one rule; what a case changes is handed in. */
function notes({ rule = true, text = "string" } = {}): string {
  const note = {
    type: "object",
    required: ["id", "text"],
    properties: { id: { type: "integer", readOnly: true }, text: { type: text } },
  };
  const body = { content: { "application/json": { schema: { $ref: "#/components/schemas/Note" } } } };
  const rules = [{ id: "note.create.short", rule: "It is short.", refuse: { long: 422 } }];
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Notes", version: "1.0.0" },
    paths: {
      "/notes": {
        get: {
          operationId: "listNotes",
          responses: {
            "200": {
              description: "All.",
              content: {
                "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Note" } } },
              },
            },
          },
        },
        post: {
          operationId: "createNote",
          requestBody: { required: true, ...body },
          responses: { "201": { description: "It.", ...body }, "422": { description: "No." } },
          ...(rule && { "x-business-rules": rules }),
        },
      },
      "/notes/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        get: { operationId: "getNote", responses: { "200": { description: "It.", ...body } } },
      },
    },
    components: { schemas: { Note: note } },
  });
}

const logic = "generated/notes/src/note/note.logic.ts";

/** What a person makes of the open body: an import, a constant and a helper come with it. */
const written = {
  imports: 'import { isShort } from "../length.ts"; // ours\n',
  body: '  // Blanks do not count.\n  return isShort(bare(note.text), longest) ? context.accept() : context.refuse("long", "text");\n',
  helpers:
    "\nconst longest = 80;\n\n/** Without what nobody sees. */\nfunction bare(text: string): string {\n  return text.trim();\n}\n",
};
const length =
  "export function isShort(text: string, longest: number): boolean {\n  return text.length <= longest;\n}\n";

const open = "  // Open: lets every request pass until it is filled.\n  return context.accept();\n";

/** A service of notes in a folder of its own, whose one body a person has written. */
async function service() {
  const host = await temporaryHost({ "notes.json": notes() });
  const run = (...options: readonly string[]) => runCli(host, ["crud", "notes.json", "--quiet", ...options]);
  expect(await run("--no-verify"), host.printed.error).toBe(0);
  const fresh = await host.files.read(logic);
  expect(fresh).toContain(open);
  await host.files.write("generated/notes/src/length.ts", length);
  await host.files.write(logic, written.imports + fresh.replace(open, written.body) + written.helpers);
  const lock = async () =>
    JSON.parse(await host.files.read("generated/notes/scaffold.lock.json")) as {
      readonly slots: Readonly<Record<string, { state: string; by: string; body: string[]; helpers?: string[] }>>;
    };
  return { host, run, lock, read: () => host.files.read(logic) };
}

/** Generates, and checks what was generated, as a whole process would. */
const slow = { timeout: 180_000 };

describe("a body that a person writes", () => {
  test(
    "is carried over by the next runs, with the import, the helpers and the comments around it, and each edit",
    slow,
    async () => {
      const { host, run, lock, read } = await service();
      await using _ = host;
      const theirs = await read();
      expect(await run("--no-verify"), host.printed.error).toBe(0);
      expect(await read()).toBe(theirs);
      expect((await lock()).slots["note.create.short"]).toMatchObject({
        state: "adopted",
        by: "person",
        body: written.body.trimEnd().split("\n"),
      });
      await host.files.write("notes.json", notes().replace("It is short.", "It is short, and no blank counts."));
      expect(await run("--no-verify"), host.printed.error).toBe(0);
      expect(await read()).toBe(theirs.replace("It is short.", "It is short, and no blank counts."));
      await host.files.write(logic, (await read()).replace("// Blanks do not count.", "// Only what is seen counts."));
      expect(await run("--no-verify"), host.printed.error).toBe(0);
      expect((await lock()).slots["note.create.short"]).toMatchObject({
        state: "adopted",
        body: expect.arrayContaining(["  // Only what is seen counts."]),
      });
    },
  );

  test("that no longer fits its contract stops the run at its place, and nothing is written", slow, async () => {
    const { host, run, read } = await service();
    await using _ = host;
    await run("--no-verify");
    const [theirs, contract] = [await read(), await host.files.read("generated/notes/src/note/note.contract.ts")];
    await host.files.write("notes.json", notes({ text: "integer" }));
    // A migration that changes a column's type would stop the run before.
    await host.files.remove("generated/notes/migrations");
    host.printed.error = "";
    expect(await run()).toBe(6);
    const line = theirs.slice(0, theirs.indexOf("note.text")).split("\n").length;
    expect(host.printed.error).toMatch(
      new RegExp(`error +verify/types +\\S*note\\.logic\\.ts:${line}:\\d+\\n +Argument of type 'number'`),
    );
    expect(await read()).toBe(theirs);
    expect(await host.files.read("generated/notes/src/note/note.contract.ts")).toBe(contract);
  });

  test("stays in the lock when its rule leaves the document, and the run says so", slow, async () => {
    const { host, run, lock } = await service();
    await using _ = host;
    await run("--no-verify");
    await host.files.write("notes.json", notes({ rule: false }));
    host.printed.error = "";
    expect(await run("--no-verify")).toBe(0);
    expect(host.printed.error).toMatch(/slot\/parked[^]*note\.create\.short left the document/);
    expect(await host.files.kind(logic)).toBe("none");
    const parked = await host.files.read("generated/notes/scaffold.lock.json");
    expect((await lock()).slots["note.create.short"]).toMatchObject({ state: "parked", by: "person" });
    for (const text of [...written.body.trim().split("\n"), "const longest = 80;", "return text.trim();"])
      expect(parked).toContain(JSON.stringify(text.trim()).slice(1, -1));
  });
});
