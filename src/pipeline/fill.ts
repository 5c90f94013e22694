import { posix } from "node:path";
import { error, warning } from "../diagnostic/catalog.ts";
import { hasErrors, type Checked, type Diagnostic } from "../diagnostic/diagnostic.ts";
import { placeOf } from "../document/resolve.ts";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import type { Model } from "../model/model.ts";
import type { Output } from "../output/open.ts";
import type { OutputFile, Plan, SlotContract } from "../plan/plan.ts";
import type { FillSummary, Reporter, SlotContextReport } from "../run.ts";
import type { FillProgress, Filled } from "../slot/fill/fill.ts";
import type { Filler } from "../slot/fill/filler.ts";
import type { SlotFill } from "../slot/fill/loop.ts";
import { costOf, tokensOf, type Usage } from "../slot/fill/usage.ts";
import { printFinding, type Finding } from "../slot/gate/finding.ts";
import { contractHash, readLock, type Lock, type LockedSlot } from "../slot/lock.ts";
import type { Staging } from "../verify/staging.ts";
import type { VerifySummary } from "../verify/verify.ts";
import { blamedSlots } from "./blame.ts";
import type { FillSetting } from "./fill-setting.ts";
import { openFillWorld, type FillWorld } from "./fill-world.ts";
import type { Setting } from "./setting.ts";
import { restage, type Merged } from "./stages.ts";

/** What the stage works with. */
export interface FillStage {
  readonly setting: Setting;
  readonly fill: FillSetting;
  readonly document: Document;
  readonly model: Model;
  readonly plan: Plan;
  readonly rendered: readonly OutputFile[];
  readonly output: Output;
  readonly staging: Staging;
  readonly merged: Merged;
  readonly merge: (lock: Lock) => Promise<Checked<Merged>>;
  /** Type-check, lint and generated tests of what is staged: what they have against it. */
  readonly prove: (merged: Merged) => Promise<Checked<VerifySummary>>;
}

export interface FillOutcome {
  readonly merged: Merged;
  readonly summary: FillSummary | undefined;
  readonly contexts?: readonly SlotContextReport[];
  /** The checks of what is staged now, where they were made already. */
  readonly verified?: Checked<VerifySummary>;
}

/**
 * Asks for the bodies of open slots, and stages those that passed the gate. Then the generated tests run once for all
 * of them together; a body that they have something against goes again, and its fallback stays.
 */
export async function fillStage(host: Host, reporter: Reporter, stage: FillStage): Promise<Checked<FillOutcome>> {
  const { fill, plan, merged } = stage;
  const unknown = fill.slots.filter((id) => !plan.slots.some((slot) => slot.id === id));
  if (unknown.length > 0) {
    const diagnostics = unknown.map((id) => error("slot/unknown", { saw: `There is no slot "${id}".` }));
    return { value: { merged, summary: undefined }, diagnostics };
  }
  const wanted = wantedSlots(stage);
  if (wanted.length === 0) return { value: { merged, summary: undefined }, diagnostics: [] };
  const world = await openFillWorld(host, stage);
  if (fill.isPrinted) {
    return { value: { merged, summary: undefined, contexts: await contextsOf(world, wanted) }, diagnostics: [] };
  }
  const started = host.elapsedMs();
  const { filler, usage, diagnostics } = await openFiller(host, stage, world);
  if (hasErrors(diagnostics)) return { value: { merged, summary: undefined }, diagnostics };
  await announce(reporter, stage, world, wanted);
  const { fill: fillSlots } = await import("../slot/fill/fill.ts");
  const { passedBodies } = await import("../slot/fill/cache.ts");
  const passed = passedBodies(host, stage.setting.workspace);
  const filled = await fillSlots({
    slots: plan.slots,
    lock: merged.lock,
    gate: world.gate,
    filler,
    passed,
    mostRounds: fill.rounds,
    concurrency: fill.concurrency,
    only: new Set(wanted.map(({ id }) => id)),
    format: world.format,
    onProgress: (progress) => tell(host, reporter, started, progress),
  });
  await keepTranscripts(host, fill, filled.fills);
  const proven = await provenBodies(host, stage, filled, async (slot) => {
    const outcome = "taken back: the generated tests do not pass with it";
    reporter.stage({ stage: "fill", subject: slot.id, outcome, elapsedMs: host.elapsedMs() - started });
    await passed.forget(slot.id, contractHash(slot.contract));
  });
  const summary = summaryOf(filler, proven.fills, usage(), fill);
  const found = proven.fills.flatMap((one) => complaints(stage, one));
  const { merged: filledIn, verified } = proven;
  const value = { merged: filledIn, summary, ...(verified && { verified }) };
  return { value, diagnostics: [...proven.diagnostics, ...found] };
}

