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
      }
    | { readonly kind: "given-up"; readonly why: string; readonly findings: readonly Finding[] };
  readonly transcript: readonly object[];
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
  let findings: readonly Finding[] = [];
  for (let round = 1; round <= mostRounds; round += 1) {
    onRound(round);
    const attempt = await conversation.next(findings);
    usage = addUsage(usage, attempt.usage);
    const told = { id: slot.id, rounds: round, usage };
    if (attempt.kind === "over") return givenUp(told, attempt.why, findings, conversation);
    if (attempt.kind === "candidate") {
      const judged = await gate.judge(slot.id, attempt.text, attempt.tests);
      if (judged.isClean) {
        const { body, evidence, tests } = judged;
        return { ...told, result: { kind: "kept", body, evidence, tests }, transcript: conversation.transcript() };
      }
      findings = judged.findings;
    } else {
      findings = [{ step: "parse", saw: attempt.why, cure: "Answer with the function alone." }];
    }
    const signature = failureSignature(findings);
    if (seen.has(signature)) return givenUp(told, "the same failure came back", findings, conversation);
    seen.add(signature);
  }
  const why = mostRounds === 1 ? "no body passed in one round" : `no body passed in ${mostRounds} rounds`;
  return givenUp({ id: slot.id, rounds: mostRounds, usage }, why, findings, conversation);
}

function givenUp(
  told: Pick<SlotFill, "id" | "rounds" | "usage">,
  why: string,
  findings: readonly Finding[],
  conversation: Conversation,
): SlotFill {
  return { ...told, result: { kind: "given-up", why, findings }, transcript: conversation.transcript() };
}
