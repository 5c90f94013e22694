import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { templatePrinter } from "../../src/render/templates.ts";

interface Links {
  readonly linkTo: (request: object, path: string) => string;
}

/** The generated module itself: it imports types alone. */
const template = readFileSync(new URL("../../templates/project/src/http/links.ts.hbs", import.meta.url), "utf8");
const printed = templatePrinter({ links: template })("links", {
  linkTo: true,
  pageLink: false,
  linkObject: false,
  tellsInstance: false,
});
const code = encodeURIComponent(stripTypeScriptTypes(printed));
const { linkTo } = (await import(`data:text/javascript,${code}`)) as Links;

test.each([
  { title: "leaves a path as it is", path: "/a/b%20c?d=e&f=%5B", shown: "/a/b%20c?d=e&f=%5B" },
  { title: "escapes brackets, which stand around hosts alone", path: "/a?b[c]=1", shown: "/a?b%5Bc%5D=1" },
  { title: "escapes a percent sign that escapes nothing", path: "/a?b=100%", shown: "/a?b=100%25" },
  { title: "escapes quotes and bytes", path: '/a?b="ÿ"', shown: "/a?b=%22%C3%BF%22" },
])("a link $title", ({ path, shown }) => {
  expect(linkTo({ protocol: "https", host: "api.example" }, path)).toBe(`https://api.example${shown}`);
});
