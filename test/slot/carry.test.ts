import { describe, expect, test } from "vitest";
import { blobHash } from "../../src/hash.ts";
import { carry, type Carried } from "../../src/slot/carry.ts";
import type { CarryInput } from "../../src/slot/work.ts";
import { emptyLock, printLock, readLock, type Lock } from "../../src/slot/lock.ts";
import { loadLogicParser } from "../../src/slot/scan.ts";
import { contractOf, covered, fee, logicFile, path, settle, type TestSlot } from "./logic-file.ts";

const never = async () => {
  throw new Error("Nothing was written, so nothing has to be parsed.");
};

interface Given {
  readonly slots: readonly TestSlot[];
  readonly disk?: string;
  /** What the file was last rendered as. */
  readonly base?: string;
  readonly lock?: Lock;
  readonly types?: readonly string[];
}

function inputOf({ slots, disk, base, lock = emptyLock, types }: Given): CarryInput {
  const rendered = slots.length === 0 ? [] : [{ path, class: "logic" as const, content: logicFile(slots, types) }];
  return {
    rendered,
    slots: slots.map((slot) => contractOf(slot)),
    previous: new Map(disk === undefined ? [] : [[path, disk]]),
    bases: new Map(base === undefined ? [] : [[path, { hash: blobHash(base), text: base }]]),
    lock,
    shown: "out",
  };
}

async function carried(given: Given): Promise<{ readonly text: string; readonly codes: readonly string[] } & Carried> {
  const { value, diagnostics } = await carry(inputOf(given), loadLogicParser);
  return { ...value, text: value.files.get(path) ?? "", codes: diagnostics.map((one) => one.code) };
}

const base = logicFile([covered, settle]);
const filled = base.replace(
  "  // Open: lets pass until filled.\n  return context.accept();",
  "  const rows = await context.rows();\n\n  // Enough?\n  return rows > 0;",
);

