import { createNodeHost } from "../../src/host-node.ts";
import type { Host, Terminal } from "../../src/host.ts";

/** This machine, but for the terminal: what is printed is kept. */
export interface RecordedHost extends Host {
  stdout(): string;
  stderr(): string;
}

export function recordedHost(
  terminal: Partial<Pick<Terminal, "isInteractive" | "hasColour" | "columns">> = {},
): RecordedHost {
  let stdout = "";
  let stderr = "";
  const host = createNodeHost({
    terminal: {
      isInteractive: terminal.isInteractive ?? false,
      hasColour: terminal.hasColour ?? false,
      columns: terminal.columns ?? 120,
      out: (text) => void (stdout += text),
      error: (text) => void (stderr += text),
    },
  });
  return { ...host, stdout: () => stdout, stderr: () => stderr };
}
