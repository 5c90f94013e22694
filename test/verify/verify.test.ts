import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stageFiles } from "../../src/verify/staging.ts";
import type { TestProgress } from "../../src/verify/tests.ts";
import { verify, type VerifyOptions } from "../../src/verify/verify.ts";
import { createWorkspace, filesOf, soundPackage, type Workspace } from "./package.ts";

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace({ ...process.env, SECRET: "secret", TEST_DATABASE_URL: "postgres://given" });
});
afterEach(() => workspace.remove());

async function prove(
  files: Readonly<Record<string, string>>,
  wanted: Partial<VerifyOptions>,
  onProgress?: (progress: TestProgress) => void,
) {
  const { value: staging } = await stageFiles(workspace.host, "shop", filesOf({ ...soundPackage, ...files }));
  if (!staging) throw new Error("The package could not be staged.");
  const options = { typecheck: false, lint: false, tests: false, ...wanted };
  const { value, diagnostics } = await verify(workspace.host, staging, options, onProgress);
  const name = staging.folder.slice(workspace.folder.length + 1);
  const shown = diagnostics.map(({ code, severity, place, saw }) => {
    const at = place && [place.file.replace(name, "shop"), place.line, place.column].join(":");
    return `${severity} ${code} ${at ?? ""} ${saw}`;
  });
  return { value, shown };
}

test("a sound package is proven whole, and the output folder is not touched", async () => {
  await workspace.write({ "shop/README.md": "theirs" });
  const progress: TestProgress[] = [];
  const proof = await prove({}, { typecheck: true, lint: true, tests: true }, (one) => progress.push(one));
  expect(proof).toEqual({
    value: { typeErrors: 0, lintFindings: 0, tests: { passed: 1, failed: [], skipped: [] } },
    shown: [],
  });
  expect(progress.at(-1)).toEqual({ passed: 1, failed: 0, skipped: 0, total: 1 });
  const files = Object.keys(await workspace.read());
  expect(files.filter((path) => path.startsWith("shop/"))).toEqual(["shop/README.md"]);
});

test("a type error is named with its place", async () => {
  const { shown } = await prove(
    { "src/wrong.ts": `export const a: { b: string } = {\n  b: 1,\n};\n` },
    { typecheck: true },
  );
  expect(shown).toEqual([
    "error verify/types shop/src/wrong.ts:2:3 Type 'number' is not assignable to type 'string'. (TS2322)",
  ]);
});

test("a broken rule is named with its place, in a folder that git ignores too", async () => {
  await workspace.write({ ".gitignore": "*", ".git/HEAD": "ref: refs/heads/main\n" });
  const text = `async function later(): Promise<void> {}\nlater();\nexport const same = (a: unknown) => a == 1;\n`;
  const { value, shown } = await prove({ "src/wrong.ts": text }, { lint: true });
  expect(value.lintFindings).toBe(2);
  expect([...shown].sort()).toEqual([
    expect.stringMatching(/^error verify\/lint shop\/src\/wrong\.ts:2:1 Promises must be awaited/),
    expect.stringMatching(/^warning verify\/lint shop\/src\/wrong\.ts:3:\d+ Expected === and instead saw ==/),
  ]);
});

describe("tests", () => {
  const head = `import { expect, test } from "vitest";\n`;

  test("failed and skipped ones are named, with the place of the failure", async () => {
    const text = `${head}test("adds", () => {\n  expect(1 + 1).toBe(3);\n});\ntest.skip("later", () => {});\n`;
    const { value, shown } = await prove({ "src/sum.test.ts": text }, { tests: true });
    expect(value.tests).toEqual({
      passed: 1,
      failed: [{ file: "src/sum.test.ts", title: "adds" }],
      skipped: [{ file: "src/sum.test.ts", title: "later" }],
    });
    expect(shown).toEqual([
      "error verify/tests shop/src/sum.test.ts:3:17 adds: expected 2 to be 3 // Object.is equality",
    ]);
  });

  test("they see a database that is given, and nothing else of the environment", async () => {
    const text = `${head}test("sees", () => {
      expect(process.env["TEST_DATABASE_URL"]).toBe("postgres://given");
      expect(process.env["SECRET"]).toBeUndefined();
    });`;
    expect((await prove({ "src/environment.test.ts": text }, { tests: true })).shown).toEqual([]);
  });

  test("a package without any is proven too", async () => {
    const { value: staging } = await stageFiles(workspace.host, "shop", filesOf({ "package.json": "{}" }));
    const wanted = { typecheck: false, lint: true, tests: true };
    const proof = await verify(workspace.host, { folder: staging?.folder ?? "" }, wanted);
    expect(proof.diagnostics).toEqual([]);
    expect(proof.value.tests?.passed).toBe(0);
  });

  test.each([
    { title: "a file that throws", text: `throw new Error("broken");`, saw: "the file itself: broken" },
    {
      title: "a promise that nobody awaits",
      text: `test("waits", () => void Promise.reject(new Error("lost")));`,
      saw: "outside of any test: lost",
    },
    { title: "a process that ends", text: `test("ends", () => process.kill(process.pid, "SIGKILL"));`, saw: /./ },
  ])("$title is a failure", async ({ text, saw }) => {
    const { shown } = await prove({ "src/broken.test.ts": head + text }, { tests: true });
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.join("\n")).toMatch(saw);
  });
});
