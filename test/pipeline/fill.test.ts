import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { expect, test, vi } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import type { Host } from "../../src/host.ts";
import { isRecord } from "../../src/json.ts";
import { startChatServer, type ChatServerOptions, type Script } from "../support/chat-server.ts";
import { temporaryHost } from "../support/host.ts";
import { goodEffects } from "../slot/gate/good-effects.ts";
import { goodFields } from "../slot/gate/good-fields.ts";
import { goodRules } from "../slot/gate/good-rules.ts";

// Whole runs on a document of some size, several in one test.
vi.setConfig({ testTimeout: 300_000 });

const ledger = readFileSync("specs/ledger.yaml", "utf8");

/** Ledger with its accounts alone: one slot with examples, quickly made. */
function accountsAlone(): string {
  const { paths, ...others } = parse(ledger) as { paths: Readonly<Record<string, unknown>> };
  const kept = Object.entries(paths).filter(([path]) => /^\/accounts(?:\/\{\w+\})?$/.test(path));
  return stringify({ ...others, paths: Object.fromEntries(kept) });
}

const good = new Map([...goodRules, ...goodFields, ...goodEffects].toReversed().map(({ slot, body }) => [slot, body]));
const answersRight: Script = (_, slot) => ({
  calls: [{ name: "submit", arguments: JSON.stringify({ code: good.get(slot) ?? "" }) }],
});

const command = ["specs/ledger.yaml", "--out", "out", "--no-verify"];

async function asking(script: Script, document = accountsAlone(), options?: ChatServerOptions) {
  const host = await temporaryHost({ "specs/ledger.yaml": document, "package.json": "{}\n" });
  const server = await startChatServer(script, options);
  const model = ["--model", "scripted", "--base-url", server.url];
  return {
    host,
    server,
    crud: (...flags: readonly string[]) => runCli(host, ["crud", ...command, ...flags]),
    fill: (...flags: readonly string[]) => runCli(host, ["fill", ...command, ...model, ...flags]),
    model,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
    },
  };
}

async function lockedSlots(host: Host): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const lock: unknown = JSON.parse(await host.files.read("out/scaffold.lock.json"));
  const slots = isRecord(lock) && isRecord(lock["slots"]) ? lock["slots"] : {};
  return Object.fromEntries(Object.entries(slots).map(([id, slot]) => [id, isRecord(slot) ? slot : {}]));
}

async function textsOf(host: Host): Promise<ReadonlyMap<string, string>> {
  const paths = await host.files.list("out", ["node_modules"]);
  return new Map(await Promise.all(paths.map(async (path) => [path, await host.files.read(`out/${path}`)] as const)));
}

