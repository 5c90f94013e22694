import type { Json } from "../../document/openapi.ts";
import type { Host } from "../../host.ts";
import type { SlotContract } from "../../plan/plan.ts";
import type { Trials } from "../../plan/plan-service.ts";
import { hashOf } from "../../hash.ts";
import { runInSandbox, type SandboxRun } from "../sandbox/run.ts";
import { exampleFindings } from "./examples.ts";
import { functionText } from "./candidate.ts";
import type { Finding } from "./finding.ts";
import { spread } from "./mutants.ts";
import { judgeProposed } from "./proposed.ts";
import type { SlotTrial } from "../../plan/trials/trial.ts";
import { learntFindings } from "./learnt.ts";
import { untoldMutants } from "./untold.ts";
import { openStaticGate, type Checked, type GateSlot } from "./static-gate.ts";

/** What came of a candidate: its body, which may stand in the logic file; or why it may not. */
export type Judged =
  | {
      readonly isClean: true;
      readonly findings: readonly [];
      readonly body: string;
      readonly evidence: readonly string[];
      /** Those of the proposed tests that count. */
      readonly tests: readonly Json[];
    }
  | { readonly isClean: false; readonly findings: readonly Finding[] };

/** Everything that a candidate has to pass before it may run beside others (DESIGN §6). */
export interface Gate {
  /** Without running it: parses, keeps to the policy, has the types, and nothing that a linter minds. */
  check(id: string, text: string): Checked;
  /** The same, and then the document's examples in the sandbox, and the tests that came with it. */
  judge(id: string, text: string, proposed?: readonly Json[]): Promise<Judged>;
  /** Mistakes in a body that passes that no example would notice, each as `line 3: >= from >`. */
  untold(id: string, body: string): Promise<readonly string[]>;
}

export interface GateInput {
  readonly slots: readonly Pick<SlotContract, "id" | "kind" | "text" | "contract">[];
  /** The functions of those slots, as they are rendered, by id. */
  readonly functions: ReadonlyMap<string, GateSlot>;
  /** Contracts and services, by path. */
  readonly contracts: ReadonlyMap<string, string>;
  readonly trials: Trials;
  /** What a linter minds in the text of a function, by line from 1; undefined where there is none. */
  readonly lint?: (id: string, text: string) => Promise<readonly { readonly line: number; readonly saw: string }[]>;
}

/** Opens the gate; what is slow to load is loaded here, once for all candidates. */
export async function openGate(host: Host, { slots, functions, contracts, trials, lint }: GateInput): Promise<Gate> {
  const still = await openStaticGate(contracts);
  const known = new Map(slots.map((slot) => [slot.id, slot]));
  const functionOf = (id: string): GateSlot => {
    const found = functions.get(id);
    if (found === undefined) throw new Error(`The slot ${id} has no function.`);
    return found;
  };
  const checked = (id: string, text: string): Checked =>
    still.check(functionOf(id), text, known.get(id)?.contract, (trials.bySlot.get(id) ?? []).length > 0);
  let count = 0;
  const run = (
    { id, kind }: Pick<SlotContract, "id" | "kind">,
    scripts: readonly string[],
    on: readonly SlotTrial[],
  ) => {
    const nonce = hashOf(`${(count += 1)} ${host.elapsedMs()} ${id}`).slice(0, 24);
    return runInSandbox(host, { nonce, scripts, kind, tables: trials.tables, calls: on.map(({ given }) => given) });
  };
  return {
    check: checked,
    async untold(id, text) {
      const [slot, clean] = [known.get(id), checked(id, text)];
      const own = trials.bySlot.get(id) ?? [];
      if (slot === undefined || !clean.isClean || own.length === 0) return [];
      const { mutants } = still.counterparts(functionOf(id), clean.body);
      const derived = trials.variations(id, clean.literals);
      const head = functionOf(id).head.trimEnd().split("\n").length;
      const inBody = mutants.map((one) => ({ ...one, line: one.line - head }));
      return untoldMutants(inBody, own, derived, (scripts, on) => run(slot, scripts, on));
    },
    async judge(id, text, proposed = []) {
      const slot = known.get(id);
      const own = trials.bySlot.get(id) ?? [];
      const clean = checked(id, text);
      if (!clean.isClean) return clean;
      const { body, script, literals, firstLine } = clean;
      const derived = trials.variations(id, literals);
      const { head } = functionOf(id);
      const shift = firstLine - head.trimEnd().split("\n").length;
      const learnt = learntFindings(own, body, slot?.text ?? "");
      if (slot === undefined || learnt.length > 0) return judged(body, learnt, 0);
      // Beside the sandbox: each waits for a process of its own.
      const linting = lint?.(id, functionText(functionOf(id), body)) ?? Promise.resolve([]);
      const [found, tried] = await Promise.all([
        linting,
        own.length === 0 ? undefined : run(slot, [script], [...own, ...derived]),
      ]);
      const against = [...minded(found, shift), ...(tried ? trialFindings(own, derived, tried) : [])];
      if (against.length > 0 || proposed.length === 0) return judged(body, against, own.length);
      const tests = proposed.slice(0, mostProposed).filter((one) => trials.proposed(id, [one]).length > 0);
      if (tests.length === 0) return judged(body, [], own.length);
      const { fallback, mutants } = still.counterparts(functionOf(id), body);
      const worth = await judgeProposed({
        trials: trials.proposed(id, tests),
        script,
        fallback,
        mutants: spread(mutants, mostTested).map((one) => one.text),
        run: (code, on) => run(slot, [code], on),
      });
      return judged(
        body,
        worth.findings,
        own.length,
        worth.evidence,
        worth.counting.flatMap((at) => tests[at] ?? []),
      );
    },
  };
}

const mostProposed = 8;
/** Mutants that tests of a model are tried on; each takes a process of its own. */
const mostTested = 8;
/** The first ones say enough: the others mostly say the same. */
const mostDerived = 2;

/** What the examples have against a body; and where they have nothing, what follows from them. */
function trialFindings(own: readonly SlotTrial[], derived: readonly SlotTrial[], run: SandboxRun): readonly Finding[] {
  const reports = run.reports.slice(0, own.length);
  const end = run.reports.length < own.length ? run.end : "done";
  const found = exampleFindings(own, { reports, end });
  if (found.length > 0) return found;
  return exampleFindings(derived, { reports: run.reports.slice(own.length), end: run.end }).slice(0, mostDerived);
}

/** Lines of the function as it was linted become those of the candidate as it was handed in. */
function minded(found: readonly { readonly line: number; readonly saw: string }[], shift: number): readonly Finding[] {
  return found.map(({ line, saw }) => ({ step: "lint", line: Math.max(1, line + shift), saw, cure: "" }));
}

function judged(
  body: string,
  findings: readonly Finding[],
  examples: number,
  more: readonly string[] = [],
  tests: readonly Json[] = [],
): Judged {
  if (findings.length > 0) return { isClean: false, findings };
  const passed = examples === 0 ? "no example to try" : `${examples} example${examples === 1 ? "" : "s"} passed`;
  return { isClean: true, findings: [], body, evidence: ["policy, types and lint clean", passed, ...more], tests };
}
