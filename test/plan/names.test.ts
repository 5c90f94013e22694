import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { PlanContext } from "../../src/plan/context.ts";
import { variableName } from "../../src/model/names.ts";
import { operationsView } from "../../src/plan/views/operations.ts";
import { bearer, contextOfThings, generatedId, text, thing, usualPaths, withOperation } from "./models.ts";

describe("a name of the document", () => {
  /** Files of views whose code stands beside names of the document; tables name nothing but tables. */
  const sources = ["", "operations/", "routes/"].flatMap((folder) =>
    readdirSync(`src/plan/views/${folder}`)
      .filter((file) => file.endsWith(".ts") && file !== "table.ts")
      .map((file) => readFileSync(`src/plan/views/${folder}${file}`, "utf8")),
  );
  const imported = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:imports\.value|call)\(\s*"([a-z]\w*)"/g)].map(([, name = ""]) => name),
  );

  test.each([...new Set(imported)].toSorted())("does not hide the import %s", (name) => {
    expect(variableName(name), "to be reserved in src/model/names.ts").not.toBe(name);
  });
});

describe("a constant of an operation", () => {
  const readOnly = { type: "string", readOnly: true };

  function constantsOf(context: PlanContext, type: string): readonly (readonly string[])[] {
    const entity = context.entity(type);
    return operationsView(entity.name, entity, context).functions.map(({ statements }) =>
      statements.flatMap((line) => /^const (\w+) = /.exec(line)?.[1] ?? []),
    );
  }

  function expectDistinct(lists: readonly (readonly string[])[]): void {
    expect(lists.flat().length).toBeGreaterThan(0);
    for (const names of lists) expect(names).toEqual([...new Set(names)]);
  }

  test.each(["note", "current", "input", "owner", "context", "params"])(
    "has a name of its own beside a value %s",
    (name) => {
      const note = thing(
        { id: generatedId, "text!": text, [name]: readOnly },
        {
          "x-business-rules": [
            { id: `note.${name}`, kind: "value", field: name, rule: "Of its text." },
            { id: "note.log", kind: "effect", rule: "Logs it." },
          ],
        },
      );
      expectDistinct(constantsOf(contextOfThings({ schemas: { Note: note } }), "Note"));
    },
  );

  test("has a name of its own where the entity is called as the caller's row is", () => {
    const schemas = {
      User: thing({ id: generatedId, "subject!": text }, { "x-entity": { owner: "subject" } }),
      Owner: thing(
        { id: generatedId, "text!": text, "user_id!": generatedId },
        {
          "x-entity": { owner: "user" },
          "x-business-rules": [{ id: "owner.log", kind: "effect", rule: "Logs it." }],
        },
      ),
    };
    expectDistinct(constantsOf(contextOfThings({ schemas, rest: bearer }), "Owner"));
  });
});

test.each(["listRows", "unlessMissing"])("an operation called %s does not call itself", (operationId) => {
  const paths = withOperation(usualPaths("Note"), "/notes", "get", { operationId });
  const context = contextOfThings({ schemas: { Note: thing({ id: generatedId, "text!": text }) }, paths });
  const entity = context.entity("Note");
  const { functions, imports } = operationsView(entity.name, entity, context);
  expect(imports.join("\n")).toContain(operationId);
  expect(functions.map(({ name }) => name)).not.toContain(operationId);
});
