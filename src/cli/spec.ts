import { Command } from "commander";
import type { Host } from "../host.ts";
import { exitCodes } from "./exit.ts";
import { complain } from "./understand.ts";

interface SpecFlags {
  readonly out?: string;
}

const examples = `
Examples:
  $ scaffold spec entities.yaml -o openapi.yaml  a document to own from then on
  $ scaffold crud entities.yaml                  the service at once
`;

/** `scaffold spec <entities>`: the OpenAPI document of an entity specification. */
export function specCommand(host: Host, finish: (exitCode: number) => void): Command {
  return new Command("spec")
    .summary("make an OpenAPI document of entities")
    .description(
      "Makes an OpenAPI 3.1 document of entities with fields, relationships and business rules (docs/entities.md).",
    )
    .argument("<entities>", "an entity specification, as YAML or JSON")
    .option("-o, --out <file>", "where to write it, as YAML, or as JSON by its ending (default: standard output)")
    .addHelpText("after", examples)
    .action(async (file: string, flags: SpecFlags) => finish(await printDocument(host, file, flags)));
}

async function printDocument(host: Host, file: string, { out }: SpecFlags): Promise<number> {
  const { documentOf } = await import("../specification/document.ts");
  const { value, diagnostics } = await documentOf(host, file, out?.endsWith(".json") === true ? "json" : "yaml");
  complain(host, diagnostics);
  if (value === undefined) return exitCodes.invalid;
  if (out === undefined) host.terminal.out(value);
  else await host.files.write(out, value);
  return exitCodes.done;
}
