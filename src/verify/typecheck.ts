import { posix } from "node:path";
import { plainEnvironment } from "../child-process.ts";
import { error } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { findTool } from "./modules.ts";

const timeoutMs = 120_000;

/** `src/a.ts(3,5): error TS2322: Type …`, and without a file where the project itself is at fault. */
const finding = /^(?:(?<file>.+?)\((?<line>\d+),(?<column>\d+)\): )?error (?<code>TS\d+): (?<message>.*)$/;

/** Type-checks the staged package with the TypeScript that it uses. */
export async function typecheck(host: Host, folder: string): Promise<readonly Diagnostic[]> {
  const compiler = await findTool(host, folder, "typescript");
  if (compiler === undefined) return [error("verify/types", { saw: "TypeScript is not installed." })];
  const { exitCode, stdout, stderr } = await host.run({
    command: host.nodePath,
    args: [compiler, "--project", folder, "--noEmit", "--pretty", "false"],
    cwd: folder,
    environment: plainEnvironment(host),
    timeoutMs,
  });
  const found = readFindings(stdout, posix.relative(host.cwd, folder));
  if (exitCode === 0 || found.length > 0) return found;
  const why =
    exitCode === undefined ? `did not end within ${timeoutMs / 1000} s` : (stderr || stdout).trim().split("\n")[0];
  return [error("verify/types", { saw: `The type-check could not be made: ${why}` })];
}

/** Lines that are indented belong to the finding above them. */
function readFindings(text: string, folder: string): readonly Diagnostic[] {
  const found: { readonly head: Readonly<Record<string, string | undefined>>; readonly more: string[] }[] = [];
  for (const line of text.split("\n")) {
    const head = finding.exec(line.trimEnd())?.groups;
    if (head) found.push({ head, more: [] });
    else if (/^\s+\S/.test(line)) found.at(-1)?.more.push(line.trim());
  }
  return found.map(({ head, more }) => {
    const { file, line, column, code, message = "" } = head;
    const place = file !== undefined && { file: posix.join(folder, file), line: Number(line), column: Number(column) };
    return error("verify/types", {
      ...(place && { place }),
      saw: `${[message, ...more.slice(0, 4)].join(" ")} (${code})`,
    });
  });
}
