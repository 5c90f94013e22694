import { commentLines } from "../../render/escape.ts";

/** A text of the document as lines of a doc comment. Summaries lack the full stop that the other comments have. */
export function docLines(text: string, width?: number): readonly string[] {
  const isOpen = /[\p{L}\p{N})\]"'`]$/u.test(text.trimEnd()) && !/:\/\/\S*$/.test(text.trimEnd());
  return commentLines(isOpen ? `${text.trimEnd()}.` : text, width);
}

/** A doc comment as code, or "" where there is nothing to say. */
export function docComment(text: string | undefined, ...more: readonly string[]): string {
  const lines = [...docLines(text ?? ""), ...more.flatMap((line) => ["", ...docLines(line)])];
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
