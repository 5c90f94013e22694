import { expect, test } from "vitest";
import { keyText } from "../../src/plan/views/key-text.ts";

test.each<{ title: string; pattern: string | undefined; sql: string }>([
  { title: "no pattern asks for nothing", pattern: undefined, sql: "gen_random_uuid()" },
  { title: "a pattern that a UUID matches", pattern: "^[a-f0-9-]{36}$", sql: "gen_random_uuid()" },
  { title: "a prefix", pattern: "^ORD_[\\w-]+$", sql: "('ORD_' || gen_random_uuid())" },
  {
    title: "a prefix, and letters and digits of a count",
    pattern: "^cus_[a-z0-9]{24}$",
    sql: "('cus_' || left(replace(gen_random_uuid()::text, '-', ''), 24))",
  },
  {
    title: "the first of two prefixes",
    pattern: "^(SM|MM)[0-9a-fA-F]{32}$",
    sql: "('SM' || left(replace(gen_random_uuid()::text, '-', ''), 32))",
  },
  {
    title: "capital letters",
    pattern: "^[A-Z0-9]{20}$",
    sql: "(upper(left(replace(gen_random_uuid()::text, '-', ''), 20)))",
  },
  {
    title: "digits alone, as many as 64 bits hold",
    pattern: "^(0|[1-9][0-9]*)$",
    sql: "('1' || translate(left(replace(gen_random_uuid()::text, '-', ''), 17), 'abcdef', '012345'))",
  },
  {
    title: "a count of digits",
    pattern: "^\\d{12}$",
    sql: "('1' || translate(left(replace(gen_random_uuid()::text, '-', ''), 11), 'abcdef', '012345'))",
  },
  { title: "a pattern that nothing here matches", pattern: "^\\d{4}/\\d{2}$", sql: "gen_random_uuid()" },
])("$title", ({ pattern, sql }) => {
  expect(keyText(pattern)).toBe(sql);
});

test.each(["ipv4", "ipv6", "email", "uri"])("a key of the format %s is no UUID alone", (format) => {
  expect(keyText(undefined, format)).not.toBe("gen_random_uuid()");
});
