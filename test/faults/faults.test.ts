import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { edited, givesOccasion } from "../../scripts/faults/fault.ts";
import { faults } from "../../scripts/faults/faults.ts";
import { inTurns } from "../../scripts/faults/in-turns.ts";

describe("faults", () => {
  test.each(faults)("$title finds the place that it is planted in", ({ edits }) => {
    const texts = new Map<string, string>();
    for (const edit of edits) {
      const text = edited(texts.get(edit.file) ?? readFileSync(edit.file, "utf8"), edit);
      expect(text, `${edit.file} holds this not once: ${edit.find}`).toBeDefined();
      texts.set(edit.file, text ?? "");
    }
  });

  test("each have a name of their own", () => {
    const titles = faults.map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });

  test("show only where the document gives occasion", () => {
    const occasion = { what: "list", path: /\.routes\.ts$/, holds: /page\.items/ };
    expect(givesOccasion(occasion, new Map([["src/a.routes.ts", "send(page.items)"]]))).toBe(true);
    expect(givesOccasion(occasion, new Map([["src/a.table.ts", "send(page.items)"]]))).toBe(false);
  });
});

test("work done in turns is told of in order", async () => {
  const told: number[] = [];
  let busy = 0;
  let most = 0;
  const results = await inTurns(
    [3, 1, 2, 0],
    2,
    async (item) => {
      most = Math.max(most, ++busy);
      for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
      busy -= 1;
      return item;
    },
    (item) => told.push(item),
  );
  expect([told, results, most]).toEqual([[3, 1, 2, 0], [3, 1, 2, 0], 2]);
});
