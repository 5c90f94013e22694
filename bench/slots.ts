import { existsSync, readdirSync, readFileSync } from "node:fs";
import { loadRegularJudge } from "../src/document/regular.ts";
import { createNodeHost } from "../src/host-node.ts";
import { openContractSlices } from "../src/slot/context/slices.ts";
import { openSimilar } from "../src/slot/context/similar.ts";
import { loadTokenizer } from "../src/slot/context/tokens.ts";
import { openWorkspace } from "../src/slot/context/workspace.ts";
import { brief } from "../src/slot/fillers/agent.ts";
import { functionText, takeCandidate } from "../src/slot/gate/candidate.ts";
import { policyRefusals } from "../src/slot/gate/policy/policy.ts";
import { regularJudge } from "../src/slot/gate/policy/regular.ts";
import { openTypeCheck } from "../src/slot/gate/typed/type-check.ts";
import { runInSandbox } from "../src/slot/sandbox/run.ts";
import { goodEffects } from "../test/slot/gate/good-effects.ts";
import { goodFields } from "../test/slot/gate/good-fields.ts";
import { goodRules } from "../test/slot/gate/good-rules.ts";
import { openLedgerGate } from "../test/slot/gate/ledger.ts";

/**
 * `node bench/slots.ts`: what judging one body costs once the gate is warm, step by step, over right bodies of all of
 * ledger's slots; and what a slot's prompt is in tokens, beside the same job given to a model as the whole entity.
 * Ends with 1 where the limit is broken.
 */
const mostMs = 300;
const host = createNodeHost();
const { ts } = await import("ts-morph");
const cold = performance.now();
const ledger = await openLedgerGate();
const openedMs = performance.now() - cold;
const [typeCheck, growthOf] = await Promise.all([openTypeCheck(ledger.contracts), loadRegularJudge()]);
const bodies = [...goodRules, ...goodFields, ...goodEffects].filter(
  ({ body }) => !body.startsWith("export") && !body.startsWith("/**"),
);
const times = new Map<string, number[]>();

async function timed<T>(step: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const value = await work();
  times.set(step, [...(times.get(step) ?? []), performance.now() - start]);
  return value;
}

for (const { slot, body } of bodies) {
  const own = ledger.functions.get(slot);
  const contract = ledger.plan.slots.find(({ id }) => id === slot);
  if (own === undefined || contract === undefined) throw new Error(`There is no slot ${slot}.`);
  await timed("parse", () => takeCandidate(ts, body, own));
  const file = await timed("types", () => typeCheck(own.file, `${own.imports}\n\n${functionText(own, body)}\n`));
  const block = file.source.statements.find((one) => ts.isFunctionDeclaration(one))?.body;
  if (block === undefined) throw new Error("The function has no body.");
  await timed("policy", () => policyRefusals(ts, file.source, block, own.types, [regularJudge(ts, growthOf)]));
  const checked = await timed("all without running", () => ledger.gate.check(slot, body));
  if (!checked.isClean) throw new Error(`${slot} is refused.`);
  const derived = await timed("what follows", () => ledger.trials.variations(slot, checked.literals));
  const calls = [...(ledger.trials.bySlot.get(slot) ?? []), ...derived].map(({ given }) => given);
  const job = { nonce: "bench", scripts: [checked.script], kind: contract.kind, tables: ledger.trials.tables, calls };
  await timed("sandbox, from sources", () => runInSandbox(host, job));
  if (existsSync("dist/slot-sandbox-child.js")) {
    await timed("sandbox, as built", () =>
      host.run({
        command: host.nodePath,
        args: ["--permission", "--allow-fs-read=dist/*", "--no-warnings", "dist/slot-sandbox-child.js"],
        cwd: host.cwd,
        environment: {},
        input: JSON.stringify(job),
      }),
    );
  }
  await timed("the whole gate, sandbox bundled", () => ledger.gate.judge(slot, body));
}

const medianOf = (step: string): number => {
  const sorted = (times.get(step) ?? []).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};
console.log(`\ngate, warm: median of ${bodies.length} right bodies, ms (opened in ${openedMs.toFixed(0)} ms)`);
for (const step of times.keys()) console.log(`  ${step.padEnd(32)}${medianOf(step).toFixed(1).padStart(8)}`);
const whole =
  medianOf("all without running") +
  medianOf("what follows") +
  medianOf(times.has("sandbox, as built") ? "sandbox, as built" : "sandbox, from sources");
console.log(`  ${"the whole gate, as built".padEnd(32)}${whole.toFixed(1).padStart(8)}   at most ${mostMs}`);

const count = await loadTokenizer();
const workspace = openWorkspace(host, host.cwd);
const context = { workspace, similar: await openSimilar(workspace, "generated/ledger"), count, budget: 0 };
const briefing = {
  functions: ledger.functions,
  slices: await openContractSlices(ledger.contracts, count),
  context,
};
const documentTokens = count(readFileSync("specs/ledger.yaml", "utf8"));
console.log("\ntokens: a slot, and the same job as the whole entity");
console.log(
  `  ${"slot".padEnd(34)}${"asked".padStart(8)}${"answered".padStart(10)}${"asked".padStart(10)}${"answered".padStart(10)}${"times".padStart(8)}`,
);
for (const slot of ledger.plan.slots) {
  const { tokens } = await brief(briefing, slot);
  const body = bodies.find((one) => one.slot === slot.id)?.body ?? "";
  const answered = count(functionText(ledger.functions.get(slot.id) ?? { name: "", head: "" }, body));
  const folder = `generated/ledger/${slot.file.slice(0, slot.file.lastIndexOf("/"))}`;
  const entity = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
  const entityTokens = entity.reduce((sum, text) => sum + count(text), 0);
  const times = (documentTokens + entityTokens) / (tokens + answered);
  const cells = [tokens, answered]
    .map((cell) => String(cell))
    .concat(String(documentTokens), String(entityTokens), times.toFixed(1));
  console.log(
    `  ${slot.id.padEnd(34)}${cells[0]?.padStart(8)}${cells
      .slice(1, 4)
      .map((cell) => cell.padStart(10))
      .join("")}${cells[4]?.padStart(8)}`,
  );
}
process.exitCode = whole > mostMs ? 1 : 0;
