import { describe, expect, test, vi } from "vitest";
import { error, warning } from "../../src/diagnostic/catalog.ts";
import type { OutputFile } from "../../src/plan/plan.ts";
import type { RunResult } from "../../src/run.ts";
import { contractOf, covered, logicFile, path as logicPath, settle } from "../slot/logic-file.ts";
import { createWorld, planned, program } from "./world.ts";

vi.mock("../../src/pipeline/stages.ts", async (original) => (await import("./world.ts")).plannedStages(original));
vi.mock("../../src/package.ts", async (original) => (await import("./world.ts")).plannedProgram(original));

const file = (path: string, content: string, fileClass: OutputFile["class"] = "generated"): OutputFile => ({
  path,
  class: fileClass,
  content,
});

const first = [file("package.json", "{}\n"), file("src/app.ts", "a\nb\nc\nd\n"), file("README.md", "# Shop\n", "once")];
const second = [
  file("package.json", "{}\n"),
  file("src/app.ts", "a\nb\nc\nnew\n"),
  file("README.md", "# New\n", "once"),
];
const migrations = [
  file("migrations/0000_init.sql", "create table a;\n", "history"),
  file("migrations/meta/_journal.json", "{}\n", "history"),
];

describe("a run", () => {
  test("writes what was rendered and migrated, and leaves nothing beside it", async () => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    const result = await world.run();
    expect(result).toMatchObject({ outcome: "done", diagnostics: [], changes: { created: 5 }, tests: { passed: 1 } });
    expect(result.stages.map((stage) => stage.stage)).toEqual(["load", "infer", "render", "verify", "write"]);
    expect(Object.keys(await world.files())).toEqual([
      "generated/shop/.scaffold/manifest.json",
      "generated/shop/README.md",
      "generated/shop/migrations/0000_init.sql",
      "generated/shop/migrations/meta/_journal.json",
      "generated/shop/package.json",
      "generated/shop/src/app.ts",
      "package.json",
      "shop.yaml",
    ]);
  });

  test.each([
    { place: "the name of its document's file tells", spec: "shop.yaml" },
    { place: "the title in its document tells", spec: "openapi.yaml" },
  ])("of the same input does no work where $place, says the same again, and writes nothing", async ({ spec }) => {
    const world = await createWorld();
    await world.write(spec, "openapi: 3.1.0\n");
    const guess = warning("field/guessed", { saw: "A guess." });
    Object.assign(planned, { files: first, migrations, found: { infer: [guess] } });
    await world.run({ spec });
    const before = await world.files();
    planned.onStage = (stage) => {
      throw new Error(`${stage} was run.`);
    };
    const result = await world.run({ spec });
    expect(result).toMatchObject({ outcome: "done", diagnostics: [guess], changes: { unchanged: 5, created: 0 } });
    expect(result.stages).toMatchObject([{ stage: "write", subject: "generated/shop" }]);
    expect(await world.files()).toEqual(before);
    await expect(world.run({ spec, isStrict: true })).rejects.toThrow("load was run.");
  });

  test.each([
    { title: "the document changed", path: "shop.yaml", text: "openapi: 3.1.1\n" },
    { title: "a file was edited", path: "generated/shop/src/app.ts", text: "a\nmine\nc\nd\n" },
    {
      title: "a migration came from another branch",
      path: "generated/shop/migrations/meta/_journal.json",
      text: "[]\n",
    },
  ])("is done again when $title", async ({ path, text }) => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    await world.run();
    await world.write(path, text);
    expect((await world.run()).stages.map((stage) => stage.stage)).toContain("load");
  });

  test.each([
    { title: "a template of scaffold changed", change: { templates: "others" } },
    { title: "scaffold is built anew", change: { code: "another" } },
    { title: "scaffold runs from sources that changed", change: { code: "another", isBuilt: false } },
  ])("is done again when $title, and only once", async ({ change }) => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    await world.run();
    Object.assign(program, change);
    expect((await world.run()).stages.map((stage) => stage.stage)).toContain("load");
    expect((await world.run()).stages).toHaveLength(1);
  });

  test("remembers edits, so that only the run after them has work", async () => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    await world.run();
    await world.write("generated/shop/src/app.ts", "a\nmine\nc\nd\n");
    expect((await world.run()).stages.length).toBeGreaterThan(1);
    expect((await world.run()).stages).toHaveLength(1);
  });

  test.each([
    { title: "knows by the manifest that nothing changed", edit: undefined, isBuilt: true, stages: 1 },
    { title: "does the work where a file was edited", edit: "a\nmine\nc\nd\n", isBuilt: true, stages: 5 },
    { title: "does the work where scaffold runs from its sources", edit: undefined, isBuilt: false, stages: 5 },
  ])("on another machine $title, and changes nothing", async ({ edit, isBuilt, stages }) => {
    const world = await createWorld();
    program.isBuilt = isBuilt;
    Object.assign(planned, { files: first, migrations });
    await world.run();
    if (edit !== undefined) await world.write("generated/shop/src/app.ts", edit);
    await world.run();
    const before = await world.files();
    await world.host.files.remove(".scaffold/cache");
    expect((await world.run()).stages).toHaveLength(stages);
    expect(await world.files()).toEqual(before);
  });

  test("that was not verified is done again when it is to be", async () => {
    const world = await createWorld();
    Object.assign(planned, { files: first });
    await world.run({ isVerified: false });
    expect((await world.run({ isVerified: false })).stages).toHaveLength(1);
    expect((await world.run()).stages.map((stage) => stage.stage)).toContain("verify");
  });

  test("that is dry goes through every stage and writes nothing", async () => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    const before = await world.files();
    expect(await world.run({ isDryRun: true })).toMatchObject({ outcome: "done", changes: { created: 5 } });
    expect(await world.files()).toEqual(before);
  });

  test("merges edits with what changed, and keeps what was written once", async () => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    await world.run();
    await world.write("generated/shop/src/app.ts", "mine\nb\nc\nd\n");
    await world.write("generated/shop/README.md", "# Mine\n");
    await world.write("shop.yaml", "openapi: 3.1.1\n");
    Object.assign(planned, { files: second });
    expect(await world.run()).toMatchObject({ outcome: "done", changes: { merged: 1 } });
    expect(await world.files()).toMatchObject({
      "generated/shop/src/app.ts": "mine\nb\nc\nnew\n",
      "generated/shop/README.md": "# Mine\n",
    });
  });

  test("with a conflict writes its markers, skips what comes after, and goes on once it is resolved", async () => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    await world.run();
    await world.write("generated/shop/src/app.ts", "a\nb\nc\nmine\n");
    await world.write("shop.yaml", "openapi: 3.1.1\n");
    Object.assign(planned, { files: second });
    const result = await world.run();
    expect(result).toMatchObject({ outcome: "conflict", changes: { conflicts: ["src/app.ts"] } });
    expect(result.stages.map((stage) => stage.stage)).toEqual(["load", "infer", "render", "merge"]);
    const conflict = "a\nb\nc\n<<<<<<< yours\nmine\n=======\nnew\n>>>>>>> generated\n";
    expect(await world.files()).toMatchObject({ "generated/shop/src/app.ts": conflict });
    expect(await world.run()).toMatchObject({ outcome: "conflict" });
    await world.write("generated/shop/src/app.ts", "a\nb\nc\nmine and new\n");
    expect(await world.run()).toMatchObject({ outcome: "done" });
    expect(await world.files()).toMatchObject({ "generated/shop/src/app.ts": "a\nb\nc\nmine and new\n" });
  });

  test("adopts the bodies that people write, and gives them back with their entity", async () => {
    const world = await createWorld();
    const rendered = logicFile([covered, settle]);
    const logic = {
      files: [...first, file(logicPath, rendered, "logic")],
      slots: [contractOf(covered), contractOf(settle)],
    };
    Object.assign(planned, logic);
    expect((await world.run()).service?.openSlots.map((slot) => slot.id)).toEqual([covered.id, settle.id]);
    const edited = `${rendered.replace("  // Open: lets pass until filled.\n  return context.accept();", "  return helper();")}\nfunction helper() {}\n`;
    await world.write(`generated/shop/${logicPath}`, edited);
    const adopted = await world.run();
    expect(adopted.service?.openSlots.map((slot) => slot.id)).toEqual([settle.id]);
    expect((await world.files())[`generated/shop/${logicPath}`]).toBe(edited);
    expect((await world.run()).stages).toHaveLength(1);

    Object.assign(planned, { files: first, slots: [] });
    await world.write("shop.yaml", "openapi: 3.1.1\n");
    expect(await world.run()).toMatchObject({ outcome: "done", diagnostics: [{ code: "slot/parked" }] });
    expect((await world.files())[`generated/shop/${logicPath}`]).toBeUndefined();

    Object.assign(planned, logic);
    await world.write("shop.yaml", "openapi: 3.1.2\n");
    expect(await world.run()).toMatchObject({ outcome: "done", diagnostics: [] });
    expect((await world.files())[`generated/shop/${logicPath}`]).toBe(edited);
  });

  test("knows a folder of an entity from one that running the service makes", async () => {
    const world = await createWorld();
    const logic = "src/coverage/coverage.logic.ts";
    Object.assign(planned, {
      files: [...first, file(logic, logicFile([covered]), "logic")],
      slots: [contractOf(covered, logic)],
    });
    await world.run();
    await world.write("generated/shop/coverage/index.html", "Made by a test run.\n");
    const body = logicFile([covered]).replace(
      "  // Open: lets pass until filled.\n  return context.accept();",
      "  return mine;",
    );
    await world.write(`generated/shop/${logic}`, body);
    await world.write("shop.yaml", "openapi: 3.1.1\n");
    await world.run();
    expect((await world.files())[`generated/shop/${logic}`]).toBe(body);
  });

  test("keeps the lock where the config puts it", async () => {
    const world = await createWorld();
    await world.write("scaffold.config.json", JSON.stringify({ lock: "locks/shop.json" }));
    Object.assign(planned, { files: [file(logicPath, logicFile([covered]), "logic")], slots: [contractOf(covered)] });
    expect(await world.run()).toMatchObject({ outcome: "done" });
    const files = await world.files();
    expect(files["locks/shop.json"]).toContain(covered.id);
    expect(files["generated/shop/scaffold.lock.json"]).toBeUndefined();
    expect((await world.run()).stages).toHaveLength(1);
  });
});

