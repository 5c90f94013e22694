import { describe, expect, test } from "vitest";
import { terminalReporter } from "../../src/cli/report.ts";
import type { Detail } from "../../src/cli/report.ts";
import type { RunResult, ServiceSummary, StageName, StageReport } from "../../src/run.ts";
import { recordedHost } from "./terminal.ts";

const stages: readonly StageReport[] = [
  { stage: "load", subject: "specs/shop.yaml", outcome: "OpenAPI 3.1, 24 operations", elapsedMs: 210 },
  { stage: "infer", subject: "6 entities, 7 relations, 5 slots", outcome: "2 to look at", elapsedMs: 20.4 },
  { stage: "write", subject: "generated/shop", outcome: "9 created, 4 updated, 45 unchanged", elapsedMs: 12_000 },
];

const service: ServiceSummary = {
  name: "shop",
  spec: "specs/shop.yaml",
  out: "generated/shop",
  entities: 6,
  operations: 24,
  lookAt: [{ subject: "Statement.period", why: "guessed to be text: no format" }],
  openSlots: [
    {
      id: "order.cancel",
      kind: "operation",
      untilFilled: "answers 501",
      file: "generated/shop/src/order/order.logic.ts",
    },
  ],
  isSecured: true,
  address: "http://localhost:3000/docs",
};
const result: RunResult = { outcome: "done", diagnostics: [], service };
const next = { command: "cd generated/shop && npm start", address: "http://localhost:3000/docs" };

function print(detail: Detail, ended: RunResult = result, terminal: Parameters<typeof recordedHost>[0] = {}) {
  const host = recordedHost(terminal);
  const reporter = terminalReporter(host, detail);
  for (const stage of stages) {
    reporter.progress(stage.stage, "busy");
    reporter.stage(stage);
  }
  reporter.finish(ended, ended.outcome === "done" ? next : undefined);
  return { stdout: host.stdout(), stderr: host.stderr() };
}

describe("a run that went well", () => {
  test("prints a line for each stage, what to look at, what is open and what to type next", () => {
    expect(print("normal").stdout).toMatchInlineSnapshot(`
      "  load      specs/shop.yaml                   OpenAPI 3.1, 24 operations                     0.21 s
        infer     6 entities, 7 relations, 5 slots  2 to look at                                   0.02 s
        write     generated/shop                    9 created, 4 updated, 45 unchanged            12.00 s

        Look at   Statement.period   guessed to be text: no format   scaffold explain specs/shop.yaml Statement.period
        Open      order.cancel       answers 501 until filled        generated/shop/src/order/order.logic.ts

        Next      cd generated/shop && npm start        http://localhost:3000/docs
      "
    `);
  });

  test("prints nothing when asked to be quiet", () => {
    expect(print("quiet")).toEqual({ stdout: "", stderr: "" });
  });

  test("prints one JSON object and nothing else when asked for it", () => {
    const { stdout, stderr } = print("json");
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: "done",
      next,
      stages: [{ stage: "load" }, { elapsedMs: 20 }, {}],
    });
  });
});

