import { describe, expect, test } from "vitest";
import { createNodeHost } from "../../../src/host-node.ts";
import type { StandInTables } from "../../../src/plan/trials/stand-in.ts";
import type { CallOutcome, SandboxJob } from "../../../src/slot/sandbox/job.ts";
import { runInSandbox, type SandboxRun } from "../../../src/slot/sandbox/run.ts";

const tables: StandInTables = {};
const call = {
  rows: [],
  caller: "caller",
  now: "2026-10-02T08:30:00Z",
  inputs: [{ kind: "value", value: { n: 1 } }],
} as const;

/** What comes of a body that has got past the policy, however it did. */
function run(statements: string, kind: SandboxJob["kind"] = "rule"): Promise<SandboxRun> {
  const script = `async function rule(input, context) {\n${statements}\n}`;
  const host = createNodeHost({ environment: { SECRET: "of the parent" } });
  return runInSandbox(host, { nonce: "nonce", scripts: [script], kind, tables, calls: [call] });
}

async function outcomeOf(statements: string): Promise<CallOutcome | undefined> {
  const { reports } = await run(statements);
  return reports[0]?.outcome;
}

describe("a body in the sandbox has no way to", () => {
  test.each([
    { title: "the process", expression: "typeof process" },
    { title: "the global object", expression: "typeof globalThis" },
    { title: "modules", expression: "typeof require + typeof module" },
    { title: "the network", expression: "typeof fetch + typeof WebSocket" },
    { title: "timers", expression: "typeof setTimeout + typeof setImmediate" },
    { title: "memory outside of the heap", expression: "typeof ArrayBuffer + typeof Uint8Array" },
    { title: "the compartment itself", expression: "typeof Compartment + typeof lockdown + typeof harden" },
    { title: "code from text", expression: "typeof Function + typeof eval" },
    { title: "reflection", expression: "typeof Reflect + typeof Proxy + typeof Symbol" },
  ])("$title", async ({ expression }) => {
    const outcome = await outcomeOf(`return ${expression};`);
    expect(outcome?.kind === "value" && String(outcome.value).replaceAll("undefined", "")).toBe("");
  });

  test.each([
    { title: "a constructor of functions", statements: "return (() => 1).constructor('return process')().env.SECRET;" },
    { title: "one of the context's", statements: "return context.accept.constructor('return process')().env.SECRET;" },
    { title: "one of async functions", statements: "return (async () => 1).constructor('return 1')();" },
    {
      title: "an error of the platform",
      statements: "try { null.x } catch (e) { return e.constructor.constructor('return process')() }",
    },
    { title: "the clock", statements: "return Date.now();" },
    { title: "chance", statements: "return Math.random();" },
    { title: "changing what all objects share", statements: "Object.prototype.admin = true; return true;" },
    { title: "changing what arrays do", statements: "Array.prototype.map = () => []; return true;" },
    { title: "changing its context", statements: "context.accept = () => 1; return true;" },
  ])("$title, and throws", async ({ statements }) => {
    expect((await outcomeOf(statements))?.kind).toBe("threw");
  });
});

test("import() is not even made", async () => {
  expect((await run("const fs = await import('node:fs'); return fs.readFileSync('/etc/passwd', 'utf8');")).end).toBe(
    "not-run",
  );
});

describe("a body that does not end", () => {
  test.each([
    { title: "in a loop", statements: "for (;;) {}" },
    { title: "in steps", statements: "for (;;) await null;" },
    { title: "in a regular expression", statements: "return /^(a+)+$/.test('a'.repeat(40) + '!');" },
    { title: "in memory", statements: "const all = []; for (;;) all.push('x'.repeat(1e6) + all.length);" },
  ])("$title is killed", async ({ statements }) => {
    expect((await run(statements)).end).toBe("killed");
  });

  test("waiting for nothing is over early", async () => {
    expect((await run("await new Promise(() => {});")).end).toBe("early");
  });
});

describe("it is told of a body that it", () => {
  test("leaves a promise that fails", async () => {
    expect((await run("Promise.reject(new Error('lost')); return context.accept();")).reports[0]?.hasLostPromise).toBe(
      true,
    );
  });

  test("changes its input", async () => {
    expect((await run("input.n = 2; return context.accept();")).reports[0]?.hasChangedInput).toBe(true);
  });

  test("throws, with its message and nothing that runs", async () => {
    const hostile =
      "const e = new Error('x'); Object.defineProperty(e, 'message', { get() { for (;;) {} } }); throw e;";
    expect(await outcomeOf("throw new Error('plain');")).toEqual({ kind: "threw", message: "plain" });
    expect(await outcomeOf(hostile)).toEqual({ kind: "threw", message: "an error" });
    expect(await outcomeOf("throw { get message() { for (;;) {} } };")).toMatchObject({ kind: "threw" });
  });

  test("answers with a verdict of its own, which is a value and no verdict", async () => {
    expect((await outcomeOf("return { accepted: true };"))?.kind).toBe("value");
    expect((await outcomeOf("return context.accept();"))?.kind).toBe("accepted");
  });

  test("answers with what only pretends to be a promise, which is awaited and nothing more", async () => {
    expect(await outcomeOf("return { then(done) { done(7); } };")).toEqual({ kind: "value", value: 7 });
  });
});

test("a transaction's work is run twice, as after a conflict", async () => {
  const { reports } = await run(
    "let turns = 0; await context.transaction(async () => { turns += 1; }); return turns;",
    "operation",
  );
  expect(reports[0]?.outcome).toEqual({ kind: "value", value: 2 });
});
