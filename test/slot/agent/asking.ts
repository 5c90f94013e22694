import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNodeHost } from "../../../src/host-node.ts";
import type { Host } from "../../../src/host.ts";
import { openContractSlices } from "../../../src/slot/context/slices.ts";
import { openSimilar } from "../../../src/slot/context/similar.ts";
import { loadTokenizer } from "../../../src/slot/context/tokens.ts";
import { openWorkspace } from "../../../src/slot/context/workspace.ts";
import { agentFiller, type AgentInput } from "../../../src/slot/fillers/agent.ts";
import { Budget, type Limits } from "../../../src/slot/fill/budget.ts";
import { fillSlot, type SlotFill } from "../../../src/slot/fill/loop.ts";
import { startChatServer, type ChatServer, type ChatServerOptions, type Script } from "../../support/chat-server.ts";
import type { LedgerGate } from "../gate/ledger.ts";

/** A workspace on disk, with things that no model may see. */
export interface AskedWorkspace extends AsyncDisposable {
  readonly host: Host;
  /** How long it was to wait, each time. No time goes by in tests. */
  readonly pauses: readonly number[];
}

const files: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "shop" }\n',
  ".gitignore": "ignored/\n*.local\n",
  "AGENTS.md": "Write guards first, and name what is asked.\n",
  "src/balance.ts":
    "/** Whether an account has nothing left. */\nexport function isAccountEmpty(balance: number): boolean {\n  return balance === 0;\n}\n",
  "src/key.ts": `export const apiKey = "sk-planted-${"a".repeat(40)}";\n`,
  ".env": "PLANTED_SECRET=planted-in-env\n",
  "config/.env.production": "PLANTED_SECRET=planted-in-env\n",
  id_rsa: "planted-private-key\n",
  "ignored/notes.md": "planted-in-ignored\n",
  "settings.local": "planted-in-local\n",
};

export async function askedWorkspace(): Promise<AskedWorkspace> {
  const cwd = await mkdtemp(join(tmpdir(), "scaffold-asked-"));
  const node = createNodeHost({ cwd });
  for (const [path, content] of Object.entries(files)) await node.files.write(path, content);
  await symlink("/etc/passwd", join(cwd, "src/people.ts"));
  await node.files.write("src/blob.ts", new Uint8Array([120, 0, 121]));
  await node.files.write("src/huge.ts", `// ${"x".repeat(300_000)}\n`);
  const pauses: number[] = [];
  const host: Host = { ...node, pause: (ms) => Promise.resolve(void pauses.push(ms)) };
  return { host, pauses, [Symbol.asyncDispose]: () => rm(cwd, { recursive: true, force: true }) };
}

export interface Asked {
  readonly fill: SlotFill;
  readonly server: ChatServer;
  readonly pauses: readonly number[];
  readonly budget: Budget;
}

interface Asking {
  readonly slot?: string;
  readonly script: Script;
  readonly server?: ChatServerOptions;
  readonly limits?: Partial<Limits>;
  readonly rounds?: number;
  readonly timeoutMs?: number;
}

/** Everything that a model is told is made of this. */
export async function briefingOf(
  ledger: LedgerGate,
  host: Host,
): Promise<Omit<AgentInput, "endpoint" | "gate" | "budget">> {
  const workspace = openWorkspace(host, host.cwd);
  const count = await loadTokenizer();
  const slices = await openContractSlices(ledger.contracts, count);
  const similar = await openSimilar(workspace, "generated/ledger");
  const { functions } = ledger;
  return { functions, slices, context: { workspace, similar, count, budget: 1500 } };
}

/** Fills one slot of ledger's through the agent, against a server that does as the script says. */
export async function ask(ledger: LedgerGate, asking: Asking): Promise<Asked> {
  const { slot: id = "account.delete.empty", script, limits, rounds = 3, timeoutMs = 5000 } = asking;
  await using server = await startChatServer(script, asking.server);
  await using asked = await askedWorkspace();
  const { host, pauses } = asked;
  const budget = new Budget(
    { slotTokens: 60_000, runTokens: undefined, runDollars: undefined, ...limits },
    { input: 1, output: 10, cached: 0.1 },
  );
  const endpoint = { model: "scripted", baseUrl: server.url, apiKey: "key", timeoutMs };
  const filler = agentFiller(host, { ...(await briefingOf(ledger, host)), endpoint, gate: ledger.gate, budget });
  const slot = ledger.plan.slots.find((one) => one.id === id);
  if (slot === undefined) throw new Error(`There is no slot ${id}.`);
  return { fill: await fillSlot(slot, filler, ledger.gate, rounds), server, pauses, budget };
}