/** Open ones; those that were given up under the contract of now only when somebody asks for them. */
function wantedSlots({ fill, plan, merged: { lock } }: FillStage): readonly SlotContract[] {
  return plan.slots.filter(({ id }) => {
    const known = lock.slots.get(id);
    if (known?.state !== "open" || (fill.slots.length > 0 && !fill.slots.includes(id))) return false;
    return fill.isAskedFor || fill.by.kind === "replay" || known.evidence === undefined;
  });
}

interface OpenedFiller {
  readonly filler: Filler;
  readonly usage: () => Usage;
  readonly diagnostics: readonly Diagnostic[];
}

async function openFiller(host: Host, { fill }: FillStage, world: FillWorld): Promise<OpenedFiller> {
  const { Budget } = await import("../slot/fill/budget.ts");
  const budget = new Budget(fill.limits, fill.price);
  if (fill.by.kind === "replay") {
    const { replayFiller } = await import("../slot/fillers/replay.ts");
    const file = posix.resolve(host.cwd, fill.by.lock);
    const text = (await host.files.kind(file)) === "file" ? await host.files.read(file) : "";
    const { value: lock, diagnostics } = readLock(text, fill.by.lock);
    const bodies = [...lock.slots].flatMap(([id, { body }]) =>
      body === undefined ? [] : [[id, [body.join("\n")]] as const],
    );
    return { filler: replayFiller(new Map(bodies)), usage: () => budget.used, diagnostics };
  }
  const { agentFiller } = await import("../slot/fillers/agent.ts");
  const { name, baseUrl, apiKey } = fill.by;
  const endpoint = { model: name, baseUrl, apiKey, timeoutMs: fill.timeoutMs };
  const filler = agentFiller(host, { ...(await world.briefing()), endpoint, gate: world.gate, budget });
  return { filler, usage: () => budget.used, diagnostics: [] };
}

async function contextsOf(world: FillWorld, wanted: readonly SlotContract[]): Promise<readonly SlotContextReport[]> {
  const { brief } = await import("../slot/fillers/agent.ts");
  const briefing = await world.briefing();
  const reports: SlotContextReport[] = [];
  for (const slot of wanted) {
    const { messages, items, tokens } = await brief(briefing, slot);
    const told = messages.map(({ role, content }) => ({ role, text: typeof content === "string" ? content : "" }));
    reports.push({ id: slot.id, tokens, items: items.map(({ text: _, ...item }) => item), messages: told });
  }
  return reports;
}

/** What it may cost, before anything is asked. */
async function announce(
  reporter: Reporter,
  { fill }: FillStage,
  world: FillWorld,
  wanted: readonly SlotContract[],
): Promise<void> {
  if (fill.by.kind === "replay") return;
  const { brief } = await import("../slot/fillers/agent.ts");
  const briefing = await world.briefing();
  let input = 0;
  for (const slot of wanted) input += (await brief(briefing, slot)).tokens;
  // An answer takes some hundred tokens; what is asked for it in tools is not known before.
  const usage = { input, cached: 0, output: wanted.length * 400 };
  const cost = costOf(usage, fill.price);
  const subject = wanted.length === 1 ? "1 open slot" : `${wanted.length} open slots`;
  const shownCost = cost === undefined ? "" : `, $${cost.toFixed(4)}`;
  const outcome = `${fill.by.name}, about ${figure(tokensOf(usage))} tokens${shownCost} a round, ${fill.rounds} at most`;
  reporter.stage({ stage: "fill", subject, outcome, elapsedMs: 0 });
}

function tell(host: Host, reporter: Reporter, started: number, { id, round, done }: FillProgress): void {
  if (!done) return reporter.progress("fill", `${id}, round ${round}`);
  const elapsedMs = host.elapsedMs() - started;
  reporter.stage({ stage: "fill", subject: id, outcome: outcomeOf(done), elapsedMs });
}

function outcomeOf({ result, rounds, usage }: SlotFill): string {
  if (result.kind === "kept" && rounds === 0) return "kept from before, nothing asked";
  const took = `${rounds} ${rounds === 1 ? "round" : "rounds"}${tokensOf(usage) === 0 ? "" : `, ${figure(tokensOf(usage))} tokens`}`;
  return result.kind === "kept" ? `kept after ${took}` : `given up after ${took}: ${result.why}`;
}

interface Proven {
  readonly merged: Merged;
  readonly fills: readonly SlotFill[];
  readonly diagnostics: readonly Diagnostic[];
  readonly verified?: Checked<VerifySummary>;
}

