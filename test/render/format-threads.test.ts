import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { loadFormatter } from "../../src/render/format.ts";
import { openFormatThreads, type FormatThreads } from "../../src/render/format-threads.ts";
import { renderFiles } from "../../src/render/render.ts";

let threads: FormatThreads;
beforeAll(async () => {
  threads = await openFormatThreads(2);
});
afterAll(async () => {
  await threads.close();
});

const sources = { line: "export const {{{name}}}=[ {{{value}}} ]", page: "* {{{name}}}", other: "a  :  b" };

/** A plan of files that are printed from one template each. */
function planOf(...files: readonly (readonly [path: string, template: string, view: object])[]): Plan {
  return {
    name: "things",
    docsPath: "/docs",
    omitted: [],
    slots: [],
    files: files.map(([path, template, view]) => ({
      path,
      class: "generated",
      content: { kind: "template", template, view },
    })),
  };
}

test("files come out of threads in their order, and as they come out of one formatter", async () => {
  const names = Array.from({ length: 40 }, (_, at) => `name${at}`);
  const plan = planOf(
    ...names.map((name) => [`src/${name}.ts`, "line", { name, value: "1,2" }] as const),
    ["README.md", "page", { name: "Pet" }],
    ["nothing.txt", "other", {}],
  );
  const files = await renderFiles(plan, sources, threads.format, threads.lanes);
  expect(files).toEqual(await renderFiles(plan, sources, await loadFormatter()));
  expect(files.slice(-3).map(({ content }) => content)).toEqual([
    "export const name39 = [1, 2];\n",
    "- Pet\n",
    "a  :  b",
  ]);
});

test("text that does not parse is shown with its place", async () => {
  const plan = planOf(["src/a.ts", "line", { name: "a", value: "\n\n1;" }]);
  await expect(renderFiles(plan, sources, threads.format, threads.lanes)).rejects.toThrow(
    "src/a.ts came out as text that does not parse.\n1 | export const a=[ \n2 | \n3 | 1; ]",
  );
});
