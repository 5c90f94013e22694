import type { BodyLiterals } from "../../plan/trials/variations/values.ts";
import { loadRegularJudge } from "../../document/regular.ts";
import type { Compiler, TypeScript } from "./compiler.ts";
import { functionText, lineAt, takeCandidate, type SlotFunction } from "./candidate.ts";
import type { Finding, GateStep } from "./finding.ts";
import { literalsOf } from "./literals.ts";
import { mutantsOf, type Mutant } from "./mutants.ts";
import { policyRefusals } from "./policy/policy.ts";
import type { Refusal } from "./policy/refusal.ts";
import { regularJudge } from "./policy/regular.ts";
import { nodesOf } from "./compiler.ts";
import { callerJudge } from "./typed/callers.ts";
import { conditionJudge } from "./typed/conditions.ts";
import { limitJudge } from "./typed/limits.ts";
import { listJudge } from "./typed/lists.ts";
import { refusalJudge } from "./typed/refusals.ts";
import { libraryJudge } from "./typed/library.ts";
import { momentJudge } from "./typed/moments.ts";
import { particularJudge } from "./typed/particulars.ts";
import { promiseJudge } from "./typed/promises.ts";
import { openTypeCheck, type CheckedFile } from "./typed/type-check.ts";
import { valueJudge } from "./typed/values.ts";

/** A slot as the gate knows it. */
export interface GateSlot extends SlotFunction {
  /** Path of its logic file in the output. */
  readonly file: string;
  /** What stands above it in that file: the imports of the signature's types. */
  readonly imports: string;
  /** Names that those imports bind. */
  readonly types: ReadonlySet<string>;
  /** The body that it is rendered with. */
  readonly fallback: string;
}

/** What came of a candidate's text. Both parts stand where it is clean: its body, and the same as JavaScript. */
export type Checked =
  | {
      readonly isClean: true;
      readonly findings: readonly [];
      readonly body: string;
      readonly script: string;
      readonly literals: BodyLiterals;
      /** The line of the body's first character in what was handed in; 0 where that begins with the line after it. */
      readonly firstLine: number;
    }
  | { readonly isClean: false; readonly findings: readonly Finding[] };

/**
 * The gate without running anything: parses → policy → types → lint. A step is taken only where those before it found
 * nothing, because their findings would explain its own. Stays open, warm, for one candidate after the other.
 */
export interface StaticGate {
  /**
   * `spoken` is all that the document says of the slot: what a body compares with is looked for there. `isShown`, where
   * it has examples: a rule without one may leave a limit to whoever writes the body.
   */
  check(slot: GateSlot, text: string, spoken?: string, isShown?: boolean): Checked;
  /** The fallback, and a body with one mistake each, as JavaScript: what tests are tried on. */
  counterparts(slot: GateSlot, body: string): { readonly fallback: string; readonly mutants: readonly Mutant[] };
}

/** `contracts` are the files that slots are promised, by path: contracts and services. */
export async function openStaticGate(contracts: ReadonlyMap<string, string>): Promise<StaticGate> {
  const [{ ts }, typeCheck, growthOf] = await Promise.all([
    import("ts-morph"),
    openTypeCheck(contracts),
    loadRegularJudge(),
  ]);
  return {
    counterparts: (slot, body) => ({
      fallback: stripped(ts, functionText(slot, slot.fallback)),
      mutants: mutantsOf(ts, functionText(slot, body)).map((mutant) => ({
        ...mutant,
        text: stripped(ts, mutant.text),
      })),
    }),
    check(slot, text, spoken, isShown = false) {
      const taken = takeCandidate(ts, text, slot);
      if (taken.candidate === undefined) return refused(taken.findings);
      const { body, firstLine } = taken.candidate;
      const file = typeCheck(slot.file, `${slot.imports}\n\n${functionText(slot, body)}\n`);
      const block = bodyOf(ts, file.source, slot.name);
      const place = placing(file.source, block, firstLine);
      const steps: readonly (() => readonly Finding[])[] = [
        () => place("policy", policyRefusals(ts, file.source, block, slot.types, [regularJudge(ts, growthOf)])),
        () => place("types", typeErrors(ts, file, block)),
        () =>
          place(
            "policy",
            judged(ts, block, [
              libraryJudge(ts, file),
              valueJudge(ts, file),
              callerJudge(ts, file),
              momentJudge(ts, file),
              particularJudge(ts, file, spoken),
              limitJudge(ts, file, isShown ? spoken : undefined),
              refusalJudge(ts, file, spoken),
              listJudge(ts, file),
            ]),
          ),
        () => place("lint", judged(ts, block, [promiseJudge(ts, file), conditionJudge(ts, file)])),
      ];
      for (const step of steps) {
        const findings = step();
        if (findings.length > 0) return refused(findings);
      }
      return { isClean: true, findings: [], body, ...scriptAndLiterals(ts, file.source, block), firstLine };
    },
  };
}

