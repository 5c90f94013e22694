import { spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createNodeHost } from "../../src/host-node.ts";
import { recover } from "../../src/output/transaction.ts";

const script = join(import.meta.dirname, "interrupted-child.ts");

/** Ctrl-C is undone at once; after a kill, the next run undoes it. */
const signals = [0, 15, 40, 60].flatMap((afterMs) => [
  { signal: "SIGINT" as const, afterMs },
  { signal: "SIGKILL" as const, afterMs },
]);

/** Ends with the exit code or the signal's name. */
function write(folder: string, text: string, signal?: NodeJS.Signals, afterMs = 0): Promise<number | string> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ["--no-warnings", script, folder, text], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.once("data", () => {
      if (signal !== undefined) setTimeout(() => child.kill(signal), afterMs);
    });
    child.on("close", (code, name) => done(code ?? name ?? ""));
  });
}

/** The different texts in the folder: one where nothing is mixed. */
async function texts(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, "out/src"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files).toHaveLength(400);
  return [...new Set(await Promise.all(files.map((file) => readFile(file, "utf8"))))];
}

test("a write that Ctrl-C or a kill meets at any moment leaves all of the old files, or all of the new", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scaffold-interrupt-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  expect(await write(folder, "first")).toBe(0);
  for (const { signal, afterMs } of signals) {
    const before = await texts(folder);
    const text = `${signal} after ${afterMs}`;
    expect([0, 130, signal]).toContain(await write(folder, text, signal, afterMs));
    if (signal === "SIGKILL") await recover(createNodeHost({ cwd: folder }), join(folder, "out"));
    expect([before, [text]]).toContainEqual(await texts(folder));
  }
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
}, 60_000);
