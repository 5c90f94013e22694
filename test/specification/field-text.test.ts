import { describe, expect, test } from "vitest";
import { parseFieldText } from "../../src/specification/field-text.ts";
import { parseRelationText } from "../../src/specification/relation-text.ts";

describe("a field's line is read as people write it", () => {
  test.each([
    ["text", { type: "string" }, []],
    ["text unique", { type: "string" }, ["unique"]],
    ["text 1..80", { type: "string", minLength: 1, maxLength: 80 }, []],
    ["varchar(40)", { type: "string", maxLength: 40 }, []],
    ["text?", { type: "string" }, ["optional"]],
    ["integer 0.. = 3", { type: "integer", format: "int32", minimum: 0, default: 3 }, []],
    ["money read-only", { type: "integer", format: "int64" }, ["readonly"]],
    ["decimal(6,2)", { type: "string", format: "decimal", pattern: "^-?[0-9]{1,4}(\\.[0-9]{1,2})?$" }, []],
    ["bool = false", { type: "boolean", default: false }, []],
    ["open | closed", { type: "string", enum: ["open", "closed"] }, []],
    ["open|'in progress' | closed nullable", { type: "string", enum: ["open", "in progress", "closed"] }, ["nullable"]],
    ["open | closed readonly = open", { type: "string", enum: ["open", "closed"], default: "open" }, ["readonly"]],
    ["email[]", { type: "array", items: { type: "string", format: "email" } }, []],
    ["list of text ..5", { type: "array", items: { type: "string" }, maxItems: 5 }, []],
    ["dateTime key", { type: "string", format: "date-time" }, ["key"]],
  ])("%s", (line, schema, marks) => {
    const parsed = parseFieldText(line);
    expect(parsed).toEqual({ schema, marks: new Set(marks) });
  });

  test.each([
    ["txet", { saw: '"txet" is no type.', fix: 'Did you mean "text"?' }],
    ["text uniqe", { saw: '"uniqe" in "text uniqe" is not understood.', fix: 'Did you mean "unique"?' }],
    ["integer = many", { saw: '"many" is no value of the type of "integer = many".' }],
    ["open | closed = gone", { saw: '"gone" is no value of the type of "open | closed = gone".' }],
    ["", { saw: '"" is no type.' }],
  ])("a mistake in %j is told with its cure", (line, mistake) => {
    expect(parseFieldText(line)).toMatchObject(mistake);
  });
});

describe("a relationship's line is read as people write it", () => {
  const plain = { isOptional: false, isReadOnly: false, isImmutable: false, isUnscoped: false };
  test.each([
    ["belongs to Customer", { kind: "belongs-to", to: "Customer" }],
    ["belongs_to Customer optional", { kind: "belongs-to", to: "Customer", isOptional: true }],
    ["many-to-one Customer?", { kind: "belongs-to", to: "Customer", isOptional: true }],
    ["has many Card", { kind: "has-many", to: "Card" }],
    ["hasMany Transfer by fromAccount", { kind: "has-many", to: "Transfer", by: "fromAccount" }],
    ["has one Profile on delete cascade", { kind: "has-one", to: "Profile", onDelete: "cascade" }],
    ["belongs to Tag on delete set null", { kind: "belongs-to", to: "Tag", onDelete: "setNull" }],
    ["many to many Tag", { kind: "many-to-many", to: "Tag" }],
    ["belongs to many Tag", { kind: "many-to-many", to: "Tag" }],
    ["belongs to Account unscoped immutable", { kind: "belongs-to", isUnscoped: true, isImmutable: true }],
  ])("%s", (line, relation) => {
    expect(parseRelationText(line)).toMatchObject({ ...plain, ...relation });
  });

  test.each(["owns Card", "has many", "belongs to Customer twice", ""])("%j is not understood", (line) => {
    expect(parseRelationText(line)).toBeUndefined();
  });
});
