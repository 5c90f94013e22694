import { posix } from "node:path";
import { warning } from "../diagnostic/catalog.ts";
import { isMarker, linesOf, withoutMarker } from "./body.ts";
import { textAt } from "./carry-file.ts";
import { isFallback, isKept, setAside } from "./choose.ts";
import type { LockedSlot } from "./lock.ts";
import type { LogicFile } from "./scan.ts";
import { isPristine, type Sources, type Work } from "./work.ts";

/** Bodies whose slot is gone stay in the lock. */
export function parkSlots(work: Work): void {
  const { input, onDisk, slots } = work;
  const isGone = (id: string) => !work.contracts.has(id) && !work.renamed.has(id);
  for (const [id, known] of input.lock.slots) {
    if (isGone(id) && known.body !== undefined) slots.set(id, { ...known, state: "parked" });
  }
  for (const [path, file] of onDisk) {
    if (isPristine(path, file.text, input.bases)) continue;
    const base = input.bases.get(path)?.text;
    const old = base === undefined ? undefined : work.parser.scan(base, "").value;
    for (const one of file.functions) {
      if (one.slot !== undefined && isGone(one.slot)) parkSlot(work, one.slot, textAt(file, one.body), path, old);
    }
  }
}

function parkSlot(work: Work, id: string, body: string, path: string, oldFallbacks: LogicFile | undefined): void {
  if (!isKept(work, id, body, oldFallbacks)) return;
  const known = work.input.lock.slots.get(id);
  const lines = parkedLines(work, id, body, oldFallbacks);
  const isKnown = known?.body?.join("\n") === lines.join("\n");
  if (known?.state === "parked" && !isKnown && !known.body?.every((line) => lines.includes(line)))
    setAside(work, id, known);
  const theirs: LockedSlot = { contract: known?.contract ?? "", state: "parked", by: "person", body: lines };
  const helpers = work.helpers.get(id)?.split("\n");
  work.slots.set(id, { ...(isKnown ? known : theirs), state: "parked", ...(helpers && { helpers }) });
  const saw = `The slot ${id} left the document; its body is kept in the lock, and comes back with it.`;
  work.diagnostics.push(warning("slot/parked", { place: { file: posix.join(work.input.shown, path) }, saw }));
}

/** A fallback with notes in it does not take the place of a body that the lock has; the notes join it. */
function parkedLines(work: Work, id: string, body: string, oldFallbacks: LogicFile | undefined): readonly string[] {
  const known = work.input.lock.slots.get(id)?.body;
  if (!known || !isFallback(work, id, body, undefined, oldFallbacks)) return linesOf(withoutMarker(body));
  const notes = work.parser
    .comments(body)
    .filter((comment) => !isMarker(comment) && !known.join("\n").includes(comment));
  return [...notes.flatMap((note) => note.split("\n")).map((line) => `  ${line.trim()}`), ...known];
}

/** Files that people wrote in and that nothing has grown out of stay in the lock, whole. */
export function parkFiles({ input, onDisk }: Work, sources: Sources): Map<string, readonly string[]> {
  const grown = [...sources.values()].filter((source) => source !== undefined);
  const isBack = (path: string) => grown.some((source) => source.path === path && source.isParked === true);
  const parked = new Map([...input.lock.files].filter(([path]) => !isBack(path)));
  for (const [path, { text }] of onDisk) {
    const isUsed = sources.has(path) || grown.some((source) => source.path === path);
    if (isUsed || isPristine(path, text, input.bases)) continue;
    const lines = text.replaceAll("\r\n", "\n").split("\n");
    parked.set(freeName(parked, path, lines.join("\n")), lines);
  }
  return parked;
}

/** A file that was parked before and could not be put back is not overwritten. */
function freeName(parked: ReadonlyMap<string, readonly string[]>, path: string, text: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? path : `${path}#${number}`;
    const there = parked.get(name);
    if (there === undefined || there.join("\n") === text) return name;
  }
}
