import { posix } from "node:path";
import { warning } from "../diagnostic/catalog.ts";
import { hasErrors, type Checked } from "../diagnostic/diagnostic.ts";
import type { OutputFile } from "../plan/plan.ts";
import { besideOf, codeBeside, fromBeside } from "./beside.ts";
import { carryFile, textAt } from "./carry-file.ts";
import { chooseBody, isKept, openSlot, type DiskBody } from "./choose.ts";
import type { Lock } from "./lock.ts";
import { parkFiles, parkSlots } from "./park.ts";
import type { LogicFile, LogicParser } from "./scan.ts";
import { isPristine, type CarryInput, type Source, type Sources, type Work } from "./work.ts";

export interface Carried {
  /** Logic files with the bodies in them, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly lock: Lock;
  /** Logic files on disk that have no place any more, and whose text is kept: by the lock, or under another path. */
  readonly released: ReadonlySet<string>;
  /** Ids of slots whose body only the lock had: nobody has seen it run beside this contract. */
  readonly restored: ReadonlySet<string>;
}

/**
 * Carries what people and models wrote from the last output and the lock into new logic files (DESIGN §6). A body on
 * disk is used as it is; one that only the lock has must pass the policy. The parser is loaded only where something
 * was written. A logic file that does not parse is an error, because its bodies could not be told apart.
 */
export async function carry(input: CarryInput, loadParser: () => Promise<LogicParser>): Promise<Checked<Carried>> {
  if (isUntouched(input)) {
    const files = new Map(logicFiles(input).map((file) => [file.path, file.content]));
    return { value: { files, lock: openLock(input), released: new Set(), restored: new Set() }, diagnostics: [] };
  }
  return carryWith(await loadParser(), input);
}

/** True when nobody has written a body: every logic file is as it was rendered, and the lock has none either. */
function isUntouched({ previous, bases, lock, rendered }: CarryInput): boolean {
  const hasBodies =
    lock.files.size > 0 || lock.beside.size > 0 || [...lock.slots.values()].some((slot) => slot.body !== undefined);
  const texts = new Map(rendered.map((file) => [file.path, file.content]));
  return !hasBodies && [...previous].every(([path, text]) => text === texts.get(path) || isPristine(path, text, bases));
}

function openLock({ slots, lock }: CarryInput): Lock {
  return {
    slots: new Map(slots.map((slot) => [slot.id, openSlot(slot, lock, undefined)])),
    files: new Map(),
    beside: new Map(),
  };
}

function logicFiles({ rendered }: CarryInput): readonly OutputFile[] {
  return rendered.filter((file) => file.class === "logic");
}

function carryWith(parser: LogicParser, input: CarryInput): Checked<Carried> {
  const scans = [...input.previous].map(
    ([path, text]) => [path, parser.scan(text, posix.join(input.shown, path))] as const,
  );
  const diagnostics = scans.flatMap(([, scan]) => scan.diagnostics);
  if (hasErrors(diagnostics))
    return { value: { files: new Map(), lock: input.lock, released: new Set(), restored: new Set() }, diagnostics };

  const work: Work = {
    input,
    parser,
    contracts: new Map(input.slots.map((slot) => [slot.id, slot])),
    onDisk: new Map(scans.map(([path, scan]) => [path, scan.value])),
    slots: new Map(),
    helpers: new Map(),
    restored: new Set(),
    renamed: new Set(),
    diagnostics,
  };
  const rendered = logicFiles(input).map((file) => ({
    path: file.path,
    file: parser.scan(file.content, file.path).value,
  }));
  const sources = new Map(rendered.map(({ path, file }) => [path, sourceOf(work, path, file, rendered)]));
  const files = new Map(rendered.map(({ path, file }) => [path, carryOne(work, file, sources.get(path))]));
  const released = homelessPaths(work, sources);
  const beside = besideFiles(parser, rendered, files);
  const parkedFiles = parkFiles(work, sources);
  parkSlots(work);
  for (const slot of input.slots) {
    if (!work.slots.has(slot.id)) work.slots.set(slot.id, openSlot(slot, input.lock, undefined));
  }
  return {
    value: { files, lock: { slots: work.slots, files: parkedFiles, beside }, released, restored: work.restored },
    diagnostics,
  };
}

function homelessPaths({ onDisk }: Work, sources: Sources): ReadonlySet<string> {
  return new Set([...onDisk.keys()].filter((path) => !sources.has(path)));
}

type RenderedFiles = readonly { readonly path: string; readonly file: LogicFile }[];

/**
 * The file of the same path on disk; else one that has no place any more and holds most of its slots, on disk or in
 * the lock; else nothing.
 */