describe("a logic file", () => {
  test("that nobody wrote in is printed anew, and nothing is parsed", async () => {
    const { value } = await carry(inputOf({ slots: [covered, settle, fee], disk: base, base }), never);
    expect(value.files.get(path)).toBe(logicFile([covered, settle, fee]));
    expect([...value.lock.slots.values()].map((slot) => slot.state)).toEqual(["open", "open", "open"]);
  });

  test("keeps a body, which becomes a person's", async () => {
    const { text, lock } = await carried({ slots: [covered, settle], disk: filled, base });
    expect(text).toBe(filled);
    expect(lock.slots.get(covered.id)).toMatchObject({
      state: "adopted",
      by: "person",
      body: ["  const rows = await context.rows();", "", "  // Enough?", "  return rows > 0;"],
    });
    expect(lock.slots.get(settle.id)?.state).toBe("open");
  });

  test("loses the mark of an open body once the body is written", async () => {
    const disk = base.replace("return context.accept();", "return context.refuse();");
    const { text } = await carried({ slots: [covered, settle], disk, base });
    expect(text).toContain("Promise<void> {\n  return context.refuse();\n}");
    expect(text).toContain("{\n  // Open: lets pass until filled.\n  return;\n}");
  });

  test("keeps imports, helpers, comments and top-level code around the functions", async () => {
    const disk =
      `// Ask Anna.\nimport { round } from "../../money.ts";\n${filled}\nconst limit = 5;\n\nfunction helper(): number {\n  return limit;\n}\n// The end.\n`
        .replace("/**\n * What it promises.\n *\n * @slot transfer.create.settle", "// Before settle.\n$&")
        .replace("*/\nexport async function settle", "*/\n// Between.\nexport async function settle");
    const { text } = await carried({ slots: [covered, settle], disk, base });
    expect(text).toBe(disk);
  });

  test("keeps a body under a new name and a new signature", async () => {
    const renamed = {
      ...covered,
      name: "hasFunds",
      parameters: "transfer: NewTransfer, context: TransferContext",
      doc: "Another promise.",
    };
    const { text, lock } = await carried({
      slots: [renamed, settle],
      disk: filled,
      base,
      types: ["NewTransfer", "Transfer", "TransferContext"],
    });
    expect(text).toContain("Another promise.");
    expect(text).toContain(
      "export async function hasFunds(transfer: NewTransfer, context: TransferContext): Promise<void> {\n  const rows",
    );
    expect(text).toContain('import type { NewTransfer, Transfer, TransferContext } from "./transfer.contract.ts";');
    expect(text).not.toContain("isCovered");
    expect(lock.slots.get(covered.id)?.state).toBe("adopted");
  });

  test.each([
    {
      title: "keeps",
      next: "transfer: Transfer, context: TransferContext",
      names: "t: Transfer, ctx: TransferContext",
    },
    {
      title: "follows to another place",
      next: "context: TransferContext, transfer: Transfer",
      names: "ctx: TransferContext, t: Transfer",
    },
    {
      title: "keeps beside a new one",
      next: "transfer: Transfer, caller: Caller, context: TransferContext",
      names: "t: Transfer, caller: Caller, ctx: TransferContext",
    },
    {
      title: "keeps under a new type",
      next: "transfer: Payment, context: TransferContext",
      names: "t: Payment, ctx: TransferContext",
    },
  ])("$title the name that a person gave a parameter", async ({ next, names }) => {
    const disk = filled.replace(
      "isCovered(transfer: Transfer, context: TransferContext)",
      "isCovered(t: Transfer, ctx: TransferContext)",
    );
    const { text } = await carried({ slots: [{ ...covered, parameters: next }, settle], disk, base });
    expect(text).toContain(`isCovered(${names})`);
  });

  test("takes a new slot in after the one that precedes it", async () => {
    const disk = `${filled}\nfunction helper(): void {}\n`;
    const { text } = await carried({ slots: [covered, fee, settle], disk, base });
    expect([...text.matchAll(/function (\w+)/g)].map((match) => match[1])).toEqual([
      "isCovered",
      "feeOf",
      "settle",
      "helper",
    ]);
    expect(text.startsWith(logicFile([covered, fee]).split("/**\n")[0] ?? "?")).toBe(true);
  });

  test("keeps a name that a person added to our import while it is used", async () => {
    const disk = filled
      .replace("{ Transfer, TransferContext }", "{ Account, Transfer, TransferContext, Unused }")
      .replace("const rows", "const rows: Account[]");
    const { text } = await carried({ slots: [covered, settle], disk, base });
    expect(text).toContain("import type { Transfer, TransferContext, Account } from");
  });

  test("that does not parse is an error with its place, and nothing is lost", async () => {
    const { codes } = await carried({ slots: [covered], disk: `${filled}\n<<<<<<< yours\n`, base });
    expect(codes).toContain("slot/invalid-body");
  });

  test("with one slot twice is an error", async () => {
    const { codes } = await carried({
      slots: [covered, settle],
      disk: filled + logicFile([covered]).replace(/^import.*\n/gm, ""),
      base,
    });
    expect(codes).toEqual(["slot/invalid-body"]);
  });

  test("gets a new fallback where the old one was left alone, and the comments in it stay", async () => {
    const noted = filled.replace("  return;", "  // TODO: ask Anna\n  return;");
    const changed = { ...settle, fallback: "return undefined;" };
    const { text, lock } = await carried({ slots: [covered, changed], disk: noted, base });
    expect(text).toContain("  // Open: lets pass until filled.\n  // TODO: ask Anna\n  return undefined;\n");
    expect(lock.slots.get(settle.id)?.state).toBe("open");
    const again = await carried({ slots: [covered, settle], disk: text, lock });
    expect(again.text).toBe(noted);
  });
});

