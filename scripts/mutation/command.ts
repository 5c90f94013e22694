import { spawn } from "node:child_process";

interface Command {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it prints is not shown, but for its mistakes. */
  readonly isQuiet?: true;
}

/** Runs a command to its end, before everybody's eyes. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, environment = {}, isQuiet }: Command,
): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", isQuiet ? "ignore" : "inherit", "inherit"],
      env: { ...process.env, ...environment },
    });
    child.on("error", fail);
    child.on("close", (code) =>
      code === 0 ? done() : fail(new Error(`${command} ${args.join(" ")} ended with ${code}.`)),
    );
  });
}
