import { expect, test } from "vitest";
import { error, warning } from "../../src/diagnostic/catalog.ts";
import { printDiagnostics } from "../../src/diagnostic/print.ts";

const place = { file: "specs/ledger.yaml", line: 148, column: 15, pointer: "#/paths/~1cards/post/$ref" };

test("a diagnostic is one line of where, one of what, and one of how to mend it", () => {
  const saw = '"#/components/schemas/NewCrad" does not exist; POST /cards accepts any object until it does.';
  const fix = 'did you mean "#/components/schemas/NewCard"?';
  expect(printDiagnostics([warning("reference/not-found", { place, saw, fix })])).toBe(
    [
      "warning  reference/not-found          specs/ledger.yaml:148:15  #/paths/~1cards/post/$ref",
      '  "#/components/schemas/NewCrad" does not exist; POST /cards accepts any object until it does.',
      '  Fix: did you mean "#/components/schemas/NewCard"?',
    ].join("\n"),
  );
});

test("places line up, and a diagnostic without a place ends after its code", () => {
  const lines = printDiagnostics([
    error("entity/none", { saw: "s", fix: "f" }),
    warning("output/outside-workspace", { place, saw: "s" }),
  ]);
  expect(lines.split("\n").filter((line) => /^[ew]/.test(line))).toEqual([
    "error    entity/none",
    "warning  output/outside-workspace     specs/ledger.yaml:148:15  #/paths/~1cards/post/$ref",
  ]);
});

test("text of a document cannot steer the terminal", () => {
  const printed = printDiagnostics([error("entity/none", { saw: "\u001B[2J\u202Egone\u2028", fix: "a\nb" })]);
  expect(printed).toBe("error    entity/none\n  \\u{1b}[2J\\u{202e}gone\\u{2028}\n  Fix: a b");
});