/**
 * Stages the bodies, and runs the checks of the whole service once for all of them. Whose body they have something
 * against is asked again while there are rounds; else its fallback stays.
 */
async function provenBodies(
  host: Host,
  stage: FillStage,
  filled: Filled,
  takeBack: (slot: SlotContract) => Promise<void>,
): Promise<Proven> {
  const { lock, fills } = filled;
  const { value: merged, diagnostics } = await stage.merge(lock);
  await restage(host, stage.staging, merged);
  const kept = fills.filter(({ result }) => result.kind === "kept");
  if (kept.length === 0 || !stage.setting.isVerified || hasErrors(diagnostics)) return { merged, fills, diagnostics };
  const verified = await stage.prove(merged);
  const against = verified.diagnostics;
  if (!hasErrors(against)) return { merged, fills, diagnostics, verified };
  const blamed = blamedSlots(stage.plan.slots, kept, against);
  const findingsOf = (one: SlotFill): readonly Finding[] =>
    against
      .filter((found) => blamedSlots(stage.plan.slots, kept, [found]).includes(one))
      .slice(0, 3)
      .map(({ saw }) => ({ step: "tests", saw, cure: "" }));
  const slots = new Map(lock.slots);
  const renewed = await Promise.all(
    fills.map(async (one) => {
      const slot = stage.plan.slots.find(({ id }) => id === one.id);
      if (slot === undefined || !blamed.includes(one)) return one;
      const findings = findingsOf(one);
      await takeBack(slot);
      const next = await filled.again(one, findings);
      if (next?.fill.result.kind === "kept") {
        slots.set(one.id, next.locked);
        return next.fill;
      }
      slots.set(one.id, openAgain(stage, one.id, findings));
      return withoutBody(next?.fill ?? one, findings);
    }),
  );
  return provenBodies(host, stage, { ...filled, lock: { ...lock, slots }, fills: renewed }, takeBack);
}

function openAgain({ merged }: FillStage, id: string, findings: readonly Finding[]): LockedSlot {
  const { contract = "", fallback } = merged.lock.slots.get(id) ?? {};
  const why = ["Given up: the generated tests do not pass with it.", ...findings.flatMap(({ saw }) => saw.split("\n"))];
  return { contract, state: "open", ...(fallback !== undefined && { fallback }), evidence: why };
}

function withoutBody(one: SlotFill, findings: readonly Finding[]): SlotFill {
  return { ...one, result: { kind: "given-up", why: "the generated tests do not pass with it", findings } };
}

function summaryOf(filler: Filler, fills: readonly SlotFill[], usage: Usage, { price }: FillSetting): FillSummary {
  const dollars = costOf(usage, price);
  return {
    by: filler.name,
    slots: fills.map(({ id, rounds, usage: own, result }) => ({
      id,
      isFilled: result.kind === "kept",
      rounds,
      tokens: tokensOf(own),
      why: result.kind === "kept" ? "" : result.why,
    })),
    tokens: tokensOf(usage),
    ...(dollars !== undefined && { dollars }),
  };
}

function complaints({ document, plan }: FillStage, { id, result }: SlotFill): readonly Diagnostic[] {
  const slot = plan.slots.find((one) => one.id === id);
  const place = slot && placeOf(document, slot.pointer);
  if (result.kind === "kept") {
    const untold = (result.untold ?? []).slice(0, 4);
    const saw = [`No example of ${id} tells, in its body,`, ...untold].join("\n  ");
    return untold.length === 0 ? [] : [warning("slot/weak-examples", { place, saw })];
  }
  const last = result.findings.slice(0, 3).map(printFinding);
  const saw = [`${id}: ${result.why}; it ${slot?.untilFilled ?? "stays open"}.`, ...last].join("\n  ");
  const escape = result.findings.find(({ isEscape }) => isEscape === true);
  return [
    warning("slot/not-filled", { place, saw }),
    ...(escape ? [warning("slot/escape", { place, saw: `${id}: ${printFinding(escape)}` })] : []),
  ];
}

async function keepTranscripts(host: Host, { transcript }: FillSetting, fills: readonly SlotFill[]): Promise<void> {
  if (transcript === undefined) return;
  for (const { id, transcript: said } of fills) {
    if (said.length === 0) continue;
    const file = posix.resolve(host.cwd, transcript, `${id.replace(/[^\w.-]/g, "_")}.json`);
    await host.files.write(file, `${JSON.stringify(said, null, 2)}\n`);
  }
}

function figure(count: number): string {
  return count.toLocaleString("en-US");
}
