import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { catalog } from "../../src/diagnostic/catalog.ts";
import { codeOf, commandsOf, folder, transcript } from "./transcript.ts";

const mistakes = readdirSync(folder).sort();

describe("each mistake is shown where it is, with what it costs and what to do", () => {
  test.each(mistakes)("%s", async (mistake) => {
    expect(commandsOf(mistake)).not.toEqual([]);
    const seen = await transcript(mistake);
    expect(seen).toMatch(new RegExp(`^(error|warning) +${codeOf(mistake)}\\b`, "m"));
    await expect(seen).toMatchFileSnapshot(`../../${folder}/${mistake}/seen.txt`);
  });
});

/** What takes a whole run, a full disk or a language model to be brought about, and is shown by the tests of the stage that finds it. */
const shownElsewhere = [
  "output/not-writable",
  "verify/types",
  "verify/lint",
  "verify/tests",
  "slot/parked",
  "slot/escape",
  "slot/not-filled",
  "slot/weak-examples",
];

test("every code of the catalogue has a folder, and every folder a code", () => {
  const shown = new Set(mistakes.map(codeOf));
  expect([...shown, ...shownElsewhere].sort()).toEqual(Object.keys(catalog).sort());
});
