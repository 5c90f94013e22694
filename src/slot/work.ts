import { blobHash } from "../hash.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { OutputFile, SlotContract } from "../plan/plan.ts";
import type { Lock, LockedSlot } from "./lock.ts";
import type { LogicFile, LogicParser } from "./scan.ts";

export interface CarryInput {
  readonly rendered: readonly OutputFile[];
  readonly slots: readonly SlotContract[];
  /** Logic files on disk, by path; those that have no place any more included. */
  readonly previous: ReadonlyMap<string, string>;
  /** The texts that those files were rendered as, by path, where they are known: hash and, if found, text. */
  readonly bases: ReadonlyMap<string, { readonly hash: string; readonly text?: string }>;
  readonly lock: Lock;
  /** Why a body that only the lock has may not be put back, by slot id: what the gate has against it. */
  readonly refused?: ReadonlyMap<string, string>;
  /** How the output folder is called in diagnostics. */
  readonly shown: string;
}

/** What the steps of carry share. */
export interface Work {
  readonly input: CarryInput;
  readonly parser: LogicParser;
  readonly contracts: ReadonlyMap<string, SlotContract>;
  /** What is on disk, taken apart, by path. */
  readonly onDisk: ReadonlyMap<string, LogicFile>;
  readonly slots: Map<string, LockedSlot>;
  /** What went from the files together with slots that are gone, by slot id. */
  readonly helpers: Map<string, string>;
  /** Ids of slots whose body only the lock had, and that is put back. */
  readonly restored: Set<string>;
  /** Ids of slots that go on under another id. */
  readonly renamed: Set<string>;
  readonly diagnostics: Diagnostic[];
}

/** What a new logic file grows out of. */
export interface Source {
  readonly path: string;
  readonly file: LogicFile;
  readonly isParked?: true;
  /** Made again from what the lock has of it; its slots are empty. */
  readonly isMade?: true;
}

/** By path of the rendered file. */
export type Sources = ReadonlyMap<string, Source | undefined>;

/** True for a file that is as it was rendered. */
export function isPristine(path: string, text: string, bases: CarryInput["bases"]): boolean {
  return bases.get(path)?.hash === blobHash(text);
}
