import { Command, Option } from "commander";
import type { Host } from "../host.ts";
import type { RunResult } from "../run.ts";
import { exitCodes } from "./exit.ts";
import { fillFlags, modelOptions, type ModelFlags } from "./fill-options.ts";
import { overlayOption } from "./overlay-option.ts";
import { terminalReporter } from "./report.ts";

interface FillCommandFlags extends ModelFlags {
  readonly out?: string;
  readonly config?: string;
  readonly overlay?: readonly string[];
  readonly printContext?: true;
  readonly dryRun?: true;
  readonly verify: boolean;
  readonly json?: true;
  readonly verbose?: true;
}

const examples = `
Examples:
  $ scaffold fill openapi.yaml --model gpt-5
  $ scaffold fill openapi.yaml transfer.reverse --model gpt-5 --budget-tokens 20000
  $ scaffold fill openapi.yaml --model qwen3-coder --base-url http://localhost:11434/v1
  $ scaffold fill openapi.yaml --model gpt-5 --print-context    what would be asked

Whatever a model writes passes the gate, or does not land: docs/slots.md.
`;

/** `scaffold fill <spec> [slot…]`: asks a language model for the bodies of open slots. */
export function fillCommand(host: Host, finish: (exitCode: number) => void): Command {
  const command = new Command("fill")
    .summary("ask a language model for open slots")
    .description("Asks a language model for the bodies of slots that are open, and keeps those that pass the gate.")
    .argument("<spec>", "OpenAPI 2.0, 3.0 or 3.1, as YAML or JSON")
    .argument("[slot...]", "ids, as scaffold slots lists them (default: all that are open)");
  for (const option of modelOptions()) command.addOption(option);
  return command
    .option("--print-context", "print what would be asked, what was cut and why, and ask nobody")
    .option("--dry-run", "ask and judge, and write nothing")
    .option("-o, --out <folder>", "where the service is (default: generated/<name of the API>)")
    .option("--config <file>", "a config file (default: the nearest scaffold.config.ts, .js, .mjs or .json)")
    .addOption(overlayOption())
    .option("--no-verify", "skip type-check, lint and tests of the whole service")
    .addOption(new Option("--json", "print one JSON object and nothing else").conflicts("verbose"))
    .option("-v, --verbose", "print every warning, doubt and open slot")
    .addHelpText("after", examples)
    .action(async (spec: string, slots: readonly string[], flags: FillCommandFlags) =>
      finish(await runFill(host, spec, slots, flags)),
    );
}

async function runFill(host: Host, spec: string, slots: readonly string[], flags: FillCommandFlags): Promise<number> {
  const { runPipeline } = await import("../pipeline.ts");
  const isPrinted = flags.printContext === true;
  const { out, config, overlay } = flags;
  const reporter = terminalReporter(
    host,
    flags.json === true ? "json" : flags.verbose === true ? "verbose" : isPrinted ? "quiet" : "normal",
  );
  const result = await runPipeline(
    host,
    {
      spec,
      ...(out !== undefined && { out }),
      ...(config !== undefined && { config }),
      ...(overlay !== undefined && { overlays: overlay }),
      isDryRun: flags.dryRun === true || isPrinted,
      isVerified: flags.verify && !isPrinted,
      isStrict: false,
      fill: { ...fillFlags(flags, slots, true), ...(isPrinted && { isPrinted }) },
    },
    reporter,
  );
  reporter.finish(result, undefined);
  if (isPrinted && flags.json !== true) printContexts(host, result);
  return exitCodes[result.outcome];
}

function printContexts(host: Host, { contexts = [] }: RunResult): void {
  for (const { id, tokens, items, messages } of contexts) {
    const rows = items.map(
      ({ title, tokens: own, left }) =>
        `  ${left === undefined ? "in " : "out"}  ${title}  ${own} tokens${left === undefined ? "" : `  ${left}`}`,
    );
    host.terminal.out(
      [
        `${id}   ${tokens} tokens`,
        ...rows,
        "",
        ...messages.map(({ role, text }) => `--- ${role}\n${text}`),
        "",
        "",
      ].join("\n"),
    );
  }
}
