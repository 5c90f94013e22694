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
    "src/http/media.ts": {
      source: "throw { cause: error };",
      mutants: [
        mutant("Killed"),
        {
          mutatorName: "ObjectLiteral",
          replacement: "{}",
          status: "Survived",
          location: { start: { line: 1, column: 7 }, end: { line: 1, column: 23 } },
        },
      ],
    },
  },
};

test("what no test notices counts against the score, whether a test runs it or not; what is no service does not count", () => {
  const { kinds, total, survivors } = scoresOf(report);
  expect(kinds.get("routes")).toEqual({ noticed: 2, all: 4, equivalent: 0, share: 50, shareOfOthers: 50 });
  expect(total).toMatchObject({ noticed: 3, all: 6, share: 50 });
  expect(survivors).toEqual([
    "src/card/card.routes.ts:1 Literal: rue); → false",
    "src/card/card.routes.ts:1 Literal: rue); → false (no test runs it)",
  ]);
  expect(printedScores("ledger", scoresOf(report))).toContain("routes           2 of     4   50.0 %");
});

test("a mutant that is named as equivalent counts in one score, and not in the other", () => {
  const { kinds, total, equivalents } = scoresOf(report);
  expect(kinds.get("http")).toEqual({ noticed: 1, all: 2, equivalent: 1, share: 50, shareOfOthers: 100 });
  expect(total).toMatchObject({ equivalent: 1, shareOfOthers: 60 });
  expect([...equivalents.values()].flatMap(({ mutants }) => mutants)).toEqual([
    "src/http/media.ts:1 ObjectLiteral: { cause: error } → {}",
  ]);
});

test("a column's name counts for nothing only where its member has the same one", () => {
  const source = '  id: uuid("id").primaryKey(),\n  ownerId: uuid("owner_id"),\n';
  const emptied = (line: number, from: number, to: number) => ({
    mutatorName: "StringLiteral",
    replacement: '""',
    status: "Survived",
    location: { start: { line, column: from }, end: { line, column: to } },
  });
  const mutants = [emptied(1, 12, 16), emptied(2, 17, 27)];
  expect(scoresOf({ files: { "src/pet/pet.table.ts": { source, mutants } } })).toMatchObject({
    survivors: ['src/pet/pet.table.ts:2 StringLiteral: "owner_id" → ""'],
    total: { equivalent: 1 },
  });
});
