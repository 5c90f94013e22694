import { expect, test } from "vitest";
import { conforms } from "../../src/plan/conforms.ts";
import { boundaries, violations } from "../../src/plan/violations.ts";

test.each(["uuid", "date", "date-time", "time", "email", "ipv4", "ipv6", "uri", "byte"])(
  "a text that is no %s is tried",
  (format) => {
    const schema = { type: "string", format };
    const [violation] = violations("it", schema).filter(({ keyword }) => keyword === "format");
    expect(violation).toBeDefined();
    expect(conforms(schema, violation?.value as string)).toBe(false);
  },
);

test.each([
  { title: "every sign of Base64 is tried", schema: { type: "string", format: "byte" }, values: ["+/8="] },
  { title: "and not where it is too long", schema: { type: "string", format: "byte", maxLength: 3 }, values: [] },
])("$title", ({ schema, values }) => {
  expect(boundaries(schema).map(({ value }) => value)).toEqual(values);
});
