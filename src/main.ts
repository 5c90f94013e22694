import { runCli } from "./cli/program.ts";
import { createNodeHost } from "./host-node.ts";

// Whoever reads our output may stop early (`scaffold model … | head`).
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code !== "EPIPE") throw cause;
  process.exit();
});

process.exitCode = await runCli(createNodeHost(), process.argv.slice(2));
