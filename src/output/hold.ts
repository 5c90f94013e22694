import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { isMissing } from "./workspace.ts";

/** Each try fails only because another run was quicker. */
const maxTries = 100;

/** The right to change an output folder, which one process has at a time. */
export interface Hold {
  release(): Promise<void>;
}

/**
 * Takes hold of an output folder; the value is undefined where another run has it. The mark is a link beside the folder
 * that leads nowhere and is called after our process: making a link is one step that succeeds for one process alone. A
 * run that was killed leaves its mark, and the next one takes it over. An interrupt gives it back.
 */
export async function holdOutput(host: Host, out: string): Promise<Checked<Hold | undefined>> {
  const mark = markOf(out);
  const made = await outermostMissing(host, posix.dirname(out));
  for (let tries = 0; tries < maxTries; tries += 1) {
    if (await tryLink(host, mark)) return { value: held(host, mark, made), diagnostics: [] };
    const holder = await holderOf(host, mark);
    if (holder === undefined) continue;
    if (host.isRunning(Number(holder))) return { value: undefined, diagnostics: [busy(host, out, mark, holder)] };
    await takeAway(host, mark, holder);
  }
  throw new Error(`${mark} can be neither made nor taken away.`);
}

function held(host: Host, mark: string, made: string | undefined): Hold {
  const giveBack = async () => {
    await host.files.remove(mark);
    await removeIfEmpty(host, made);
  };
  const takeBack = host.onInterrupt(giveBack);
  return {
    async release() {
      takeBack();
      await giveBack();
    },
  };
}

/** `.ledger.staging-hold` beside `ledger`. */
function markOf(out: string): string {
  return posix.join(posix.dirname(out), `.${posix.basename(out)}.staging-hold`);
}

async function tryLink(host: Host, mark: string): Promise<boolean> {
  try {
    await host.files.link(String(host.processId), mark);
    return true;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return false;
    throw cause;
  }
}

/** Undefined where the mark is gone by now. What is no mark of ours is taken for that of a run that has ended. */
async function holderOf(host: Host, mark: string): Promise<string | undefined> {
  try {
    return await host.files.readLink(mark);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

/**
 * Two runs may find the same mark of a dead one. It is moved out of the way first, and put back if it turns out to be
 * the new mark of whoever was quicker.
 */
async function takeAway(host: Host, mark: string, holder: string): Promise<void> {
  const aside = `${mark}-${host.processId}`;
  try {
    await host.files.move(mark, aside);
  } catch (cause) {
    if (isMissing(cause)) return;
    throw cause;
  }
  if ((await holderOf(host, aside)) === holder) await host.files.remove(aside);
  else await host.files.move(aside, mark);
}

function busy(host: Host, out: string, mark: string, holder: string) {
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

async function removeIfEmpty(host: Host, folder: string | undefined): Promise<void> {
  if (folder === undefined || (await host.files.kind(folder)) !== "folder") return;
  if ((await host.files.list(folder)).length === 0) await host.files.remove(folder);
}
