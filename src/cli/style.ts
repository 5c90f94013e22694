import picocolors from "picocolors";
import type { Painter } from "../diagnostic/print.ts";
import type { Host } from "../host.ts";

/** Colours, or none: `NO_COLOR`, `FORCE_COLOR` and what a terminal is are the host's business. */
export type Style = ReturnType<typeof picocolors.createColors>;

export function styleFor(host: Host): Style {
  return picocolors.createColors(host.terminal.hasColour);
}

/** How diagnostics are coloured. */
export function painterOf(style: Style): Painter {
  return { error: style.red, warning: style.yellow, faint: style.dim };
}