describe("a terminal", () => {
  const escape = "\u001b[";
  const shown = (columns: number, ended: RunResult = result): string => {
    const { stdout } = print("normal", ended, { isInteractive: true, columns });
    // What a line was written over with is gone from the screen.
    return stdout.replaceAll(/\r\u001b\[2K(?:[^\n\r]*\r\u001b\[2K)?/g, "");
  };

  test("that is narrow gets what to type on a line of its own, and no line that wraps", () => {
    expect(shown(80)).toMatchInlineSnapshot(`
      "  load      specs/shop.yaml                   OpenAPI 3.1, 24 operations  0.21 s
        infer     6 entities, 7 relations, 5 slots  2 to look at                0.02 s
        write     generated/shop  9 created, 4 updated, 45 unchanged           12.00 s

        Look at   Statement.period   guessed to be text: no format
                  scaffold explain specs/shop.yaml Statement.period
        Open      order.cancel       answers 501 until filled
                  generated/shop/src/order/order.logic.ts

        Next      cd generated/shop && npm start        http://localhost:3000/docs
      "
    `);
    const lines = shown(80).split("\n");
    expect(lines.filter((line) => line.length > 80 && !/^ +\S+$/.test(line))).toEqual([]);
  });

  test("that is narrow sees the end of a long path, and a pipe all of it", () => {
    const spec = "../../somewhere/else/in/the/monorepo/openapi.yaml";
    const stage: StageReport = { stage: "load", subject: spec, outcome: "OpenAPI 3.1, 24 operations", elapsedMs: 1 };
    const line = (terminal: Parameters<typeof recordedHost>[0]) => {
      const host = recordedHost(terminal);
      terminalReporter(host, "normal").stage(stage);
      return host.stdout().trimEnd();
    };
    expect(line({ isInteractive: true, columns: 80 })).toMatchInlineSnapshot(
      `"  load      …se/in/the/monorepo/openapi.yaml  OpenAPI 3.1, 24 operations  0.00 s"`,
    );
    expect(line({})).toContain(spec);
  });

  test("gets neither colours nor moving lines when it is none", () => {
    expect(print("normal").stdout).not.toContain(escape);
  });

  test("sees what a stage is busy with until its line is there", () => {
    const { stdout } = print("normal", result, { isInteractive: true });
    expect(stdout).toContain(`\r${escape}2K  load      busy\r${escape}2K  load      specs/shop.yaml`);
  });

  test("gets colours where it has them", () => {
    expect(print("normal", result, { hasColour: true }).stdout).toContain(`${escape}1m  load`);
  });

  test("is never sent control characters of the document", () => {
    const hostile = { ...service, lookAt: [{ subject: "\u001b]0;owned\u0007", why: "\u202e" }] };
    const { stdout } = print("normal", { ...result, service: hostile });
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

describe("a run that Ctrl-C ends", () => {
  const interrupted = async (detail: Detail, busyWith: StageName) => {
    let cleanup = () => Promise.resolve();
    const host = recordedHost();
    const onInterrupt = (given: typeof cleanup) => {
      cleanup = given;
      return () => undefined;
    };
    const reporter = terminalReporter({ ...host, onInterrupt }, detail);
    for (const stage of stages.slice(0, 2)) reporter.stage(stage);
    reporter.progress(busyWith, "");
    await cleanup();
    return { stdout: host.stdout(), stderr: host.stderr() };
  };

  test("says that nothing was written", async () => {
    expect((await interrupted("normal", "verify")).stdout).toMatch(
      /\n {2}Stopped {3}interrupted; nothing was written\n$/,
    );
    expect(await interrupted("quiet", "verify")).toEqual({
      stdout: "",
      stderr: "\n  Stopped   interrupted; nothing was written\n",
    });
    expect(JSON.parse((await interrupted("json", "verify")).stdout)).toMatchObject({ outcome: "interrupted" });
  });

  test("while it writes says no more than it knows", async () => {
    expect((await interrupted("normal", "write")).stdout).toContain("all of it was written, or nothing");
  });
});

describe("a dry run", () => {
  const changes = { created: 1, updated: 1, merged: 0, removed: 0, unchanged: 7, conflicts: ["src/b.ts"] };
  const files = [
    { path: "src/a.ts", action: "create" },
    { path: "src/b.ts", action: "conflict" },
  ] as const;

  test("names what it would do to which file", () => {
    const { stdout } = print("normal", { ...result, changes, files, isDryRun: true });
    expect(stdout).toMatch(/^ {2}Would {5}create {5}src\/a\.ts\n {2}Would {5}conflict {3}src\/b\.ts\n/m);
    expect(print("normal", { ...result, changes, files }).stdout).not.toContain("Would");
  });

  test("counts the files that are too many to name, unless all are asked for", () => {
    const many = Array.from({ length: 50 }, (_, at) => ({ path: `src/${at}.ts`, action: "create" as const }));
    const ended: RunResult = { ...result, files: many, isDryRun: true };
    expect(print("normal", ended).stdout).toContain("Would     and 30 more   --verbose prints them all");
    expect(print("verbose", ended).stdout.match(/^ {2}Would/gm)).toHaveLength(50);
  });

  test("writes no conflict markers, and does not say so", () => {
    const { stdout } = print("normal", { ...result, outcome: "conflict", changes, files, isDryRun: true });
    expect(stdout).toContain("there would be conflicts in src/b.ts; nothing was written");
  });
});

describe("a run that stopped", () => {
  const diagnostic = {
    code: "verify/types",
    severity: "error",
    saw: "Cannot find name 'x'.",
    fix: "Correct it.",
  } as const;

  test.each([
    { outcome: "invalid", says: "nothing was written" },
    { outcome: "unsafe-migration", says: "not safe" },
    { outcome: "conflict", says: "a.ts, b.ts" },
    { outcome: "verification-failed", says: "the attempt is in .scaffold/attempt" },
    { outcome: "interrupted", says: "interrupted" },
  ] as const)("says so: $outcome", ({ outcome, says }) => {
    const changes = { created: 0, updated: 0, merged: 0, removed: 0, unchanged: 0, conflicts: ["a.ts", "b.ts"] };
    const ended: RunResult = { outcome, diagnostics: [diagnostic], staging: ".scaffold/attempt", changes };
    expect(print("normal", ended).stdout).toContain(says);
    expect(print("normal", ended).stderr).toContain("error    verify/types");
    expect(print("quiet", ended).stdout).toBe("");
    expect(print("quiet", ended).stderr).toContain("error    verify/types");
  });

  test("shows of many warnings and errors the first, and how many more there are", () => {
    const warnings = Array.from({ length: 40 }, () => ({ ...diagnostic, severity: "warning" as const }));
    const other = { ...diagnostic, severity: "warning", code: "schema/invalid" } as const;
    const { stderr } = print("normal", { ...result, diagnostics: [...warnings, other, diagnostic] });
    expect(stderr.match(/^warning {2}verify/gm)).toHaveLength(3);
    expect(stderr.match(/^warning {2}schema/gm)).toHaveLength(1);
    expect(stderr).toContain("warning  and 37 more of verify/types; scaffold crud --verbose prints them all");
    expect(stderr.match(/^error/gm)).toHaveLength(1);
    expect(print("verbose", { ...result, diagnostics: warnings }).stderr.match(/^warning {2}verify/gm)).toHaveLength(
      40,
    );
  });
});
