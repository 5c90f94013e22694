import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

/** Where mistakes are: a folder for each, named by its code and, after a dot, what is special about it. */
export const folder = "specs/invalid";

/** The file of a mistake that shows what is typed, and what a user sees. */
const seen = "seen.txt";

/** `reference-not-found.in-a-file` is reference/not-found. */
export function codeOf(mistake: string): string {
  return (mistake.split(".")[0] ?? "").replace("-", "/");
}

export function filesOf(mistake: string): Readonly<Record<string, string>> {
  const paths = readdirSync(join(folder, mistake), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== seen)
    .map((entry) => join(entry.parentPath, entry.name).slice(`${folder}/${mistake}/`.length));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, mistake, path), "utf8")]));
}

/** The document of a mistake, where it has one alone. */
export function documentOf(mistake: string): string | undefined {
  return Object.keys(filesOf(mistake)).find((path) => /^openapi\.(yaml|json)$/.test(path));
}

/** The lines of seen.txt that begin with a dollar. */
export function commandsOf(mistake: string): readonly string[] {
  const lines = readFileSync(join(folder, mistake, seen), "utf8").split("\n");
  return lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
}

/**
 * What seen.txt should be: each command in a workspace that holds the mistake's files, what it said on standard error
 * to the letter, and its exit code.
 */
export async function transcript(mistake: string): Promise<string> {
  await using host = await temporaryHost({ "package.json": "{}", ...filesOf(mistake) });
  const parts: string[] = [];
  for (const command of commandsOf(mistake)) {
    const [program = "", ...args] = command.split(" ");
    parts.push(`$ ${command}\n`, await (programs[program] ?? run)(host, args));
  }
  // Both differ from run to run: where the workspace is, and what is made of that.
  return parts
    .join("")
    .replaceAll(host.cwd, "/home/you/shop")
    .replaceAll(/(?<=\.staging-)[0-9a-f]{8}/g, "a1b2c3d4");
}

type TestHost = Awaited<ReturnType<typeof temporaryHost>>;

async function copy(host: TestHost, [from = "", to = ""]: readonly string[]): Promise<string> {
  await host.files.copy(from, to);
  return "\n";
}

/** As `ln -s` does. */
async function link(host: TestHost, [, target = "", path = ""]: readonly string[]): Promise<string> {
  await host.files.link(target, path);
  return "\n";
}

/** What people do between two runs, and what is left by others. */
const programs: Readonly<Record<string, typeof run>> = { cp: copy, ln: link };

async function run(host: TestHost, args: readonly string[]): Promise<string> {
  host.printed.error = "";
  const exitCode = await runCli(host, args);
  return `${host.printed.error}exit code ${exitCode}\n\n`;
}
