import { expect, test } from "vitest";
import { generate } from "../support/generate.ts";
import { attacks } from "./attacks.ts";
import { hostileDocument } from "./document.ts";
import { escapesIn } from "./escapes.ts";
import { pickFrom } from "./pick.ts";

/** What would be harm where it runs, and all that is no name. */
const words = [
  ...attacks.filter((text) => text.length > 4 && /\W/.test(text)),
  "exit(1)",
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
