/** Stryker's report (its mutation-testing-report-schema), as far as it is read here. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Score {
  readonly noticed: number;
  readonly all: number;
  /** In per cent. */
  readonly share: number;
}

export interface Scores {
  readonly kinds: ReadonlyMap<string, Score>;
  readonly total: Score;
  readonly survivors: readonly string[];
}

const noticed = new Set(["Killed", "Timeout"]);
const counted = new Set(["Killed", "Timeout", "Survived", "NoCoverage"]);

/** By kind of file: `routes`, `schema`, …, and `http` for those of src/http. */
export function scoresOf({ files }: Report): Scores {
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.filter(({ status }) => counted.has(status)).map((mutant) => ({ file, source, mutant })),
  );
  const kinds = Map.groupBy(all, ({ file }) => kindOf(file));
  return {
    kinds: new Map([...kinds].map(([kind, some]) => [kind, scoreOf(some.map(({ mutant }) => mutant))])),
    total: scoreOf(all.map(({ mutant }) => mutant)),
    survivors: all
      .filter(({ mutant }) => !noticed.has(mutant.status))
      .map(({ file, source, mutant }) => `${file}:${mutant.location.start.line} ${told(source, mutant)}`),
  };
}

function kindOf(file: string): string {
  return file.startsWith("src/http/") ? "http" : (/\.(\w+)\.ts$/.exec(file)?.[1] ?? file);
}

function scoreOf(mutants: readonly Mutant[]): Score {
  const count = mutants.filter(({ status }) => noticed.has(status)).length;
  const all = mutants.length;
  return { noticed: count, all, share: all === 0 ? 100 : Math.round((count / all) * 1000) / 10 };
}

function told(source: string, { mutatorName, replacement = "", location, status }: Mutant): string {
  const lines = source.split("\n").slice(location.start.line - 1, location.end.line);
  const [first = ""] = lines;
  const end = lines.length === 1 ? location.end.column - 1 : first.length;
  const before = first.slice(location.start.column - 1, end) + (lines.length === 1 ? "" : " …");
  const after = replacement.replaceAll(/\s+/g, " ").slice(0, 60);
  return `${mutatorName}: ${before.trim()} → ${after}${status === "NoCoverage" ? " (no test runs it)" : ""}`;
}

export function printedScores(twin: string, { kinds, total, survivors }: Scores): string {
  const row = (name: string, { noticed: some, all, share }: Score): string =>
    `  ${name.padEnd(12)} ${String(some).padStart(5)} of ${String(all).padStart(5)}  ${share.toFixed(1).padStart(5)} %`;
  const rows = [...kinds]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, score]) => row(name, score));
  return [
    `\n${twin}: mutants noticed`,
    ...rows,
    row("all", total),
    `  not noticed:`,
    ...survivors.map((one) => `    ${one}`),
  ].join("\n");
}
