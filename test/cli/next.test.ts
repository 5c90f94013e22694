import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createNodeHost } from "../../src/host-node.ts";
import { runCli } from "../../src/cli/program.ts";

const document = "specs/features/a-bare-array-is-a-list.yaml";

/** What a run prints that starts in a folder of this repository, below its `node_modules`. */
async function run(...args: readonly string[]): Promise<string> {
  await mkdir(".scaffold", { recursive: true });
  const cwd = await mkdtemp(".scaffold/next-");
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  await writeFile(join(cwd, "package.json"), "{}");
  await writeFile(join(cwd, "scaffold.config.json"), JSON.stringify({ omit: args }));
  let printed = "";
  const write = (text: string) => void (printed += text);
  const terminal = { isInteractive: false, hasColour: false, columns: 120, out: write, error: write };
  const host = createNodeHost({ cwd, terminal });
  await writeFile(join(cwd, "birds.yaml"), await readFile(document, "utf8"));
  expect(await runCli(host, ["crud", "birds.yaml", "--out", "out", "--no-verify"])).toBe(0);
  return printed;
}

test("what to type next does not install what a folder above has", async () => {
  expect(await run()).toContain("  Next      cd out && npm start        http://localhost:3000/docs\n");
});

test.each(["package.json", "src/server.ts"])("there is nothing to type next where %s is omitted", async (path) => {
  expect(await run(path)).not.toContain("Next");
});
