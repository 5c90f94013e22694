import { escapeInvisible, invisible } from "../invisible.ts";

/** Names, then literals: a quote in one of them begins nothing (PostgreSQL, 4.1 Lexical Structure). */
const quoted = /"(?:[^"]|"")*"|'(?:[^']|'')*'/g;

/** SQL in which nothing is invisible: a literal that holds such a character is written with escapes. */
export function visibleSql(statement: string): string {
  return statement.replace(quoted, (text) => (text.startsWith("'") ? visibleLiteral(text) : text));
}

function visibleLiteral(literal: string): string {
  if (literal.search(invisible) === -1) return literal;
  return `E${escapeInvisible(literal.replaceAll("\\", "\\\\"))}`;
}
