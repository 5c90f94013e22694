import type { Json } from "../../document/openapi.ts";
import type { SlotContract } from "../../plan/plan.ts";
import type { Finding } from "../gate/finding.ts";
import type { Usage } from "./usage.ts";

/** Where candidates for the body of a slot come from: a model, a file. It is not to be trusted; the gate judges. */
export interface Filler {
  /** Who fills: "gpt-5", "replay". */
  readonly name: string;
  /** Begins with one slot; nothing is asked yet. */
  open(slot: SlotContract): Promise<Conversation>;
}

/** One slot's exchange with a filler. */
export interface Conversation {
  /** Asks for a candidate; from the second time on with what the gate had against the one before. */
  next(findings: readonly Finding[]): Promise<Attempt>;
  /** Everything that was said, for those who want to read it. */
  transcript(): readonly object[];
}

export type Attempt =
  | {
      readonly kind: "candidate";
      readonly text: string;
      /** Tests that it proposes, in the form of the document's examples. */
      readonly tests?: readonly Json[];
      readonly usage: Usage;
    }
  /** There was an answer, and no code in it. */
  | { readonly kind: "nothing"; readonly why: string; readonly usage: Usage }
  /** There will be no more answers: the endpoint is gone, the budget is used up. */
  | { readonly kind: "over"; readonly why: string; readonly usage: Usage };
