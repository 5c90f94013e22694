import { jsonLocator } from "./json-locator.ts";
import { parsePointer } from "./pointer.ts";
import type { Pointer } from "./pointer.ts";

/** Line and column start at 1; a column counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text that was read. Positions are kept with the object itself, so the same text is never searched twice. */
export interface Text {
  readonly file: string;
  readonly text: string;
}

/** Where a node of a parsed text begins: at its name in a mapping, at itself in a sequence. */
export interface Locator {
  readonly offset: number;
  child(token: string): Locator | undefined;
}

const locators = new WeakMap<Text, Locator>();
const lineStarts = new WeakMap<Text, readonly number[]>();

/** The position of a node, or of its nearest ancestor that the text has. */
export function positionOf(text: Text, pointer: Pointer): Position {
  let found = locatorOf(text);
  for (const token of parsePointer(pointer)) {
    const child = found.child(token);
    if (child === undefined) break;
    found = child;
  }
  return positionAt(text, found.offset);
}

/** Keeps what a parser found out about a text that is not JSON; JSON is located on demand. */
export function keepLocator(text: Text, locator: Locator): void {
  locators.set(text, locator);
}

export function positionAt(text: Text, offset: number): Position {
  const starts = lineStarts.get(text) ?? startsOfLines(text.text);
  lineStarts.set(text, starts);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function locatorOf(text: Text): Locator {
  const locator = locators.get(text) ?? jsonLocator(text.text);
  locators.set(text, locator);
  return locator;
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
