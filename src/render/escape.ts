import { escapeInvisible, invisible } from "../invisible.ts";

/**
 * The only ways in which text of a specification reaches output: one function for each place it can land in. Names are
 * made by model/names.ts; everything else is a literal or a comment made here. Bidirectional controls and invisible
 * separators are escaped or dropped, because they make a reviewer read something other than what runs (CVE-2021-42574).
 */

/** A double-quoted TypeScript or JSON string literal. */
export function literal(text: string): string {
  return escapeInvisible(JSON.stringify(text));
}

/** A regular expression as a literal: the engine escapes its slashes and line ends. */
export function regularLiteral(expression: RegExp): string {
  return escapeInvisible(String(expression));
}

/** Any JSON value as a TypeScript expression; `__proto__` becomes a computed key, which sets no prototype. */
export function valueLiteral(value: unknown): string {
  if (typeof value === "string") return literal(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(valueLiteral).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${propertyKey(key)}: ${valueLiteral(member)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return JSON.stringify(value) ?? "undefined";
}

const plainKey = /^[A-Za-z_$][\w$]*$/;

/** A key in an object literal. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return plainKey.test(name) ? name : literal(name);
}

/** A key in an interface or type literal. */
export function typeKey(name: string): string {
  return plainKey.test(name) ? name : literal(name);
}

/** The access of a member on an expression: `.name` or `["na-me"]`. */
export function memberAccess(name: string): string {
  return plainKey.test(name) ? `.${name}` : `[${literal(name)}]`;
}

/** Directives that tools obey inside comments, and our own slot marker. */
const directives =
  /@(?=slot|ts-|vitest|jest|license|preserve)|(?<=eslint|oxlint|prettier|biome|istanbul|c8|v8)-(?=disable|enable|ignore)/gi;

/** Text inside a comment, on one line. */
export function commentText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(invisible, "")
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *")
    .replace(directives, " ")
    .trim();
}

/** Text inside a comment as wrapped lines of at most `width` characters; paragraphs stay apart. */
export function commentLines(text: string, width = 110): readonly string[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => wrap(commentText(paragraph), width))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => (at === 0 ? lines : ["", ...lines]));
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter(Boolean)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** Fixed text of a path as it travels (RFC 3986): percent signs that encode something already stay. */
export function uriText(text: string): string {
  return encodeURI(text.toWellFormed())
    .replaceAll(/%25(?=[\da-f]{2})/gi, "%")
    .replaceAll("?", "%3F")
    .replaceAll("#", "%23");
}

/** Text in Markdown, on one line, in which nothing is markup, code or HTML. */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(invisible, "")
    .replace(/[\\`*_{}[\]()#+\-!|~$:@]/g, (mark) => `\\${mark}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .trim();
}
