import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

test("a rule that is compiled is filled by its document, before anything is generated", async () => {
  const file = "specs/features/a-rule-in-cel-needs-nobody.yaml";
  await using host = await temporaryHost({ "package.json": "{}", "booking.yaml": readFileSync(file, "utf8") });
  expect(await runCli(host, ["slots", "booking.yaml", "--json"])).toBe(0);
  const listed = JSON.parse(host.printed.out) as readonly object[];
  expect(listed).toHaveLength(8);
  expect(listed).toEqual(listed.map((one) => ({ ...one, state: "filled", by: "document" })));
});

test("other slots are open", async () => {
  const file = "specs/features/a-business-rule-on-a-schema-is-a-slot.yaml";
  await using host = await temporaryHost({ "package.json": "{}", "notes.yaml": readFileSync(file, "utf8") });
  expect(await runCli(host, ["slots", "notes.yaml"])).toBe(0);
  expect(host.printed.out).toMatch(/5 slots, 5 open\n$/);
});
