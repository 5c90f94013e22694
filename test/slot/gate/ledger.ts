import { loadDocument } from "../../../src/document/load.ts";
import { createNodeHost } from "../../../src/host-node.ts";
import { inferModel } from "../../../src/model/infer.ts";
import { planService, planTrials, type Trials } from "../../../src/plan/plan-service.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { pinnedVersions } from "../../../src/package.ts";
import { openGate, type Gate } from "../../../src/slot/gate/gate.ts";
import { gateSlots } from "../../../src/slot/gate/slots.ts";
import type { GateSlot } from "../../../src/slot/gate/static-gate.ts";
import { loadLogicParser } from "../../../src/slot/scan.ts";
import { renderFiles } from "../../../src/render/render.ts";
import { templatesFolder } from "../../../src/package.ts";
import { withBundledChild } from "../../support/bundled-child.ts";

export interface LedgerGate {
  readonly gate: Gate;
  readonly plan: Plan;
  readonly trials: Trials;
  readonly functions: ReadonlyMap<string, GateSlot>;
  readonly contracts: ReadonlyMap<string, string>;
}

/** The gate as a run on specs/ledger.yaml would open it. */
export async function openLedgerGate(path = "specs/ledger.yaml"): Promise<LedgerGate> {
  const host = await withBundledChild(createNodeHost());
  const { value: document } = await loadDocument(host, path);
  if (document === undefined) throw new Error(`${path} is not read.`);
  const model = inferModel(document, {}).value;
  const config = { readOnly: "refuse", openRules: "pass", omit: [], port: 3000, versions: pinnedVersions() } as const;
  const plan = planService(model, document, config).value;
  const needed = {
    ...plan,
    files: [...plan.files].filter(({ path }) => /\/(?:[\w.-]+\.)?(?:contract|logic|services)\.ts$/.test(path)),
  };
  const files = await renderFiles(needed, await templates(), async (_, text) => text);
  const parser = await loadLogicParser();
  const functions = new Map(
    files
      .filter(({ path }) => path.endsWith(".logic.ts"))
      .flatMap(({ path, content }) => [...gateSlots(path, parser.scan(content, path).value)]),
  );
  const contracts = new Map(
    files.filter(({ path }) => !path.endsWith(".logic.ts")).map(({ path, content }) => [path, content]),
  );
  const trials = planTrials(model, document, config);
  const gate = await openGate(host, { slots: plan.slots, functions, contracts, trials });
  return { gate, plan, trials, functions, contracts };
}

async function templates(): Promise<Readonly<Record<string, string>>> {
  const { files } = createNodeHost({ cwd: templatesFolder });
  const paths = (await files.list(templatesFolder)).filter((path) => path.endsWith(".hbs"));
  const read = async (path: string) =>
    [path.slice(0, -".hbs".length), await files.read(`${templatesFolder}/${path}`)] as const;
  return Object.fromEntries(await Promise.all(paths.map(read)));
}
