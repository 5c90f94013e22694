import { readFile } from "node:fs/promises";

/**
 * What the generated tests wrote to the file that SCAFFOLD_COVERAGE names, one JSON object a line:
 * `{"operation":"POST /transfers","status":201}` for each request, `{"test":"…","assertions":7,"skipped":false}` for
 * each test.
 */
export interface Coverage {
  /** Statuses seen for each `METHOD /path`. */
  readonly statuses: ReadonlyMap<string, ReadonlySet<number>>;
  readonly assertions: number | undefined;
  readonly skipped: readonly string[];
}

type Line =
  | { readonly operation: string; readonly status: number }
  | { readonly test: string; readonly assertions: number; readonly skipped?: boolean };

export async function readCoverage(file: string): Promise<Coverage> {
  const text = await readFile(file, "utf8").catch(() => "");
  const statuses = new Map<string, Set<number>>();
  const skipped: string[] = [];
  let assertions: number | undefined;
  for (const line of text.split("\n").filter(Boolean)) {
    const entry = JSON.parse(line) as Line;
    if ("operation" in entry) {
      statuses.set(entry.operation, (statuses.get(entry.operation) ?? new Set()).add(entry.status));
    } else {
      assertions = (assertions ?? 0) + entry.assertions;
      if (entry.skipped === true) skipped.push(entry.test);
    }
  }
  return { statuses, assertions, skipped };
}
