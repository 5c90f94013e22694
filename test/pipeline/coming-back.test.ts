import { readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { packageFolder } from "../../src/package.ts";
import { temporaryHost } from "../support/host.ts";

/** What a team cannot lose: bodies, migrations, and the files that are theirs once they are written. */
const stays =
  /^(?:scaffold\.lock\.json|migrations\/.*|\.env\.example|README\.md|src\/(?:services|extensions)\.ts|.*\.fixtures\.ts)$/;

test("a service comes back, byte for byte, from its document, lock, migrations and the files that were written once", async () => {
  await using host = await temporaryHost({
    "package.json": "{}",
    "ledger.yaml": readFileSync("specs/ledger.yaml", "utf8"),
  });
  await cp(join(packageFolder, "generated/ledger"), join(host.cwd, "out"), {
    recursive: true,
    filter: (source) => !/\/(?:node_modules|\.data)(?:\/|$)/.test(source),
  });
  const crud = () => runCli(host, ["crud", "ledger.yaml", "--out", "out", "--no-verify"]);
  const texts = async () => {
    const paths = await host.files.list("out");
    return new Map(await Promise.all(paths.map(async (path) => [path, await host.files.read(`out/${path}`)] as const)));
  };
  expect(await crud(), host.printed.error).toBe(0);
  const before = await texts();
  for (const path of before.keys()) if (!stays.test(path)) await host.files.remove(`out/${path}`);
  expect((await texts()).size).toBeLessThan(before.size / 2);

  expect(await crud(), host.printed.error).toBe(0);
  expect(await texts()).toEqual(before);
}, 240_000);
