import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { packageVersion } from "../../src/package.ts";

const node = (...args: readonly string[]) => promisify(execFile)(process.execPath, args);

test("the installed command runs", async () => {
  expect((await node("bin/scaffold.js", "--version")).stdout).toBe(`${packageVersion()}\n`);
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
