import { spawn } from "node:child_process";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

/** The command that is installed, met by a signal in the middle of each stage that takes long. */
const bin = resolve("bin/scaffold.js");
const document = readFileSync("specs/features/put-with-a-client-key-is-an-upsert.yaml", "utf8");
const changed = document.replace("        colour:", "        note: { type: string }\n        colour:");
const out = "generated/service";

let host: Awaited<ReturnType<typeof temporaryHost>>;
let before: ReadonlyMap<string, string>;

beforeAll(async () => {
  host = await temporaryHost({ "package.json": "{}", "service.yaml": document });
  expect(await runCli(host, ["crud", "service.yaml", "--no-verify", "--quiet"])).toBe(0);
  await host.files.write("service.yaml", changed);
  before = readTree();
});

afterAll(() => host[Symbol.asyncDispose]());

/** What is on disk but the cache: texts, and where links lead. */
function readTree(): ReadonlyMap<string, string> {
  const entries = readdirSync(host.cwd, { recursive: true, withFileTypes: true })
    .map((entry) => [join(entry.parentPath, entry.name), entry] as const)
    .filter(([path]) => !path.startsWith(join(host.cwd, ".scaffold")));
  const contents = entries.map(([path, entry]) => {
    if (entry.isSymbolicLink()) return [path, `-> ${readlinkSync(path)}`] as const;
    return [path, entry.isFile() ? readFileSync(path, "utf8") : "a folder"] as const;
  });
  return new Map(contents.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

interface Met {
  /** Exit code, or the signal that ended the process. */
  readonly end: number | string;
  readonly stdout: string;
}

/** Sends the signal so long after the line of a stage has appeared; at the beginning where `after` is empty. */
function run(args: readonly string[], signal: NodeJS.Signals, after: string, delayMs: number): Promise<Met> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [bin, "crud", "service.yaml", ...args], {
      cwd: host.cwd,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let stdout = "";
    let timer: NodeJS.Timeout | undefined;
    const look = () => {
      if (timer === undefined && new RegExp(`^ *${after}`, "m").test(stdout))
        timer = setTimeout(() => child.kill(signal), delayMs);
    };
    child.once("spawn", look);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      look();
    });
    child.once("error", fail);
    child.once("close", (exitCode, name) => done({ end: exitCode ?? name ?? "", stdout }));
  });
}

/** The stages whose lines were printed. */
function stagesIn(stdout: string): readonly string[] {
  return [...stdout.matchAll(/^ {2}(load|infer|render|merge|migrate|verify|write)\b/gm)].map(([, stage = ""]) => stage);
}

describe("a run that a signal meets leaves everything as it was", () => {
  const moments = [
    { during: "load", after: "", delayMs: 60, done: [] },
    { during: "render", after: "infer", delayMs: 50, done: ["load", "infer"] },
    { during: "migrate", after: "render", delayMs: 100, done: ["load", "infer", "render"] },
    { during: "verify", after: "migrate", delayMs: 1000, done: ["load", "infer", "render", "migrate"] },
  ];
  test.each(
    moments.flatMap((moment) => [
      { ...moment, signal: "SIGINT" as const },
      { ...moment, signal: "SIGTERM" as const },
    ]),
  )("$signal during $during", async ({ signal, after, delayMs, done }) => {
    const { end, stdout } = await run([], signal, after, delayMs);
    // How far a machine comes before the signal reaches the process is its own matter, so long as nothing is written.
    expect(stagesIn(stdout).slice(0, done.length)).toEqual(done);
    expect(stagesIn(stdout)).not.toContain("write");
    // Before its first stage a process may have nothing to undo, and end by the signal itself.
    if (done.length === 0) expect([130, signal]).toContain(end);
    else expect(end).toBe(130);
    if (end === 130) expect(stdout).toMatch(/^ {2}Stopped +interrupted; nothing was written$/m);
    expect(readTree()).toEqual(before);
  });
});

test("one that makes the first output leaves not even the folder above it", async () => {
  const start = readTree();
  expect((await run(["--out", "services/first"], "SIGINT", "render", 100)).end).toBe(130);
  expect(readTree()).toEqual(start);
});

test("one that is killed harms nothing, and the next run clears up after it", async () => {
  expect((await run([], "SIGKILL", "render", 100)).end).toBe("SIGKILL");
  const target = [...readTree()].filter(([path]) => path.startsWith(join(host.cwd, out)));
  expect(target).toEqual([...before].filter(([path]) => path.startsWith(join(host.cwd, out))));
  expect(await runCli(host, ["crud", "service.yaml", "--no-verify", "--quiet"])).toBe(0);
  expect(readdirSync(join(host.cwd, "generated"))).toEqual(["service"]);
});
