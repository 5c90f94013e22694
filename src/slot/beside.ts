import { replaceAll, textAt, type Replacement } from "./carry-file.ts";
import type { LogicFile, LogicFunction, Span } from "./scan.ts";

/** Stands for the imports that are rendered. */
const imports = "@imports";

/** Stands for a slot's function: its id, and the names of its parameters where they are a person's. */
const marker = /^@slot (\S+)((?: [\w$]+)*)$/;

/**
 * What stands beside the slots of a logic file, as the lock keeps it: imports, helpers and comments, with a line in the
 * place of each slot. Undefined where there is nothing but what is rendered.
 */
export function besideOf(file: LogicFile, rendered: LogicFile): readonly string[] | undefined {
  const own = withoutSlots(file, rendered);
  return own === withoutSlots(rendered, rendered) ? undefined : own.split("\n");
}

function withoutSlots(file: LogicFile, rendered: LogicFile): string {
  const edits = file.functions.flatMap((one): readonly Replacement[] => {
    if (one.slot === undefined) return [];
    const { doc, start, end } = one;
    const line = ["@slot", one.slot, ...ownNames(file, one, rendered)].join(" ");
    if (doc === undefined) return [{ start, end, text: line }];
    const isClose = file.text.slice(doc.end, start).trim() === "";
    return isClose
      ? [{ start: doc.start, end, text: line }]
      : [
          { ...doc, text: "" },
          { start, end, text: line },
        ];
  });
  return replaceAll(file.text, [...importsOf(file, rendered), ...edits]).replaceAll("\r\n", "\n");
}

/** Imports that are those that are rendered follow from the document. */
function importsOf(file: LogicFile, rendered: LogicFile): readonly Replacement[] {
  const own = importSpan(file);
  const ours = importSpan(rendered);
  if (own === undefined || ours === undefined || textAt(file, own) !== textAt(rendered, ours)) return [];
  return [{ ...own, text: imports }];
}

function importSpan({ imports: all }: LogicFile): Span | undefined {
  const [first, last] = [all[0], all.at(-1)];
  return first && last && { start: first.start, end: last.end };
}

function ownNames(file: LogicFile, one: LogicFunction, rendered: LogicFile): readonly string[] {
  const ours = rendered.functions.find(({ slot }) => slot === one.slot);
  const names = one.parameters.map(({ name }) => textAt(file, name));
  const same = ours?.parameters.map(({ name }) => textAt(rendered, name)).join(" ") === names.join(" ");
  return same || !names.every((name) => /^[\w$]+$/.test(name)) ? [] : names;
}

/** The file that those lines were taken from, with empty slots; a line of a slot that is no more is left out. */
export function fromBeside(lines: readonly string[], rendered: LogicFile): string {
  return lines
    .map((line) => {
      if (line === imports) return importsText(rendered);
      const [, id, names = ""] = marker.exec(line) ?? [];
      if (id === undefined) return line;
      const slot = rendered.functions.find((one) => one.slot === id);
      return slot === undefined ? "" : emptySlot(rendered, slot, names.trim().split(" ").filter(Boolean));
    })
    .join("\n");
}

function importsText(rendered: LogicFile): string {
  const span = importSpan(rendered);
  return span === undefined ? "" : textAt(rendered, span);
}

function emptySlot(rendered: LogicFile, { doc, head, parameters }: LogicFunction, names: readonly string[]): string {
  const renamed = parameters.flatMap(({ name }, at): readonly Replacement[] => {
    const own = names[at];
    return own === undefined ? [] : [{ start: name.start - head.start, end: name.end - head.start, text: own }];
  });
  return `${doc === undefined ? "" : textAt(rendered, doc)}\n${replaceAll(textAt(rendered, head), renamed)}{}`;
}

/** What of those lines is code: the policy for files looks at it. */
export function codeBeside(lines: readonly string[]): string {
  return lines.filter((line) => line !== imports && !marker.test(line)).join("\n");
}
