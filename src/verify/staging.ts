import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import { hashOf } from "../hash.ts";
import type { Host } from "../host.ts";
import { sideBySide } from "../side-by-side.ts";
import { linkModules } from "./modules.ts";

/** A folder that holds what would be on disk after the run, for a trial. */
export interface Staging {
  /** Absolute. */
  readonly folder: string;
  /** Removes the folder. Without it, the folder stays, so that people can look at the attempt. */
  dispose(): Promise<void>;
  /** The folder stays even if the process is interrupted from now on. */
  keep(): void;
}

export interface StagedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** What the run leaves in place is copied, except for packages, which are linked. */
const passedOver: readonly string[] = ["node_modules", ".git"];

/** Made by running the service, or our own records; further down, a folder may have such a name for any reason. */
const passedOverAtRoot: readonly string[] = [".data", ".scaffold", "coverage", "dist"];

/**
 * Writes the files into a dot-folder beside the output folder, at the same depth, so that relative imports hold; files
 * that stand in the output folder and are not written or removed are copied. There is one such folder for an output
 * folder: what a dead run left behind is removed first. An interrupt removes it too.
 */
export async function stageFiles(
  host: Host,
  outFolder: string,
  files: readonly StagedFile[],
  removed: readonly string[] = [],
): Promise<Checked<Staging | undefined>> {
  const out = posix.resolve(host.cwd, outFolder);
  const inside = out.split("/").includes("node_modules");
  if (inside) {
    const saw = `${outFolder} is inside node_modules, where Node runs no TypeScript; nothing was written.`;
    return { value: undefined, diagnostics: [error("output/not-ours", { place: { file: outFolder }, saw })] };
  }
  const folder = stagingFolder(out);
  const dispose = () => host.files.remove(folder);
  const takeBack = host.onInterrupt(dispose);
  try {
    await dispose();
    await copyKept(host, out, folder, new Set([...files.map((file) => file.path), ...removed]));
    await sideBySide(files, ({ path, content }) => host.files.write(posix.join(folder, path), content));
    await linkModules(host, folder, out);
  } catch (cause) {
    takeBack();
    await dispose();
    throw cause;
  }
  return {
    value: {
      folder,
      async dispose() {
        takeBack();
        await dispose();
      },
      keep: takeBack,
    },
    diagnostics: [],
  };
}

/** Named for the output folder alone, so that the next run finds what this one leaves behind when it dies. */
export function stagingFolder(out: string): string {
  return posix.join(posix.dirname(out), `.${posix.basename(out)}.staging-${hashOf(out).slice(0, 8)}`);
}

async function copyKept(host: Host, out: string, folder: string, written: ReadonlySet<string>): Promise<void> {
  if ((await host.files.kind(out)) !== "folder") return;
  for (const path of await host.files.list(out, passedOver)) {
    if (passedOverAtRoot.includes(path.split("/")[0] ?? "")) continue;
    const from = posix.join(out, path);
    if (!written.has(path) && (await host.files.kind(from)) === "file") {
      await host.files.copy(from, posix.join(folder, path));
    }
  }
}
