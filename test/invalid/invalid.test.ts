import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { temporaryHost } from "../support/host.ts";

/**
 * Each folder of specs/invalid holds one mistake, named by its code (`reference-not-found` is reference/not-found). What
 * a user sees stands beside it in `seen.txt`: the exit code, and standard error to the letter.
 */
const folder = "specs/invalid";
const mistakes = readdirSync(folder).sort();

describe("each mistake is shown where it is, with what it costs and what to do", () => {
  test.each(mistakes)("%s", async (mistake) => {
    const paths = readdirSync(`${folder}/${mistake}`).filter((path) => path !== "seen.txt");
    const files = paths.map((path) => [path, readFileSync(`${folder}/${mistake}/${path}`, "utf8")]);
    const document = paths.find((path) => path.startsWith("openapi.")) ?? "openapi.yaml";
    await using host = await temporaryHost(Object.fromEntries(files) as Record<string, string>);
    const exitCode = await runCli(host, ["crud", document, "--dry-run", "--no-verify", "--quiet"]);
    expect(host.printed.error).toContain(mistake.replace("-", "/"));
    await expect(`exit code ${exitCode}\n\n${host.printed.error}`).toMatchFileSnapshot(
      `../../${folder}/${mistake}/seen.txt`,
    );
  });
});
