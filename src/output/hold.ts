import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { isMissing } from "./workspace.ts";

/** How long a run waits for one that asked at the same time: it withdraws within a step, unless it was stopped. */
const maxWaitMs = 10_000;
const stepMs = 5;

/** Each try fails only because a run that ended has taken away the folder that it had made. */
const maxTries = 100;

/** The right to change an output folder, which one process has at a time. */
export interface Hold {
  release(): Promise<void>;
}

/** The marks of a run beside the folder: links that lead nowhere, called after the process. */
interface Marks {
  readonly folder: string;
  /** What every mark of a run that asks begins with, up to the number of its process. */
  readonly asking: string;
  readonly holding: string;
}

/** Marks of this very process: a mark of its number that is not among them was left by a process that has ended. */
const ours = new Set<string>();

/**
 * Takes hold of an output folder; the value is undefined where another run has it.
 *
 * A run first makes its own mark and only then looks for those of others. So of two runs at least one sees the other,
 * whatever their order, and two never hold the folder. Of those that ask at once the one with the lowest number stays,
 * waiting until the others have withdrawn or one of them says that it holds. No run takes away what may be the mark of a
 * living one: a mark of an ended process just does not count, and goes with the next release.
 */
export async function holdOutput(host: Host, out: string): Promise<Checked<Hold | undefined>> {
  const marks = marksOf(out);
  const mine = [`${marks.asking}${host.processId}`, `${marks.holding}${host.processId}`];
  const [asks = "", holds = ""] = mine.map((name) => posix.join(marks.folder, name));
  if (ours.has(asks)) return { value: undefined, diagnostics: [busy(host, out, asks, host.processId)] };

  const made = await outermostMissing(host, marks.folder);
  const giveBack = async () => {
    await host.files.remove(holds);
    await host.files.remove(asks);
    ours.delete(asks);
    await removeEmptyFolders(host, marks.folder, made);
  };
  const takeBack = host.onInterrupt(giveBack);
  const release = async () => {
    takeBack();
    await giveBack();
  };
  ours.add(asks);
  try {
    await host.files.remove(holds);
    await ask(host, asks);
    const holder = await otherHolder(host, marks);
    if (holder !== undefined) {
      await release();
      const mark = posix.join(marks.folder, `${marks.asking}${holder}`);
      return { value: undefined, diagnostics: [busy(host, out, mark, holder)] };
    }
    await host.files.link(String(host.processId), holds);
    await removeLeftovers(host, marks);
    return { value: { release }, diagnostics: [] };
  } catch (cause) {
    await release();
    throw cause;
  }
}

/** `.ledger.staging-ask-4711` and `.ledger.staging-hold-4711` beside `ledger`. */
function marksOf(out: string): Marks {
  const prefix = `.${posix.basename(out)}.staging-`;
  return { folder: posix.dirname(out), asking: `${prefix}ask-`, holding: `${prefix}hold-` };
}

async function ask(host: Host, mark: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await host.files.link(String(host.processId), mark);
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return;
      if (!isMissing(cause) || tries === maxTries) throw cause;
    }
  }
}

/** The process that has the folder, or will have it; undefined when it is ours. */
async function otherHolder(host: Host, marks: Marks): Promise<number | undefined> {
  const end = host.elapsedMs() + maxWaitMs;
  for (;;) {
    const names = await host.files.names(marks.folder);
    const others = numbersOf(names, marks.asking).filter((id) => id !== host.processId && host.isRunning(id));
    const settled = new Set(numbersOf(names, marks.holding));
    const winner = others.find((id) => settled.has(id)) ?? others.find((id) => id < host.processId);
    if (winner !== undefined || others.length === 0) return winner;
    if (host.elapsedMs() > end) return others[0];
    await host.pause(stepMs);
  }
}

/** What is no number is taken for a process that has ended. */
function numbersOf(names: readonly string[], prefix: string): readonly number[] {
  return names.filter((name) => name.startsWith(prefix)).map((name) => Number(name.slice(prefix.length)));
}

async function removeLeftovers(host: Host, marks: Marks): Promise<void> {
  for (const name of await host.files.names(marks.folder)) {
    const prefix = [marks.asking, marks.holding].find((one) => name.startsWith(one));
    if (prefix === undefined || host.isRunning(Number(name.slice(prefix.length)))) continue;
    await host.files.remove(posix.join(marks.folder, name));
  }
}

function busy(host: Host, out: string, mark: string, holder: number) {
  const shown = posix.relative(host.cwd, out) || ".";
  return error("output/busy", {
    place: { file: shown },
    saw: `Another run of scaffold, process ${holder}, is at work on ${shown}; nothing was touched.`,
    fix: `wait until it has ended; if there is no such run, remove ${posix.relative(host.cwd, mark)}.`,
  });
}

/** The outermost of the folders that the first file in this one will make. */
async function outermostMissing(host: Host, folder: string): Promise<string | undefined> {
  let outermost: string | undefined;
  for (let at = folder; (await host.files.kind(at)) === "none"; at = posix.dirname(at)) outermost = at;
  return outermost;
}

/** Those that the hold has made, from the innermost on, as far as nothing came into them. */
async function removeEmptyFolders(host: Host, innermost: string, outermost: string | undefined): Promise<void> {
  if (outermost === undefined) return;
  for (let at = innermost; at.length >= outermost.length; at = posix.dirname(at)) {
    await host.files.removeEmptyFolder(at);
  }
}
