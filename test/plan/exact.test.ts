import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/document/openapi.ts";
import { exactly, unmarked } from "../../src/plan/exact.ts";
import { typeboxText } from "../../src/plan/views/typebox.ts";
import { boundaries, violations } from "../../src/plan/violations.ts";

const int64 = { type: "integer", format: "int64" };

describe("an exact integer", () => {
  test.each<{ title: string; schema: Schema; code: string }>([
    {
      title: "may be a bigint",
      schema: int64,
      code: 'Type.Unsafe<number | bigint>({ type: "integer", format: "int64" })',
    },
    {
      title: "of another format is a number",
      schema: { type: "integer", format: "int32" },
      code: 'Type.Integer({ format: "int32" })',
    },
    {
      title: "of a closed list is one of it",
      schema: { ...int64, enum: [1, 2] },
      code: 'Type.Unsafe<1 | 2>({ type: "integer", format: "int64", enum: [1, 2] })',
    },
    {
      title: "beside null may be null",
      schema: { type: ["integer", "null"], format: "INT64" },
      code: 'Type.Union([Type.Unsafe<number | bigint>({ type: "integer", format: "int64" }), Type.Null()])',
    },
  ])("$title", ({ schema, code }) => {
    expect(typeboxText(exactly(schema))).toBe(code);
  });

  test("is a plain one in what leaves the plan", () => {
    expect(unmarked({ properties: { format: { const: "a" }, id: exactly(int64) } })).toEqual({
      properties: { format: { const: "a" }, id: int64 },
    });
  });

  test("is tested beyond what numbers hold, as far as its bounds let it", () => {
    const found = (schema: Schema) => boundaries(exactly({ ...int64, ...schema })).map(({ title }) => title);
    expect(found({})).toEqual(["zero", "2^53 + 1", "the highest integer of 64 bits", "the lowest integer of 64 bits"]);
    expect(found({ minimum: 1, maximum: 2 ** 60 })).toEqual(["its minimum 1", "zero", "2^53 + 1"]);
    expect(violations("it", exactly(int64)).map(({ value }) => value)).toContain(2n ** 63n);
  });
});
