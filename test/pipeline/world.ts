import { mkdtemp, readFile, readdir, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Checked, Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { createNodeHost } from "../../src/host-node.ts";
import type { Host } from "../../src/host.ts";
import type * as Package from "../../src/package.ts";
import type * as Stages from "../../src/pipeline/stages.ts";
import type { OutputFile, SlotContract } from "../../src/plan/plan.ts";
import type { Reporter, RunOptions, RunResult, StageReport } from "../../src/run.ts";

/** What the stages that tests replace answer; anything may be set between runs. */
export const planned: {
  files: readonly OutputFile[];
  slots: readonly SlotContract[];
  migrations: readonly OutputFile[];
  /** Found by the stage of that name. */
  found: Partial<Record<"load" | "infer" | "render" | "migrate" | "verify", readonly Diagnostic[]>>;
  /** Called when the stage begins. */
  onStage: (stage: string) => void | Promise<void>;
} = { files: [], slots: [], migrations: [], found: {}, onStage: () => {} };

/** What a run knows of the program that it is; anything may be set between runs. */
export const program = { templates: "templates", code: "code", isBuilt: true };

export async function plannedProgram(original: () => Promise<typeof Package>) {
  return {
    ...(await original()),
    templatesHash: () => program.templates,
    codeHash: () => program.code,
    isBuilt: () => program.isBuilt,
  };
}

const model = {
  api: { name: "shop" },
  entities: [],
  operations: [],
  slots: [],
  security: { isDeclared: true },
};

/** The stages before carry and those that take seconds, replaced by what `planned` says. */
export async function plannedStages(original: () => Promise<typeof Stages>) {
  const answer = async <T>(stage: keyof typeof planned.found, value: T): Promise<Checked<T>> => {
    await planned.onStage(stage);
    return { value, diagnostics: planned.found[stage] ?? [] };
  };
  const stages = await original();
  return {
    ...stages,
    open: announced("open", stages.open),
    carryAndMerge: announced("carryAndMerge", stages.carryAndMerge),
    stage: announced("stage", stages.stage),
    load: async (host: Host, { spec }: { spec: string }) =>
      answer("load", {
        file: spec,
        version: "3.1.0",
        root: {},
        sources: [{ file: spec, text: await host.files.read(spec) }],
        moves: [],
        overlays: 0,
      }),
    infer: () => answer("infer", model),
    render: () =>
      answer("render", {
        plan: { name: "shop", files: [], slots: planned.slots, docsPath: "/docs", omitted: [] },
        rendered: planned.files,
      }),
    migrate: () => answer("migrate", { files: planned.migrations, migration: undefined }),
    verify: () => answer("verify", { typeErrors: 0, lintFindings: 0, tests: { passed: 1, failed: [], skipped: [] } }),
  };
}

function watched(host: Host, onChange: (path: string) => void): Host {
  const { files } = host;
  return {
    ...host,
    files: {
      ...files,
      write: async (path, content) => (onChange(path), files.write(path, content)),
      move: async (from, to) => (onChange(to), files.move(from, to)),
      copy: async (from, to) => (onChange(to), files.copy(from, to)),
    },
  };
}

/** The stage itself, told of when it begins. */
function announced<A extends readonly unknown[], T>(name: string, work: (...args: A) => Promise<T>) {
  return async (...args: A): Promise<T> => {
    await planned.onStage(name);
    return work(...args);
  };
}

export interface World {
  readonly folder: string;
  readonly host: Host;
  /** `onChange` is called before each change of a file or folder, and may fail. */
  run(
    options?: Partial<RunOptions>,
    onChange?: (path: string) => void,
  ): Promise<RunResult & { readonly stages: readonly StageReport[] }>;
  /** Every file below the folder but the cache, by path. */
  files(): Promise<Readonly<Record<string, string>>>;
  write(path: string, text: string): Promise<void>;
}

/** A workspace in a temporary folder, with a document in it. */
export async function createWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "scaffold-pipeline-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  Object.assign(planned, { files: [], slots: [], migrations: [], found: {}, onStage: () => {} });
  Object.assign(program, { templates: "templates", code: "code", isBuilt: true });
  const host = createNodeHost({ cwd: folder });
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write("package.json", "{}");
  await write("shop.yaml", "openapi: 3.1.0\n");
  return {
    folder,
    host,
    write,
    async run(options = {}, onChange = () => undefined) {
      const { runPipeline } = await import("../../src/pipeline.ts");
      const stages: StageReport[] = [];
      const reporter: Reporter = { stage: (report) => void stages.push(report), progress: () => {} };
      const all: RunOptions = { spec: "shop.yaml", isDryRun: false, isVerified: true, isStrict: false, ...options };
      return { ...(await runPipeline(watched(host, onChange), all, reporter)), stages };
    },
    async files() {
      const paths = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = paths.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
      const shown = files
        .map((file) => file.slice(folder.length + 1))
        .filter((path) => !path.startsWith(".scaffold/cache"));
      const texts: Record<string, string> = {};
      for (const path of shown.toSorted()) texts[path] = await readFile(join(folder, path), "utf8");
      return texts;
    },
  };
}
