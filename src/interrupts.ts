import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import process from "node:process";
import type { Host } from "./host.ts";

export interface Interrupts extends Pick<Host, "onInterrupt" | "uninterrupted"> {
  /** Ends the child, and what it started, when the process is interrupted; the returned function takes it back. */
  watch(child: ChildProcess): () => void;
  /** True for a child that was ended because of an interrupt. */
  hasEnded(child: ChildProcess): boolean;
  /** A change of files. None begins once the process is interrupted, but in a cleanup and in work that may end. */
  change<T>(work: () => Promise<T>): Promise<T>;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What a shell reports for a process that was ended by Ctrl-C (128 + SIGINT). */
const interruptedExitCode = 130;

/**
 * Ends every child, lets end what changes files, undoes what is under way in reverse order, and exits. A second Ctrl-C
 * does not wait.
 */
export function createInterrupts(): Interrupts {
  const children = new Set<ChildProcess>();
  const cleanups = new Set<() => Promise<void>>();
  const works = new Set<object>();
  const underWay = new Set<Promise<unknown>>();
  const mayChange = new AsyncLocalStorage<true>();
  const ended = new WeakSet<ChildProcess>();
  let isInterrupted = false;

  const interrupt = () => {
    for (const child of children) {
      ended.add(child);
      killGroup(child);
    }
    if (isInterrupted) process.exit(interruptedExitCode);
    isInterrupted = true;
    void undo().finally(() => process.exit(interruptedExitCode));
  };
  const undo = async () => {
    await Promise.allSettled(underWay);
    await mayChange.run(true, () => runAll([...cleanups].reverse()));
  };
  const isIdle = () => children.size + cleanups.size + works.size === 0;
  const keep = <T>(set: Set<T>, item: T) => {
    if (isIdle()) for (const signal of signals) process.on(signal, interrupt);
    set.add(item);
    return () => {
      if (set.delete(item) && isIdle()) for (const signal of signals) process.off(signal, interrupt);
    };
  };
  const waitedFor = async <T>(work: () => Promise<T>): Promise<T> => {
    const running = work();
    underWay.add(running);
    try {
      return await running;
    } finally {
      underWay.delete(running);
    }
  };
  return {
    watch: (child) => keep(children, child),
    hasEnded: (child) => ended.has(child),
    onInterrupt: (cleanup) => keep(cleanups, cleanup),
    async uninterrupted(work) {
      if (isInterrupted && mayChange.getStore() === undefined) return never();
      const forget = keep(works, {});
      try {
        return await waitedFor(() => mayChange.run(true, () => work(() => isInterrupted)));
      } finally {
        forget();
      }
    },
    change: (work) => {
      if (mayChange.getStore() === true) return work();
      return isInterrupted ? never() : waitedFor(work);
    },
  };
}

/** Ends a child with all that it has started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group has ended by itself (ESRCH).
  }
}

/** Whoever waits for this is stopped: the process is about to end. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

async function runAll(cleanups: readonly (() => Promise<void>)[]): Promise<void> {
  for (const cleanup of cleanups) {
    try {
      await cleanup();
    } catch (cause) {
      process.stderr.write(`${String(cause)}\n`);
    }
  }
}