describe("a run that fails", () => {
  test.each([
    { stage: "load", code: "document/not-openapi", outcome: "invalid", isStaged: false },
    { stage: "infer", code: "entity/none", outcome: "invalid", isStaged: false },
    { stage: "render", code: "name/collision", outcome: "invalid", isStaged: false },
    { stage: "migrate", code: "migration/unsafe", outcome: "unsafe-migration", isStaged: true },
    { stage: "migrate", code: "history/invalid", outcome: "invalid", isStaged: false },
    { stage: "migrate", code: "migration/failed", outcome: "verification-failed", isStaged: true },
    { stage: "verify", code: "verify/tests", outcome: "verification-failed", isStaged: true },
  ] as const)("in $stage with $code leaves the target as it was", async ({ stage, code, outcome, isStaged }) => {
    const world = await createWorld();
    Object.assign(planned, { files: first, migrations });
    await world.run();
    const before = await world.files();
    await world.write("shop.yaml", "openapi: 3.1.1\n");
    Object.assign(planned, { files: second, found: { [stage]: [error(code, { saw: "It is wrong." })] } });
    const result = await world.run();
    expect(result).toMatchObject({ outcome, diagnostics: [{ code }] });
    expect(result.staging !== undefined).toBe(isStaged);
    const { "shop.yaml": _, ...after } = await world.files();
    const { "shop.yaml": __, ...untouched } = before;
    expect(Object.fromEntries(Object.entries(after).filter(([path]) => !path.includes(".staging-")))).toEqual(
      untouched,
    );
    if (result.staging !== undefined) expect(after[`${result.staging}/src/app.ts`]).toBe("a\nb\nc\nnew\n");
    planned.found = {};
    expect(await world.run()).toMatchObject({ outcome: "done" });
    expect(Object.keys(await world.files()).filter((path) => path.includes(".staging-"))).toEqual([]);
  });

  test.each(["load", "infer", "open", "render", "carryAndMerge", "stage", "migrate", "verify"])(
    "by a mistake of ours in %s leaves everything as it was",
    async (stage) => {
      const world = await createWorld();
      Object.assign(planned, { files: first });
      await world.run();
      await world.write("shop.yaml", "openapi: 3.1.1\n");
      const before = await world.files();
      planned.onStage = (now) => {
        if (now === stage) throw new Error("Our mistake.");
      };
      await expect(world.run()).rejects.toThrow("Our mistake.");
      expect(await world.files()).toEqual(before);
      planned.onStage = () => {};
      expect(await world.run()).toMatchObject({ outcome: "done" });
    },
  );

  test.each([
    { title: "while it is staged", place: ".staging-", nth: 2 },
    { title: "at the first file that is written", place: "/generated/shop/", nth: 1 },
    { title: "at the last", place: "/generated/shop/.scaffold/manifest.json", nth: 1 },
  ])("because the disk is full $title leaves everything as it was, and says so", async ({ place, nth }) => {
    const world = await createWorld();
    Object.assign(planned, { files: first });
    await world.run();
    await world.write("shop.yaml", "openapi: 3.1.1\n");
    Object.assign(planned, { files: [...second, file("src/new.ts", "new\n")] });
    const before = await world.files();
    let left = nth;
    const full = (path: string) => {
      if (!path.includes(place) || --left !== 0) return;
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC", path });
    };
    const result = await world.run({}, full);
    expect(result).toMatchObject({ outcome: "invalid", diagnostics: [{ code: "output/not-writable" }] });
    expect(result.diagnostics[0]?.saw).toMatch(
      /could not be written: the disk is full \(ENOSPC\)\. Everything is as it was\.$/,
    );
    expect(await world.files()).toEqual(before);
    expect(await world.run()).toMatchObject({ outcome: "done" });
  });

  test("because another run is at work on the same folder leaves that alone", async () => {
    const world = await createWorld();
    Object.assign(planned, { files: first });
    let second: RunResult | undefined;
    planned.onStage = async (stage) => {
      if (stage === "migrate") second = await world.run();
    };
    expect(await world.run()).toMatchObject({ outcome: "done", changes: { created: 3 } });
    expect(second).toMatchObject({ outcome: "invalid", diagnostics: [{ code: "output/busy" }] });
    expect(Object.keys(await world.files()).filter((path) => path.includes(".staging-"))).toEqual([]);
  });

  test("makes warnings of the document errors where it is strict", async () => {
    const world = await createWorld();
    Object.assign(planned, {
      files: first,
      found: { load: [warning("reference/not-found", { saw: "Nothing there." })] },
    });
    expect(await world.run({ isStrict: true })).toMatchObject({
      outcome: "invalid",
      diagnostics: [{ severity: "error" }],
    });
    expect(await world.run()).toMatchObject({ outcome: "done", diagnostics: [{ severity: "warning" }] });
  });

  test.each([
    { title: "outside the workspace", out: "../elsewhere", code: "output/outside-workspace" },
    { title: "of other people", out: "theirs", code: "output/not-ours" },
    { title: "that is a file", out: "shop.yaml", code: "output/not-ours" },
    { title: "inside node_modules", out: "node_modules/shop", code: "output/not-ours" },
  ])("touches no folder $title", async ({ out, code }) => {
    const world = await createWorld();
    await world.write("theirs/notes.txt", "Mine.\n");
    Object.assign(planned, { files: first });
    const before = await world.files();
    expect(await world.run({ out })).toMatchObject({ outcome: "invalid", diagnostics: [{ code }] });
    expect(await world.files()).toEqual(before);
  });

  test.each([
    { title: "the manifest", path: ".scaffold/manifest.json", code: "manifest/invalid" },
    { title: "the lock", path: "scaffold.lock.json", code: "lock/invalid" },
    { title: "a logic file", path: logicPath, code: "slot/invalid-body" },
  ])("because $title is not understood changes nothing", async ({ path, code }) => {
    const world = await createWorld();
    Object.assign(planned, { files: [file(logicPath, logicFile([covered]), "logic")], slots: [contractOf(covered)] });
    await world.run();
    await world.write(`generated/shop/${path}`, "<<<<<<< HEAD\n{");
    const before = await world.files();
    expect(await world.run()).toMatchObject({
      outcome: "invalid",
      diagnostics: expect.arrayContaining([expect.objectContaining({ code })]),
    });
    expect(await world.files()).toEqual(before);
  });
});
