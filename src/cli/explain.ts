import { Command } from "commander";
import { printable } from "../diagnostic/print.ts";
import type { Host } from "../host.ts";
import { exitCodes } from "./exit.ts";
import { hanging, label } from "./layout.ts";
import { overlayOption } from "./overlay-option.ts";
import { complain, understand } from "./understand.ts";

interface ExplainFlags {
  readonly config?: string;
  readonly overlay?: readonly string[];
}

const examples = `
Examples:
  $ scaffold explain openapi.yaml Invoice             the table and its key
  $ scaffold explain openapi.yaml Invoice.customerId  a column and what it means
  $ scaffold explain openapi.yaml "POST /invoices"    what an operation does
`;

/** `scaffold explain <spec> <subject>`: a fact, its reasons, where they stand, and the annotation that overrules them. */
export function explainCommand(host: Host, finish: (exitCode: number) => void): Command {
  return new Command("explain")
    .summary("say why something is so, and what overrules it")
    .description(
      "Prints each fact about an entity, a field or an operation with its reason, its place and what overrules it.",
    )
    .argument("<spec>", "OpenAPI 2.0, 3.0 or 3.1, as YAML or JSON")
    .argument("<subject...>", 'an entity, a field as Entity.field, or an operation as "METHOD /path"')
    .option("--config <file>", "a config file (default: the nearest scaffold.config.ts, .js, .mjs or .json)")
    .addOption(overlayOption())
    .addHelpText("after", examples)
    .action(async (spec: string, subject: readonly string[], flags: ExplainFlags) =>
      finish(await printExplanation(host, spec, subject.join(" "), flags)),
    );
}

async function printExplanation(
  host: Host,
  spec: string,
  subject: string,
  { config, overlay }: ExplainFlags,
): Promise<number> {
  const understood = await understand(host, spec, { config, overlays: overlay, showsWarnings: false });
  if (understood === undefined) return exitCodes.invalid;
  const { explain } = await import("../model/explain.ts");
  const columns = host.terminal.isInteractive ? host.terminal.columns : Infinity;
  const { value: lines, diagnostics } = explain(understood.model, understood.document, subject, columns - 2);
  complain(host, diagnostics);
  if (lines === undefined) return exitCodes.invalid;
  for (const line of lines) host.terminal.out(`${folded(printable(line), columns)}\n`);
  return exitCodes.done;
}

/** A line that is too long for the terminal goes on below its text, beside the labels. */
function folded(line: string, columns: number): string {
  if (line.length + 2 <= columns) return `  ${line}`;
  const indent = label("").length;
  const text = line.slice(indent - 2);
  const deeper = indent + (text.length - text.trimStart().length);
  return `  ${line.slice(0, indent - 2)}${hanging(text, deeper, columns)
    .map((part) => part.trimEnd())
    .join(`\n${" ".repeat(deeper)}`)}`;
}
