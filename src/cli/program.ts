import { Command, CommanderError } from "commander";
import type { Argument } from "commander";
import { Interruption, type Host } from "../host.ts";
import { packageVersion } from "../package.ts";
import { checkCommand } from "./check.ts";
import { crudCommand } from "./crud.ts";
import { exitCodes, ownBug, wrongUsage } from "./exit.ts";
import { fillCommand } from "./fill.ts";
import { explainCommand } from "./explain.ts";
import { modelCommand } from "./model.ts";
import { slotsCommand } from "./slots.ts";
import { specCommand } from "./spec.ts";

/** One command: commander's part, and what it does with the world. Resolves to an exit code. */
export type CommandFactory = (host: Host, finish: (exitCode: number) => void) => Command;

const commands: readonly CommandFactory[] = [
  crudCommand,
  checkCommand,
  fillCommand,
  slotsCommand,
  modelCommand,
  explainCommand,
  specCommand,
];

const examples = `
Examples:
  $ scaffold crud openapi.yaml                        into generated/<name>
  $ scaffold crud openapi.yaml --out services/shop    the same, elsewhere
  $ scaffold check openapi.yaml                       is the output in step?
  $ scaffold slots openapi.yaml                       what nobody wrote yet
  $ scaffold explain openapi.yaml Invoice.customerId  why a column is what it is
  $ scaffold model openapi.yaml                       what was read off it
  $ scaffold spec entities.yaml -o openapi.yaml       a document from entities

Exit codes:
    0  done
    1  drift: the output is not in step (check)
    2  the document, the config or the output folder cannot be used
    3  a stale slot (check --frozen), or an open one (check --require-filled)
    4  a migration could lose data
    5  a conflict to resolve
    6  the generated service does not pass its checks
   64  wrong usage
   70  a bug of scaffold
  130  interrupted
`;

/** Runs one command line (without the program's own name) and resolves to its exit code. Never rejects. */
export async function runCli(host: Host, argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command("scaffold")
    .description(
      "Turns an OpenAPI document into a TypeScript service: tables, migrations, validation, routes and tests.",
    )
    .usage("<command> [options]")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", examples);
  for (const command of commands) program.addCommand(command(host, (code) => void (exitCode = code)));
  for (const command of [program, ...program.commands]) speakThroughHost(command, host);
  try {
    if (argv.length === 0) return printHelp(program, host);
    await program.parseAsync(asked(program, argv), { from: "user" });
    return exitCode;
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : wrongUsage;
    if (failure instanceof Interruption) return exitCodes.interrupted;
    reportBug(host, failure, argv.includes("--verbose"));
    return ownBug;
  }
}

/** Asking for the help of a command that does not exist is the same mistake as typing it. */
function asked(program: Command, argv: readonly string[]): string[] {
  const [first, second = ""] = argv;
  const isKnown = second === "" || second === "help" || program.commands.some((command) => command.name() === second);
  return first === "help" && !isKnown ? argv.slice(1) : [...argv];
}

/** Help without being asked for is an answer to a mistake: it goes to standard error. */
function printHelp(program: Command, host: Host): number {
  host.terminal.error(`${program.helpInformation()}${examples}`);
  return wrongUsage;
}

function speakThroughHost(command: Command, host: Host): void {
  command.helpOption("-h, --help", "print this help");
  // Without "[options]", so that the list of commands fits a narrow terminal.
  command.configureHelp({
    subcommandTerm: (one) => [one.name(), ...one.registeredArguments.map(argumentTerm)].join(" "),
  });
  command.exitOverride().configureOutput({
    writeOut: (text) => host.terminal.out(text),
    writeErr: (text) => host.terminal.error(text),
    getOutHelpWidth: () => host.terminal.columns,
    getErrHelpWidth: () => host.terminal.columns,
  });
  const name = command.name() === "scaffold" ? "scaffold" : `scaffold ${command.name()}`;
  command.showHelpAfterError(`Type "${name} --help" for what is possible.`);
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function reportBug(host: Host, failure: unknown, isVerbose: boolean): void {
  const text =
    failure instanceof Error ? (isVerbose ? (failure.stack ?? failure.message) : failure.message) : String(failure);
  host.terminal.error(
    `\nscaffold ran into a bug of its own:\n  ${text.replaceAll("\n", "\n  ")}\n` +
      `Please report it, with the document if you can.${isVerbose ? "" : " --verbose shows where it happened."}\n`,
  );
}