/** More than a few findings help nobody. */
const mostFindings = 8;

function refused(findings: readonly Finding[]): Checked {
  // What reaches out comes first: it is what a person wants to hear of.
  const sorted = findings.toSorted((a, b) => Number(b.isEscape === true) - Number(a.isEscape === true));
  return { isClean: false, findings: sorted.slice(0, mostFindings) };
}

type Placed = Refusal & { readonly position: number };

/** Lines of the candidate as it was handed in, however we have wrapped it. */
function placing(source: TypeScript.SourceFile, block: TypeScript.Block, firstLine: number) {
  const start = lineAt(source, block.getStart(source));
  return (step: GateStep, refusals: readonly Placed[]): readonly Finding[] => {
    const seen = new Set<string>();
    return refusals.flatMap(({ position, saw, cure, isEscape, isUnknown }) => {
      const line = Math.max(1, lineAt(source, position) - start + firstLine);
      const isTwice = seen.has(`${line} ${saw}`);
      seen.add(`${line} ${saw}`);
      return isTwice ? [] : [{ step, line, saw, cure, ...(isEscape && { isEscape }), ...(isUnknown && { isUnknown }) }];
    });
  };
}

function bodyOf(ts: Compiler, source: TypeScript.SourceFile, name: string): TypeScript.Block {
  const own = source.statements.find((one) => ts.isFunctionDeclaration(one) && one.name?.text === name);
  if (own === undefined || !ts.isFunctionDeclaration(own) || !own.body) throw new Error(`${name} has no body.`);
  return own.body;
}

/** Errors outside of the body are those of a contract, or of an import that this body does not need. */
function typeErrors(ts: Compiler, { diagnostics }: CheckedFile, block: TypeScript.Block): readonly Placed[] {
  return diagnostics
    .filter(({ start }) => start !== undefined && start >= block.pos && start < block.end + 1)
    .map(({ start = 0, messageText, code }) => ({
      position: start,
      saw: `${ts.flattenDiagnosticMessageText(messageText, " ").slice(0, 600)} (TS${code})`,
      cure: "",
    }));
}

type Judges = readonly ((node: TypeScript.Node) => Refusal | undefined)[];

function judged(ts: Compiler, block: TypeScript.Block, judges: Judges): readonly Placed[] {
  return [...nodesOf(ts, block)].flatMap((node) => {
    const refusal = judges.map((judge) => judge(node)).find((one) => one !== undefined);
    return refusal ? [{ ...refusal, position: node.getStart() }] : [];
  });
}

function scriptAndLiterals(ts: Compiler, source: TypeScript.SourceFile, block: TypeScript.Block) {
  return { script: scriptOf(ts, source, block), literals: literalsOf(ts, block) };
}

/** The function alone, its types stripped. */
function scriptOf(ts: Compiler, source: TypeScript.SourceFile, block: TypeScript.Block): string {
  return stripped(ts, source.text.slice(block.parent.getStart(source), block.end));
}

function stripped(ts: Compiler, text: string): string {
  const options = { compilerOptions: { target: ts.ScriptTarget.ES2024, removeComments: true } };
  return ts.transpileModule(text.replace(/^export\s+/, ""), options).outputText.replace(/^"use strict";\s*/, "");
}
