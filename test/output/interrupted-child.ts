import { createNodeHost } from "../../src/host-node.ts";
import { manifestOf, mergeFiles } from "../../src/output/merge.ts";
import { readPrevious } from "../../src/output/previous.ts";
import { recover } from "../../src/output/transaction.ts";
import { writeChanges } from "../../src/output/write.ts";

/** Writes many files that all hold the text it is given; says so when it is about to begin. */
const [folder = "", text = ""] = process.argv.slice(2);
const host = createNodeHost({ cwd: folder });
const out = `${folder}/out`;
await recover(host, out);
const { value: previous } = await readPrevious(host, out);
const rendered = Array.from({ length: 400 }, (_, at) => ({
  path: `src/${at % 20}/${at}.ts`,
  class: "generated" as const,
  content: text,
}));
const { value: changes } = mergeFiles({ previous, bases: new Map(), rendered, shown: "out" });
process.stdout.write("begins\n");
await writeChanges(host, { out, changes, manifest: manifestOf(changes, text, text) });
