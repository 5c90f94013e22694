import type { Command, Host } from "../host.ts";

/** The three sides of a conflict; a base that was found nowhere is undefined. */
export interface Conflict {
  /** Relative to the output folder. */
  readonly path: string;
  readonly base: string | undefined;
  readonly yours: string;
  readonly generated: string;
}

/**
 * Writes conflicts into git's index as stages 1, 2 and 3 (gitglossary, "unmerged index"), so that `git status` and merge
 * tools know of them. Does nothing outside of a repository, and nothing for files that git does not track.
 */
export async function markConflicts(host: Host, out: string, conflicts: readonly Conflict[]): Promise<void> {
  for (const conflict of conflicts) {
    const entry = await git(host, out, ["ls-files", "--stage", "--full-name", "--", conflict.path]);
    const [, mode, path] = /^(\d+) [0-9a-f]+ 0\t(.+)\n$/.exec(entry ?? "") ?? [];
    if (mode === undefined || path === undefined) continue;
    const lines = [`0 ${"0".repeat(40)}\t${path}`];
    for (const [stage, text] of [conflict.base, conflict.yours, conflict.generated].entries()) {
      const hash = text === undefined ? undefined : await git(host, out, ["hash-object", "-w", "--stdin"], text);
      if (hash !== undefined) lines.push(`${mode} ${hash.trim()} ${stage + 1}\t${path}`);
    }
    await git(host, out, ["update-index", "--index-info"], `${lines.join("\n")}\n`);
  }
}

/** Undefined where git is missing, or says no. */
async function git(host: Host, cwd: string, args: readonly string[], input?: string): Promise<string | undefined> {
  const command: Command = { command: "git", args, cwd, timeoutMs: 10_000, ...(input !== undefined && { input }) };
  const result = await host.run(command).catch(() => undefined);
  return result?.exitCode === 0 ? result.stdout : undefined;
}
