import { posix } from "node:path";
import { warning } from "../diagnostic/catalog.ts";
import { hasErrors, type Checked, type Diagnostic } from "../diagnostic/diagnostic.ts";
import { blobHash, hashOf } from "../hash.ts";
import type { OutputFile, SlotContract } from "../plan/plan.ts";
import { bodyOf, isMarker, linesOf, withComments, withoutMarker } from "./body.ts";
import { carryFile, textAt, type ChosenBody } from "./carry-file.ts";
import { contractHash, type Lock, type LockedSlot } from "./lock.ts";
import type { LogicFile, LogicFunction, LogicParser } from "./scan.ts";

export interface CarryInput {
  readonly rendered: readonly OutputFile[];
  readonly slots: readonly SlotContract[];
  /** Logic files on disk, by path; those that have no place any more included. */
  readonly previous: ReadonlyMap<string, string>;
  /** The texts that those files were rendered as, by path, where they are known: hash and, if found, text. */
  readonly bases: ReadonlyMap<string, { readonly hash: string; readonly text?: string }>;
  readonly lock: Lock;
  /** How the output folder is called in diagnostics. */
  readonly shown: string;
}

export interface Carried {
  /** Logic files with the bodies in them, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly lock: Lock;
  /** Logic files on disk that have no place any more, and whose text is kept: by the lock, or under another path. */
  readonly released: ReadonlySet<string>;
}

/**
 * Carries what people and models wrote from the last output and the lock into new logic files (DESIGN §6). A body on
 * disk is used as it is; one that only the lock has must pass the policy. The parser is loaded only where something
 * was written. A logic file that does not parse is an error, because its bodies could not be told apart.
 */
export async function carry(input: CarryInput, loadParser: () => Promise<LogicParser>): Promise<Checked<Carried>> {
  if (isUntouched(input)) {
    const files = new Map(logicFiles(input).map((file) => [file.path, file.content]));
    return { value: { files, lock: openLock(input), released: new Set() }, diagnostics: [] };
  }
  return carryWith(await loadParser(), input);
}

/** True when nobody has written a body: every logic file is as it was rendered, and the lock has none either. */
function isUntouched({ previous, bases, lock, rendered }: CarryInput): boolean {
  const hasBodies = lock.files.size > 0 || [...lock.slots.values()].some((slot) => slot.body !== undefined);
  const texts = new Map(rendered.map((file) => [file.path, file.content]));
  return !hasBodies && [...previous].every(([path, text]) => text === texts.get(path) || isPristine(path, text, bases));
}

function isPristine(path: string, text: string, bases: CarryInput["bases"]): boolean {
  return bases.get(path)?.hash === blobHash(text);
}

function openLock({ slots, lock }: CarryInput): Lock {
  return { slots: new Map(slots.map((slot) => [slot.id, openSlot(slot, lock, undefined)])), files: new Map() };
}

function openSlot({ id, contract }: SlotContract, lock: Lock, fallback: string | undefined): LockedSlot {
  const known = lock.slots.get(id);
  return {
    contract: contractHash(contract),
    state: "open",
    ...(fallback !== undefined && { fallback }),
    ...(known?.state === "open" && known.evidence && { evidence: known.evidence }),
  };
}

function logicFiles({ rendered }: CarryInput): readonly OutputFile[] {
  return rendered.filter((file) => file.class === "logic");
}

interface Work {
  readonly input: CarryInput;
  readonly parser: LogicParser;
  readonly contracts: ReadonlyMap<string, SlotContract>;
  /** What is on disk, taken apart, by path. */
  readonly onDisk: ReadonlyMap<string, LogicFile>;
  readonly slots: Map<string, LockedSlot>;
  readonly diagnostics: Diagnostic[];
}