describe("the lock", () => {
  test("keeps a body whose slot is gone, and gives it back", async () => {
    const gone = await carried({ slots: [settle], disk: filled, base });
    expect(gone.text).toBe(logicFile([settle]));
    expect(gone.codes).toEqual(["slot/parked"]);
    expect(gone.lock.slots.get(covered.id)).toMatchObject({ state: "parked", by: "person" });
    const back = await carried({
      slots: [covered, settle],
      disk: gone.text,
      base: logicFile([settle]),
      lock: reread(gone.lock),
    });
    expect(back.text).toBe(filled);
    expect(back.codes).toEqual([]);
    expect(back.lock.slots.get(covered.id)?.body).toEqual(gone.lock.slots.get(covered.id)?.body);
  });

  test("keeps a whole file whose entity is gone, and gives it back", async () => {
    const disk = `${filled}\n/** Mine. */\nexport function helper(): void {}\n`;
    const gone = await carried({ slots: [], disk, base });
    expect([...gone.released]).toEqual([path]);
    const back = await carried({ slots: [covered, settle], lock: reread(gone.lock) });
    expect(back.text).toBe(disk);
    expect(back.lock.files.size).toBe(0);
  });

  test("keeps what only that body has used, and leaves what others use", async () => {
    const disk = filled
      .replace("return rows > 0;", "return rows > limit && shared();")
      .replace("  // Open: lets pass until filled.\n  return;", "  return shared();")
      .concat(
        "\nexport const open = 1;\n\n// At most.\nconst limit = half * 2;\nconst half = 1;\n\nfunction shared() {}\n",
      );
    const gone = await carried({ slots: [settle], disk, base });
    expect(gone.text).toBe(
      logicFile([settle])
        .replace("  // Open: lets pass until filled.\n  return;", "  return shared();")
        .concat("\nexport const open = 1;\n\nfunction shared() {}\n"),
    );
    expect(gone.lock.slots.get(covered.id)?.helpers).toEqual([
      "// At most.",
      "const limit = half * 2;",
      "",
      "const half = 1;",
    ]);
    const back = await carried({
      slots: [covered, settle],
      disk: gone.text,
      base: logicFile([settle]),
      lock: reread(gone.lock),
    });
    expect(back.codes).toEqual([]);
    expect(back.text).toContain("function shared() {}\n\n// At most.\nconst limit = half * 2;\n\nconst half = 1;\n");
    expect(back.lock.slots.get(covered.id)?.helpers).toBeUndefined();
  });

  test("keeps an import with the body that used it, and does not let both back unread", async () => {
    const disk = `import { round } from "../../money.ts";\n${filled.replace("rows > 0", "round(rows)")}`;
    const gone = await carried({ slots: [settle], disk, base });
    expect(gone.text).toBe(logicFile([settle]));
    expect(gone.lock.slots.get(covered.id)?.helpers).toEqual(['import { round } from "../../money.ts";']);
    const back = await carried({
      slots: [covered, settle],
      disk: gone.text,
      base: logicFile([settle]),
      lock: reread(gone.lock),
    });
    expect(back.codes).toEqual(["slot/invalid-body"]);
    expect(back.lock.slots.get(covered.id)).toEqual(gone.lock.slots.get(covered.id));
  });

  test("follows a slot that has another id under the same name, and says that it is stale", async () => {
    const { lock } = await carried({ slots: [covered, settle], disk: filled, base });
    const renamed = { ...covered, id: "transfer.create.enough" };
    const { text, codes, lock: after } = await carried({ slots: [renamed, settle], disk: filled, base, lock });
    expect(text).toBe(filled.replace(covered.id, renamed.id));
    expect(codes).toEqual([]);
    expect([...after.slots].map(([id, { state }]) => [id, state])).toEqual([
      [renamed.id, "stale"],
      [settle.id, "open"],
    ]);
  });

  test("takes no word of a comment for a use", async () => {
    const disk = `${filled.replace("rows > 0", "promises(rows)")}\nfunction promises(rows: number): boolean {\n  return rows > 0;\n}\n`;
    const gone = await carried({ slots: [settle], disk: disk.replaceAll("What it promises.", "It promises."), base });
    expect(gone.text).toBe(logicFile([settle]));
  });

  test("takes no fallback of an untouched file for a body, whatever happens elsewhere", async () => {
    const other = "src/card/card.logic.ts";
    const [old, anew] = [logicFile([fee]), logicFile([{ ...fee, fallback: "return 1;" }])];
    const input = inputOf({ slots: [covered, settle], disk: filled, base });
    const { value } = await carry(
      {
        ...input,
        rendered: [...input.rendered, { path: other, class: "logic", content: anew }],
        slots: [...input.slots, contractOf(fee, other)],
        previous: new Map([...input.previous, [other, old]]),
        bases: new Map([...input.bases, [other, { hash: blobHash(old) }]]),
      },
      loadLogicParser,
    );
    expect(value.files.get(other)).toBe(anew);
    expect(value.lock.slots.get(fee.id)?.state).toBe("open");
  });

  test("follows a file that has moved, with everything in it", async () => {
    const before = "src/payment/payment.logic.ts";
    const disk = `${filled.replaceAll("transfer.contract", "payment.contract")}\nexport function helper(): void {}\n`;
    const input = inputOf({ slots: [covered, settle] });
    const { value } = await carry({ ...input, previous: new Map([[before, disk]]) }, loadLogicParser);
    expect(value.files.get(path)).toBe(`${filled}\nexport function helper(): void {}\n`);
    expect([...value.released]).toEqual([before]);
    expect(value.lock.files.size).toBe(0);
  });

  test("gives back a body that is not on disk", async () => {
    const { lock } = await carried({ slots: [covered, settle], disk: filled, base });
    expect((await carried({ slots: [covered, settle], lock: reread(lock) })).text).toBe(filled);
    expect((await carried({ slots: [covered, settle], disk: base, base, lock: reread(lock) })).text).toBe(filled);
  });

  test("says that a body is stale when its contract changed, until it is written anew", async () => {
    const { lock } = await carried({ slots: [covered, settle], disk: filled, base });
    const changed = { ...covered, parameters: "transfer: Transfer, context: TransferContext, now: Date" };
    const stale = await carried({ slots: [changed, settle], disk: filled, base, lock });
    expect(stale.lock.slots.get(covered.id)?.state).toBe("stale");
    expect(
      (await carried({ slots: [changed, settle], disk: stale.text, lock: stale.lock })).lock.slots.get(covered.id)
        ?.state,
    ).toBe("stale");
    const anew = await carried({
      slots: [changed, settle],
      disk: stale.text.replace("rows > 0", "rows > 1"),
      lock: stale.lock,
    });
    expect(anew.lock.slots.get(covered.id)?.state).toBe("adopted");
    expect(
      (await carried({ slots: [covered, settle], disk: filled, base, lock: stale.lock })).lock.slots.get(covered.id)
        ?.state,
    ).toBe("adopted");
  });

  test("says that a model's body is a model's, until a person changes it", async () => {
    const { lock } = await carried({ slots: [covered, settle], disk: filled, base });
    const known = lock.slots.get(covered.id);
    if (!known) throw new Error("It was adopted above.");
    const slots = new Map(lock.slots).set(covered.id, { ...known, state: "filled", by: "model", rounds: 2 });
    const kept = await carried({ slots: [covered, settle], disk: filled, lock: { ...lock, slots } });
    expect(kept.lock.slots.get(covered.id)).toMatchObject({ state: "filled", by: "model", rounds: 2 });
    const edited = await carried({
      slots: [covered, settle],
      disk: filled.replace("> 0", "> 9"),
      lock: { ...lock, slots },
    });
    expect(edited.lock.slots.get(covered.id)).toMatchObject({ state: "adopted", by: "person" });
    expect(edited.lock.slots.get(covered.id)?.rounds).toBeUndefined();
  });

  test.each([
    { title: "imports", body: ['return (await import("node:fs")).readFileSync("/etc/passwd");'] },
    { title: "requires", body: ['return require("node:fs");'] },
    { title: "evaluates", body: ['return eval("1");'] },
    { title: "makes a function", body: ['return new Function("return 1")();'] },
    { title: "reaches a constructor", body: ['return context.accept["constructor"]("x")();'] },
    { title: "destructures a constructor", body: ["const { constructor: c } = context; return c;"] },
    { title: "builds a key", body: ['return context["con" + "structor"];'] },
    { title: "reaches the process", body: ["return process.env;"] },
    { title: "reaches a prototype", body: ["return context.__proto__;"] },
    { title: "reaches all globals", body: ["return globalThis;"] },
    { title: "ends the function", body: ["}", "steal();", "function more() {"] },
    { title: "does not parse", body: ["return ((;"] },
    { title: "asks for import.meta", body: ["return import.meta.url;"] },
  ])("cannot smuggle in a body that $title", async ({ body }) => {
    const lock: Lock = {
      ...emptyLock,
      slots: new Map([[covered.id, { contract: "", state: "adopted", by: "person", body }]]),
    };
    const { text, codes, lock: after } = await carried({ slots: [covered, settle], lock });
    expect(text).toBe(base);
    expect(codes).toEqual(["slot/invalid-body"]);
    expect(after.slots.get(covered.id)?.body).toEqual(body);
  });

  test("lets a body pass that speaks of such things, and one that is on disk already", async () => {
    const body = ['  return context.refuse("process of importing"); // eval'];
    const lock: Lock = {
      ...emptyLock,
      slots: new Map([[covered.id, { contract: "", state: "adopted", by: "person", body }]]),
    };
    expect((await carried({ slots: [covered, settle], lock })).text).toContain("refuse(");
    const onDisk = filled.replace("> 0", "> Number(process.env.LIMIT)");
    expect((await carried({ slots: [covered, settle], disk: onDisk, base })).codes).toEqual([]);
  });

  test.each([
    { title: "is no JSON", text: "{", saw: "It does not parse" },
    { title: "holds a merge", text: "{\n<<<<<<< HEAD\n", saw: "conflict markers" },
    { title: "is of another version", text: '{ "version": 2, "slots": {} }', saw: "version is 2" },
    { title: "has an odd slot", text: '{ "version": 1, "slots": { "a": { "state": "open" } } }', saw: '"a"' },
  ])("that $title is an error", ({ text, saw }) => {
    expect(readLock(text, "scaffold.lock.json").diagnostics[0]).toMatchObject({
      code: "lock/invalid",
      saw: expect.stringContaining(saw),
    });
  });
});

function reread(lock: Lock): Lock {
  const { value, diagnostics } = readLock(printLock(lock), "scaffold.lock.json");
  expect(diagnostics).toEqual([]);
  return value;
}
