import type { Json } from "../../document/openapi.ts";
import { conforms } from "../../plan/conforms.ts";
import type { SlotTrial, TrialAnswer, TrialFrame } from "../../plan/trials/trial.ts";
import type { CallOutcome, CallReport } from "../sandbox/job.ts";
import type { SandboxRun } from "../sandbox/run.ts";
import type { Finding } from "./finding.ts";
import { differences } from "./holds.ts";

/** What the examples have against a body, by what the sandbox has told of its calls. */
export function exampleFindings(trials: readonly SlotTrial[], run: SandboxRun): readonly Finding[] {
  const found = trials.slice(0, run.reports.length).flatMap((trial, at) => {
    const report = run.reports[at];
    const problem = report && problemOf(trial, report);
    const cure = trial.isDerived
      ? "Decide by what the rule says: what it does not speak of may have any value."
      : undefined;
    return problem === undefined ? [] : [finding(`Example "${trial.title}": ${problem}`, cure)];
  });
  return [...found, ...endFindings(trials, run)];
}

function finding(saw: string, cure = "Read the rule and the example again."): Finding {
  return { step: "examples", saw, cure };
}

function endFindings(trials: readonly SlotTrial[], { reports, end }: SandboxRun): readonly Finding[] {
  const at = trials[reports.length]?.title;
  const where = at === undefined ? "It" : `Example "${at}": it`;
  switch (end) {
    case "done":
      return [];
    case "killed":
      return [finding(`${where} took too long, or too much memory.`, "Let every loop end, and build nothing big.")];
    case "early":
      return [
        {
          ...finding(`${where} never answered.`, "Answer in every case, and await only what answers."),
          isEscape: true,
        },
      ];
    case "not-run":
      return [finding("It could not be run.", "Use plain statements and expressions.")];
  }
}

function problemOf({ expected }: SlotTrial, report: CallReport): string | undefined {
  if (report.hasLostPromise) return "a promise failed that nobody awaits.";
  if (report.hasChangedInput) return "it changes an argument that it was given.";
  return (
    answerProblem(expected.answer, report.outcome) ??
    rowProblem(expected.rows, report) ??
    frameProblem(expected.frame, report)
  );
}

function answerProblem(expected: TrialAnswer, outcome: CallOutcome): string | undefined {
  if (outcome.kind === "threw") return `it throws: ${outcome.message}`;
  if (outcome.kind === "not-implemented") return "it answers that it is not implemented.";
  switch (expected.kind) {
    case "accepts":
      return outcome.kind === "accepted" ? undefined : `it should accept, and ${said(outcome)}.`;
    case "refuses": {
      const isSame = outcome.kind === "refused" && outcome.code === expected.code;
      return isSame ? undefined : `it should refuse with ${JSON.stringify(expected.code)}, and ${said(outcome)}.`;
    }
    case "equals":
    case "holds": {
      if (outcome.kind === "refused" || outcome.kind === "accepted") return `it should answer, and ${said(outcome)}.`;
      const actual = outcome.kind === "value" ? outcome.value : undefined;
      const [first] = differences(actual, expected.value, expected.kind === "equals");
      return first === undefined ? undefined : `in its answer, ${first}.`;
    }
    case "lists":
      return listProblem(expected, outcome);
    case "decides":
      return outcome.kind === "accepted" || outcome.kind === "refused"
        ? undefined
        : `it should decide, and ${said(outcome)}.`;
    case "fits":
      return outcome.kind === "value" && conforms(expected.schema, outcome.value as Json)
        ? undefined
        : `it should answer what the field can hold, and ${said(outcome)}.`;
    case "anything":
      return outcome.kind === "refused" ? `it should do its work, and ${said(outcome)}.` : undefined;
  }
}

function listProblem({ key, keys }: Extract<TrialAnswer, { kind: "lists" }>, outcome: CallOutcome): string | undefined {
  const items: readonly unknown[] = outcome.kind === "value" && Array.isArray(outcome.value) ? outcome.value : [];
  const found = items.map((row) => JSON.stringify((row as Readonly<Record<string, unknown>>)[key]));
  const wanted = keys.map((one) => JSON.stringify(one));
  const missing = wanted.filter((one) => !found.includes(one));
  const surplus = found.filter((one) => !wanted.includes(one));
  if (missing.length > 0) return `its condition leaves out the row ${missing.join(", ")}.`;
  return surplus.length > 0 ? `its condition lets the row ${surplus.join(", ")} through.` : undefined;
}

function rowProblem(expected: SlotTrial["expected"]["rows"], { rows }: CallReport): string | undefined {
  for (const { collection, key, members } of expected) {
    const isIt = (row: object) => Object.values(row).includes(key) && holdsKey(row, members);
    const row = rows[collection]?.find(isIt);
    if (row === undefined) return `afterwards there is no row ${JSON.stringify(key)} in ${collection}.`;
    const [first] = differences(row, members, false);
    if (first !== undefined) return `afterwards, in the row ${JSON.stringify(key)} of ${collection}, ${first}.`;
  }
  return undefined;
}

/** What it changes of which neither the rule nor an example speaks. */
function frameProblem(frame: TrialFrame | undefined, { changes }: CallReport): string | undefined {
  if (frame === undefined) return undefined;
  for (const { collection, before, after } of changes) {
    if (before === undefined && !frame.creates.includes(collection))
      return `it makes a row in ${collection}, ${unasked}.`;
    if (after === undefined && !frame.deletes.includes(collection))
      return `it deletes a row of ${collection}, ${unasked}.`;
    if (before === undefined || after === undefined) continue;
    const mayChange = frame.changes[collection] ?? [];
    const changed = Object.keys(after).find(
      (name) => !mayChange.includes(name) && [...differences(after[name], before[name], true)].length > 0,
    );
    if (changed !== undefined) return `it changes ${changed} of a row of ${collection}, ${unasked}.`;
  }
  return undefined;
}

const unasked = "of which neither the rule nor an example speaks";

/** The first member of what is expected is the key. */
function holdsKey(row: object, members: Readonly<Record<string, unknown>>): boolean {
  const [name] = Object.keys(members);
  return name === undefined || [...differences(row, { [name]: members[name] }, false)].length === 0;
}

function said(outcome: CallOutcome): string {
  switch (outcome.kind) {
    case "accepted":
      return "it accepts";
    case "refused":
      return `it refuses with ${JSON.stringify(outcome.code)}`;
    case "nothing":
      return "it answers nothing";
    case "value":
      return `it answers ${JSON.stringify(outcome.value)?.slice(0, 200) ?? "nothing"}`;
    case "threw":
      return "it throws";
    case "not-implemented":
      return "it is not implemented";
  }
}