function carryWith(parser: LogicParser, input: CarryInput): Checked<Carried> {
  const scans = [...input.previous].map(
    ([path, text]) => [path, parser.scan(text, posix.join(input.shown, path))] as const,
  );
  const diagnostics = scans.flatMap(([, scan]) => scan.diagnostics);
  if (hasErrors(diagnostics))
    return { value: { files: new Map(), lock: input.lock, released: new Set() }, diagnostics };

  const work: Work = {
    input,
    parser,
    contracts: new Map(input.slots.map((slot) => [slot.id, slot])),
    onDisk: new Map(scans.map(([path, scan]) => [path, scan.value])),
    slots: new Map(),
    diagnostics,
  };
  const rendered = logicFiles(input).map((file) => ({
    path: file.path,
    file: parser.scan(file.content, file.path).value,
  }));
  const sources = new Map(rendered.map(({ path, file }) => [path, sourceOf(work, path, file, rendered)]));
  const files = new Map(rendered.map(({ path, file }) => [path, carryOne(work, file, sources.get(path))]));
  const released = homelessPaths(work, sources);
  const parkedFiles = parkFiles(work, sources);
  parkSlots(work);
  for (const slot of input.slots) {
    if (!work.slots.has(slot.id)) work.slots.set(slot.id, openSlot(slot, input.lock, undefined));
  }
  return { value: { files, lock: { slots: work.slots, files: parkedFiles }, released }, diagnostics };
}

function homelessPaths({ onDisk }: Work, sources: Sources): ReadonlySet<string> {
  return new Set([...onDisk.keys()].filter((path) => !sources.has(path)));
}

/** What a new logic file grows out of. */
interface Source {
  readonly path: string;
  readonly file: LogicFile;
  readonly isParked?: true;
}

/** By path of the rendered file. */
type Sources = ReadonlyMap<string, Source | undefined>;

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
  return moved ?? parkedSource(work, path);
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

function carryOne(work: Work, rendered: LogicFile, source: Source | undefined): string {
  const base = source && work.input.bases.get(source.path)?.text;
  const oldFallbacks = base === undefined ? undefined : work.parser.scan(base, "").value;
  return carryFile(rendered, source?.file ?? rendered, (slot, old) => {
    const contract = work.contracts.get(slot.slot ?? "");
    const fallback = { text: textAt(rendered, slot.body), isTheirs: false };
    if (!contract) return fallback;
    const previous = source && old && textAt(source.file, old.body);
    return chooseBody(work, contract, fallback.text, previous ?? elsewhere(work, contract.id), oldFallbacks);
  });
}

/** The body of a slot that stands in another logic file on disk. */
function elsewhere({ onDisk }: Work, id: string): string | undefined {
  for (const file of onDisk.values()) {
    const found = file.functions.find((one) => one.slot === id);
    if (found) return textAt(file, found.body);
  }
  return undefined;
}

/** What is on disk if somebody wrote it; else what the lock has, if it passes; else the fallback. */
function chooseBody(
  work: Work,
  contract: SlotContract,
  fallback: string,
  disk: string | undefined,
  oldFallbacks: LogicFile | undefined,
): ChosenBody {
  const { parser, input, slots } = work;
  const known = input.lock.slots.get(contract.id);
  const code = parser.code(fallback);
  const open = openSlot(contract, input.lock, hashOf(code).slice(0, 16));
  if (disk !== undefined && !isFallback(work, contract.id, disk, code, oldFallbacks)) {
    const text = withoutMarker(disk);
    slots.set(contract.id, lockedBody(contract, known, linesOf(text)));
    return { text, isTheirs: true };
  }
  if (known?.body !== undefined && parser.code(bodyOf(known.body)) !== code) {
    return fromLock(work, contract, known, known.body, fallback);
  }
  slots.set(contract.id, open);
  const written = disk ?? (known?.body && bodyOf(known.body));
  if (written === undefined || parser.comments(written).every(isMarker)) return { text: fallback, isTheirs: false };
  const isCurrent = disk !== undefined && parser.code(disk) === code;
  return { text: isCurrent ? disk : withComments(fallback, parser.comments(written)), isTheirs: isCurrent };
}

