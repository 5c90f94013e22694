import { describe, expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import type { PlanContext } from "../../src/plan/context.ts";
import { contractView } from "../../src/plan/views/contract.ts";
import { query } from "../model/pets.ts";
import { contextOfThings, generatedId, text, thing, usualPaths, withOperation } from "./models.ts";
import { groupContext, ruledNotes } from "./ruled-notes.ts";

function noteContract(context: PlanContext) {
  return contractView(context.entity("Note").name, context.entity("Note"), context);
}

/** The lines of one interface of a note's contract. */
function membersOf(context: PlanContext, name: string): readonly string[] | undefined {
  return noteContract(context)
    .interfaces.find((one) => one.name === name)
    ?.members.map((member) => member.text);
}

function notesWith(name: string, schema: Json): PlanContext {
  return contextOfThings({ schemas: { Note: thing({ id: generatedId, [name]: schema }) } });
}

const nullable: Json = { type: ["string", "null"] };

describe("a member that", () => {
  test.each<{ title: string; name: string; schema: Json; row: string; values: string; body: string }>([
    {
      title: "must be there is always in the row",
      name: "it!",
      schema: text,
      row: "it: string;",
      values: "it?: string | undefined;",
      body: "it: string;",
    },
    {
      title: "may be left out is left out of a row that has none, and null clears it",
      name: "it",
      schema: text,
      row: "it?: string;",
      values: "it?: string | null | undefined;",
      body: "it?: string;",
    },
    {
      title: "may be null is null in a row that has none",
      name: "it",
      schema: nullable,
      row: "it: string | null;",
      values: "it?: string | null | undefined;",
      body: "it?: string | null;",
    },
    {
      title: "is a closed list is one of its values",
      name: "it!",
      schema: { type: "string", enum: ["a", 'b"'] },
      row: 'it: "a" | "b\\"";',
      values: 'it?: "a" | "b\\"" | undefined;',
      body: 'it: "a" | "b\\"";',
    },
    {
      title: "is no identifier is quoted",
      name: "it's!",
      schema: { type: "integer" },
      row: '"it\'s": number;',
      values: '"it\'s"?: number | undefined;',
      body: '"it\'s": number;',
    },
  ])("$title", ({ name, schema, row, values, body }) => {
    const context = notesWith(name, schema);
    expect(membersOf(context, "Note")).toContain(row);
    expect(membersOf(context, "NoteValues")).toContain(values);
    expect(membersOf(context, "NewNote")).toContain(body);
  });

  test("is only read cannot be in a body", () => {
    expect(membersOf(notesWith("it", { type: "string", readOnly: true }), "NewNote")).toEqual([]);
  });

  test("is only written is stored, and in no row", () => {
    const context = notesWith("it", { type: "string", writeOnly: true });
    expect(membersOf(context, "NoteValues")).toContain("it?: string | null | undefined;");
    expect(membersOf(context, "Note")).toEqual(["id: number;"]);
  });

  test("is of a long type says it once", () => {
    const long = thing({ "street!": text, "city!": text, "postcode!": text, "country!": text });
    const values = (name: string) => membersOf(notesWith(name, long), "NoteValues");
    expect(values("it!")).toContain('it?: Note["it"] | undefined;');
    expect(values("it")).toContain('it?: Note["it"] | null | undefined;');
  });

  test("is described says so where it is read and where it is sent", () => {
    const context = notesWith("it!", { type: "string", description: "What it */ says." });
    const docs = noteContract(context).interfaces.flatMap(({ members }) => members.map(({ doc }) => doc));
    expect(docs.filter((doc) => doc === "/** What it * / says. */")).toHaveLength(2);
  });
});

describe("a contract", () => {
  test("has one type for bodies that are the same, and says whose they are", () => {
    const bodies = noteContract(notesWith("it!", text)).interfaces.filter(({ name }) => name === "NewNote");
    expect(bodies.map(({ doc }) => doc)).toEqual([
      "/** The body of POST /notes, PATCH /notes/{id}, PUT /notes/{id}. */",
    ]);
  });

  test("has an alias for a body that is no plain object", () => {
    const either: Json = { oneOf: [thing({ "a!": text }), thing({ "b!": text })] };
    const body = { requestBody: { required: true, content: { "application/json": { schema: either } } } };
    const paths = withOperation(usualPaths("Note"), "/notes", "post", body);
    const { aliases } = noteContract(
      contextOfThings({ schemas: { Note: thing({ id: generatedId, a: text, b: text }) }, paths }),
    );
    expect(aliases).toContainEqual({
      doc: "/** The body of POST /notes. */",
      text: "export type NewNote = { readonly a: string } | { readonly b: string };",
    });
  });

  test("has the filters of the lists", () => {
    const parameters = [query("it"), query("it_contains")];
    const paths = withOperation(usualPaths("Note"), "/notes", "get", { parameters });
    const context = contextOfThings({ schemas: { Note: thing({ id: generatedId, "it!": text }) }, paths });
    expect(membersOf(context, "NoteFilter")).toEqual(["it?: string | undefined;", "it_contains?: string | undefined;"]);
  });

  test("without slots has no logic, and reaches no other entity", () => {
    const { hasLogic, logic, imports, aliases } = noteContract(notesWith("it!", text));
    expect({ hasLogic, members: logic.members }).toEqual({ hasLogic: false, members: [] });
    expect(imports).toEqual([]);
    expect(aliases).toEqual([]);
  });

  test("of operations without an entity has their requests alone", () => {
    const { context } = groupContext();
    const [group] = context.model.groups;
    if (group === undefined) throw new Error("There is no group.");
    const { interfaces, logic } = contractView(group.name, undefined, context);
    expect(interfaces.map(({ name }) => name)).toEqual(["PingRequest"]);
    expect(logic).toMatchObject({ name: "PingLogic", members: [expect.stringMatching(/^ping\(/)] });
  });
});

describe("what a slot can reach", () => {
  test.each([
    {
      title: "a rule reads",
      rule: { refuse: { odd: 422 } },
      type: "IsItContext = RuleContext<IsItCode> & NoteReaders",
    },
    { title: "a value reads", rule: { kind: "value", field: "slug" }, type: "ItContext = SlotContext & NoteReaders" },
    {
      title: "a field reads",
      rule: { kind: "field", field: "length" },
      type: "ItContext = SlotContext & NoteReaders",
    },
    { title: "an effect writes", rule: { kind: "effect" }, type: "ItContext = EffectContext<Services> & NoteWriters" },
    {
      title: "a filter compares",
      rule: { kind: "filter", on: "list", parameter: "near" },
      type: "ItContext = FilterContext",
    },
    {
      title: "a rule reads beyond the caller's own rows where its document says which",
      rule: { unscoped: ["Note"] },
      type: "IsItContext = RuleContext<IsItCode> & NoteReaders & { readonly unscoped: { readonly notes: NoteReader } }",
    },
  ])("$title", ({ rule, type }) => {
    const { context } = ruledNotes({ id: "note.it", ...rule });
    expect(noteContract(context).aliases.map((alias) => alias.text)).toContain(`export type ${type};`);
  });

  test("is every entity up to two relations away", () => {
    const schemas = {
      Note: thing(
        { id: generatedId, "text!": text, folder_id: { type: "integer" } },
        { "x-business-rules": "It holds." },
      ),
      Folder: thing({ id: generatedId, "name!": text, shelf_id: { type: "integer" } }),
      Shelf: thing({ id: generatedId, "name!": text, room_id: { type: "integer" } }),
      Room: thing({ id: generatedId, "name!": text }),
    };
    const { aliases } = noteContract(contextOfThings({ schemas }));
    expect(aliases.find(({ text: code }) => code.includes("interface NoteReaders"))?.text).toBe(
      "export interface NoteReaders { readonly notes: NoteReader; readonly folders: FolderReader; readonly shelves: ShelfReader; }",
    );
  });
});
