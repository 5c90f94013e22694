import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";

export interface DocumentFile {
  readonly name: string;
  readonly file: string;
}

/** Largest file first: what takes longest does not end alone. */
export async function largestFirst(documents: readonly DocumentFile[]): Promise<readonly DocumentFile[]> {
  const sizes = new Map(await Promise.all(documents.map(async ({ file }) => [file, (await stat(file)).size] as const)));
  const size = ({ file }: DocumentFile): number => sizes.get(file) ?? 0;
  return documents.toSorted((left, right) => size(right) - size(left));
}

const usualNames = ["openapi", "swagger"].flatMap((stem) =>
  ["json", "yaml", "yml"].map((extension) => `${stem}.${extension}`),
);

/** The documents that these paths name: files, folders that hold one under a usual name, and folders of such. */
export async function findDocuments(paths: readonly string[]): Promise<readonly DocumentFile[]> {
  const found: DocumentFile[] = [];
  for (const path of paths) found.push(...(await documentsAt(path)));
  return found;
}

async function documentsAt(path: string): Promise<readonly DocumentFile[]> {
  if (!existsSync(path)) return [];
  if (!(await stat(path)).isDirectory()) return [{ name: nameOf(path), file: relative(".", path) }];
  const own = documentIn(path);
  if (own !== undefined) return [own];
  const found: DocumentFile[] = [];
  for (const name of (await readdir(path)).sort()) {
    const inner = join(path, name);
    const isFolder = (await stat(inner)).isDirectory();
    const document = isFolder
      ? documentIn(inner)
      : /\.(ya?ml|json)$/.test(name)
        ? { name: nameOf(inner), file: relative(".", inner) }
        : undefined;
    if (document !== undefined) found.push(document);
  }
  return found;
}

function documentIn(folder: string): DocumentFile | undefined {
  const file = ["", "spec"]
    .flatMap((below) => usualNames.map((name) => join(folder, below, name)))
    .find((candidate) => existsSync(candidate));
  return file === undefined ? undefined : { name: basename(folder), file: relative(".", file) };
}

/** A file with a usual name is called by its folder. */
function nameOf(file: string): string {
  const name = basename(file);
  return usualNames.includes(name) ? basename(dirname(file)) : name.replace(/\.\w+$/, "");
}
