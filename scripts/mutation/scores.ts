import { equivalents, type Equivalent } from "./equivalents.ts";

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
  /** Of those that are not noticed: that change nothing which anybody could notice. */
  readonly equivalent: number;
  /** In per cent, of all. */
  readonly share: number;
  /** In per cent, of all but the equivalent ones. */
  readonly shareOfOthers: number;
}

export interface Scores {
  readonly kinds: ReadonlyMap<string, Score>;
  readonly total: Score;
  readonly survivors: readonly string[];
  /** By the name of what makes them equivalent, each with its reason. */
  readonly equivalents: ReadonlyMap<string, { readonly reason: string; readonly mutants: readonly string[] }>;
}

interface Judged {
  readonly file: string;
  readonly status: string;
  /** `src/http/errors.ts:60 ConditionalExpression: errors.length === 0 → true` */
  readonly told: string;
  readonly equivalent: Equivalent | undefined;
}

const noticed = new Set(["Killed", "Timeout"]);
const counted = new Set(["Killed", "Timeout", "Survived", "NoCoverage"]);

/** By kind of file: `routes`, `schema`, …, and `http` for those of src/http. */
export function scoresOf({ files }: Report): Scores {
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.filter(({ status }) => counted.has(status)).map((mutant) => judged(file, source, mutant)),
  );
  const kinds = Map.groupBy(all, ({ file }) => kindOf(file));
  const left = all.filter(({ status }) => !noticed.has(status));
  const named = Map.groupBy(
    left.flatMap(({ equivalent, told }) => (equivalent === undefined ? [] : [{ ...equivalent, told }])),
    ({ name }) => name,
  );
  return {
    kinds: new Map([...kinds].map(([kind, some]) => [kind, scoreOf(some)])),
    total: scoreOf(all),
    survivors: left.flatMap(({ equivalent, told }) => (equivalent === undefined ? [told] : [])),
    equivalents: new Map(
      [...named].map(([name, some]) => [
        name,
        { reason: some[0]?.reason ?? "", mutants: some.map(({ told }) => told) },
      ]),
    ),
  };
}

function judged(file: string, source: string, mutant: Mutant): Judged {
  const text = told(source, mutant);
  const line = source.split("\n")[mutant.location.start.line - 1] ?? "";
  const isNoticed = noticed.has(mutant.status);
  return {
    file,
    status: mutant.status,
    told: `${file}:${mutant.location.start.line} ${text}`,
    equivalent: isNoticed ? undefined : equivalents.find((one) => explains(one, file, text, line)),
  };
}

function explains(one: Equivalent, file: string, text: string, line: string): boolean {
  return one.file.test(file) && one.mutant.test(text) && one.line?.test(line) !== false;
}

function kindOf(file: string): string {
  return file.startsWith("src/http/") ? "http" : (/(\w+)\.ts$/.exec(file)?.[1] ?? file);
}

function scoreOf(mutants: readonly Judged[]): Score {
  const count = mutants.filter(({ status }) => noticed.has(status)).length;
  const equivalent = mutants.filter((one) => one.equivalent !== undefined).length;
  const all = mutants.length;
  return {
    noticed: count,
    all,
    equivalent,
    share: percent(count, all),
    shareOfOthers: percent(count, all - equivalent),
  };
}

function percent(some: number, all: number): number {
  return all === 0 ? 100 : Math.floor((some / all) * 1000) / 10;
}

function told(source: string, { mutatorName, replacement = "", location, status }: Mutant): string {
  const lines = source.split("\n").slice(location.start.line - 1, location.end.line);
  const [first = ""] = lines;
  const end = lines.length === 1 ? location.end.column - 1 : first.length;
  const before = first.slice(location.start.column - 1, end) + (lines.length === 1 ? "" : " …");
  const after = replacement.replaceAll(/\s+/g, " ").slice(0, 60);
  return `${mutatorName}: ${before.trim()} → ${after}${status === "NoCoverage" ? " (no test runs it)" : ""}`;
}

export function printedScores(twin: string, { kinds, total, survivors, equivalents: named }: Scores): string {
  const row = (name: string, { noticed: some, all, equivalent, share, shareOfOthers }: Score): string =>
    [
      `  ${name.padEnd(12)} ${String(some).padStart(5)} of ${String(all).padStart(5)}  ${share.toFixed(1).padStart(5)} %`,
      `${String(equivalent).padStart(5)} equivalent  ${shareOfOthers.toFixed(1).padStart(5)} % of the others`,
    ].join("  ");
  const rows = [...kinds]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, score]) => row(name, score));
  return [
    `\n${twin}: mutants noticed`,
    ...rows,
    row("all", total),
    `  not noticed, and equivalent (${percent(total.equivalent, total.all).toFixed(1)} % of all):`,
    ...[...named].flatMap(([name, { reason, mutants }]) => [
      `    ${name}: ${reason}`,
      ...mutants.map((one) => `      ${one}`),
    ]),
    `  not noticed (${survivors.length}):`,
    ...survivors.map((one) => `    ${one}`),
  ].join("\n");
}
