import { expect, test } from "vitest";
import { printedScores, scoresOf, type Report } from "../../scripts/mutation/scores.ts";

/** `npm run mutation`: what Stryker reports, counted. */
const place = { start: { line: 1, column: 7 }, end: { line: 1, column: 12 } };
const mutant = (status: string) => ({ mutatorName: "Literal", replacement: "false", status, location: place });

const report: Report = {
  files: {
    "src/card/card.routes.ts": {
      source: "open(true);",
      mutants: ["Killed", "Timeout", "Survived", "NoCoverage", "CompileError"].map(mutant),
    },
    "src/http/errors.ts": { source: "open(true);", mutants: [mutant("Killed")] },
  },
};

test("what no test notices counts against the score, whether a test runs it or not; what is no service does not count", () => {
  const { kinds, total, survivors } = scoresOf(report);
  expect(kinds.get("routes")).toEqual({ noticed: 2, all: 4, share: 50 });
  expect(kinds.get("http")).toEqual({ noticed: 1, all: 1, share: 100 });
  expect(total).toEqual({ noticed: 3, all: 5, share: 60 });
  expect(survivors).toEqual([
    "src/card/card.routes.ts:1 Literal: rue); → false",
    "src/card/card.routes.ts:1 Literal: rue); → false (no test runs it)",
  ]);
  expect(printedScores("ledger", scoresOf(report))).toContain("routes           2 of     4   50.0 %");
});
