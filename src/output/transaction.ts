import { posix } from "node:path";
import { Interruption, type Host } from "../host.ts";
import { sideBySide } from "../side-by-side.ts";

/** One file to write, or to remove where it has no content. */
export interface Edit {
  /** Relative to the output folder; absolute for the one file outside it. */
  readonly path: string;
  readonly content?: string;
}

/**
 * Everything that a commit needs, staged in a folder beside the output: new texts under `new/`, the files that they
 * replace under `old/`, both by number, and `journal.json`. While the journal is there, the commit is not finished and
 * `recover` undoes it; once it is gone, the commit has happened.
 */
export interface Transaction {
  readonly out: string;
  readonly folder: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly path: string;
  readonly kind: "create" | "replace" | "remove";
}

/** Stages the edits without touching their targets. A failure, or an interrupt, leaves no trace. */
export async function prepare(
  host: Host,
  out: string,
  edits: readonly Edit[],
  isInterrupted: () => boolean,
): Promise<Transaction> {
  const folder = transactionFolder(out);
  try {
    await host.files.makeFolder(posix.join(folder, "new"));
    await host.files.makeFolder(posix.join(folder, "old"));
    const exists = await sideBySide(edits, async ({ path }) => (await host.files.kind(target(out, path))) === "file");
    const wanted = edits.map((edit, at) => ({ ...edit, exists: exists[at] === true }));
    const steps = wanted.filter((edit) => edit.exists || edit.content !== undefined);
    await sideBySide(steps, async ({ path, content, exists: isThere }, number) => {
      if (isInterrupted()) throw new Interruption();
      if (content !== undefined) await host.files.write(posix.join(folder, "new", String(number)), content);
      if (isThere) await host.files.copy(target(out, path), posix.join(folder, "old", String(number)));
    });
    return { out, folder, steps: steps.map(stepOf) };
  } catch (cause) {
    await host.files.remove(folder);
    throw cause;
  }
}

function stepOf({ path, content, exists }: Edit & { readonly exists: boolean }): Step {
  return { path, kind: content === undefined ? "remove" : exists ? "replace" : "create" };
}

/** Puts every staged file in its place, the last edit last; if one step fails, or is interrupted, none has happened. */
export async function commit(host: Host, transaction: Transaction, isInterrupted: () => boolean): Promise<void> {
  const { folder, out, steps } = transaction;
  try {
    const journal = posix.join(folder, "journal.json");
    const missing = (await missingFolders(host, transaction)).map((path) => posix.relative(out, path));
    await host.files.write(`${journal}.new`, JSON.stringify({ steps, folders: missing } satisfies Journal));
    await host.files.move(`${journal}.new`, journal);
    const apart = steps.slice(0, -1);
    await sideBySide(apart, async (step, number) => {
      if (isInterrupted()) throw new Interruption();
      await apply(host, transaction, step, String(number));
    });
    const last = steps.at(-1);
    if (last) await apply(host, transaction, last, String(apart.length));
    await host.files.remove(journal);
  } catch (cause) {
    await recover(host, out);
    throw cause;
  }
  await host.files.remove(folder);
}

/**
 * Undoes a commit that did not finish: by a failure, a signal or a power cut. May itself be cut short and started
 * again. Called before the output folder is read. True when there was something to undo.
 */
export async function recover(host: Host, out: string): Promise<boolean> {
  const folder = transactionFolder(out);
  if ((await host.files.kind(folder)) === "none") return false;
  const journal = posix.join(folder, "journal.json");
  const isUnfinished = (await host.files.kind(journal)) === "file";
  if (isUnfinished) {
    const { steps, folders } = JSON.parse(await host.files.read(journal)) as Journal;
    for (const [number, step] of steps.entries()) await undo(host, { out, folder, steps }, step, String(number));
    for (const made of folders) await host.files.remove(posix.join(out, made));
    await host.files.remove(journal);
  }
  await host.files.remove(folder);
  return isUnfinished;
}

interface Journal {
  readonly steps: readonly Step[];
  /** Folders that the commit makes, relative to the output folder, which is "" itself; outermost only. */
  readonly folders: readonly string[];
}

/** `.ledger.staging-write` beside `ledger`: on the same file system, so that moving a file is atomic. */
function transactionFolder(out: string): string {
  return posix.join(posix.dirname(out), `.${posix.basename(out)}.staging-write`);
}

async function apply(host: Host, { out, folder }: Transaction, { path, kind }: Step, number: string): Promise<void> {
  if (kind === "remove") return host.files.remove(target(out, path));
  await host.files.move(posix.join(folder, "new", number), target(out, path));
}

async function undo(host: Host, { out, folder }: Transaction, { path, kind }: Step, number: string): Promise<void> {
  if (kind === "create") {
    const isApplied = (await host.files.kind(posix.join(folder, "new", number))) === "none";
    if (isApplied && (await host.files.kind(target(out, path))) === "file") await host.files.remove(target(out, path));
    return;
  }
  const copy = posix.join(folder, "old", number);
  if ((await host.files.kind(copy)) !== "file") return;
  await host.files.move(copy, target(out, path));
}

/** The outermost folders that do not exist yet, so that undoing takes them away again. */
async function missingFolders(host: Host, { out, steps }: Transaction): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const folder of new Set(steps.map(({ path }) => posix.dirname(target(out, path))))) {
    let outermost: string | undefined;
    for (let at = folder; (await host.files.kind(at)) === "none"; at = posix.dirname(at)) outermost = at;
    if (outermost !== undefined) missing.add(outermost);
  }
  return [...missing];
}

function target(out: string, path: string): string {
  return posix.isAbsolute(path) ? path : posix.join(out, path);
}
