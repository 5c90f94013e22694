import { posix } from "node:path";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import type { Model } from "../model/model.ts";
import type { Output } from "../output/open.ts";
import { planTrials } from "../plan/plan-service.ts";
import type { OutputFile, Plan, SlotContract } from "../plan/plan.ts";
import type { AgentInput } from "../slot/fillers/agent.ts";
import type { Gate } from "../slot/gate/gate.ts";
import type { FillSetting } from "./fill-setting.ts";
import type { Setting } from "./setting.ts";

/** What is needed to judge bodies, and to ask for them. */
export interface FillWorld {
  readonly gate: Gate;
  /** The body as the house's formatter prints it. */
  readonly format: (slot: SlotContract, body: string) => Promise<string>;
  /** What a model is told; made once, when it is needed. */
  briefing(): Promise<Briefing>;
}

type Briefing = Omit<AgentInput, "endpoint" | "gate" | "budget">;

export interface FillWorldInput {
  readonly setting: Setting;
  /** Undefined where bodies are judged only. */
  readonly fill?: FillSetting;
  readonly document: Document;
  readonly model: Model;
  readonly plan: Plan;
  readonly rendered: readonly OutputFile[];
  readonly output: Output;
  /** False where nothing may be written, not even for a linter. */
  readonly isLinted?: boolean;
}

/** Opens the gate on what was rendered: contracts and functions. The team's own services are taken as they are on disk. */
export async function openFillWorld(host: Host, input: FillWorldInput): Promise<FillWorld> {
  const { setting, fill, document, model, plan, rendered, output } = input;
  const [{ openGate }, { gateSlots }, { loadLogicParser }, { loadFormatter }] = await Promise.all([
    import("../slot/gate/gate.ts"),
    import("../slot/gate/slots.ts"),
    import("../slot/scan.ts"),
    import("../render/format.ts"),
  ]);
  const parser = await loadLogicParser();
  const logic = rendered.filter(({ path }) => plan.slots.some(({ file }) => file === path));
  const functions = new Map(
    logic.flatMap(({ path, content }) => [...gateSlots(path, parser.scan(content, path).value)]),
  );
  const isPromised = (path: string) => /(?:^|\/|\.)contract\.ts$/.test(path) || path === "src/services.ts";
  const contracts = new Map(
    rendered
      .filter(({ path }) => isPromised(path))
      .map(({ path, content, class: kind }) => [
        path,
        kind === "once" ? (output.previous.files.get(path) ?? content) : content,
      ]),
  );
  const trials = planTrials(model, document, setting.config);
  const lint = input.isLinted === false ? undefined : await linterOf(host, setting.workspace, rendered);
  const gate = await openGate(host, { slots: plan.slots, functions, contracts, trials, ...(lint && { lint }) });
  const formatText = await loadFormatter();
  let briefing: Promise<Briefing> | undefined;
  const openBriefing = async (): Promise<Briefing> => {
    const [{ openContractSlices }, { openSimilar }, { openWorkspace }, { loadTokenizer }] = await Promise.all([
      import("../slot/context/slices.ts"),
      import("../slot/context/similar.ts"),
      import("../slot/context/workspace.ts"),
      import("../slot/context/tokens.ts"),
    ]);
    const workspace = openWorkspace(host, setting.workspace);
    const out = posix.relative(setting.workspace, output.out);
    const count = await loadTokenizer();
    const [slices, similar] = await Promise.all([openContractSlices(contracts, count), openSimilar(workspace, out)]);
    return { functions, slices, context: { workspace, similar, count, budget: fill?.contextTokens ?? 0 } };
  };
  return {
    gate,
    format: async (slot, body) => {
      const own = functions.get(slot.id);
      if (own === undefined) return body;
      const text = await formatText(slot.file, `${own.head.trimEnd()} {${body}\n}\n`);
      const [found] = parser.scan(text, slot.file).value.functions;
      return found === undefined ? body : text.slice(found.body.start, found.body.end);
    },
    briefing: () => (briefing ??= openBriefing()),
  };
}

type Lint = (id: string, text: string) => Promise<readonly { readonly line: number; readonly saw: string }[]>;

/** Lints a function by the rules that the package keeps beside it, in a folder that git ignores. */
async function linterOf(host: Host, workspace: string, rendered: readonly OutputFile[]): Promise<Lint | undefined> {
  const config = rendered.find(({ path }) => path === ".oxlintrc.json");
  if (config === undefined) return undefined;
  const { lintFile } = await import("../verify/lint.ts");
  const folder = posix.join(workspace, ".scaffold", "gate");
  await host.files.write(posix.join(folder, config.path), config.content);
  let count = 0;
  return async (id, text) => {
    const file = `${host.processId}-${(count += 1)}.ts`;
    await host.files.write(posix.join(folder, file), `${text}\n`);
    const found = await lintFile(host, folder, file);
    await host.files.remove(posix.join(folder, file));
    return found.map(({ place, saw }) => ({ line: place?.line ?? 1, saw }));
  };
}
