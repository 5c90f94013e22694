import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as hosts from "../../src/host-node.ts";
import type * as pipelines from "../../src/pipeline.ts";
import { edited, type Edit, type Files } from "./fault.ts";

/** A generator with a mistake in it. */
export interface Generator {
  /** Generates the service of a document into a folder that is not there yet, and answers with its files. */
  generate(document: string, out: string): Promise<Files>;
}

/** Copies our sources and templates to a folder, and makes the edits there. Libraries are found in the folders above. */
export async function faultyGenerator(folder: string, edits: readonly Edit[]): Promise<Generator> {
  await mkdir(folder, { recursive: true });
  for (const part of ["src", "templates", "package.json"]) await cp(part, join(folder, part), { recursive: true });
  for (const edit of edits) {
    const path = join(folder, edit.file);
    const text = edited(await readFile(path, "utf8"), edit);
    if (text === undefined) throw new Error(`${edit.file} holds this not once: ${edit.find}`);
    await writeFile(path, text);
  }
  return { generate: (document, out) => generate(folder, document, out) };
}

async function generate(folder: string, document: string, out: string): Promise<Files> {
  const load = (path: string): Promise<unknown> => import(pathToFileURL(resolve(folder, path)).href);
  // A copy has the types of what it is a copy of.
  const { runPipeline } = (await load("src/pipeline.ts")) as typeof pipelines;
  const { createNodeHost } = (await load("src/host-node.ts")) as typeof hosts;
  const options = { spec: document, out, isDryRun: false, isVerified: false, isStrict: false };
  const silent = { stage: () => undefined, progress: () => undefined };
  const { outcome, diagnostics } = await runPipeline(createNodeHost(), options, silent);
  if (outcome !== "done") throw new Error(`${document}: ${outcome}. ${diagnostics.map(({ saw }) => saw).join(" ")}`);
  return filesOf(out);
}

/** Without what the generator notes down for itself. */
async function filesOf(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.map((path) => path.slice(join(folder, "/").length)).filter((path) => !path.startsWith(".scaffold"));
  const contents = own.sort().map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const);
  return new Map(await Promise.all(contents));
}
