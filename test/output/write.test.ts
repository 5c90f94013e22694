import { describe, expect, test } from "vitest";
import { blobHash } from "../../src/hash.ts";
import { readManifest } from "../../src/output/manifest.ts";
import { manifestOf, mergeFiles, type ChangeSet } from "../../src/output/merge.ts";
import { readPrevious } from "../../src/output/previous.ts";
import { recover } from "../../src/output/transaction.ts";
import { writeChanges } from "../../src/output/write.ts";
import type { OutputFile } from "../../src/plan/plan.ts";
import { memoryHost, type MemoryHost } from "./memory-host.ts";

const out = "/repo/generated/shop";

function file(path: string, content: string): OutputFile {
  return { path, class: "generated", content };
}

/** One run of the last stages: read, merge, write. */
async function run(host: MemoryHost, rendered: readonly OutputFile[]) {
  await recover(host, out);
  const { value: previous } = await readPrevious(host, out);
  const { value: changes } = mergeFiles({ previous, bases: new Map(), rendered, shown: "shop" });
  const previousManifest = host.disk.get(`${out}/.scaffold/manifest.json`);
  const manifest = manifestOf(changes, "1", "input");
  return writeChanges(host, { out, changes, manifest, ...(previousManifest !== undefined && { previousManifest }) });
}

const first = [file("a.ts", "a\n"), file("src/b.ts", "b\n"), file("src/deep/c.ts", "c\n")];
const second = [file("a.ts", "a2\n"), file("src/b.ts", "b\n"), file("src/new/d.ts", "d\n"), file("e.ts", "e\n")];

async function generated(): Promise<MemoryHost> {
  const host = memoryHost({ "/repo/package.json": "{}", [`${out}/mine.txt.orig`]: "mine" });
  host.disk.delete(`${out}/mine.txt.orig`);
  await run(host, first);
  host.disk.set(`${out}/mine.txt`, "mine\n");
  return host;
}

const state = (host: MemoryHost) => Object.fromEntries(host.disk);

describe("a write", () => {
  test("puts each file in its place, removes what is no longer called for, and leaves nothing beside it", async () => {
    const host = await generated();
    await run(host, second);
    expect([...host.disk.keys()].sort()).toEqual([
      `${out}/.scaffold/manifest.json`,
      `${out}/a.ts`,
      `${out}/e.ts`,
      `${out}/mine.txt`,
      `${out}/src/b.ts`,
      `${out}/src/new/d.ts`,
      "/repo/package.json",
    ]);
    expect(await host.files.kind(`${out}/src/deep`)).toBe("none");
  });

  test("of the same files again changes nothing on disk", async () => {
    const host = await generated();
    await run(host, second);
    host.failAt(0, true);
    expect(await run(host, second)).toEqual({ value: false, diagnostics: [] });
    expect(host.steps()).toBe(0);
  });

  test.each([
    { title: "once", forEver: false, from: "a second run" },
    { title: "for ever, until the next start", forEver: true, from: "a second run" },
    { title: "once", forEver: false, from: "the first run" },
    { title: "for ever, until the next start", forEver: true, from: "the first run" },
  ])("that fails at any step of $from $title leaves the old state or the new", async ({ forEver, from }) => {
    const start = async () => (from === "the first run" ? memoryHost({ "/repo/package.json": "{}" }) : generated());
    const untouched = await start();
    const complete = await start();
    complete.failAt(Infinity);
    await run(complete, second);
    expect(complete.steps()).toBeGreaterThan(10);
    for (let step = 0; step < complete.steps(); step++) {
      const host = await start();
      host.failAt(step, forEver);
      const failed = await run(host, second).then(
        () => false,
        () => true,
      );
      host.failAt(Infinity);
      await recover(host, out);
      const isNew = state(host)[`${out}/e.ts`] !== undefined;
      expect(state(host), `step ${step}`).toEqual(state(isNew ? complete : untouched));
      expect(failed || isNew).toBe(true);
      if (!isNew && from === "the first run") expect(await host.files.kind(out)).toBe("none");
    }
  });

  test("that is interrupted at any step leaves the old state or the new", async () => {
    const complete = await generated();
    await run(complete, second);
    const untouched = state(await generated());
    for (let step = 0; step < 40; step++) {
      const host = await generated();
      let left = step;
      const { move } = host.files;
      const slow = {
        ...host,
        files: {
          ...host.files,
          move: async (from: string, to: string) => {
            if (left-- === 0) void host.interrupt();
            await move(from, to);
          },
        },
      };
      await run(slow, second).catch(() => undefined);
      const now = state(host);
      expect([untouched, state(complete)]).toContainEqual(now);
    }
  });

  test("never goes through a symbolic link inside the folder", async () => {
    const host = memoryHost({ "/repo/package.json": "{}" }, { [`${out}/src`]: "/etc" });
    const { diagnostics } = await run(host, first);
    expect(diagnostics.map((one) => one.code)).toEqual(["output/outside-workspace", "output/outside-workspace"]);
    expect([...host.disk.keys()]).toEqual(["/repo/package.json"]);
  });

  test("may take the lock along to another folder, and back", async () => {
    const host = await generated();
    const changes: ChangeSet = [];
    const manifest = manifestOf(changes, "1", "input");
    const outside = { path: "/repo/shop.lock.json", content: "{}\n" };
    const input = { out, changes, manifest, outside };
    host.failAt(8);
    await expect(writeChanges(host, input)).rejects.toThrow("disk full");
    expect(host.disk.has("/repo/shop.lock.json")).toBe(false);
    await writeChanges(host, input);
    expect(host.disk.get("/repo/shop.lock.json")).toBe("{}\n");
  });
});

test("the manifest names each file with its class and its hash, and nothing of the machine", async () => {
  const host = await generated();
  const text = host.disk.get(`${out}/.scaffold/manifest.json`) ?? "";
  expect(readManifest(text, "m").value?.files["src/b.ts"]).toEqual({ class: "generated", hash: blobHash("b\n") });
  expect(blobHash("b\r\n")).toBe("61780798228d17af2d34fce4cfbdf35556832472");
  expect(text).not.toContain("/repo");
});