function sourceOf(work: Work, path: string, file: LogicFile, rendered: RenderedFiles): Source | undefined {
  const here = work.onDisk.get(path);
  if (here) return isPristine(path, here.text, work.input.bases) ? undefined : { path, file: here };
  const placed = new Set(rendered.map((one) => one.path));
  const homeless = [...work.onDisk]
    .filter(([other]) => !placed.has(other))
    .map(([other, scan]) => ({ path: other, file: scan }));
  const ids = new Set(slotIds(file));
  const shared = (source: Source) => slotIds(source.file).filter((id) => ids.has(id)).length;
  const moved = homeless.filter((one) => shared(one) > 0).sort((a, b) => shared(b) - shared(a))[0];
  return moved ?? parkedSource(work, path) ?? madeSource(work, path, file);
}

function slotIds({ functions }: LogicFile): readonly string[] {
  return functions.flatMap((one) => (one.slot === undefined ? [] : [one.slot]));
}

/** A parked file comes back whole, if nothing in it is refused. */
function parkedSource({ input, parser, diagnostics }: Work, path: string): Source | undefined {
  const lines = input.lock.files.get(path);
  if (!lines) return undefined;
  const text = lines.join("\n");
  const violations = parser.violations(text, "file");
  const scan = parser.scan(text, path);
  if (violations.length === 0 && scan.diagnostics.length === 0) return { path, file: scan.value, isParked: true };
  const why = violations[0] ?? "it does not parse";
  const saw = `The lock keeps ${path}, but ${why}; only bodies that pass are put back.`;
  diagnostics.push(warning("slot/invalid-body", { place: { file: posix.join(input.shown, path) }, saw }));
  return undefined;
}

/** A file that is not on disk is made again of what the lock has of it, if nothing beside its slots is refused. */
function madeSource({ input, parser, diagnostics }: Work, path: string, rendered: LogicFile): Source | undefined {
  const lines = input.lock.beside.get(path);
  if (!lines) return undefined;
  const text = fromBeside(lines, rendered);
  const [why] = parser.violations(codeBeside(lines), "file");
  const scan = parser.scan(text, path);
  if (why === undefined && scan.diagnostics.length === 0) return { path, file: scan.value, isMade: true };
  const saw = `What the lock has beside the slots of ${path} is not used: ${why ?? "it does not parse"}.`;
  diagnostics.push(warning("slot/invalid-body", { place: { file: posix.join(input.shown, path) }, saw }));
  return undefined;
}

/** What the new logic files have beside their slots. */
function besideFiles(
  parser: LogicParser,
  rendered: RenderedFiles,
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const found = rendered.flatMap(({ path, file }): readonly (readonly [string, readonly string[]])[] => {
    const text = files.get(path) ?? file.text;
    const lines = text === file.text ? undefined : besideOf(parser.scan(text, path).value, file);
    return lines === undefined ? [] : [[path, lines]];
  });
  return new Map(found);
}

function carryOne(work: Work, rendered: LogicFile, source: Source | undefined): string {
  const fallbacks = source && oldFallbacks(work, source.path);
  const { text, gone } = carryFile(rendered, source?.file ?? rendered, {
    choose(slot, old) {
      const contract = work.contracts.get(slot.slot ?? "");
      const fallback = textAt(rendered, slot.body);
      if (!contract) return { text: fallback, isTheirs: false };
      if (source?.isMade === true) return chooseBody(work, contract, fallback, undefined);
      if (!source || !old) return chooseBody(work, contract, fallback, elsewhere(work, contract.id));
      const id = old.slot ?? contract.id;
      if (id !== contract.id) work.renamed.add(id);
      return chooseBody(work, contract, fallback, { id, body: textAt(source.file, old.body), oldFallbacks: fallbacks });
    },
    namesIn: (names) => work.parser.names(names),
    isKept: (slot) => source !== undefined && isKept(work, slot.slot ?? "", textAt(source.file, slot.body), fallbacks),
  });
  for (const [id, helpers] of gone) work.helpers.set(id, helpers);
  return text;
}

/** The file as it was last rendered, if that is known. */
function oldFallbacks({ input, parser }: Work, path: string): LogicFile | undefined {
  const base = input.bases.get(path)?.text;
  return base === undefined ? undefined : parser.scan(base, "").value;
}

/** The body of a slot that stands in another logic file that somebody wrote in. */
function elsewhere(work: Work, id: string): DiskBody | undefined {
  for (const [path, file] of work.onDisk) {
    const found = file.functions.find((one) => one.slot === id);
    if (!found || isPristine(path, file.text, work.input.bases)) continue;
    return { id, body: textAt(file, found.body), oldFallbacks: oldFallbacks(work, path) };
  }
  return undefined;
}
