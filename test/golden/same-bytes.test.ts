import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

/** Whole processes, because time zone and locale are fixed when a process starts. */
const main = resolve("src/main.ts");
const documents = ["ledger", "clinic", "bookshop"];
const temporary: string[] = [];

afterAll(() => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function workspace(...path: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "scaffold-same-"));
  temporary.push(folder);
  mkdirSync(join(folder, ...path, "specs"), { recursive: true });
  return join(folder, ...path);
}

async function crud(
  cwd: string,
  spec: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ changes: object; migration?: object }> {
  const args = [main, "crud", spec, "--out", "out", "--no-verify", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd,
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout) as { changes: object; migration?: object };
}

function readTree(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

describe.each(documents)("%s", (name) => {
  test("gives the same bytes in another folder, time zone and locale", async () => {
    const [here, there] = [workspace(), workspace("somewhere", "else entirely")];
    for (const folder of [here, there]) cpSync(`specs/${name}.yaml`, join(folder, `specs/${name}.yaml`));
    await crud(here, `specs/${name}.yaml`, { TZ: "UTC", LANG: "C", LC_ALL: "C" });
    await crud(there, `specs/${name}.yaml`, { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" });
    expect(readTree(join(there, "out"))).toEqual(readTree(join(here, "out")));
  });

  test("is left alone by a second run, also when it does all the work", async () => {
    const here = workspace();
    cpSync(`specs/${name}.yaml`, join(here, `specs/${name}.yaml`));
    await crud(here, `specs/${name}.yaml`);
    const before = readTree(join(here, "out"));
    const nothing = { created: 0, updated: 0, merged: 0, removed: 0, conflicts: [] };
    expect((await crud(here, `specs/${name}.yaml`)).changes).toMatchObject(nothing);
    expect(readTree(join(here, "out"))).toEqual(before);

    const manifest = join(here, "out/.scaffold/manifest.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/("input": )"[0-9a-f]*"/, '$1""'));
    expect((await crud(here, `specs/${name}.yaml`)).changes).toMatchObject(nothing);
    expect(readTree(join(here, "out"))).toEqual(before);
  });

  test("is the same but for order, and needs no migration, when the keys of its document are shuffled", async () => {
    const here = workspace();
    cpSync(`specs/${name}.yaml`, join(here, `specs/${name}.yaml`));
    await crud(here, `specs/${name}.yaml`);
    const before = inNoOrder(readTree(join(here, "out")));
    const document: unknown = parse(readFileSync(`specs/${name}.yaml`, "utf8"));
    writeFileSync(join(here, `specs/${name}.yaml`), JSON.stringify(shuffled(document, 7), null, 2));
    expect((await crud(here, `specs/${name}.yaml`)).migration).toBeUndefined();
    expect(inNoOrder(readTree(join(here, "out")))).toEqual(before);
  });
});

/** Every file as its words in alphabetical order: what formatting and order leave of it. */
function inNoOrder(tree: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const files = Object.entries(tree).filter(
    ([path]) => path !== ".scaffold/manifest.json" && path !== "scaffold.lock.json",
  );
  return Object.fromEntries(
    files.map(([path, text]) => [
      path,
      text
        .split(/[\s,;|()]+/)
        .filter(Boolean)
        .sort(),
    ]),
  );
}

/** The same mappings with their keys in another order; lists keep theirs, because it means something. */
function shuffled(node: unknown, seed: number): unknown {
  if (Array.isArray(node)) return node.map((item, at) => shuffled(item, seed + at));
  if (typeof node !== "object" || node === null) return node;
  const keyed = Object.entries(node).map(([key, value], at) => [hash(`${key}${seed}${at}`), key, value] as const);
  keyed.sort(([left], [right]) => left - right);
  return Object.fromEntries(keyed.map(([, key, value]) => [key, shuffled(value, seed + 1)]));
}

function hash(text: string): number {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619);
  return value >>> 0;
}
