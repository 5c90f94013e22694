import { posix } from "node:path";
import { error } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";

/** Failures of the file system that are no mistake of ours (errno(3)). */
const reasons = new Map([
  ["EACCES", "we may not"],
  ["EPERM", "we may not"],
  ["EROFS", "the disk takes no changes"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the quota of the disk is used up"],
]);

/** What kept us from writing a file; throws what is anything else again. */
export function notWritable(host: Host, cause: unknown): Diagnostic {
  const code = memberOf(cause, "code");
  const path = memberOf(cause, "path");
  const reason = reasons.get(code ?? "");
  if (reason === undefined) throw cause;
  const file = path === undefined ? "." : posix.relative(host.cwd, path) || ".";
  const saw = `${file} could not be written: ${reason} (${code}). Everything is as it was.`;
  return error("output/not-writable", { place: { file }, saw });
}

function memberOf(cause: unknown, name: string): string | undefined {
  if (!(cause instanceof Error) || !(name in cause)) return undefined;
  const value: unknown = Reflect.get(cause, name);
  return typeof value === "string" ? value : undefined;
}
