import type { Compiler } from "../compiler.ts";
import type { Judge } from "./refusal.ts";

/** Tells whether matching an expression can take time without bound. */
export type RegularJudge = (source: string, flags: string) => boolean;

/** A group that may be repeated more often than this is taken for one without an end. */
const fewTurns = 5;

/**
 * Loads the analysis. It finds repetitions that overlap with themselves or with each other; alternatives of one
 * repetition that may begin alike are looked for here, because it takes those for one.
 */
export async function loadRegularJudge(): Promise<RegularJudge> {
  const [{ analyse }, { RegExpParser, visitRegExpAST }, { getFirstConsumedChar }] = await Promise.all([
    import("scslre"),
    import("@eslint-community/regexpp"),
    import("regexp-ast-analysis"),
  ]);
  return (source, flags) => {
    const literal = new RegExpParser().parseLiteral(`/${source}/${flags}`);
    const { reports } = analyse({ source, flags }, { maxReports: 20 });
    let isAmbiguous = false;
    visitRegExpAST(literal, {
      onQuantifierEnter({ max, element }) {
        if (max <= fewTurns || (element.type !== "Group" && element.type !== "CapturingGroup")) return;
        const firsts = element.alternatives.map((one) => getFirstConsumedChar(one, "ltr", literal.flags).char);
        isAmbiguous ||= firsts.some((one, at) => firsts.slice(0, at).some((other) => !one.isDisjointWith(other)));
      },
    });
    return isAmbiguous || reports.some((report) => report.exponential);
  };
}

/** Judges regular expressions: none may backtrack without bound. */
export function regularJudge(ts: Compiler, isUnbounded: RegularJudge): Judge {
  return (node) => {
    if (!ts.isRegularExpressionLiteral(node)) return undefined;
    const [, source = "", flags = ""] = /^\/(.*)\/(\w*)$/su.exec(node.text) ?? [];
    if (!isUnbounded(source, flags)) return undefined;
    return {
      saw: `Matching ${node.text} can take time without bound.`,
      cure: "Put no repetition inside a repetition, and no alternatives that begin alike; split the text, or match in steps.",
    };
  };
}
