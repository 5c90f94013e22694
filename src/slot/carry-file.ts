import { importEdits } from "./carry-imports.ts";
import { idleHelpers, isImport, missingHelpers } from "./helpers.ts";
import type { LogicFile, LogicFunction, Span } from "./scan.ts";

/** A piece of new text in the place of a span of the old. */
export interface Replacement extends Span {
  readonly text: string;
}

/** The body of a slot in the carried file. */
export interface ChosenBody {
  readonly text: string;
  /** Keeps the names that a person gave the parameters. */
  readonly isTheirs: boolean;
  /** What a body out of the lock needs beside it. */
  readonly helpers?: LogicFile;
}

export interface CarriedFile {
  readonly text: string;
  /** Helpers that nothing but a slot that is gone has used, by the id of that slot; they went with it. */
  readonly gone: ReadonlyMap<string, string>;
}

/** What is decided about slots outside of the text. */
export interface Decisions {
  choose(slot: LogicFunction, previous: LogicFunction | undefined): ChosenBody;
  namesIn(text: string): ReadonlySet<string>;
  /** True if the lock keeps the body of a slot that is gone. */
  isKept(gone: LogicFunction): boolean;
}

/**
 * Puts the new signatures and doc comments into a file that people have written in. Imports, helpers, comments and the
 * order of functions stay theirs; a slot that is new comes after the one that precedes it in the new file.
 */
export function carryFile(rendered: LogicFile, previous: LogicFile, decisions: Decisions): CarriedFile {
  const pairs = pairSlots(rendered, previous);
  const edits: Replacement[] = [];
  const helpers: LogicFile[] = [];
  for (const [slot, old] of pairs) {
    const chosen = decisions.choose(slot, old);
    if (chosen.helpers) helpers.push(chosen.helpers);
    edits.push(
      ...(old ? renew(rendered, slot, previous, old, chosen) : [insert(rendered, slot, previous, pairs, chosen)]),
    );
  }
  const claimed = new Set(pairs.values());
  const gone = previous.functions.filter((one) => one.slot !== undefined && !claimed.has(one));
  edits.push(...gone.flatMap((one) => remove(previous, one)), ...addHelpers(helpers, previous));
  const live = (without: readonly Span[]) => replaceAll(previous.text, [...edits, ...without.map(emptied)]);
  const idle = idleHelpers(
    previous,
    gone.filter((one) => decisions.isKept(one)),
    live,
    decisions.namesIn,
  );
  edits.push(...idle.spans.map((span) => cut(previous.text, span)));

  const ours = previous.imports.filter((one) => !idle.spans.includes(one));
  const rest = replaceAll(previous.text, [...edits, ...ours.map(emptied)]);
  const text = replaceAll(previous.text, [
    ...importEdits(rendered, { ...previous, imports: ours }, decisions.namesIn(rest)),
    ...edits,
  ]);
  return { text, gone: idle.bySlot };
}

function emptied({ start, end }: Span): Replacement {
  return { start, end, text: "" };
}

/** Imports go to the imports, everything else to the end. */
function addHelpers(all: readonly LogicFile[], previous: LogicFile): readonly Replacement[] {
  const added = new Set<string>();
  return all.flatMap((helpers) =>
    missingHelpers(helpers, previous, added).map((helper): Replacement => {
      for (const name of helper.names) added.add(name);
      const end = previous.text.trimEnd().length;
      const at = isImport(helper) ? (previous.imports.at(-1)?.end ?? 0) : end;
      const text = isImport(helper) ? `\n${helper.text}` : `\n\n${helper.text}`;
      return { start: at, end: at, text };
    }),
  );
}

/** By id; else by name, where the id is new, or a person lost the doc comment. */
function pairSlots(rendered: LogicFile, previous: LogicFile): ReadonlyMap<LogicFunction, LogicFunction | undefined> {
  const slots = rendered.functions.filter((one) => one.slot !== undefined);
  const ids = new Set(slots.map((one) => one.slot));
  const unclaimed = previous.functions.filter((one) => one.slot === undefined || !ids.has(one.slot));
  return new Map(
    slots.map((slot) => {
      const byId = previous.functions.find((one) => one.slot === slot.slot);
      return [slot, byId ?? unclaimed.find((one) => one.name === slot.name)];
    }),
  );
}

