import { dirname, join, normalize, relative, resolve, sep } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import { decodeFragment } from "../diagnostic/pointer.ts";
import type { Text } from "../diagnostic/positions.ts";
import type { Host } from "../host.ts";
import { parseText, withoutByteOrderMark } from "./parse.ts";

/** A file that was read: its value is undefined where it does not parse. */
export interface SourceTree {
  readonly file: string;
  readonly text: Text;
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** Why a file that a reference names has no tree. */
export type Refusal = "missing" | "outside" | "remote";

/** The document's file and every file that references lead to, by path as diagnostics show it. */
export interface SourceTrees {
  readonly main: SourceTree;
  readonly trees: ReadonlyMap<string, SourceTree>;
  readonly refusals: ReadonlyMap<string, Refusal>;
}

/** Deeper nesting is an attack on the stack, not a document. */
const maxDepth = 400;

/** Reads, one after the other, the files that a document refers to; never outside `workspace`. */
export async function readReferenced(
  host: Host,
  main: SourceTree,
  workspace: string | undefined,
): Promise<SourceTrees> {
  // A file may refer back to the document, whatever way to it the user took.
  const trees = new Map([[plainPath(main.file), main]]);
  const refusals = new Map<string, Refusal>();
  const boundary = await realBoundary(host, main.file, workspace);
  const open = referencedFiles(main);
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (trees.has(path) || refusals.has(path)) continue;
    const refusal = await refusalOf(host, path, boundary);
    if (refusal !== undefined) refusals.set(path, refusal);
    else {
      const tree = await readTree(host, path);
      trees.set(path, tree);
      open.push(...referencedFiles(tree));
    }
  }
  return { main, trees, refusals };
}

/** The file that a reference in `from` names, `from` itself included, as `SourceTrees` has it. */
export function fileOfReference(reference: string, from: string): string {
  const path = reference.split("#")[0] ?? "";
  if (path === "") return plainPath(from);
  return isRemote(path) ? path : plainPath(join(dirname(from), decodeFragment(path)));
}

/** One spelling for each path: without `./` and `a/..`, and with slashes. */
function plainPath(path: string): string {
  return normalize(path).replaceAll(sep, "/");
}

/** Reads one file. Where it cannot be used, its value is undefined and its diagnostics have an error. */
export async function readTree(host: Host, file: string): Promise<SourceTree> {
  const content = await readText(host, file);
  if (content === undefined) {
    return { file, text: { file, text: "" }, value: undefined, diagnostics: [await notFound(host, file)] };
  }
  const text = { file, text: withoutByteOrderMark(content) };
  const { value, diagnostics } = await parseText(text);
  if (hasErrors(diagnostics) || !isDeeperThan(value, maxDepth)) return { file, text, value, diagnostics };
  const saw = `Values are nested more than ${maxDepth} levels deep, or contain themselves.`;
  return { file, text, value: undefined, diagnostics: [error("document/not-openapi", { place: { file }, saw })] };
}

async function readText(host: Host, file: string): Promise<string | undefined> {
  try {
    return await host.files.read(file);
  } catch {
    // Missing, a folder, or not readable: the same to whoever named it.
    return undefined;
  }
}

async function notFound(host: Host, file: string): Promise<Diagnostic> {
  const place = { file };
  switch (await host.files.kind(file)) {
    case "folder":
      return error("document/not-found", { place, saw: `${file} is a folder.`, fix: "name the document in it." });
    case "none":
      return error("document/not-found", { place, saw: `There is no file ${file}.` });
    case "file":
    case "other":
      return error("document/not-found", { place, saw: `${file} cannot be read.`, fix: "check who may read it." });
  }
}

function isRemote(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(path) || path.startsWith("//");
}

async function refusalOf(host: Host, path: string, boundary: string): Promise<Refusal | undefined> {
  if (isRemote(path)) return "remote";
  if (!isWithin(resolve(host.cwd, path), boundary)) {
    const real = await realPath(host, path);
    if (real === undefined || !isWithin(real, boundary)) return "outside";
  }
  if ((await host.files.kind(path)) !== "file") return "missing";
  const real = await realPath(host, path);
  return real === undefined || isWithin(real, boundary) ? undefined : "outside";
}

/**
 * References may lead to files in the workspace. A document that lies elsewhere has no workspace; there it is the folder
 * above its own, as `../common/Error.yaml` is how such documents are laid out.
 */
async function realBoundary(host: Host, file: string, workspace: string | undefined): Promise<string> {
  const own = (await realPath(host, workspace ?? host.cwd)) ?? host.cwd;
  const document = (await realPath(host, file)) ?? resolve(host.cwd, file);
  return isWithin(document, own) ? own : dirname(dirname(document));
}

async function realPath(host: Host, path: string): Promise<string | undefined> {
  try {
    return await host.files.realPath(path);
  } catch {
    return undefined;
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

function referencedFiles(tree: SourceTree): string[] {
  const files = new Set<string>();
  forEachObject(tree.value, (node) => {
    const reference: unknown = Reflect.get(node, "$ref");
    if (typeof reference === "string") files.add(fileOfReference(reference, tree.file));
  });
  return [...files].reverse();
}

function forEachObject(root: unknown, visit: (node: object) => void): void {
  const seen = new Set<unknown>();
  const open = [root];
  for (let node = open.pop(); open.length > 0 || node !== undefined; node = open.pop()) {
    if (typeof node !== "object" || node === null || seen.has(node)) continue;
    seen.add(node);
    visit(node);
    for (const value of Object.values(node)) if (typeof value === "object" && value !== null) open.push(value);
  }
}

/** True, too, for a value that contains itself, as YAML aliases can say. */
function isDeeperThan(root: unknown, limit: number): boolean {
  let level = new Set([root]);
  for (let depth = 0; level.size > 0; depth++) {
    if (depth > limit) return true;
    const next = new Set<unknown>();
    for (const node of level) {
      if (typeof node !== "object" || node === null) continue;
      for (const value of Object.values(node)) if (typeof value === "object" && value !== null) next.add(value);
    }
    level = next;
  }
  return false;
}
