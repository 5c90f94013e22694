import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { templatePrinter } from "../../src/render/templates.ts";

interface Texts {
  readonly decodeMembers: (texts: ReadonlyMap<string, readonly string[]>, schema: object) => object;
  readonly textsByName: (pairs: Iterable<readonly [string, string]>) => ReadonlyMap<string, readonly string[]>;
}

/** The generated module itself: it imports nothing, where integers are numbers. */
const template = readFileSync(new URL("../../templates/project/src/http/texts.ts.hbs", import.meta.url), "utf8");
const code = stripTypeScriptTypes(templatePrinter({ texts: template })("texts", { isExact: false }));
const { decodeMembers, textsByName } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Texts;

function decoded(form: string, properties: object): object {
  return decodeMembers(textsByName(new URLSearchParams(form)), { type: "object", properties });
}

const text = { type: "string" };
const integer = { type: "integer" };
const list = (items: object) => ({ type: "array", items });
const object = (properties: object) => ({ type: "object", properties });

test.each<{ title: string; form: string; properties: object; expected: object }>([
  { title: "texts stay texts", form: "a=1&b=true", properties: { a: text, b: text }, expected: { a: "1", b: "true" } },
  {
    title: "numbers are read strictly",
    form: "a=1&b=01&c=1.5&d=",
    properties: { a: integer, b: integer, c: integer, d: integer },
    expected: { a: 1, b: "01", c: "1.5", d: "" },
  },
  {
    title: "integers beyond what a number holds stay texts",
    form: "a=9007199254740993",
    properties: { a: integer },
    expected: { a: "9007199254740993" },
  },
  {
    title: "numbers have one way to be written",
    form: "a=1e3&b=-0.5&c=0x10&d=.5&e=NaN",
    properties: {
      a: { type: "number" },
      b: { type: "number" },
      c: { type: "number" },
      d: { type: "number" },
      e: { type: "number" },
    },
    expected: { a: 1000, b: -0.5, c: "0x10", d: ".5", e: "NaN" },
  },
  {
    title: "booleans are true and false",
    form: "a=true&b=false&c=1&d=TRUE",
    properties: { a: { type: "boolean" }, b: { type: "boolean" }, c: { type: "boolean" }, d: { type: "boolean" } },
    expected: { a: true, b: false, c: "1", d: "TRUE" },
  },
  { title: "a repeated name is a list", form: "a=1&a=2", properties: { a: list(integer) }, expected: { a: [1, 2] } },
  {
    title: "an empty text is no list of one where it says that there is none",
    form: "a=&b=&c=&c=",
    properties: {
      a: { anyOf: [list(text), { enum: [""] }] },
      b: list(text),
      c: { anyOf: [list(text), { enum: [""] }] },
    },
    expected: { a: "", b: [""], c: ["", ""] },
  },
  { title: "a name given once is a list of one", form: "a=1", properties: { a: list(integer) }, expected: { a: [1] } },
  {
    title: "a repeated scalar stays a list, which is refused",
    form: "a=1&a=2",
    properties: { a: integer },
    expected: { a: ["1", "2"] },
  },
  { title: "brackets make a list", form: "a[]=1&a[]=2", properties: { a: list(integer) }, expected: { a: [1, 2] } },
  {
    title: "numbers in brackets make a list",
    form: "a[0]=1&a[1]=2",
    properties: { a: list(integer) },
    expected: { a: [1, 2] },
  },
  {
    title: "names in brackets make an object",
    form: "a[b]=1&a[c][d]=x",
    properties: { a: object({ b: integer, c: object({ d: text }) }) },
    expected: { a: { b: 1, c: { d: "x" } } },
  },
  {
    title: "objects stand in lists",
    form: "a[0][b]=1&a[1][b]=2",
    properties: { a: list(object({ b: integer })) },
    expected: { a: [{ b: 1 }, { b: 2 }] },
  },
  {
    title: "a name with brackets of the document's own is one name",
    form: "a[b]=1",
    properties: { "a[b]": integer },
    expected: { "a[b]": 1 },
  },
  { title: "unknown members stay, for the schema to judge", form: "z=1", properties: {}, expected: { z: "1" } },
  {
    title: "closed lists of numbers are numbers",
    form: "a=2",
    properties: { a: { enum: [1, 2] } },
    expected: { a: 2 },
  },
  {
    title: "alternatives are looked into",
    form: "a=2&b=auto",
    properties: { a: { anyOf: [integer, { const: "auto" }] }, b: { anyOf: [integer, { const: "auto" }] } },
    expected: { a: 2, b: "auto" },
  },
])("in a form $title", ({ form, properties, expected }) => {
  expect(decoded(form, properties)).toEqual(expected);
});

test("prototypes are members like any other", () => {
  const found = decoded("__proto__[a]=1&constructor=2", {});
  expect(Object.entries(found)).toEqual([
    ["__proto__", { a: "1" }],
    ["constructor", "2"],
  ]);
  expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
});

test("very deep brackets are one name", () => {
  const name = `a${"[b]".repeat(100_000)}`;
  expect(Object.keys(decoded(`${name}=1`, {}))).toEqual([name]);
});
