import { runCli } from "./cli/program.ts";
import { createNodeHost } from "./host-node.ts";

process.exitCode = await runCli(createNodeHost(), process.argv.slice(2));
