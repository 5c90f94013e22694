import { diff3Merge, diffComm } from "node-diff3";
import { withUnixEndings } from "../hash.ts";

export interface MergedText {
  readonly text: string;
  readonly isConflict: boolean;
}

const mine = "<<<<<<< yours\n";
const between = "=======\n";
const theirs = ">>>>>>> generated\n";

/**
 * Merges line by line what a person and what we made of the same base. Lines that both changed differently stand
 * between git's conflict markers, the person's first. Without a base every difference is a conflict, so that no line
 * is ever lost. The line endings of the person's text are kept.
 */
export function mergeText(yours: string, base: string | undefined, generated: string): MergedText {
  const [a, b] = [linesOf(yours), linesOf(generated)];
  const regions = base === undefined ? differences(a, b) : changes(a, linesOf(base), b);
  const text = regions.map((region) => (region.kind === "agreed" ? join(region.lines) : marked(region))).join("");
  return {
    text: withEndingsOf(yours, text),
    isConflict: regions.some((region) => region.kind === "conflict"),
  };
}

/** True when a text still holds the markers that an earlier run wrote. */
export function hasConflictMarkers(text: string): boolean {
  const unix = withUnixEndings(text);
  return `\n${unix}`.includes(`\n${mine}`) && `\n${unix}\n`.includes(`\n${theirs}`);
}

/** The text with the line endings that most of the other text has. */
export function withEndingsOf(model: string, text: string): string {
  const lines = model.split("\n").length - 1;
  const isWindows = lines > 0 && (model.match(/\r\n/g)?.length ?? 0) * 2 > lines;
  return isWindows ? withUnixEndings(text).replaceAll("\n", "\r\n") : text;
}

type Region =
  | { readonly kind: "agreed"; readonly lines: readonly string[] }
  | { readonly kind: "conflict"; readonly yours: readonly string[]; readonly generated: readonly string[] };

function changes(yours: string[], base: string[], generated: string[]): readonly Region[] {
  return diff3Merge(yours, base, generated, { excludeFalseConflicts: true }).map(({ ok, conflict }) =>
    conflict ? { kind: "conflict", yours: conflict.a, generated: conflict.b } : { kind: "agreed", lines: ok ?? [] },
  );
}

function differences(yours: string[], generated: string[]): readonly Region[] {
  return diffComm(yours, generated).map((part) =>
    part.common
      ? { kind: "agreed", lines: part.common }
      : { kind: "conflict", yours: part.buffer1, generated: part.buffer2 },
  );
}

function marked({ yours, generated }: Extract<Region, { kind: "conflict" }>): string {
  return mine + closed(join(yours)) + between + closed(join(generated)) + theirs;
}

/** Lines with their ends, so that a last line without one differs from the same line with one. */
function linesOf(text: string): string[] {
  return withUnixEndings(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function join(lines: readonly string[]): string {
  return lines.join("");
}

function closed(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