export function textAt(file: LogicFile, { start, end }: Span): string {
  return file.text.slice(start, end);
}

export function replaceAll(text: string, edits: readonly Replacement[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, text: replacement } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

function renew(
  rendered: LogicFile,
  slot: LogicFunction,
  previous: LogicFile,
  old: LogicFunction,
  chosen: ChosenBody,
): readonly Replacement[] {
  const doc = slot.doc ? textAt(rendered, slot.doc) : "";
  return [
    old.doc ? { ...old.doc, text: doc } : { start: old.start, end: old.start, text: `${doc}\n` },
    { ...old.head, text: chosen.isTheirs ? headWithNames(rendered, slot, previous, old) : textAt(rendered, slot.head) },
    { ...old.body, text: chosen.text },
  ];
}

/** The new signature under the names that the body knows its parameters by. */
function headWithNames(rendered: LogicFile, slot: LogicFunction, previous: LogicFile, old: LogicFunction): string {
  const left = [...old.parameters];
  const sameType = slot.parameters.map(({ type }, at) => {
    const here = old.parameters[at]?.type === type ? left.indexOf(old.parameters[at]) : -1;
    const found = here >= 0 ? here : left.findIndex((one) => one.type === type);
    return found < 0 ? undefined : left.splice(found, 1)[0];
  });
  const taken = new Set<string>();
  const names = slot.parameters.map((parameter, at) => {
    const samePlace = old.parameters[at];
    const theirs = sameType[at] ?? (samePlace && left.includes(samePlace) ? samePlace : undefined);
    const ours = textAt(rendered, parameter.name);
    const name = theirs ? textAt(previous, theirs.name) : ours;
    const free = taken.has(name) ? ours : name;
    taken.add(free);
    return { ...parameter.name, text: free };
  });
  const { start, end } = slot.head;
  const moved = names.map((name) => ({ start: name.start - start, end: name.end - start, text: name.text }));
  return replaceAll(rendered.text.slice(start, end), moved);
}

function insert(
  rendered: LogicFile,
  slot: LogicFunction,
  previous: LogicFile,
  pairs: ReadonlyMap<LogicFunction, LogicFunction | undefined>,
  chosen: ChosenBody,
): Replacement {
  const doc = slot.doc ? `${textAt(rendered, slot.doc)}\n` : "";
  const text = `${doc}${textAt(rendered, slot.head)}{${chosen.text}}`;
  const at = placeFor(slot, previous, pairs);
  return {
    start: at,
    end: at,
    text: at === 0 ? `${text}\n\n` : `\n\n${text}${at >= previous.text.length ? "\n" : ""}`,
  };
}

/** After the slot that precedes it, else before the one that follows it, else at the end. */
function placeFor(
  slot: LogicFunction,
  previous: LogicFile,
  pairs: ReadonlyMap<LogicFunction, LogicFunction | undefined>,
): number {
  const order = [...pairs.keys()];
  const at = order.indexOf(slot);
  const neighbour = (slots: readonly LogicFunction[]) =>
    slots.map((one) => pairs.get(one)).find((one) => one !== undefined);
  const before = neighbour(order.slice(0, at).reverse());
  if (before) return previous.statementEnds.find((end) => end >= before.end) ?? before.end;
  const after = neighbour(order.slice(at + 1));
  const ends = after ? previous.statementEnds.filter((end) => end <= after.start) : previous.statementEnds;
  return ends.at(-1) ?? (after ? 0 : previous.text.trimEnd().length);
}

/** Takes a slot and its doc comment out, and what is between them only where it is white space. */
function remove({ text }: LogicFile, { doc, start, end }: LogicFunction): readonly Replacement[] {
  if (doc && text.slice(doc.end, start).trim() !== "") {
    return [
      { ...doc, text: "" },
      { start, end, text: "" },
    ];
  }
  return [cut(text, { start: doc?.start ?? start, end })];
}

/** Takes a span out together with the white space before it, where it does not end in the middle of a line. */
function cut(text: string, { start, end }: Span): Replacement {
  const hasRestOfLine = !/^[ \t]*(\r?\n|$)/.test(text.slice(end));
  const before = text.slice(0, start).trimEnd().length;
  if (hasRestOfLine) return { start, end, text: "" };
  if (before > 0) return { start: before, end, text: "" };
  return { start, end: end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0), text: "" };
}
