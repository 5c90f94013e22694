import { commentLines } from "../../render/escape.ts";

/** A doc comment as code, or "" where there is nothing to say. */
export function docComment(text: string | undefined, ...more: readonly string[]): string {
  const lines = [...commentLines(text ?? ""), ...more.flatMap((line) => ["", ...commentLines(line)])];
  while (lines[0] === "") lines.shift();
  if (lines.length === 0) return "";
  return lines.length === 1
    ? `/** ${lines[0] ?? ""} */`
    : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */`;
}

/** "a transfer", "an account" */
export function withArticle(words: string): string {
  return `${/^[aeiou]/i.test(words) ? "an" : "a"} ${words}`;
}
