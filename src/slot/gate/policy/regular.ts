import type { RegularJudge } from "../../../document/regular.ts";
import type { Compiler } from "../compiler.ts";
import type { Judge } from "./refusal.ts";

/** Judges regular expressions: none may backtrack without bound. */
export function regularJudge(ts: Compiler, growthOf: RegularJudge): Judge {
  return (node) => {
    if (!ts.isRegularExpressionLiteral(node)) return undefined;
    const [, source = "", flags = ""] = /^\/(.*)\/(\w*)$/su.exec(node.text) ?? [];
    if (growthOf(source, flags) !== "exponential") return undefined;
    return {
      saw: `Matching ${node.text} can take time without bound.`,
      cure: "Put no repetition inside a repetition, and no alternatives that begin alike; split the text, or match in steps.",
    };
  };
}
