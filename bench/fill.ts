import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { goodEffects } from "../test/slot/gate/good-effects.ts";
import { goodFields } from "../test/slot/gate/good-fields.ts";
import { goodRules } from "../test/slot/gate/good-rules.ts";
import { startChatServer } from "../test/support/chat-server.ts";
import { measure } from "./measure.ts";

/**
 * `npm run build && node bench/fill.ts`: whole processes of `scaffold fill` on ten slots of ledger, against a model on
 * loopback that answers right, at once and after two seconds; beside them a run that asks nobody and ends where the
 * prompts are ready, and one whose round ends with the generated tests.
 */
const runs = 3;
const good = new Map([...goodRules, ...goodFields, ...goodEffects].toReversed().map(({ slot, body }) => [slot, body]));
const ten = [...good.keys()].slice(0, 10);
const gateOnly = ["--dry-run", "--no-verify"];

interface Filled {
  readonly ms: number;
  /** Requests that the model got. */
  readonly asked: number;
}

async function fill(slots: readonly string[], flags: readonly string[], latencyMs: number): Promise<Filled> {
  await using model = await startChatServer(
    (_, slot) => ({ calls: [{ name: "submit", arguments: JSON.stringify({ code: good.get(slot) ?? "" }) }] }),
    { latencyMs },
  );
  const cwd = await mkdtemp(join(tmpdir(), "scaffold-fill-"));
  try {
    await cp("specs/ledger.yaml", join(cwd, "openapi.yaml"));
    const endpoint = ["--model", "scripted", "--base-url", model.url];
    const command = [resolve("bin/scaffold.js"), "fill", "openapi.yaml", ...slots, ...endpoint, ...flags];
    const { ms, exitCode, stderr } = await measure(command, cwd);
    if (exitCode !== 0) throw new Error(`\`scaffold fill\` ended with ${exitCode}: ${stderr}`);
    return { ms, asked: model.requests.length };
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

async function print(name: string, slots: readonly string[], flags: readonly string[], latencyMs = 0): Promise<void> {
  const all: Filled[] = [];
  for (let run = 0; run < runs; run++) all.push(await fill(slots, flags, latencyMs));
  const middle = all.toSorted((left, right) => left.ms - right.ms)[Math.floor(runs / 2)];
  console.log(`${name.padEnd(44)}${middle?.ms.toFixed(0).padStart(8)}${String(middle?.asked).padStart(10)}`);
}

console.log(`${"scaffold fill, median of three".padEnd(44)}${"ms".padStart(8)}${"requests".padStart(10)}`);
await print("ten slots, prompts only", ten, ["--print-context"]);
await print("ten slots, answered at once", ten, gateOnly);
await print("ten slots, each answer after 2 s", ten, gateOnly, 2_000);
await print("one slot, answered at once", ten.slice(0, 1), gateOnly);
await print("one slot, answered after 2 s", ten.slice(0, 1), gateOnly, 2_000);
await print("ten slots after 2 s, and generated tests", ten, ["--dry-run"], 2_000);
