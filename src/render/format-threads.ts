import { pathToFileURL } from "node:url";
import { ownScript } from "../child-process.ts";
import type { Formatter } from "./format.ts";

export interface FormatThreads {
  readonly format: Formatter;
  /** How many files to have in the works: for each thread one that is formatted, one that waits, and one that is planned. */
  readonly lanes: number;
  close(): Promise<void>;
}

/** Each loads prettier for itself, which takes its memory. */
const mostThreads = 4;

/** Formats in threads of its own, one for each processor within reason: prettier takes much of the time of a run. */
export async function openFormatThreads(processors: number): Promise<FormatThreads> {
  const { Tinypool } = await import("tinypool");
  const threads = Math.min(processors, mostThreads);
  const pool = new Tinypool({
    filename: pathToFileURL(ownScript("render/format-thread.ts")).href,
    minThreads: threads,
    maxThreads: threads,
    // The next waits at the thread, which never idles while the main thread plans another.
    concurrentTasksPerWorker: 2,
  });
  return {
    format: async (path, text) => (await pool.run({ path, text }, { name: "formatFile" })) as string,
    lanes: 3 * threads,
    close: () => pool.destroy(),
  };
}
