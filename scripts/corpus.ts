import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { createNodeHost } from "../src/host-node.ts";
import { sideBySide } from "../src/side-by-side.ts";
import { findDocuments, largestFirst } from "./corpus/documents.ts";
import { measure } from "./corpus/measure.ts";
import { printHead, printRow, type Row } from "./corpus/row.ts";

const usage = `npm run corpus -- <folder or document …> [--only a,b] [--jobs n] [--timeout seconds] [--no-probe] [--verbose]

Takes each document through the command line, type-check and lint, its generated tests and the running service, several
documents at a time, and prints a table with one row for each; below the table, by name, why a document fails and what
else is missing. A document that fails ends nothing.

  entities        tables that the model has
  operations      that the document has: those that tables answer (CRUD), those left to business logic (slots), others
  resources       entities with a table and operations, all of which the generated tests saw answer with a 2xx / the
                  number in the column CRUD of an INDEX.md beside the documents, where there is one
  served          CRUD operations that an expected.json beside the document labels: kept in a table by the model,
                  answered with a 2xx in the generated tests, and with no 501 and no error by the started service
  501             operations that the started service answers so, called once each with valid values
  assertions/op   \`expect\`s that the generated tests executed, for each operation of the document
  skipped         tests; only those of an open slot, by its name, may be

A document passes with exit 0, types and lint clean, its tests green, every operation answered, 80% of the resources
answering, 90% of the labelled operations served, and 8 assertions an operation. All figures, with the time of each part
and the memory that generating took, go to .scaffold/corpus/report.json too.

  --only          names of documents
  --jobs          documents at a time; as many as there are processors
  --timeout       seconds for the command line, and again for the tests, of one document; 1800
  --no-probe      do not start the services
  --verbose       name everything`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    jobs: { type: "string", default: String(availableParallelism()) },
    timeout: { type: "string", default: "1800" },
    "no-probe": { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const timeoutMs = Number(values.timeout) * 1000;
const jobs = Number(values.jobs);
if (values.help || positionals.length === 0 || !(timeoutMs > 0) || !(jobs >= 1)) {
  (values.help ? console.log : console.error)(usage);
  process.exit(values.help ? 0 : 64);
}

/** How many things that fail or are missing are named for each document. */
const shownRemarks = values.verbose ? Number.POSITIVE_INFINITY : 20;

const only = values.only?.split(",");
const documents = (await findDocuments(positionals)).filter(({ name }) => only === undefined || only.includes(name));
if (documents.length === 0) {
  console.error(
    `There is no document in ${positionals.join(", ")}${only === undefined ? "" : ` named ${only.join(" or ")}`}.`,
  );
  process.exit(2);
}

const host = createNodeHost();
const order = new Map(documents.map(({ name }, at) => [name, at]));
const rows: Row[] = [];
await mkdir(".scaffold/corpus", { recursive: true });
await sideBySide(
  await largestFirst(documents),
  async (document) => {
    const out = `.scaffold/corpus/${document.name}`;
    const row = await measure(host, document, { out, timeoutMs, isProbed: !values["no-probe"] });
    rows.push(row);
    rows.sort((left, right) => (order.get(left.name) ?? 0) - (order.get(right.name) ?? 0));
    await writeFile(".scaffold/corpus/report.json", `${JSON.stringify(rows, undefined, 2)}\n`);
    const verdict = row.faults.length === 0 ? "ok" : `FAILS: ${row.faults[0]}`;
    console.error(`${rows.length} of ${documents.length}  ${row.name}  ${row.seconds.toFixed(0)} s  ${verdict}`);
  },
  Math.floor(jobs),
);
const minutes = (performance.now() / 60_000).toFixed(1);

console.log(printHead());
for (const row of rows) console.log(printRow(row));
for (const { name, faults, remarks } of rows) {
  if (faults.length + remarks.length === 0) continue;
  console.log(`\n${name}`);
  printSome("FAILS  ", faults);
  printSome("", remarks);
}
const failed = rows.filter(({ faults }) => faults.length > 0).length;
console.log(`\n${rows.length - failed} passed, ${failed} failed in ${minutes} minutes`);
process.exitCode = failed === 0 ? 0 : 1;

function printSome(label: string, texts: readonly string[]): void {
  for (const text of texts.slice(0, shownRemarks)) console.log(`  ${label}${text}`);
  if (texts.length > shownRemarks) console.log(`  ${label}and ${texts.length - shownRemarks} more (--verbose)`);
}
