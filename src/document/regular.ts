/** How the time for matching a text can grow with its length, at worst. */
export type Growth = "linear" | "polynomial" | "exponential";

/** Tells how an expression behaves on the worst of texts. */
export type RegularJudge = (source: string, flags: string) => Growth;

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
    // A slash in the source would end the literal; the engine's own spelling escapes it.
    const literal = new RegExpParser().parseLiteral(`/${new RegExp(source, flags).source}/${flags}`);
    const { reports } = analyse({ source, flags }, { maxReports: 20 });
    let isAmbiguous = false;
    visitRegExpAST(literal, {
      onQuantifierEnter({ max, element }) {
        if (max <= fewTurns || (element.type !== "Group" && element.type !== "CapturingGroup")) return;
        const firsts = element.alternatives.map((one) => getFirstConsumedChar(one, "ltr", literal.flags).char);
        isAmbiguous ||= firsts.some((one, at) => firsts.slice(0, at).some((other) => !one.isDisjointWith(other)));
      },
    });
    if (isAmbiguous || reports.some((report) => report.exponential)) return "exponential";
    return reports.length > 0 ? "polynomial" : "linear";
  };
}
