import { posix } from "node:path";
import { plainEnvironment } from "../child-process.ts";
import { error, warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { findTool } from "./modules.ts";

const timeoutMs = 120_000;
const configFile = ".oxlintrc.json";

/** The part of oxlint's JSON that is read. */
interface LintReport {
  readonly diagnostics: readonly LintFinding[];
}

interface LintFinding {
  readonly message: string;
  readonly code?: string;
  readonly severity: string;
  readonly help?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[];
}

/** Lints the staged package with the rules that it keeps beside it, types included; without rules there is nothing to do. */
export async function lint(host: Host, folder: string): Promise<readonly Diagnostic[]> {
  if ((await host.files.kind(posix.join(folder, configFile))) !== "file") return [];
  const [linter, typeAware] = [await findTool(host, folder, "oxlint"), await findTool(host, folder, "oxlint-tsgolint")];
  if (linter === undefined || typeAware === undefined)
    return [error("verify/lint", { saw: "oxlint is not installed." })];
  const { exitCode, stdout, stderr } = await host.run({
    command: host.nodePath,
    args: [linter, "--type-aware", "--config", configFile, "--format", "json", ...(await sources(host, folder))],
    cwd: folder,
    environment: plainEnvironment(host, { OXLINT_TSGOLINT_PATH: typeAware }),
    timeoutMs,
  });
  const report = readReport(stdout);
  if (report) return report.diagnostics.map((one) => toDiagnostic(one, posix.relative(host.cwd, folder)));
  const why =
    exitCode === undefined ? `did not end within ${timeoutMs / 1000} s` : (stderr || stdout).trim().split("\n")[0];
  return [error("verify/lint", { saw: `The linter did not finish: ${why}` })];
}

/** Lints one file by the same rules, those that need types aside: quick enough for every candidate of a body. */
export async function lintFile(host: Host, folder: string, file: string): Promise<readonly Diagnostic[]> {
  const linter = await findTool(host, folder, "oxlint");
  if (linter === undefined) return [];
  const { stdout } = await host.run({
    command: host.nodePath,
    args: [linter, "--config", configFile, "--format", "json", file],
    cwd: folder,
    environment: plainEnvironment(host),
    timeoutMs,
  });
  return (readReport(stdout)?.diagnostics ?? []).map((one) => toDiagnostic(one, posix.relative(host.cwd, folder)));
}

/** Named one by one: the linter follows the links in `node_modules`, and skips folders that git ignores. */
async function sources(host: Host, folder: string): Promise<readonly string[]> {
  const files = await host.files.list(folder, ["node_modules"]);
  return files.filter((file) => /\.[cm]?[jt]s$/.test(file));
}

function readReport(text: string): LintReport | undefined {
  const start = text.indexOf("{");
  if (start === -1) return undefined;
  try {
    return JSON.parse(text.slice(start)) as LintReport;
  } catch {
    return undefined;
  }
}

function toDiagnostic({ message, code, severity, help, filename, labels }: LintFinding, folder: string): Diagnostic {
  const span = labels[0]?.span;
  const place = { file: posix.join(folder, filename), ...(span && { line: span.line, column: span.column }) };
  const saw = code === undefined ? message : `${message} (${code})`;
  const report = severity === "error" ? error : warning;
  return report("verify/lint", { place, saw, fix: help });
}
