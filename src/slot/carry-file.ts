import { importEdits } from "./carry-imports.ts";
import type { LogicFile, LogicFunction, Span } from "./scan.ts";

/** A piece of new text in the place of a span of the old. */
export interface Replacement extends Span {
  readonly text: string;
}

/** The body of a slot in the carried file; `isTheirs` keeps the names that a person gave the parameters. */
export interface ChosenBody {
  readonly text: string;
  readonly isTheirs: boolean;
}

/**
 * Puts the new signatures and doc comments into a file that people have written in. Imports, helpers, comments and the
 * order of functions stay theirs; a slot that is new comes after the one that precedes it in the new file.
 */
export function carryFile(
  rendered: LogicFile,
  previous: LogicFile,
  choose: (slot: LogicFunction, previous: LogicFunction | undefined) => ChosenBody,
): string {
  const pairs = pairSlots(rendered, previous);
  const edits: Replacement[] = [];
  for (const [slot, old] of pairs) {
    const chosen = choose(slot, old);
    edits.push(
      ...(old ? renew(rendered, slot, previous, old, chosen) : [insert(rendered, slot, previous, pairs, chosen)]),
    );
  }
  const claimed = new Set(pairs.values());
  for (const gone of previous.functions) {
    if (gone.slot !== undefined && !claimed.has(gone)) edits.push(...remove(previous, gone));
  }
  const withoutImports = previous.imports.map(({ start, end }) => ({ start, end, text: "" }));
  const rest = replaceAll(previous.text, [...edits, ...withoutImports]);
  return replaceAll(previous.text, [...importEdits(rendered, previous, rest), ...edits]);
}

/** By id, else by name where a person lost the doc comment. */
function pairSlots(rendered: LogicFile, previous: LogicFile): ReadonlyMap<LogicFunction, LogicFunction | undefined> {
  const slots = rendered.functions.filter((one) => one.slot !== undefined);
  return new Map(
    slots.map((slot) => {
      const byId = previous.functions.find((one) => one.slot === slot.slot);
      return [slot, byId ?? previous.functions.find((one) => one.slot === undefined && one.name === slot.name)];
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
  const first = doc?.start ?? start;
  const hasRestOfLine = !/^[ \t]*(\r?\n|$)/.test(text.slice(end));
  const before = text.slice(0, first).trimEnd().length;
  if (hasRestOfLine) return [{ start: first, end, text: "" }];
  if (before > 0) return [{ start: before, end, text: "" }];
  return [{ start: first, end: end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0), text: "" }];
}
