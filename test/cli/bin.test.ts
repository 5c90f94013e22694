import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { packageVersion } from "../../src/package.ts";

const node = (...args: readonly string[]) => promisify(execFile)(process.execPath, args);

test("the installed command runs", async () => {
  expect((await node("bin/scaffold.js", "--version")).stdout).toBe(`${packageVersion()}\n`);
});

test("the installed command judges a body, and runs it in the sandbox", async () => {
  await mkdir(".scaffold", { recursive: true });
  const folder = await mkdtemp(".scaffold/replay-");
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const body = [
    '  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();',
    '  return words === "" ? "TRANSFER" : words.slice(0, 35).trimEnd();',
  ];
  const slot = { contract: "", state: "filled", by: "model", body };
  const lock = { version: 1, slots: { "transfer.create.reference": slot } };
  await writeFile(`${folder}/lock.json`, JSON.stringify(lock));
  const asked = ["specs/ledger.yaml", "transfer.create.reference", "--replay", `${folder}/lock.json`];
  const where = ["--out", `${folder}/out`, "--no-verify", "--dry-run"];
  const { stdout } = await node("bin/scaffold.js", "fill", ...asked, ...where);
  expect(stdout).toMatch(/transfer\.create\.reference +kept/);
});

test.each(["16.20.2", "20.20.0", "22.17.1"])(
  "Node %s is told what is needed, and nothing else happens",
  async (version) => {
    const pretend = `Object.defineProperty(process.versions, "node", { value: "${version}" }); import("./bin/scaffold.js");`;
    const failure: unknown = await node("--eval", pretend).catch((cause: unknown) => cause);
    expect(failure).toMatchObject({ code: 64, stdout: "" });
    expect(failure).toHaveProperty(
      "stderr",
      expect.stringContaining(`scaffold needs Node 22.18 or newer; this is Node ${version}.`),
    );
  },
);
