import { describe, expect, test } from "vitest";
import { blobHash } from "../../src/hash.ts";
import { carry } from "../../src/slot/carry.ts";
import { emptyLock, printLock, readLock, type Lock } from "../../src/slot/lock.ts";
import { loadLogicParser } from "../../src/slot/scan.ts";
import { contractOf, covered, fee, logicFile, path, settle, type TestSlot } from "./logic-file.ts";

const slots = [covered, settle];
const rendered = logicFile(slots);

/** A run with that logic file on disk, or with none. */
async function run(disk: string | undefined, lock: Lock, current: readonly TestSlot[] = slots) {
  const { value, diagnostics } = await carry(
    {
      rendered: [{ path, class: "logic", content: logicFile(current) }],
      slots: current.map((slot) => contractOf(slot)),
      previous: new Map(disk === undefined ? [] : [[path, disk]]),
      bases: disk === undefined ? new Map() : new Map([[path, { hash: blobHash(rendered), text: rendered }]]),
      lock,
      shown: "out",
    },
    loadLogicParser,
  );
  const text = value.files.get(path) ?? "";
  return { text, lock: value.lock, restored: value.restored, saw: diagnostics.map((one) => one.saw) };
}

/** The file is gone, and the lock has been read from disk again. */
async function back(disk: string, current?: readonly TestSlot[], change = (lock: string) => lock) {
  const before = await run(disk, emptyLock);
  const lock = readLock(change(printLock(before.lock)), "scaffold.lock.json").value;
  return { ...(await run(undefined, lock, current)), before };
}

const filled = rendered.replace("  // Open: lets pass until filled.\n  return context.accept();", "  return limit;");

describe("what stands beside the slots of a logic file comes back with it", () => {
  test.each([
    { title: "a body alone", disk: filled },
    { title: "a constant above the slots", disk: filled.replace("/**", "/** Of one day. */\nconst limit = 5;\n\n/**") },
    {
      title: "a helper at the end",
      disk: `${filled}\nfunction half(amount: number): number {\n  return amount / 2;\n}\n`,
    },
    {
      title: "comments between",
      disk: filled.replace("/**\n * What it promises.\n *\n * @slot transfer.create.settle", "// Then:\n$&"),
    },
    {
      title: "types of another contract",
      disk: `import type { Account } from "../account/account.contract.ts";\n${filled}`,
    },
    { title: "another order", disk: swapped(filled) },
    {
      title: "parameters of other names",
      disk: filled.replace("transfer: Transfer, context: TransferContext", "wanted: Transfer, world: TransferContext"),
    },
  ])("$title", async ({ disk }) => {
    const { text, before, restored, saw } = await back(disk);
    expect(before.text).toBe(disk);
    expect(text).toBe(disk);
    expect([...restored]).toEqual([covered.id]);
    expect(saw).toEqual([]);
  });

  test("and takes in a slot that is new, without one that is gone", async () => {
    const { text } = await back(`${filled}\nconst limit = 5;\n`, [covered, fee]);
    expect(text).toContain("const limit = 5;");
    expect(text).toContain("export async function feeOf");
    expect(text).not.toContain("settle");
  });

  test("is no part of the lock where there is nothing", async () => {
    expect(printLock((await run(filled, emptyLock)).lock)).not.toContain("beside");
  });

  test.each([
    { title: "imports", line: 'import { readFileSync } from "node:fs";' },
    { title: "does something at once", line: "fetch('http://127.0.0.1');" },
    { title: "calls from a constant", line: "const all = globalThis;" },
  ])("unless it $title", async ({ line }) => {
    const { text, saw } = await back(`${filled}\nconst limit = 5;\n`, slots, (lock) =>
      lock.replace('"const limit = 5;"', JSON.stringify(line)),
    );
    expect(text).not.toContain(line);
    expect(saw[0]).toContain("What the lock has beside the slots");
  });
});

function swapped(text: string): string {
  const [imports = "", first = "", second = ""] = text.split(/(?=\/\*\*\n)/);
  return `${imports}${second.trimEnd()}\n\n${first.trimEnd()}\n`;
}
