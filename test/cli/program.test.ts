import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { packageVersion } from "../../src/package.ts";
import { recordedHost } from "./terminal.ts";

async function run(...argv: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const host = recordedHost({ columns: 80 });
  const exitCode = await runCli(host, argv);
  return { exitCode, stdout: host.stdout(), stderr: host.stderr() };
}

describe("a command line that cannot be understood ends with 64 and says what would be right", () => {
  test.each([
    { title: "an unknown command", argv: ["curd", "a.yaml"], says: /unknown command 'curd'\n\(Did you mean crud\?\)/ },
    {
      title: "an unknown option",
      argv: ["crud", "a.yaml", "--dryrun"],
      says: /unknown option '--dryrun'\n\(Did you mean --dry-run\?\)/,
    },
    { title: "a missing document", argv: ["crud"], says: /missing required argument 'spec'/ },
    { title: "one argument too many", argv: ["crud", "a.yaml", "b.yaml"], says: /too many arguments/ },
    { title: "an option without its value", argv: ["crud", "a.yaml", "--out"], says: /argument missing/ },
    {
      title: "options that exclude each other",
      argv: ["crud", "a.yaml", "--json", "--quiet"],
      says: /cannot be used with/,
    },
    {
      title: "help for an unknown command",
      argv: ["help", "exlpain"],
      says: /unknown command 'exlpain'\n\(Did you mean explain\?\)/,
    },
    {
      title: "an unknown format",
      argv: ["model", "a.yaml", "--format", "xml"],
      says: /Allowed choices are json, mermaid, expected-entities\/1/,
    },
  ])("$title", async ({ argv, says }) => {
    const { exitCode, stdout, stderr } = await run(...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/Type "scaffold( \w+)? --help"/);
  });

  test("no command at all prints the help to standard error", async () => {
    const { exitCode, stdout, stderr } = await run();
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: "" });
    expect(stderr).toContain("Usage: scaffold <command>");
  });
});

describe("help", () => {
  test("of the whole fits a terminal of 80 columns", async () => {
    const { stdout } = await run("--help");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await run("help")).toEqual(await run("--help"));
  });

  test("names each command, shows examples and explains exit codes", async () => {
    const { exitCode, stdout } = await run("--help");
    expect(exitCode).toBe(0);
    for (const text of ["crud", "model", "explain", "Examples:", "Exit codes:", "64  wrong usage"])
      expect(stdout).toContain(text);
  });

  test("is the same for both ways to ask for it", async () => {
    expect(await run("help", "crud")).toEqual(await run("crud", "--help"));
  });

  test.each([
    ["crud", "openapi"],
    ["model", "openapi"],
    ["explain", "openapi"],
    ["spec", "entities"],
  ])("of %s shows its options and examples", async (command, document) => {
    const { exitCode, stdout } = await run(command, "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Usage: scaffold ${command}`);
    expect(stdout).toContain(`$ scaffold ${command} ${document}.yaml`);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

test("--version prints the version alone", async () => {
  expect(await run("--version")).toEqual({ exitCode: 0, stdout: `${packageVersion()}\n`, stderr: "" });
});

test("a document that does not exist ends with 2 and is named", async () => {
  const { exitCode, stdout, stderr } = await run("model", "no-such-file.yaml");
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^error {4}document\/not-found .*no-such-file\.yaml/);
});

describe("an explanation", () => {
  const explain = async (columns: number) => {
    const host = recordedHost({ isInteractive: true, columns });
    expect(await runCli(host, ["explain", "specs/ledger.yaml", "Transfer"])).toBe(0);
    return host.stdout();
  };

  test("has its places beside the reasons where a terminal has room for them", async () => {
    expect(await explain(160)).toMatch(/^ {2}because {3}\/transfers: .* {2}specs\/ledger\.yaml:\d+ {2}#\//m);
  });

  test("fits a narrow terminal but for what cannot be broken", async () => {
    const text = await explain(60);
    expect(text).toMatch(/^ {2}table {5}transfers \(id, .*,\n {12}amount/m);
    expect(text).toMatch(/^ {14}rule: a resource that is stored; sure\n {14}specs\/ledger\.yaml:\d+/m);
    expect(text.split("\n").filter((line) => line.length > 60 && /\S +\S/.test(line.trim()))).toEqual([]);
  });

  test.each([
    ["Transfr", "Transfer"],
    ["Transfer.fromAcountId", "Transfer.fromAccountId"],
    ["POST /transfer", "POST /transfers"],
  ])("of %s, which is unknown, suggests %s", async (subject, suggestion) => {
    const { exitCode, stdout, stderr } = await run("explain", "specs/ledger.yaml", subject);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`did you mean "${suggestion}"?`);
  });
});
