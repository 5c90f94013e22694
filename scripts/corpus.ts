import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { findDocuments } from "./corpus/documents.ts";
import { measure } from "./corpus/measure.ts";
import { printHead, printRow, type Row } from "./corpus/row.ts";

const usage = `npm run corpus -- <folder or document …> [--only a,b] [--timeout seconds] [--no-probe] [--verbose]

Takes each document through the command line, its generated tests and the running service, and prints one row for it;
below the table, by name, why a document fails and what else is missing. A document that fails ends nothing.

  entities        tables that the model has
  operations      that the document has
  CRUD served     of those that an expected.json beside the document labels: kept in a table by the model, answered with
                  a 2xx in the generated tests, and with no 501 and no error by the started service
  501             operations that the started service answers so, called once each with valid values
  assertions/op   \`expect\`s that the generated tests executed, for each operation of the document
  skipped         tests; only those of an open slot, by its name, may be

A document passes with exit 0, types and lint clean, its tests green, every operation answered, 90% of the CRUD
operations served, and 8 assertions an operation. What is measured goes to .scaffold/corpus/report.json too.

  --only          names of documents
  --timeout       seconds for the command line, and again for the tests, of one document; 600
  --no-probe      do not start the services
  --verbose       name everything`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    timeout: { type: "string", default: "600" },
    "no-probe": { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const timeoutMs = Number(values.timeout) * 1000;
if (values.help || positionals.length === 0 || !(timeoutMs > 0)) {
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

const rows: Row[] = [];
console.log(printHead());
for (const document of documents) {
  const out = `.scaffold/corpus/${document.name}`;
  const row = await measure(document, { out, timeoutMs, isProbed: !values["no-probe"] });
  rows.push(row);
  console.log(printRow(row));
  await writeFile(".scaffold/corpus/report.json", `${JSON.stringify(rows, undefined, 2)}\n`);
}
for (const { name, faults, remarks } of rows) {
  if (faults.length + remarks.length === 0) continue;
  console.log(`\n${name}`);
  printSome("FAILS  ", faults);
  printSome("", remarks);
}
const failed = rows.filter(({ faults }) => faults.length > 0).length;
console.log(`\n${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function printSome(label: string, texts: readonly string[]): void {
  for (const text of texts.slice(0, shownRemarks)) console.log(`  ${label}${text}`);
  if (texts.length > shownRemarks) console.log(`  ${label}and ${texts.length - shownRemarks} more (--verbose)`);
}
