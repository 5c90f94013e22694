import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

/** Both ways: each document of specs/ has a twin in generated/, and each twin a document. */
const documents = readdirSync("specs")
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(".yaml", ""))
  .sort();

test("every document has a twin, and every twin a document", () => {
  const twins = readdirSync("generated", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(twins.map(({ name }) => name).sort()).toEqual(documents);
});

test("every twin is a workspace, listed by name", () => {
  const { workspaces = [] } = JSON.parse(readFileSync("package.json", "utf8")) as { workspaces?: readonly string[] };
  expect([...workspaces].sort()).toEqual(documents.map((name) => `generated/${name}`));
});

describe("a twin is what its document gives today, to the byte", () => {
  test.each(documents)("%s", async (name) => {
    const committed = readTree(`generated/${name}`);
    await using host = await temporaryHost({
      [`specs/${name}.yaml`]: readFileSync(`specs/${name}.yaml`, "utf8"),
      ...Object.fromEntries([...committed].map(([path, text]) => [`generated/${name}/${path}`, text])),
    });
    const exitCode = await runCli(host, ["crud", `specs/${name}.yaml`, "--no-verify", "--quiet"]);
    expect({ exitCode, error: host.printed.error }).toMatchObject({ exitCode: 0 });
    expect(readTree(`${host.cwd}/generated/${name}`)).toEqual(committed);
  });
});

function readTree(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .filter((path) => !/^(node_modules|\.data)\//.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(`${folder}/${path}`, "utf8")]));
}
