import { posix } from "node:path";
import type { Host } from "../../host.ts";
import { holdsSecret, isSecretPath } from "./secrets.ts";

/** The files of the user's workspace that a model may see. Nothing that git ignores, nothing that looks secret, nothing outside. */
export interface Workspace {
  readonly root: string;
  /** Paths relative to the root, sorted. */
  list(): Promise<readonly string[]>;
  /** The text of one of them, or why there is none to be had. */
  read(path: string): Promise<WorkspaceText>;
}

export type WorkspaceText = { readonly text: string } | { readonly refused: string };

/** Bigger ones are not read: no source that people write is. */
const mostBytes = 200_000;
const mostFiles = 20_000;
const skipped = ["node_modules", ".git", ".scaffold", "dist", "build", "coverage"];

export function openWorkspace(host: Host, root: string): Workspace {
  let listed: Promise<readonly string[]> | undefined;
  const list = () => (listed ??= listFiles(host, root));
  return {
    root,
    list,
    async read(path) {
      const wanted = posix.normalize(path.replace(/^\.\//, ""));
      if (posix.isAbsolute(path) || wanted.startsWith("..") || path.includes("\0")) {
        return { refused: `${path} is outside of the workspace` };
      }
      if (isSecretPath(wanted)) return { refused: `${path} may hold secrets` };
      if (!(await list()).includes(wanted)) return { refused: `there is no file ${path} in the workspace` };
      return readInside(host, root, wanted);
    },
  };
}

/** A link may lead anywhere: what counts is where the file is. */
async function readInside(host: Host, root: string, path: string): Promise<WorkspaceText> {
  const whole = posix.join(root, path);
  const [real, realRoot] = [await host.files.realPath(whole), await host.files.realPath(root)];
  const inside = posix.relative(realRoot, real);
  if (inside.startsWith("..") || posix.isAbsolute(inside)) return { refused: `${path} leads out of the workspace` };
  if (inside !== path && isSecretPath(inside)) return { refused: `${path} may hold secrets` };
  if ((await host.files.kind(real)) !== "file") return { refused: `${path} is no file` };
  const bytes = await host.files.readBytes(real);
  if (bytes.length > mostBytes) return { refused: `${path} is too big (${bytes.length} bytes)` };
  if (bytes.includes(0)) return { refused: `${path} is no text` };
  const text = Buffer.from(bytes).toString("utf8");
  return holdsSecret(text) ? { refused: `${path} holds what looks like a secret` } : { text };
}

async function listFiles(host: Host, root: string): Promise<readonly string[]> {
  const paths = (await listedByGit(host, root)) ?? (await listedByWalking(host, root));
  return paths
    .filter((path) => !isSecretPath(path) && !path.split("/").some((part) => skipped.includes(part)))
    .slice(0, mostFiles);
}

/** What git knows, and what it would take up: it reads every kind of ignore file itself. */
async function listedByGit(host: Host, root: string): Promise<readonly string[] | undefined> {
  if ((await host.files.kind(posix.join(root, ".git"))) === "none") return undefined;
  try {
    const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    const { exitCode, stdout } = await host.run({ command: "git", args, cwd: root, timeoutMs: 20_000 });
    return exitCode === 0 ? [...new Set(stdout.split("\0"))].filter((path) => path !== "").sort() : undefined;
  } catch {
    // There is no git: the ignore files are read without it.
    return undefined;
  }
}

async function listedByWalking(host: Host, root: string): Promise<readonly string[]> {
  const { default: ignore } = await import("ignore");
  const paths = await host.files.list(root, skipped);
  const rules = paths.filter((path) => posix.basename(path) === ".gitignore");
  const filters = await Promise.all(
    rules.map(async (path) => {
      const folder = posix.dirname(path);
      const filter = ignore().add(await host.files.read(posix.join(root, path)));
      return { prefix: folder === "." ? "" : `${folder}/`, filter };
    }),
  );
  return paths.filter((path) =>
    filters.every(({ prefix, filter }) => !path.startsWith(prefix) || !filter.ignores(path.slice(prefix.length))),
  );
}
