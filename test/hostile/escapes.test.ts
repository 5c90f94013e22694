import { describe, expect, test } from "vitest";
import { escapesIn } from "./escapes.ts";

/** What the tests of hostile documents rely on: each parser sees a text that left its place. */
describe("an escape is seen", () => {
  test.each([
    { path: "src/a.ts", content: `export const a = "¤"; ¤();`, saw: "code" },
    { path: "src/a.ts", content: "export const a = `${¤}`;", saw: "code" },
    { path: "src/a.ts", content: "/* ¤ */ ¤ */", saw: "code" },
    { path: "src/a.ts", content: "// @ts-nocheck ¤", saw: "directive" },
    { path: "src/a.ts", content: "export const a = 'it's';", saw: "line 1" },
    { path: "src/a.ts", content: "export const a = 1;\nexport const a = 2;", saw: "declared twice" },
    { path: "src/a.ts", content: `export const a = "\u202e";`, saw: "U+202e" },
    {
      path: "migrations/0.sql",
      content: `CREATE TABLE "a" ("b" text DEFAULT 'x\\'); DROP TABLE a; --¤');`,
      saw: "DropStmt",
    },
    { path: "migrations/0.sql", content: `CREATE TABLE "a" ("b" text); DROP TABLE a;`, saw: "DropStmt" },
    { path: "migrations/0.sql", content: `CREATE TABLE "a¤" ("b" text);`, saw: "a name" },
    { path: "migrations/0.sql", content: `CREATE TABLE "a" ("b" text); -- ¤`, saw: "a comment" },
    { path: "package.json", content: `{ "name": "¤", "version": "1" }`, saw: "¤" },
    { path: "openapi.json", content: `{ "a": "¤`, saw: "SyntaxError" },
    { path: "compose.yaml", content: "services: { a: {}, database: {} }\nvolumes: { data: }\n¤: 1\n", saw: "keys" },
    { path: "README.md", content: "# A\n\n`¤`\n", saw: "code" },
    { path: "README.md", content: "# A\n\n[¤](http://¤)\n", saw: "link" },
    { path: "README.md", content: "# A\n\n# ¤\n", saw: "2 titles" },
    { path: "README.md", content: "# A\n\n## ¤\n", saw: "a section" },
    { path: "README.md", content: "# A\n\n- ¤\n", saw: "in a list" },
    { path: "README.md", content: "# A\n\n- b\n\nText.\n\n- c\n\nText.\n\n- d\n", saw: "a list too many" },
    { path: "README.md", content: "# A\n\n| a | b | c |\n| - | - | - |\n| ¤ | b | c |\n", saw: "in a table" },
    { path: "README.md", content: "# A\n\n| a | b |\n| - | - |\n| a | b |\n", saw: "other cells" },
    { path: "Dockerfile", content: "FROM node\nRUN ¤\n", saw: "¤" },
    { path: "Dockerfile", content: "FROM node\n¤\n", saw: "a line" },
    { path: ".env.example", content: "# A\n¤=1\n", saw: "a line" },
  ])("in $path: $content", ({ path, content, saw }) => {
    expect(escapesIn({ path, content }, ["¤"]).join("\n")).toContain(saw);
  });
});

describe("a text in its place is none", () => {
  test.each([
    { path: "src/a.ts", content: `/** ¤ */\nexport const a = ["¤", \`¤\`, /¤/];` },
    {
      path: "migrations/0.sql",
      content: `CREATE TABLE "a" ("b" text DEFAULT E'¤''\\u202e');\n--> statement-breakpoint\nCREATE INDEX "i" ON "a" ("b");`,
    },
    { path: "package.json", content: `{ "name": "a", "description": "¤" }` },
    { path: "openapi.json", content: `{ "¤": "¤" }` },
    { path: "README.md", content: "# ¤\n\n¤ \\`\\[\n" },
    { path: "README.md", content: "# ¤\n\n## Settings\n\n| a | b | c |\n| - | - | - |\n| a | b | ¤ |\n\n- a\n" },
  ])("in $path: $content", ({ path, content }) => {
    expect(escapesIn({ path, content }, ["¤"])).toEqual([]);
  });
});
