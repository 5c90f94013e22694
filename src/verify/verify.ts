import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { lint } from "./lint.ts";
import type { Staging } from "./staging.ts";
import { runTests, type TestProgress, type TestSummary } from "./tests.ts";
import { typecheck } from "./typecheck.ts";

/** What is wanted of a verification. */
export interface VerifyOptions {
  readonly typecheck: boolean;
  readonly lint: boolean;
  readonly tests: boolean;
}

export interface VerifySummary {
  /** Undefined for what was not asked for. */
  readonly typeErrors: number | undefined;
  readonly lintFindings: number | undefined;
  readonly tests: TestSummary | undefined;
}

/** Proves the staged package: types, rules and tests, side by side. */
export async function verify(
  host: Host,
  staging: Pick<Staging, "folder">,
  options: VerifyOptions,
  onProgress: (progress: TestProgress) => void = () => undefined,
): Promise<Checked<VerifySummary>> {
  const { folder } = staging;
  const nothing: Promise<readonly Diagnostic[] | undefined> = Promise.resolve(undefined);
  const [types, findings, tests] = await Promise.all([
    options.typecheck ? typecheck(host, folder) : nothing,
    options.lint ? lint(host, folder) : nothing,
    options.tests ? runTests(host, folder, onProgress) : undefined,
  ]);
  return {
    value: { typeErrors: types?.length, lintFindings: findings?.length, tests: tests?.summary },
    diagnostics: [...(types ?? []), ...(findings ?? []), ...(tests?.diagnostics ?? [])],
  };
}
