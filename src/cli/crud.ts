import { posix } from "node:path";
import { Command, Option } from "commander";
import type { Host } from "../host.ts";
import type { RunOptions, RunResult } from "../run.ts";
import { exitCodes } from "./exit.ts";
import { fillFlags, modelOptions, type ModelFlags } from "./fill-options.ts";
import { terminalReporter } from "./report.ts";
import { overlayOption } from "./overlay-option.ts";
import type { Detail } from "./report.ts";
import type { NextStep } from "./summary.ts";

interface CrudFlags extends ModelFlags {
  readonly out?: string;
  readonly config?: string;
  readonly overlay?: readonly string[];
  readonly dryRun?: true;
  readonly verify: boolean;
  readonly strict?: true;
  readonly json?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

const examples = `
Examples:
  $ scaffold crud openapi.yaml
  $ scaffold crud openapi.yaml --out services/shop
  $ scaffold crud openapi.yaml --dry-run             what would change
  $ scaffold crud openapi.yaml --json | jq .changes  for scripts

Run it again after each change of the document: what you wrote stays, the rest
follows.
`;

/** `scaffold crud <spec>`: the whole line, from the document to a service that passes its own tests. */
export function crudCommand(host: Host, finish: (exitCode: number) => void): Command {
  const command = new Command("crud")
    .summary("generate a service, or bring it in step")
    .description(
      "Generates a service from an OpenAPI document, or brings one that was generated before in step with it.",
    )
    .argument("<spec>", "OpenAPI 2.0, 3.0 or 3.1, as YAML or JSON")
    .option("-o, --out <folder>", "where the service goes (default: generated/<name of the API>)")
    .option("--config <file>", "a config file (default: the nearest scaffold.config.ts, .js, .mjs or .json)")
    .addOption(overlayOption())
    .option("--dry-run", "do everything but write, and name what would change")
    .option("--no-verify", "skip type-check, lint and tests")
    .option("--strict", "treat warnings as errors")
    .addOption(new Option("--json", "print one JSON object and nothing else").conflicts(["quiet", "verbose"]))
    .addOption(new Option("-q, --quiet", "print only what is wrong").conflicts("verbose"))
    .option("-v, --verbose", "print every warning, doubt and open slot");
  for (const option of modelOptions()) command.addOption(option);
  return command
    .addHelpText("after", examples)
    .action(async (spec: string, flags: CrudFlags) => finish(await runCrud(host, spec, flags)));
}

async function runCrud(host: Host, spec: string, flags: CrudFlags): Promise<number> {
  const { runPipeline } = await import("../pipeline.ts");
  const reporter = terminalReporter(host, detailOf(flags));
  const result = await runPipeline(host, runOptions(spec, flags), reporter);
  reporter.finish(result, flags.dryRun === true ? undefined : await nextStep(host, result));
  return exitCodes[result.outcome];
}

function detailOf({ json, quiet, verbose }: CrudFlags): Detail {
  if (json === true) return "json";
  if (quiet === true) return "quiet";
  return verbose === true ? "verbose" : "normal";
}

function runOptions(spec: string, flags: CrudFlags): RunOptions {
  const { out, config, overlay, dryRun, verify, strict } = flags;
  return {
    spec,
    ...(out !== undefined && { out }),
    ...(config !== undefined && { config }),
    ...(overlay !== undefined && { overlays: overlay }),
    isDryRun: dryRun === true,
    isVerified: verify,
    isStrict: strict === true,
    fill: fillFlags(flags, [], false),
  };
}

/** What to type next. The packages are installed first, unless the folder or one above it has them already. */
async function nextStep(host: Host, { outcome, service }: RunResult): Promise<NextStep | undefined> {
  if (outcome !== "done" || service === undefined) return undefined;
  const folder = posix.resolve(host.cwd, service.out);
  // A service that lives in a package of the user's is started as that package is.
  const isThere = async (name: string) => (await host.files.kind(posix.join(folder, name))) === "file";
  if (!((await isThere("package.json")) && (await isThere("src/server.ts")))) return undefined;
  const isInstalled = await hasPackage(host, folder, "fastify");
  return {
    command: ["cd", service.out, "&&", ...(isInstalled ? [] : ["npm install", "&&"]), "npm start"].join(" "),
    address: service.address,
  };
}

/** Whether Node finds a package from a folder: in it, or in one above, up to the root. */
async function hasPackage(host: Host, folder: string, name: string): Promise<boolean> {
  const isThere = (await host.files.kind(posix.join(folder, "node_modules", name))) === "folder";
  const above = posix.dirname(folder);
  return isThere || (above !== folder && hasPackage(host, above, name));
}
