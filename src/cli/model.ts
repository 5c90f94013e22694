import { Command, Option } from "commander";
import type { Host } from "../host.ts";
import { exitCodes } from "./exit.ts";
import { overlayOption } from "./overlay-option.ts";
import { understand } from "./understand.ts";
import type { Understood } from "./understand.ts";

interface ModelFlags {
  readonly config?: string;
  readonly overlay?: readonly string[];
  readonly format: keyof typeof formats;
}

/** Each loads what it needs by itself. */
const formats = {
  json: async ({ model }: Understood) => {
    const { reviewOf } = await import("../model/review.ts");
    return asJson({ ...model, review: reviewOf(model) });
  },
  mermaid: async ({ model }: Understood) => (await import("../model/mermaid.ts")).toMermaid(model),
  "expected-entities/1": async ({ model, document }: Understood) =>
    asJson((await import("../model/expected.ts")).toExpectedEntities(model, document)),
} as const;

const examples = `
Examples:
  $ scaffold model openapi.yaml | jq '.entities[].name.type'
  $ scaffold model openapi.yaml | jq '.review[]'         what to look at first
  $ scaffold model openapi.yaml --format mermaid > docs/entities.mmd
  $ scaffold model openapi.yaml --format expected-entities/1 > entities.json
`;

/** `scaffold model <spec>`: everything that was read off the document, as data. */
export function modelCommand(host: Host, finish: (exitCode: number) => void): Command {
  return new Command("model")
    .summary("print entities, operations and conventions")
    .description(
      "Prints what was read off a document: entities with fields, keys and relations, operations, conventions, reasons, and what to look at first.",
    )
    .argument("<spec>", "OpenAPI 2.0, 3.0 or 3.1, as YAML or JSON")
    .addOption(
      new Option(
        "--format <format>",
        "json is the whole model, mermaid a diagram of its tables, expected-entities/1 what a yardstick compares",
      )
        .choices(Object.keys(formats))
        .default("json"),
    )
    .option("--config <file>", "a config file (default: the nearest scaffold.config.ts, .js, .mjs or .json)")
    .addOption(overlayOption())
    .addHelpText("after", examples)
    .action(async (spec: string, flags: ModelFlags) => finish(await printModel(host, spec, flags)));
}

async function printModel(host: Host, spec: string, { config, overlay, format }: ModelFlags): Promise<number> {
  const understood = await understand(host, spec, { config, overlays: overlay, showsWarnings: true });
  if (understood === undefined) return exitCodes.invalid;
  host.terminal.out(await formats[format](understood));
  return exitCodes.done;
}

function asJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
