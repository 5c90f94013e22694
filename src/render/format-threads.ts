import { pathToFileURL } from "node:url";
import { ownScript } from "../child-process.ts";
import type { Formatter } from "./format.ts";

export interface FormatThreads {
  readonly format: Formatter;
  /** How many files are formatted side by side. */
  readonly lanes: number;
  close(): Promise<void>;
}

/** Each loads prettier for itself, which takes its memory. */
const mostThreads = 4;

/** Formats in threads of its own, one for each processor within reason: prettier takes much of the time of a run. */
export async function openFormatThreads(): Promise<FormatThreads> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({ filename: pathToFileURL(ownScript("render/format-thread.ts")).href, minThreads: 0 });
  return {
    format: async (path, text) => (await pool.run({ path, text }, { name: "formatFile" })) as string,
    lanes: Math.min(pool.options.maxThreads, mostThreads),
    close: () => pool.destroy(),
  };
}
