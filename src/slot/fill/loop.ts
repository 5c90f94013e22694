import type { Json } from "../../document/openapi.ts";
import type { SlotContract } from "../../plan/plan.ts";
import { failureSignature, type Finding } from "../gate/finding.ts";
import type { Gate } from "../gate/gate.ts";
import type { Conversation, Filler } from "./filler.ts";
import { addUsage, noUsage, type Usage } from "./usage.ts";

/** What came of one slot. */
export interface SlotFill {
  readonly id: string;
  readonly rounds: number;
  readonly usage: Usage;
  readonly result:
    | {
        readonly kind: "kept";
        readonly body: string;
        readonly evidence: readonly string[];
        /** Those of the model's own that count. */
        readonly tests: readonly Json[];
        /** Mistakes in it that no example would notice (Gate.untold). */
        readonly untold?: readonly string[];
      }
    | { readonly kind: "given-up"; readonly why: string; readonly findings: readonly Finding[] };
  readonly transcript: readonly object[];
  /** Asks once more, with what was found after the gate; only where a body was kept and rounds are left. */
  readonly again?: (findings: readonly Finding[]) => Promise<SlotFill>;
}

/**
 * Asks for a body, has the gate judge it, and asks again with what was wrong: for a few rounds, and not once more when
 * a failure comes back. What does not pass never leaves this function.
 */
export async function fillSlot(
  slot: SlotContract,
  filler: Filler,
  gate: Gate,
  mostRounds: number,
  onRound: (round: number) => void = () => undefined,
): Promise<SlotFill> {
  const conversation = await filler.open(slot);
  const seen = new Set<string>();
  let usage = noUsage;
  let round = 0;
  const go = async (outside: readonly Finding[]): Promise<SlotFill> => {
    let findings = outside;
    const comesBack = (): boolean => {
      const signature = failureSignature(findings);
      return seen.has(signature) || !seen.add(signature);
    };
    const told = () => ({ id: slot.id, rounds: round, usage });
    if (outside.length > 0 && comesBack()) return givenUp(told(), "the same failure came back", findings, conversation);
    while (round < mostRounds) {
      onRound((round += 1));
      const attempt = await conversation.next(findings);
      usage = addUsage(usage, attempt.usage);
      if (attempt.kind === "over") return givenUp(told(), attempt.why, findings, conversation);
      if (attempt.kind === "candidate") {
        const judged = await gate.judge(slot.id, attempt.text, attempt.tests);
        if (judged.isClean) {
          const { body, evidence, tests } = judged;
          const result = { kind: "kept", body, evidence, tests } as const;
          return { ...told(), result, transcript: conversation.transcript(), ...(round < mostRounds && { again: go }) };
        }
        findings = judged.findings;
      } else {
        findings = [{ step: "parse", saw: attempt.why, cure: "Answer with the function alone." }];
      }
      if (comesBack()) return givenUp(told(), "the same failure came back", findings, conversation);
    }
    const why = mostRounds === 1 ? "no body passed in one round" : `no body passed in ${mostRounds} rounds`;
    return givenUp(told(), why, findings, conversation);
  };
  return go([]);
}

function givenUp(
  told: Pick<SlotFill, "id" | "rounds" | "usage">,
  why: string,
  findings: readonly Finding[],
  conversation: Conversation,
): SlotFill {
  return { ...told, result: { kind: "given-up", why, findings }, transcript: conversation.transcript() };
}