/** A body that only the lock has is put back if it passes; else the fallback stays, and the lock keeps the body. */
function fromLock(
  { parser, input, slots, diagnostics }: Work,
  contract: SlotContract,
  known: LockedSlot,
  body: readonly string[],
  fallback: string,
): ChosenBody {
  const [violation] = parser.violations(body.join("\n"), "body");
  if (violation === undefined) {
    slots.set(contract.id, lockedBody(contract, known, body));
    return { text: bodyOf(body), isTheirs: true };
  }
  const saw = `The body of ${contract.id} in the lock is not used: ${violation}. The slot ${contract.untilFilled}.`;
  diagnostics.push(warning("slot/invalid-body", { place: { file: posix.join(input.shown, contract.file) }, saw }));
  slots.set(contract.id, { ...known, state: "parked" });
  return { text: fallback, isTheirs: false };
}

/** True for the fallback of this run or of the last one, whatever comments stand in it. */
function isFallback(
  work: Work,
  id: string,
  body: string,
  code: string | undefined,
  oldFallbacks: LogicFile | undefined,
): boolean {
  const own = work.parser.code(body);
  if (own === code) return true;
  const known = work.input.lock.slots.get(id);
  if (known?.fallback !== undefined && known.fallback === hashOf(own).slice(0, 16)) return true;
  const old = oldFallbacks?.functions.find((one: LogicFunction) => one.slot === id);
  return old !== undefined && oldFallbacks !== undefined && work.parser.code(textAt(oldFallbacks, old.body)) === own;
}

/** A body that the lock does not have as it is, is a person's, accepted under the contract of now. */
function lockedBody({ contract }: SlotContract, known: LockedSlot | undefined, body: readonly string[]): LockedSlot {
  const hash = contractHash(contract);
  if (known?.body === undefined || known.body.join("\n") !== body.join("\n")) {
    return { contract: hash, state: "adopted", by: "person", body };
  }
  const { fallback: _, ...kept } = known;
  const accepted = known.by === "model" ? "filled" : "adopted";
  return { ...kept, state: known.contract === hash ? accepted : "stale" };
}

/** Bodies whose slot is gone stay in the lock. */
function parkSlots(work: Work): void {
  const { input, contracts, onDisk, slots } = work;
  for (const [id, known] of input.lock.slots) {
    if (!contracts.has(id) && known.body !== undefined) slots.set(id, { ...known, state: "parked" });
  }
  for (const [path, file] of onDisk) {
    if (isPristine(path, file.text, input.bases)) continue;
    const base = input.bases.get(path)?.text;
    const old = base === undefined ? undefined : work.parser.scan(base, "").value;
    for (const one of file.functions) {
      if (one.slot !== undefined && !contracts.has(one.slot))
        parkSlot(work, one.slot, textAt(file, one.body), path, old);
    }
  }
}

function parkSlot(work: Work, id: string, body: string, path: string, oldFallbacks: LogicFile | undefined): void {
  const isNoted = work.parser.comments(body).some((comment) => !isMarker(comment));
  if (!isNoted && isFallback(work, id, body, undefined, oldFallbacks)) return;
  const known = work.input.lock.slots.get(id);
  const lines = linesOf(withoutMarker(body));
  const isKnown = known?.body?.join("\n") === lines.join("\n");
  const theirs: LockedSlot = { contract: known?.contract ?? "", state: "parked", by: "person", body: lines };
  work.slots.set(id, isKnown ? { ...known, state: "parked" } : theirs);
  const saw = `The slot ${id} left the document; its body is kept in the lock, and comes back with it.`;
  work.diagnostics.push(warning("slot/parked", { place: { file: posix.join(work.input.shown, path) }, saw }));
}

/** Files that people wrote in and that nothing has grown out of stay in the lock, whole. */
function parkFiles({ input, onDisk }: Work, sources: Sources): Map<string, readonly string[]> {
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
