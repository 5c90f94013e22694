import { Command, Option } from "commander";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import type { RunResult } from "../run.ts";
import { exitCodes, wrongUsage } from "./exit.ts";
import { overlayOption } from "./overlay-option.ts";
import { printMistakes } from "./mistakes.ts";
import { styleFor } from "./style.ts";
import { failure } from "./summary.ts";
import { complain } from "./understand.ts";

interface CheckFlags {
  readonly out?: string;
  readonly config?: string;
  readonly overlay?: readonly string[];
  readonly frozen?: true;
  readonly requireFilled?: true;
  readonly strict?: true;
  readonly json?: true;
}

const examples = `
Examples:
  $ scaffold check openapi.yaml                    does the output follow from it?
  $ scaffold check openapi.yaml --require-filled   and is no slot open?
  $ scaffold check                                 every API of the config

Nothing is written, and nobody is asked. 0: in step. 1: drift. 3: a slot that is
stale (--frozen) or open (--require-filled). 4: the next migration is not safe.
`;

/** `scaffold check [spec…]`: for CI and hooks. Tells whether disk, lock and document agree, and writes nothing. */
export function checkCommand(host: Host, finish: (exitCode: number) => void): Command {
  return new Command("check")
    .summary("tell whether the output is in step")
    .description("Tells whether what is on disk follows from the document, the config and the lock. Writes nothing.")
    .argument("[spec...]", "OpenAPI documents (default: those that the config lists)")
    .option("--frozen", "a slot whose contract has changed since its body was accepted is an error")
    .option("--require-filled", "an open slot is an error")
    .option("--strict", "treat warnings about the document as errors")
    .option("-o, --out <folder>", "where the service is (default: generated/<name of the API>)")
    .option("--config <file>", "a config file (default: the nearest scaffold.config.ts, .js, .mjs or .json)")
    .addOption(overlayOption())
    .addOption(new Option("--json", "print one JSON array, of a result for each document, and nothing else"))
    .addHelpText("after", examples)
    .action(async (specs: readonly string[], flags: CheckFlags) => finish(await runCheck(host, specs, flags)));
}

async function runCheck(host: Host, given: readonly string[], flags: CheckFlags): Promise<number> {
  const { loadConfig } = await import("../config/load.ts");
  const { value: config, diagnostics } = await loadConfig(host, flags.config);
  if (hasErrors(diagnostics)) return complain(host, diagnostics) ?? exitCodes.invalid;
  const specs = given.length > 0 ? given : config.apis.map(({ spec }) => spec);
  if (specs.length === 0) {
    host.terminal.error("There is no document to check: name one, or list them under apis in the config.\n");
    return wrongUsage;
  }
  const results: RunResult[] = [];
  for (const spec of specs) results.push(await checkOne(host, spec, flags));
  if (flags.json === true) host.terminal.out(`${JSON.stringify(results, null, 2)}\n`);
  return Math.max(...results.map(({ outcome }) => exitCodes[outcome]));
}

async function checkOne(host: Host, spec: string, flags: CheckFlags): Promise<RunResult> {
  const { runPipeline } = await import("../pipeline.ts");
  const { out, config, overlay, strict, frozen, requireFilled, json } = flags;
  const result = await runPipeline(
    host,
    {
      spec,
      ...(out !== undefined && { out }),
      ...(config !== undefined && { config }),
      ...(overlay !== undefined && { overlays: overlay }),
      isDryRun: true,
      isVerified: false,
      isStrict: strict === true,
      fill: { slots: [], isAskedFor: false, isFrozen: true },
      check: { isFrozen: frozen === true, mustBeFilled: requireFilled === true },
    },
    { stage: () => undefined, progress: () => undefined },
  );
  if (json === true) return result;
  const style = styleFor(host);
  const found = printMistakes(result.diagnostics, style, true);
  if (found !== "") host.terminal.error(`${found}\n`);
  const printing = { style, columns: Infinity, showAll: true, during: undefined };
  if (result.outcome !== "done") host.terminal.error(`\n${failure(result, printing)}\n`);
  if (result.outcome === "done") host.terminal.out(`${inStep(spec, result)}\n`);
  return result;
}

function inStep(spec: string, { service, changes }: RunResult): string {
  const open = service?.openSlots.length ?? 0;
  const slots = open === 0 ? "" : `, ${open} ${open === 1 ? "slot" : "slots"} open`;
  return `${service?.out ?? ""} is in step with ${spec}: ${changes?.unchanged ?? 0} files${slots}`;
}
