import { withUnixEndings } from "../hash.ts";

const marker = /^[ \t]*\/\/ Open:[^\n]*\n?/;

/** A body as the lock keeps it: its lines, without blank ones before and after. */
export function linesOf(body: string): readonly string[] {
  const lines = withUnixEndings(body).split("\n");
  const isText = (line: string) => line.trim() !== "";
  const first = lines.findIndex(isText);
  if (first < 0) return [];
  const last = lines.findLastIndex(isText);
  return lines.slice(first, last + 1).map((line) => line.trimEnd());
}

/** What stands between the braces for these lines. */
export function bodyOf(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n${lines.join("\n")}\n`;
}

/** The body without the first line that says that it is still the fallback. */
export function withoutMarker(body: string): string {
  const start = /^\s*?\n/.exec(body)?.[0] ?? "";
  const rest = body.slice(start.length);
  return marker.test(rest) ? start + rest.replace(marker, "") : body;
}

/** True for a comment that says that a body is still the fallback. */
export function isMarker(comment: string): boolean {
  return comment.startsWith("// Open:");
}

/** A fallback with comments that a person left in the one before it. */
export function withComments(fallback: string, comments: readonly string[]): string {
  const lines = linesOf(fallback);
  const own = comments.filter((comment) => !isMarker(comment) && !fallback.includes(comment));
  if (own.length === 0) return fallback;
  const hasMarker = isMarker(lines[0]?.trim() ?? "");
  const at = hasMarker ? 1 : 0;
  const added = own.flatMap((comment) => withUnixEndings(comment).split("\n")).map((line) => `  ${line.trim()}`);
  return bodyOf([...lines.slice(0, at), ...added, ...lines.slice(at)]);
}