const states = (slots: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
  new Set(Object.values(slots).map(({ state, by }) => `${String(state)} by ${String(by)}`));

test("ledger's slots are filled through the agent, cost nothing twice, and come back from the lock alone", async () => {
  await using world = await asking(answersRight, ledger);
  const { host, server } = world;
  expect(await world.crud(...world.model)).toBe(0);
  expect(states(await lockedSlots(host))).toEqual(new Set(["filled by model"]));
  expect(host.printed.out).toMatch(/fill {6}transfer\.reverse +kept after 1 round, 1,100 tokens/);
  const asked = server.requests.length;
  expect(asked).toBe(14);

  const before = await textsOf(host);
  const isTheirs = (path: string) =>
    path === "scaffold.lock.json" ||
    path.startsWith("migrations/") ||
    /\.fixtures\.ts$|(services|extensions)\.ts$|README|\.env/.test(path);
  for (const path of before.keys()) if (!isTheirs(path)) await host.files.remove(`out/${path}`);
  await host.files.remove(".scaffold");
  expect(await world.crud()).toBe(0);
  expect(server.requests.length).toBe(asked);
  const after = await textsOf(host);
  for (const [path, text] of before) expect([path, after.get(path)]).toEqual([path, text]);
});

test("what has passed before an interruption is not asked for again", async () => {
  await using world = await asking(answersRight);
  expect(await world.fill("--dry-run")).toBe(0);
  const asked = world.server.requests.length;
  expect(asked).toBe(4);
  expect(await world.fill()).toBe(0);
  expect(world.server.requests.length).toBe(asked);
  expect(world.host.printed.out).toContain("kept from before, nothing asked");
  expect(states(await lockedSlots(world.host))).toEqual(new Set(["filled by model"]));
});

test("what is given up leaves its fallback, is told with why, and is not asked again but by name", async () => {
  await using world = await asking(() => ({ text: "I cannot do that." }));
  const { host, server } = world;
  expect(await world.fill("account.delete.empty")).toBe(0);
  expect(await host.files.read("out/src/account/account.logic.ts")).toContain("// Open: lets every request pass");
  expect((await lockedSlots(host))["account.delete.empty"]).toMatchObject({
    state: "open",
    evidence: ["Given up: the same failure came back.", expect.any(String)],
  });
  expect(host.printed.error).toContain("slot/not-filled");
  const asked = server.requests.length;
  expect(asked).toBe(2);
  await world.crud("--model", "scripted", "--base-url", server.url);
  expect(
    server.requests.filter(({ messages }) => JSON.stringify(messages).includes("The slot account.delete.empty")),
  ).toHaveLength(2);
});

test("a key in the environment alone asks nobody", async () => {
  await using world = await asking(answersRight);
  const host = {
    ...world.host,
    environment: { ...world.host.environment, OPENAI_API_KEY: "key", OPENAI_BASE_URL: world.server.url },
  };
  expect(await runCli(host, ["crud", ...command])).toBe(0);
  expect(world.server.requests).toEqual([]);
});

test("in CI the config's model is not asked; a flag asks it", async () => {
  await using world = await asking(answersRight);
  await world.host.files.write(
    "scaffold.config.json",
    JSON.stringify({ model: { name: "scripted", baseUrl: world.server.url } }),
  );
  const host = { ...world.host, environment: { ...world.host.environment, CI: "true" } };
  expect(await runCli(host, ["crud", ...command])).toBe(0);
  expect(world.server.requests).toEqual([]);
  expect(await runCli(host, ["fill", ...command, "account.delete.empty", "--model", "scripted"])).toBe(0);
  expect(world.server.requests).toHaveLength(1);
});

test("--print-context prints what would be asked, and asks nobody", async () => {
  await using world = await asking(answersRight);
  await world.host.files.write("AGENTS.md", "Write guards first.\n");
  expect(await world.fill("account.delete.empty", "--print-context")).toBe(0);
  expect(world.server.requests).toEqual([]);
  expect(world.host.printed.out).toMatch(/account\.delete\.empty {3}\d+ tokens\n {2}in {3}AGENTS\.md/);
  expect(world.host.printed.out).toContain("Only an account whose balance is zero can be deleted.");
  expect(await world.host.files.kind("out")).toBe("none");
});

test("--transcript keeps what was said", async () => {
  await using world = await asking(answersRight);
  expect(await world.fill("account.delete.empty", "--transcript", "said", "--dry-run")).toBe(0);
  expect(await world.host.files.read("said/account.delete.empty.json")).toContain('"tool_calls"');
});

test("a slot that is not there is told", async () => {
  await using world = await asking(answersRight);
  expect(await world.fill("account.delete.emtpy")).toBe(2);
  expect(world.host.printed.error).toContain('There is no slot "account.delete.emtpy".');
});

test("ten slots and more are filled side by side", async () => {
  await using world = await asking(answersRight, ledger, { latencyMs: 100 });
  expect(await world.fill("--dry-run")).toBe(0);
  expect(world.server.mostAtOnce()).toBe(10);
});

test.each([
  { title: "a wrong verdict", body: '  return context.refuse("account-not-empty");', by: "model" },
  {
    title: "a wrong verdict, marked as a person's",
    body: '  return context.refuse("account-not-empty");',
    by: "person",
  },
  { title: "an import", body: '  return (await import("node:fs")).readFileSync("/etc/passwd");', by: "person" },
  {
    title: "a chain of constructors",
    body: "  return context.accept.constructor.constructor('return process')();",
    by: "person",
  },
])("a lock into which somebody has put $title is not believed", async ({ body, by }) => {
  await using world = await asking(answersRight);
  const { host } = world;
  expect(await world.crud()).toBe(0);
  const file = "out/scaffold.lock.json";
  const lock = JSON.parse(await host.files.read(file)) as { slots: Record<string, object> };
  const slot = {
    ...lock.slots["account.delete.empty"],
    state: by === "model" ? "filled" : "adopted",
    by,
    body: [body],
  };
  await host.files.write(file, JSON.stringify({ ...lock, slots: { ...lock.slots, "account.delete.empty": slot } }));
  expect(await world.crud()).toBe(0);
  expect(host.printed.error).toContain("The body of account.delete.empty in the lock is not used");
  expect(await host.files.read("out/src/account/account.logic.ts")).toContain("// Open: lets every request pass");
  expect((await lockedSlots(host))["account.delete.empty"]).toMatchObject({ state: "parked", body: [body] });
});

test("a body that the package's own linter minds does not land", async () => {
  const escaped = 'const id = account.id.replace(/\\-/g, "");\nif (id === "x") throw new Error(id);';
  const body = `${escaped}\n${good.get("account.delete.empty") ?? ""}`;
  await using world = await asking(() => ({ calls: [{ name: "submit", arguments: JSON.stringify({ code: body }) }] }));
  expect(await world.fill("account.delete.empty", "--dry-run")).toBe(0);
  expect(world.host.printed.error).toMatch(/line 1, lint: Unnecessary escape/);
});
