import { relative } from "node:path";

/** Istanbul's json-summary, as far as it is read here: by absolute path, and `total`. */
export type CoverageSummary = { readonly total: FileCoverage } & Readonly<Record<string, FileCoverage>>;

interface FileCoverage {
  readonly lines: { readonly total: number; readonly covered: number; readonly pct: number };
}

/** The share of lines that ran, and the files with lines that did not. */
export function printedCoverage(twin: string, folder: string, { total, ...files }: CoverageSummary): string {
  const rows = Object.entries(files)
    .filter(([, { lines }]) => lines.covered < lines.total)
    .map(([path, { lines }]) => `    ${relative(folder, path)}: ${lines.total - lines.covered} of ${lines.total}`);
  const { covered, total: all, pct } = total.lines;
  return [`\n${twin}: ${pct.toFixed(1)} % of ${all} lines run (${covered}); not run in:`, ...rows].join("\n");
}
