import { Command, Option } from "commander";
import type { Host } from "../host.ts";
import { exitCodes } from "./exit.ts";
import { understand } from "./understand.ts";

interface ModelFlags {
  readonly config?: string;
  readonly format: "json" | "expected-entities/1";
}

const examples = `
Examples:
  $ scaffold model openapi.yaml | jq '.entities[].name.type'
  $ scaffold model openapi.yaml --format expected-entities/1 > entities.json
`;

/** `scaffold model <spec>`: everything that was read off the document, as data. */
export function modelCommand(host: Host, finish: (exitCode: number) => void): Command {
  return new Command("model")
    .summary("print the entities, operations and conventions of a document")
    .description(
      "Prints what was read off a document: entities with fields, keys and relations, operations, conventions, reasons.",
    )
    .argument("<spec>", "OpenAPI 2.0, 3.0 or 3.1, as YAML or JSON")
    .addOption(
      new Option("--format <format>", "json is the whole model; expected-entities/1 what a yardstick compares")
        .choices(["json", "expected-entities/1"])
        .default("json"),
    )
    .option("--config <file>", "a config file (default: the nearest scaffold.config.ts, .js, .mjs or .json)")
    .addHelpText("after", examples)
    .action(async (spec: string, flags: ModelFlags) => finish(await printModel(host, spec, flags)));
}

async function printModel(host: Host, spec: string, { config, format }: ModelFlags): Promise<number> {
  const understood = await understand(host, spec, { config, showsWarnings: true });
  if (understood === undefined) return exitCodes.invalid;
  const { toExpectedEntities } = await import("../model/expected.ts");
  const value = format === "json" ? understood.model : toExpectedEntities(understood.model);
  host.terminal.out(`${JSON.stringify(value, null, 2)}\n`);
  return exitCodes.done;
}
