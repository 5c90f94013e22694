import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { generate } from "../support/generate.ts";
import { temporaryHost } from "../support/host.ts";
import { attacks, fragments } from "./attacks.ts";
import { hostileDocument } from "./document.ts";
import { escapesIn } from "./escapes.ts";
import { pickFrom } from "./pick.ts";

/** What would be harm where it runs, and all that is no name. */
const words = [
  ...attacks.filter((text) => text.length > 4 && /\W/.test(text)),
  "exit(66)",
  "alert(1)",
  "drop table",
  "pg_sleep",
  "stolen",
];

// Each turn puts another attack into each place.
test.each([0, 7, 14, 21, 28, 35])("no text of a document is code, wherever it stands (turn %i)", async (turn) => {
  const { files } = await generate(JSON.stringify(hostileDocument(pickFrom(attacks, turn))));
  expect(files.flatMap((file) => escapesIn(file, words))).toEqual([]);
});

/** No identifier has it, in any language: wherever it is outside of literals and comments, a text became code. */
const mark = "¤";

/** Texts of dangerous parts, with the mark somewhere in each. */
const marked = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: "grapheme", maxLength: 6 })), { maxLength: 4 }),
    fc.nat(),
  )
  .map(([parts, at]) => {
    const place = at % (parts.length + 1);
    return [...parts.slice(0, place), mark, ...parts.slice(place)].join("");
  });

test("no random text is code", async () => {
  const texts = fc.array(marked, { minLength: 40, maxLength: 40, size: "max" });
  await fc.assert(
    fc.asyncProperty(texts, async (chosen) => {
      const document = JSON.stringify(hostileDocument(pickFrom(chosen)));
      const { files } = await generate(document, { isFormatted: false });
      expect(files.flatMap((file) => escapesIn(file, [mark]))).toEqual([]);
    }),
    { numRuns: 20, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
  );
});

test("a service of hostile texts type-checks, migrates and passes its own tests", async () => {
  const document = JSON.stringify(hostileDocument(pickFrom(attacks, 7)));
  await using host = await temporaryHost({ "package.json": "{}", "hostile.json": document });
  const exitCode = await runCli(host, ["crud", "hostile.json", "--out", "hostile", "--json"]);
  const report = JSON.parse(host.printed.out) as { diagnostics: readonly { severity: string }[]; tests?: object };
  expect({ exitCode, errors: report.diagnostics.filter(({ severity }) => severity === "error") }).toEqual({
    exitCode: 0,
    errors: [],
  });
  expect(report.tests).toMatchObject({ failed: 0 });
  const paths = await host.files.list("hostile");
  const files = paths.map((path) => ({ path, content: readFileSync(join(host.cwd, "hostile", path), "utf8") }));
  expect(files.flatMap((file) => escapesIn(file, words))).toEqual([]);
  expect(paths.filter((path) => path.endsWith(".sql"))).toHaveLength(1);
});
