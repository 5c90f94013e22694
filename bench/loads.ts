import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { promisify } from "node:util";

/** The smallest document that has a table, so that a run of the whole line takes little. */
const document = "specs/features/a-bare-array-is-a-list.yaml";

/** Prints what each kind of run loads of the libraries that a start must not wait for. */
export async function benchLoads(folder: string): Promise<void> {
  console.log("\nlibraries loaded");
  for (const { name, libraries } of await loads(folder))
    console.log(`${name.padEnd(34)} ${libraries.length === 0 ? "none" : libraries.join(", ")}`);
}

export interface Loads {
  readonly name: string;
  /** Packages that the process itself loaded, in the order of their names. */
  readonly libraries: readonly string[];
}

/** Runs the sources, in which every library is a package of its own. Writes below the folder, which is inside of this repository. */
export async function loads(folder: string): Promise<readonly Loads[]> {
  const out = `${folder}/service`;
  await rm(folder, { recursive: true, force: true });
  const crud = ["crud", document, "--out", out, "--no-verify"];
  const found: Loads[] = [];
  for (const [name, args] of [
    ["scaffold --help", ["--help"]],
    ["scaffold model", ["model", document]],
    ["scaffold explain", ["explain", document, "GET /birds"]],
    ["scaffold crud --no-verify", crud],
    ["scaffold crud, nothing to do", crud],
  ] as const)
    found.push({ name, libraries: await librariesOf(args, `${folder}/loads.txt`) });
  return found;
}

async function librariesOf(args: readonly string[], file: string): Promise<readonly string[]> {
  await rm(file, { force: true });
  const preload = `--import=${new URL("record-loads.ts", import.meta.url).href}`;
  const environment = { ...process.env, LOADS_FILE: file };
  await promisify(execFile)(process.execPath, [preload, "src/main.ts", ...args], { env: environment });
  return [...new Set((await readFile(file, "utf8")).split("\n").filter(Boolean))].sort();
}
