import { createNodeHost } from "../../src/host-node.ts";
import type { Host } from "../../src/host.ts";

/** This machine, but for the terminal: what is printed is kept. */
export interface RecordedHost extends Host {
  stdout(): string;
  stderr(): string;
}

export function recordedHost(
  terminal: { readonly isInteractive?: boolean; readonly hasColour?: boolean } = {},
): RecordedHost {
  let stdout = "";
  let stderr = "";
  const host = createNodeHost({
    terminal: {
      isInteractive: terminal.isInteractive ?? false,
      hasColour: terminal.hasColour ?? false,
      columns: 100,
      out: (text) => void (stdout += text),
      error: (text) => void (stderr += text),
    },
  });
  return { ...host, stdout: () => stdout, stderr: () => stderr };
}
