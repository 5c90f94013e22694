import { relative } from "node:path";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import type { TestLine } from "./tests.ts";

/** Begins each line that is ours on standard output. */
const mark = process.env["SCAFFOLD_REPORT_MARK"] ?? "";

/** Tells the process that started vitest what happens, in one JSON line for each thing. Loaded by vitest, by its default export. */
// oxlint-disable-next-line import/no-default-export
export default class LineReporter implements Reporter {
  onTestModuleCollected(module: TestModule): void {
    report({ kind: "collected", count: [...module.children.allTests()].length });
  }

  onTestCaseResult(test: TestCase): void {
    const { state, errors = [] } = test.result();
    const file = relative(process.cwd(), test.module.moduleId);
    const common = { file, title: test.fullName };
    if (state === "failed") report({ kind: "failed", ...common, ...failureOf(errors, test.module.moduleId) });
    else report({ kind: state === "passed" ? "passed" : "skipped", ...common });
  }

  onTestModuleEnd(module: TestModule): void {
    const errors = module.errors();
    if (errors.length === 0) return;
    const file = relative(process.cwd(), module.moduleId);
    report({ kind: "failed", file, title: "the file itself", ...failureOf(errors, module.moduleId) });
  }

  onTestRunEnd(_: readonly TestModule[], unhandled: readonly SerializedFailure[]): void {
    for (const one of unhandled)
      report({ kind: "failed", file: "", title: "outside of any test", ...failureOf([one], "") });
    report({ kind: "ended" });
  }
}

interface SerializedFailure {
  readonly message: string;
  readonly name?: string;
  readonly stacks?: readonly { readonly file: string; readonly line: number; readonly column: number }[];
}

function failureOf(
  errors: readonly SerializedFailure[],
  moduleId: string,
): { message: string; line?: number; column?: number } {
  const [first] = errors;
  const at = first?.stacks?.find((frame) => frame.file === moduleId);
  return { message: first?.message ?? "failed without a message", ...(at && { line: at.line, column: at.column }) };
}

function report(line: TestLine): void {
  process.stdout.write(`\n${mark}${JSON.stringify(line)}\n`);
}
