import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import type { Model } from "../../src/model/model.ts";
import { toMermaid } from "../../src/model/mermaid.ts";
import { temporaryHost } from "../support/host.ts";

/**
 * Each document of specs/features is the smallest one that shows what its name says. Beside it is what is read off it:
 * tables, operations, slots (`vitest -u` writes it anew); `npm run corpus -- specs/features` runs the services.
 */
const documents = readdirSync("specs/features").filter((file) => file.endsWith(".yaml"));

describe("what a document's name says is read off it", () => {
  test.each(documents)("%s", async (file) => {
    await using host = await temporaryHost({ [file]: readFileSync(`specs/features/${file}`, "utf8") });
    expect({ exitCode: await runCli(host, ["model", file]), told: host.printed.error }).toMatchObject({ exitCode: 0 });
    const model = JSON.parse(host.printed.out) as Model;
    await expect(summary(model)).toMatchFileSnapshot(`../../specs/features/${file.replace(/yaml$/, "txt")}`);
  });
});

function summary(model: Model): string {
  const operations = model.operations.map(({ method, path, kind, variant, entity }) =>
    [kind, variant && `(${variant})`, entity, `${method.toUpperCase()} ${path}`].filter(Boolean).join(" "),
  );
  const slots = model.slots.map(({ kind, id }) => `slot ${kind} ${id}`);
  return `${[toMermaid(model).trimEnd(), "", ...operations.toSorted(), ...slots.toSorted()].join("\n")}\n`;
}
