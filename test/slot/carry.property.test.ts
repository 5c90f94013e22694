import fc from "fast-check";
import { expect, test } from "vitest";
import { blobHash } from "../../src/hash.ts";
import { carry } from "../../src/slot/carry.ts";
import { emptyLock, printLock, readLock, type Lock } from "../../src/slot/lock.ts";
import { loadLogicParser, type LogicParser } from "../../src/slot/scan.ts";
import { contractOf, logicFile, path, type TestSlot } from "./logic-file.ts";

/** A document's slots at one time: any of five, each in one of a few forms. */
const slots = fc
  .subarray(["a", "b", "c", "d", "e"])
  .chain((ids) => fc.tuple(...ids.map(slotOf)))
  .map((list): readonly TestSlot[] => list);

function slotOf(id: string): fc.Arbitrary<TestSlot> {
  return fc.record({
    id: fc.constant(`thing.${id}`),
    name: fc.constantFrom(`${id}One`, `${id}Two`),
    parameters: fc.constantFrom("thing: Thing, context: Context", "context: Context", "context: Context, thing: Thing"),
    fallback: fc.constantFrom("return context.accept();", "return undefined;", "throw new Error();"),
    doc: fc.constantFrom("One promise.", "Another."),
  });
}

/** What a person may do to a logic file: each edit writes one line that is theirs alone. */
type Edit = (text: string, mark: string) => string;

const edits: readonly Edit[] = [
  (text, mark) => `// ${mark}\n${text}`,
  (text, mark) => `${text}\n// ${mark}\n`,
  (text, mark) => `import { ${mark} } from "../../${mark}.ts";\n${text}\nexport const used = ${mark};\n`,
  (text, mark) => `${text}\nfunction ${mark}(): number {\n  return 1;\n}\n`,
  (text, mark) => text.replace(/^ {2}(return|throw) .*$/m, `  // ${mark}\n$&`),
  (text, mark) =>
    text.replace(/(?: {2}\/\/ Open:.*\n)? {2}(return|throw) .*$/m, `  const ${mark} = 1;\n  return ${mark};`),
  (text, mark) =>
    `${text.replace(/(?: {2}\/\/ Open:.*\n)? {2}(return|throw) .*$/m, `  return ${mark}();`)}\n/** Mine. */\nfunction ${mark}() {\n  return ${mark}b;\n}\nconst ${mark}b = 1;\n`,
  (text, mark) =>
    `import { ${mark} } from "../../${mark}.ts";\n${text.replace(/(?: {2}\/\/ Open:.*\n)? {2}(return|throw) .*$/m, `  return ${mark}();`)}`,
  (text, mark) => text.replace(/^\/\*\*$/m, `// ${mark}\n$&`),
  (text, mark) => text.replace(/^ \*\/$/m, `$&\n// ${mark}`),
  (text, mark) => text.replace(/\}\n*$/, `} // ${mark}\n`),
  (text, mark) => text.replace(/^}$/gm, `}\n\nconst ${mark} = 1;`),
];

const step = fc.record({ slots, edits: fc.array(fc.nat(edits.length - 1), { maxLength: 4 }) });

test("whatever people write and the document becomes, no line is lost, and the same again changes nothing", async () => {
  const parser = await loadLogicParser();
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (history) => {
    let lock: Lock = emptyLock;
    let [disk, base]: readonly (string | undefined)[] = [undefined, undefined];
    const marks: string[] = [];
    for (const [at, { slots: wanted, edits: made }] of history.entries()) {
      const next = await run(parser, wanted, disk, base, lock);
      const again = await run(parser, wanted, next.disk, next.base, next.lock);
      expect(again.disk).toBe(next.disk);
      expect(printLock(again.lock)).toBe(printLock(next.lock));
      ({ disk, base, lock } = next);
      const everything = `${disk ?? ""}\n${printLock(lock)}`;
      for (const mark of marks) expect(everything, `step ${at}`).toContain(mark);
      for (const [number, edit] of made.entries()) {
        if (disk === undefined) continue;
        const mark = `mine${at}x${number}x`;
        disk = edits[edit]?.(disk, mark) ?? disk;
        if (disk.includes(mark)) marks.push(mark);
      }
      const stillThere = disk;
      if (stillThere !== undefined)
        marks.splice(0, Infinity, ...marks.filter((mark) => `${stillThere}\n${printLock(lock)}`.includes(mark)));
    }
  });
  await fc.assert(property, { seed: 20_262, numRuns: 60 });
}, 120_000);

async function run(
  parser: LogicParser,
  wanted: readonly TestSlot[],
  disk: string | undefined,
  base: string | undefined,
  lock: Lock,
) {
  const content = logicFile(wanted, ["Thing", "Context"]);
  const input = {
    rendered: wanted.length === 0 ? [] : [{ path, class: "logic" as const, content }],
    slots: wanted.map((slot) => contractOf(slot)),
    previous: new Map(disk === undefined ? [] : [[path, disk]]),
    bases: new Map(base === undefined ? [] : [[path, { hash: blobHash(base), text: base }]]),
    lock,
    shown: "out",
  };
  const { value, diagnostics } = await carry(input, async () => parser);
  // A file that imports what its contract does not is kept in the lock, and not put back by itself.
  expect(diagnostics.filter((one) => one.severity === "error")).toEqual([]);
  return {
    disk: value.files.get(path),
    base: wanted.length === 0 ? undefined : content,
    lock: readLock(printLock(value.lock), "l").value,
  };
}
