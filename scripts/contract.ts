import { mkdir, rm, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startPostgres } from "../test/support/postgres.ts";
import type { Postgres } from "../test/support/postgres.ts";
import { contractOf } from "./contract/document.ts";
import type { Contract, Storage } from "./contract/document.ts";
import { printed } from "./contract/table.ts";
import { findDocuments } from "./corpus/documents.ts";

/**
 * `npm run contract -- <documents>`: generates the service of each document, starts it, and holds a conversation with it
 * through its port, judged by the document as its author wrote it. Ends with 1 where an answer breaks the document's
 * word, or where a CRUD operation never succeeded.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    on: { type: "string", default: "pglite,postgres" },
    seed: { type: "string", default: "1" },
    rounds: { type: "string", default: "2" },
    keep: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help || positionals.length === 0) {
  console.log(`npm run contract -- <documents or folders of documents>
  --only a,b       some of the documents, by name
  --on pglite      where rows are kept: pglite, postgres, or both (default)
  --seed 1         of everything that is chosen by chance
  --rounds 2       how often every operation is gone through
  --keep           services that are there already are not generated again
  --verbose        every violation, not the first of each kind`);
  process.exit(values.help ? 0 : 64);
}

const folder = ".scaffold/contract";
const only = values.only?.split(",");
const documents = (await findDocuments(positionals)).filter(({ name }) => only === undefined || only.includes(name));
if (documents.length === 0) {
  console.error("No such document.");
  process.exit(64);
}
await mkdir(folder, { recursive: true });
const storages = values.on.split(",");
const postgres: Postgres | undefined = storages.includes("postgres") ? await startPostgres() : undefined;
const contracts: Contract[] = [];
try {
  for (const document of documents) {
    for (const [at, name] of storages.entries()) {
      const storage: Storage =
        name === "postgres" && postgres !== undefined
          ? { name, place: await postgres.createDatabase(document.name) }
          : { name: "pglite", place: `${folder}/${document.name}.data` };
      if (storage.name === "pglite") await rm(storage.place, { recursive: true, force: true });
      const contract = await contractOf(document, {
        out: `${folder}/${document.name}`,
        storage,
        seed: Number(values.seed),
        rounds: Number(values.rounds),
        keepsService: values.keep || at > 0,
      });
      contracts.push(contract);
      console.log(printed(contract, values.verbose));
    }
  }
} finally {
  await postgres?.stop();
}
await writeFile(`${folder}/report.json`, JSON.stringify(contracts, null, 2));
const bad = contracts.filter((one) => one.why !== undefined || one.violations > 0 || one.unreached.length > 0);
const requests = contracts.reduce((sum, one) => sum + one.requests, 0);
console.log(`${contracts.length} conversations, ${requests} requests, ${bad.length} with something wrong`);
process.exitCode = bad.length === 0 ? 0 : 1;
