import { describe, expect, test } from "vitest";
import { logicView, untilFilled } from "../../src/plan/views/logic.ts";
import { logicRegistryView, registryView } from "../../src/plan/views/registry.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { contextOfThings, generatedId, text, thing } from "./models.ts";
import { groupContext, ruledNotes } from "./ruled-notes.ts";

/** The slot of the rule in question, in its logic file. */
function shownSlot(context: PlanContext, id = "note.it") {
  return logicView(context.entity("Note").name, context).slots.find((slot) => slot.id === id);
}

describe("until it is filled", () => {
  test.each([
    { title: "a rule lets pass", rule: {}, open: "lets every request pass", statements: ["return context.accept();"] },
    { title: "an effect does nothing", rule: { kind: "effect" }, open: "does nothing", statements: [] },
    {
      title: "a value that may be missing is null",
      rule: { kind: "value", field: "slug" },
      open: "stores null",
      statements: ["return null;"],
    },
    {
      title: "a field that may be left out is left out, of each row",
      rule: { kind: "field", field: "length" },
      open: "is left out",
      statements: ["return notes.map(() => undefined);"],
    },
    {
      title: "a filter is not implemented",
      rule: { kind: "filter", on: "list", parameter: "near" },
      open: "answers 501 where it is used",
      statements: ["return context.notImplemented();"],
    },
  ])("$title", ({ rule, open, statements }) => {
    const { context, slot } = ruledNotes({ id: "note.it", ...rule });
    expect(untilFilled(slot, context)).toBe(open);
    expect(shownSlot(context)).toMatchObject({ open: [`// Open: ${open} until it is filled.`], statements });
  });

  test("an operation is not implemented", () => {
    const { context, slot } = groupContext();
    expect(untilFilled(slot, context)).toBe("answers 501");
  });

  test("a rule refuses with its first code where the config says so", () => {
    const { context, slot } = ruledNotes({ id: "note.it", refuse: { odd: 422, even: 409 } }, { openRules: "refuse" });
    expect(untilFilled(slot, context)).toBe("refuses every request");
    expect(shownSlot(context)?.statements).toEqual(['return context.refuse("odd");']);
  });

  test.each([
    { title: "a number", schema: { type: "integer" }, neutral: "0" },
    { title: "a number within its bounds", schema: { type: "integer", minimum: 3 }, neutral: "3" },
    { title: "a flag", schema: { type: "boolean" }, neutral: "false" },
    { title: "a choice", schema: { type: "string", enum: ["open", "done"] }, neutral: '"open"' },
    { title: "a moment", schema: { type: "string", format: "date-time" }, neutral: "context.now" },
    { title: "an object", schema: thing({ "a!": { type: "integer" } }), neutral: "{ a: 1 }" },
  ])("$title that must be there is a neutral one", ({ schema, neutral }) => {
    const rules = [{ id: "note.it", kind: "field", field: "it", rule: "It is." }];
    const note = thing(
      { id: generatedId, "text!": text, "it!": { ...schema, readOnly: true } },
      { "x-business-rules": rules },
    );
    const context = contextOfThings({ schemas: { Note: note } });
    const code = neutral.startsWith("{") ? `(${neutral})` : neutral;
    expect(shownSlot(context)?.statements).toEqual([`return notes.map(() => ${code});`]);
  });
});

describe("a slot in its file", () => {
  test.each([
    { rule: { on: "create" }, role: "rule, before POST /notes" },
    { rule: { kind: "effect", on: "delete" }, role: "effect, after DELETE /notes/{id}, in the same transaction" },
    { rule: { kind: "value", field: "slug", on: "create" }, role: "value, of Note.slug, before POST /notes" },
    { rule: { kind: "field", field: "length" }, role: "field, of Note.length, on read" },
    { rule: { kind: "filter", on: "list", parameter: "near" }, role: "filter, of near in GET /notes" },
  ])("says when it runs: $role", ({ rule, role }) => {
    const { context } = ruledNotes({ id: "note.it", ...rule });
    expect(shownSlot(context)).toMatchObject({ id: "note.it", role });
  });

  test("is asynchronous, but for a filter", () => {
    const { context } = ruledNotes({ id: "note.it", kind: "filter", on: "list", parameter: "near" });
    expect(shownSlot(context)?.prefix).toBe("");
    const { context: other } = ruledNotes({ id: "note.it" });
    expect(shownSlot(other)?.prefix).toBe("async ");
  });

  test("keeps its rule's text inside of the comment", () => {
    const { context } = ruledNotes({ id: "note.it", rule: "It holds. */ process.exit() // @slot x" });
    const slot = shownSlot(context);
    expect(slot?.doc.join("\n")).not.toMatch(/\*\/|@slot/);
    expect(slot?.doc.join(" ")).toContain("It holds.");
  });
});

describe("the registry of logic", () => {
  test("has the homes that have slots, and no others", () => {
    const { context } = ruledNotes({ id: "note.it" });
    const { imports, members } = logicRegistryView(context);
    expect(members).toEqual([{ type: "readonly notes: NoteLogic;", value: "notes" }]);
    expect(imports).toEqual([
      'import type { NoteLogic } from "./note/note.contract.ts";',
      'import * as notes from "./note/note.logic.ts";',
    ]);
  });

  test("keeps a group apart from an entity's rows", () => {
    expect(logicRegistryView(groupContext().context).members).toEqual([
      { type: "readonly pingGroup: PingLogic;", value: "pingGroup" },
    ]);
  });
});

describe("the registry of repositories", () => {
  test("makes one for each entity and each join, on one connection", () => {
    const schemas = {
      Note: thing({ id: generatedId, "text!": text, tag_ids: { type: "array", items: { type: "integer" } } }),
      Tag: thing({ id: generatedId, "name!": text }),
    };
    expect(registryView(contextOfThings({ schemas }))).toMatchObject({
      connection: "connection",
      hasRepositories: true,
      hasLogic: false,
      repositories: [
        "notes: new NoteRepository(noteRows, connection, subject)",
        "tags: new TagRepository(tagRows, connection, subject)",
        'noteTags: new JoinRepository({ table: noteTags, left: "noteId", right: "tagId" }, connection)',
      ],
    });
  });

  test("of a service without entities has none, and says that it uses no connection", () => {
    expect(registryView(groupContext().context)).toMatchObject({
      connection: "_connection",
      hasRepositories: false,
      hasLogic: true,
      repositories: [],
    });
  });
});
