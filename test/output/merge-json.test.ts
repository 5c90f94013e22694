import { expect, test } from "vitest";
import { blobHash } from "../../src/hash.ts";
import { mergeFiles } from "../../src/output/merge.ts";

const print = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const base = { name: "shop", dependencies: { fastify: "1", pg: "1" } };

test.each([
  {
    title: "a dependency that a person added beside one that we raised is merged",
    yours: { name: "shop", dependencies: { fastify: "1", got: "9", pg: "1" } },
    generated: { name: "shop", dependencies: { fastify: "2", pg: "2", zod: "1" } },
    merged: { name: "shop", dependencies: { fastify: "2", got: "9", pg: "2", zod: "1" } },
  },
  {
    title: "a member that a person removed stays away",
    yours: { name: "shop", dependencies: { fastify: "1" } },
    generated: { name: "shop", dependencies: { fastify: "2", pg: "1" } },
    merged: { name: "shop", dependencies: { fastify: "2" } },
  },
  {
    title: "a member that we removed goes, and the person's beside it stays",
    yours: { name: "shop", dependencies: { fastify: "1", got: "9", pg: "1" } },
    generated: { name: "shop", dependencies: { fastify: "2" } },
    merged: { name: "shop", dependencies: { fastify: "2", got: "9" } },
  },
  {
    title: "a member that both changed is a conflict",
    yours: { name: "mine", dependencies: { fastify: "1", pg: "1" } },
    generated: { name: "ours", dependencies: { fastify: "1", pg: "1" } },
    merged: undefined,
  },
])("$title", ({ yours, generated, merged }) => {
  const hash = blobHash(print(base));
  const previous = {
    exists: true,
    manifest: { version: "1", input: "", files: { "package.json": { class: "generated" as const, hash } } },
    files: new Map([["package.json", print(yours)]]),
    others: new Set<string>(),
  };
  const rendered = [{ path: "package.json", class: "generated" as const, content: print(generated) }];
  const { value } = mergeFiles({ previous, bases: new Map([[hash, print(base)]]), rendered, shown: "out" });
  if (merged === undefined) expect(value[0]?.action).toBe("conflict");
  else expect(value[0]).toMatchObject({ action: "merged", content: print(merged) });
});
