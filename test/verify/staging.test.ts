import { lstat, realpath } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packageFolder } from "../../src/package.ts";
import { stageFiles, stagingFolder } from "../../src/verify/staging.ts";
import { createWorkspace, type Workspace } from "./package.ts";

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

async function stage(files: Readonly<Record<string, string>>, removed: readonly string[] = []): Promise<string> {
  const content = Object.entries(files).map(([path, text]) => ({ path, content: text }));
  const { value } = await stageFiles(workspace.host, "services/shop", content, removed);
  return value?.folder ?? "";
}

test("the folder holds what would be on disk, beside the output folder, and the output folder stays as it is", async () => {
  await workspace.write({
    "services/shop/src/kept.ts": "kept",
    "services/shop/src/changed.ts": "old",
    "services/shop/src/gone.ts": "gone",
    "services/shop/src/coverage/coverage.ts": "an entity",
    "services/shop/coverage/index.html": "a report",
    "services/shop/.data/rows": "rows",
    "services/shop/.scaffold/manifest.json": "{}",
    "services/shop/node_modules/left/index.js": "left",
  });
  const before = await workspace.read();
  const folder = await stage({ "src/changed.ts": "new", "src/added.ts": "added" }, ["src/gone.ts"]);
  const name = folder.slice(workspace.folder.length + 1);
  expect(name).toMatch(/^services\/\.shop\.staging-[0-9a-f]{8}$/);
  expect(await workspace.read()).toEqual({
    ...before,
    [`${name}/src/kept.ts`]: "kept",
    [`${name}/src/coverage/coverage.ts`]: "an entity",
    [`${name}/src/changed.ts`]: "new",
    [`${name}/src/added.ts`]: "added",
  });
});

test("what a dead run left behind is removed, and disposing leaves nothing", async () => {
  const leftover = stagingFolder(join(workspace.folder, "services/shop"));
  await workspace.write({ [`${leftover.slice(workspace.folder.length + 1)}/src/old.ts`]: "old" });
  const { value } = await stageFiles(workspace.host, "services/shop", [{ path: "a.ts", content: "a" }]);
  expect(Object.values(await workspace.read())).toEqual(["a"]);
  await value?.dispose();
  expect(await workspace.read()).toEqual({});
});

test("a folder under node_modules is refused, for Node runs no TypeScript there", async () => {
  const { value, diagnostics } = await stageFiles(workspace.host, "node_modules/shop", []);
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ severity, saw }) => `${severity} ${saw}`)).toEqual([
    "error node_modules/shop is inside node_modules, where Node runs no TypeScript; nothing was written.",
  ]);
});

const description = (name: string, version: string, more: object = {}) => JSON.stringify({ name, version, ...more });

test.each([
  {
    title: "the output folder's own one comes first",
    files: { "services/shop/node_modules/fastify/package.json": description("fastify", "5.0.0") },
    found: "services/shop/node_modules/fastify",
  },
  {
    title: "then the one that Node would find further up",
    files: { "node_modules/fastify/package.json": description("fastify", "5.1.0") },
    found: "node_modules/fastify",
  },
  {
    title: "one of another major version is passed over",
    files: { "node_modules/fastify/package.json": description("fastify", "4.9.0") },
    found: undefined,
  },
  {
    title: "one that would not find its peers is passed over",
    files: {
      "node_modules/fastify/package.json": description("fastify", "5.1.0", { peerDependencies: { typebox: "*" } }),
    },
    found: undefined,
  },
  { title: "ours comes last", files: {}, found: undefined },
])("modules: $title", async ({ files, found }) => {
  await workspace.write(files);
  const dependencies = { fastify: "5.12.8", typebox: "1.4.3", "../escape": "1.0.0", "not-there": "1.0.0" };
  const folder = await stage({ "package.json": JSON.stringify({ dependencies }) });
  const expected = found === undefined ? join(packageFolder, "node_modules/fastify") : join(workspace.folder, found);
  expect(await realpath(join(folder, "node_modules/fastify"))).toBe(await realpath(expected));
  await expect(lstat(join(folder, "node_modules/not-there"))).rejects.toThrow("ENOENT");
});
