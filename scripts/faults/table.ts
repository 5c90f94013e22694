import { basename } from "node:path";
import type { Fault } from "./fault.ts";
import type { Verdict } from "./tests.ts";

/** What became of one mistake in one twin. */
export interface Cell {
  readonly fault: string;
  readonly twin: string;
  readonly outcome: Outcome;
  /** Why, or which test noticed. */
  readonly detail: string;
}

export type Outcome =
  /** All tests pass, and nothing was planted. */
  | "green"
  | "noticed"
  | "not noticed"
  | "no occasion"
  /** The mistake changed nothing though there is occasion, or left nothing that could run: it says nothing of the tests. */
  | "badly planted";

/** Outcomes that leave nothing to do. */
export const goodOutcomes: ReadonlySet<Outcome> = new Set(["green", "noticed", "no occasion"]);

export function cellOf({ title: fault, edits }: Fault, twin: string, verdict: Verdict): Cell {
  const isPlanted = edits.length > 0;
  const { passed, skipped, firstFailure } = verdict;
  if (firstFailure === undefined) {
    const counts = `${passed} tests pass${skipped > 0 ? `, ${skipped} wait for open slots` : ""}`;
    return { fault, twin, outcome: isPlanted ? "not noticed" : "green", detail: counts };
  }
  const { file, title, message } = firstFailure;
  if (title !== undefined && isPlanted)
    return { fault, twin, outcome: "noticed", detail: `${basename(file)}  ${title}` };
  const [reason = ""] = message.split("\n");
  return { fault, twin, outcome: "badly planted", detail: `${file} ${title ?? ""} ${reason}` };
}

const [faultWidth, twinWidth, outcomeWidth] = [40, 10, 15];

export function printHead(): void {
  printRow("planted", "in", "outcome", "first test that fails, or why not");
}

/** The fault's name stands in the first of its rows. */
export function printCell({ fault, twin, outcome, detail }: Cell, isFirst: boolean): void {
  printRow(isFirst ? fault : "", twin, outcome, detail);
}

function printRow(fault: string, twin: string, outcome: string, detail: string): void {
  console.log(`${fault.padEnd(faultWidth)}${twin.padEnd(twinWidth)}${outcome.padEnd(outcomeWidth)}${detail}`);
}

/** "52 noticed, 8 no occasion, 0 not noticed, 0 badly planted" */
export function countOutcomes(cells: readonly Cell[]): string {
  const outcomes: readonly Outcome[] = ["noticed", "no occasion", "not noticed", "badly planted"];
  return outcomes.map((one) => `${cells.filter(({ outcome }) => outcome === one).length} ${one}`).join(", ");
}
