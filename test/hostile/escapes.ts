import { parseDocument } from "yaml";
import { markdown } from "./markdown.ts";
import { sql } from "./sql.ts";
import { typescript } from "./typescript.ts";

/** What makes a reader see something else than what runs (CVE-2021-42574), or ends a line where nobody sees it. */
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function invisibleIn(text: string): readonly string[] {
  const found = [...new Set(text.match(invisible) ?? [])].map((character) => character.charCodeAt(0).toString(16));
  return found.map((code) => `the character U+${code.padStart(4, "0")}`);
}

/** A file as it came out of the line. */
interface File {
  readonly path: string;
  readonly content: string;
}

/**
 * What is wrong in a file, by its own language's parser: text that does not parse, words of the document outside of
 * literals and comments, directives in comments, characters that show a reader something else than what runs.
 */
export function escapesIn({ path, content }: File, words: readonly string[]): readonly string[] {
  const found = [
    ...invisibleIn(content),
    ...(checks.find(({ when }) => when.test(path))?.check(content, words) ?? ["no parser"]),
  ];
  return found.map((what) => `${path}: ${what}`);
}

const checks: readonly {
  readonly when: RegExp;
  readonly check: (text: string, words: readonly string[]) => readonly string[];
}[] = [
  { when: /\.ts$/, check: typescript },
  { when: /^package\.json$/, check: description },
  { when: /^(tsconfig|\.oxlintrc)\.json$/, check: (text, words) => [...json(text), ...wordsIn(text, words)] },
  // What is left of JSON are literals.
  { when: /\.json$/, check: json },
  { when: /\.sql$/, check: sql },
  { when: /\.ya?ml$/, check: yaml },
  { when: /\.md$/, check: markdown },
  {
    when: /Dockerfile$/,
    check: (text, words) => [
      ...linesOtherThan(text, /^(FROM|ENV|WORKDIR|COPY|RUN|USER|EXPOSE|HEALTHCHECK|CMD) /),
      ...wordsIn(text, words),
    ],
  },
  { when: /\.env\.example$/, check: (text) => linesOtherThan(text, /^(#.*)?$/) },
  { when: /\.(git|docker)ignore$/, check: (text) => linesOtherThan(text, /^[\w.*!/-]*$/) },
];

function json(text: string): readonly string[] {
  try {
    JSON.parse(text);
    return [];
  } catch (cause) {
    return [String(cause)];
  }
}

/** npm runs scripts, and resolves the names of packages. */
function description(text: string, words: readonly string[]): readonly string[] {
  const { version: _, description: __, ...rest } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return wordsIn(JSON.stringify(rest), words);
}

function wordsIn(text: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => text.includes(word)).map((word) => JSON.stringify(word));
}

function yaml(text: string, words: readonly string[]): readonly string[] {
  const document = parseDocument(text);
  const value = document.toJS() as { services?: object; volumes?: object };
  const isOurs = Object.keys(value).join() === "services,volumes" && Object.keys(value.services ?? {}).length === 2;
  return [
    ...document.errors.map(({ message }) => message),
    ...(isOurs ? [] : ["keys that nobody wrote"]),
    ...wordsIn(text, words),
  ];
}

function linesOtherThan(text: string, form: RegExp): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line !== "" && !form.test(line))
    .map((line) => `a line: ${line}`);
}
