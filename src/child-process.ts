import type { Host } from "./host.ts";
import { packageFolder } from "./package.ts";

/** Variables without which Node, or a program that it starts, does not work on some system. Secrets are none of them. */
const needed = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG"];

/** What a child process is given of the environment; what it is told besides comes from `added`. */
export function plainEnvironment(
  host: Host,
  added: Readonly<Record<string, string | undefined>> = {},
): Readonly<Record<string, string>> {
  const inherited = needed.map((name) => [name, host.environment[name]] as const);
  return Object.fromEntries(
    [...inherited, ...Object.entries(added)].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The file of a script of ours that runs in a process of its own: a source, or what the build made of it. */
export function ownScript(source: string): string {
  if (import.meta.url.endsWith(".ts")) return `${packageFolder}src/${source}`;
  return `${packageFolder}dist/${source.replaceAll("/", "-").replace(/\.ts$/, ".js")}`;
}
