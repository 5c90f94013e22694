import { execFile } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runCli } from "../../src/cli/program.ts";
import type { Host } from "../../src/host.ts";
import { temporaryHost } from "../support/host.ts";

const documents = ["ledger", "clinic", "bookshop"];
const out = "out";

/** A workspace of its own that holds the document. */
function workspaceWith(name: string) {
  return temporaryHost({ [`specs/${name}.yaml`]: readFileSync(`specs/${name}.yaml`, "utf8") });
}

interface Report {
  readonly changes: object;
  readonly migration?: object;
}

async function crud(host: Host & { readonly printed: { out: string } }, name: string): Promise<Report> {
  host.printed.out = "";
  await runCli(host, ["crud", `specs/${name}.yaml`, "--out", out, "--no-verify", "--json"]);
  return JSON.parse(host.printed.out) as Report;
}

function readTree(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

// Whole processes, because time zone and locale are fixed when a process starts.
test("a document gives the same bytes in another folder, time zone and locale", async () => {
  await using here = await workspaceWith("ledger");
  await using there = await workspaceWith("ledger");
  const run = (host: Host, environment: NodeJS.ProcessEnv) =>
    promisify(execFile)(
      process.execPath,
      [resolve("src/main.ts"), "crud", "specs/ledger.yaml", "--out", out, "--no-verify"],
      { cwd: host.cwd, env: { ...process.env, ...environment } },
    );
  await run(here, { TZ: "UTC", LANG: "C", LC_ALL: "C" });
  await run(there, { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" });
  expect(readTree(join(there.cwd, out))).toEqual(readTree(join(here.cwd, out)));
});

describe.each(documents)("%s", (name) => {
  test("is left alone by a second run, also when that does all the work; shuffled keys make no migration", async () => {
    await using host = await workspaceWith(name);
    await crud(host, name);
    const before = readTree(join(host.cwd, out));
    const nothing = { created: 0, updated: 0, merged: 0, removed: 0, conflicts: [] };
    expect((await crud(host, name)).changes).toMatchObject(nothing);

    // Without what this machine remembers, a checkout of scaffold does the work again.
    await host.files.remove(".scaffold/cache");
    expect((await crud(host, name)).changes).toMatchObject(nothing);
    expect(readTree(join(host.cwd, out))).toEqual(before);

    const document: unknown = parse(readFileSync(`specs/${name}.yaml`, "utf8"));
    await host.files.write(`specs/${name}.yaml`, JSON.stringify(shuffled(document, 7), null, 2));
    expect((await crud(host, name)).migration).toBeUndefined();
    expect(inNoOrder(readTree(join(host.cwd, out)))).toEqual(inNoOrder(before));
  });
});

/** Which of several members a test tries follows the document's order; the lock and the manifest hold hashes. */
const orderDecides = /\.test\.ts$|^scaffold\.lock\.json$|^\.scaffold\//;

/** Every other file as its words in alphabetical order: what formatting and order leave of it. */
function inNoOrder(tree: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const words = (text: string) =>
    text
      .split(/[^\w$]+/)
      .filter(Boolean)
      .sort();
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [path, orderDecides.test(path) ? [] : words(text)]),
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

/** FNV-1a: the same order on every run. */
function hash(text: string): number {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619);
  return value >>> 0;
}
