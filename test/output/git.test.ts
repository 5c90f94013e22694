import { mkdtemp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { blobHash } from "../../src/hash.ts";
import { createNodeHost } from "../../src/host-node.ts";
import { findBases, keepBases } from "../../src/output/bases.ts";
import { markConflicts } from "../../src/output/conflict-index.ts";
import type { Previous } from "../../src/output/previous.ts";
import { checkPlace, findWorkspace } from "../../src/output/workspace.ts";

/** A repository with one committed file. */
async function repository(committed: string) {
  const folder = await mkdtemp(join(tmpdir(), "scaffold-git-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const host = createNodeHost({ cwd: folder });
  const git = async (...args: readonly string[]) => {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    const { exitCode, stdout, stderr } = await host.run({ command: "git", args: [...identity, ...args], cwd: folder });
    expect(exitCode, stderr).toBe(0);
    return stdout;
  };
  await git("init", "--quiet");
  await mkdir(join(folder, "out"));
  await writeFile(join(folder, "out/a.ts"), committed);
  await git("add", ".");
  await git("commit", "--quiet", "-m", "First");
  return { folder, host, git, out: join(folder, "out") };
}

function edited(base: string): Previous {
  const files = { "a.ts": { class: "generated" as const, hash: blobHash(base) } };
  return {
    exists: true,
    manifest: { version: "1", input: "", files },
    files: new Map([["a.ts", "mine\n"]]),
    others: new Set(),
  };
}

describe("the base of a merge", () => {
  test("is found in git's object store", async () => {
    const { folder, host, out } = await repository("base\n");
    expect([...(await findBases(host, folder, out, edited("base\n")))]).toEqual([[blobHash("base\n"), "base\n"]]);
  });

  test("is found in the cache where it was never committed, and the cache is ignored by git", async () => {
    const { folder, host, out, git } = await repository("other\n");
    await keepBases(host, folder, out, [{ path: "a.ts", class: "generated", content: "base\n" }]);
    expect([...(await findBases(host, folder, out, edited("base\n"))).values()]).toEqual(["base\n"]);
    expect(await git("status", "--porcelain")).toBe("");
  });

  test("outlives some runs in the cache, and not all", async () => {
    const { folder, host, out } = await repository("other\n");
    for (const content of ["one\n", "two\n"])
      await keepBases(host, folder, out, [{ path: "a.ts", class: "generated", content }]);
    expect((await findBases(host, folder, out, edited("one\n"))).size).toBe(1);
    await keepBases(host, folder, out, [{ path: "a.ts", class: "generated", content: "three\n" }]);
    expect((await findBases(host, folder, out, edited("one\n"))).size).toBe(0);
  });

  test("is found nowhere without git and without a cache", async () => {
    const folder = await mkdtemp(join(tmpdir(), "scaffold-bare-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    expect((await findBases(createNodeHost({ cwd: folder }), folder, folder, edited("base\n"))).size).toBe(0);
  });
});

test("git knows of a conflict as of its own, and not of one in a file that it does not track", async () => {
  const { host, git, out } = await repository("base\n");
  const conflict = { base: "base\n", yours: "mine\n", generated: "ours\n" };
  await markConflicts(host, out, [
    { path: "a.ts", ...conflict },
    { path: "b.ts", ...conflict },
  ]);
  const stages = (await git("ls-files", "--unmerged")).trim().split("\n");
  expect(stages).toEqual(
    ["base\n", "mine\n", "ours\n"].map((text, at) => `100644 ${blobHash(text)} ${at + 1}\tout/a.ts`),
  );
  expect(await git("status", "--porcelain")).toBe("UU out/a.ts\n");
});

describe("the workspace", () => {
  test("is the repository, and a link does not lead out of it", async () => {
    const { folder, host } = await repository("a\n");
    const elsewhere = await mkdtemp(join(tmpdir(), "scaffold-else-"));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    await symlink(elsewhere, join(folder, "link"));
    const inner = createNodeHost({ cwd: join(folder, "out") });
    expect(await findWorkspace(inner)).toBe(folder);
    const codes = async (path: string) => (await checkPlace(host, folder, path)).map((one) => one.code);
    expect(await codes(join(folder, "new/deep/service"))).toEqual([]);
    expect(await codes(join(folder, "link/service"))).toEqual(["output/outside-workspace"]);
    expect(await codes(`${folder}-more`)).toEqual(["output/outside-workspace"]);
    expect(await codes(join(folder, ".git/service"))).toEqual(["output/not-ours"]);
  });
});
