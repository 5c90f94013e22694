import type { TypeScript } from "../compiler.ts";

/** Why a node may not stand in a body. */
export interface Refusal {
  readonly saw: string;
  readonly cure: string;
  readonly isEscape?: true;
  /** A name that is declared nowhere in the body: of a mistake, or of something that stands beside the body. */
  readonly isUnknown?: true;
}

/** One part of the policy: asked of every node. */
export type Judge = (node: TypeScript.Node) => Refusal | undefined;
