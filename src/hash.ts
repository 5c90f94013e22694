import { createHash } from "node:crypto";

/** The hash that git gives a file with this text, once its line endings are normalised. */
export function blobHash(text: string): string {
  const bytes = Buffer.from(withUnixEndings(text), "utf8");
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** SHA-256 of several texts; each is preceded by its length, so that no two lists share a hash. */
export function hashOf(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${Buffer.byteLength(text, "utf8")}:`).update(text, "utf8");
  return hash.digest("hex");
}

export function withUnixEndings(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}
