import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { runWithin } from "./corpus/command.ts";
import { readOriginal, type Original } from "./contract/original.ts";
import { runCommand } from "./mutation/command.ts";
import { reasonsBy, type Called } from "./postman/reasons.ts";
import { startService } from "./service.ts";

/**
 * `npm run postman -- <document> <collection>`: generates the service of a document, starts it with a few rows, and runs a
 * Postman collection against it with newman. Shows each assertion that does not hold, with the request and the answer that
 * it was about and, where the document itself has it otherwise, with that reason. Ends with 1 where one has no such reason.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { "base-url": { type: "string", default: "baseUrl" }, prefix: { type: "string", default: "" } },
});
const [document = "", collection = ""] = positionals;
if (document === "" || collection === "") {
  console.error(`npm run postman -- <document> <collection>
  --base-url baseUrl   the collection's variable for the address of the service
  --prefix /api        what the collection writes after that variable and the document has in its server's path`);
  process.exit(64);
}

/** What newman reports, as far as it is read here. */
interface Summary {
  readonly run: {
    readonly stats: { readonly assertions: { readonly total: number; readonly failed: number } };
    readonly executions: readonly {
      readonly item: { readonly name: string };
      readonly request: {
        readonly method: string;
        readonly url: { readonly path?: readonly string[] };
        readonly body?: { readonly raw?: string };
      };
      readonly response?: {
        readonly code: number;
        readonly header?: readonly { readonly key: string; readonly value: string }[];
        readonly stream?: { readonly data: readonly number[] };
      };
      readonly assertions?: readonly { readonly assertion: string; readonly error?: { readonly message: string } }[];
    }[];
  };
}

const tools = resolve(".scaffold/tools/postman");
await mkdir(tools, { recursive: true });
for (const file of ["package.json", "package-lock.json"]) await cp(`scripts/postman/${file}`, `${tools}/${file}`);
if (!existsSync(`${tools}/node_modules/newman`))
  await runCommand("npm", ["ci", "--no-audit", "--no-fund"], { cwd: tools });

const out = ".scaffold/postman/service";
const data = resolve(".scaffold/postman/data");
await rm(".scaffold/postman", { recursive: true, force: true });
await runCommand(process.execPath, ["src/main.ts", "crud", document, "--out", out, "--no-verify", "-q"], { cwd: "." });
await runCommand(process.execPath, ["scripts/contract/seed.ts", out, data, "developer"], { cwd: ".", isQuiet: true });
const service = await startService(out, { environment: { DATA_DIR: data, LOG_LEVEL: "warn" } });
try {
  const original = await readOriginal(document);
  const { basePath } = original;
  const base = service.address + basePath.slice(0, basePath.length - values.prefix.length);
  const report = resolve(".scaffold/postman/report.json");
  await runWithin(
    [
      `${tools}/node_modules/newman/bin/newman.js`,
      "run",
      collection,
      "--env-var",
      `${values["base-url"]}=${base}`,
      "-r",
      "json",
      "--reporter-json-export",
      report,
    ],
    { timeoutMs: 300_000 },
  );
  print(JSON.parse(await readFile(report, "utf8")) as Summary, original);
} finally {
  await service.stop();
}

function print({ run }: Summary, original: Original): void {
  const reasonOf = reasonsBy(original);
  let unexplained = 0;
  for (const execution of run.executions) {
    const { item, response, assertions = [] } = execution;
    const called = calledOf(execution, original.basePath);
    const failed = assertions.flatMap(({ assertion, error }) =>
      error === undefined ? [] : [{ assertion, message: error.message }],
    );
    const told = failed.map((one) => ({ ...one, reason: reasonOf(called, one.message) }));
    if (failed.length === 0) reasonOf(called, "");
    unexplained += told.filter(({ reason }) => reason === undefined).length;
    const word = failed.length === 0 ? "ok  " : told.every(({ reason }) => reason !== undefined) ? "odd " : "FAIL";
    console.log(`${word} ${item.name}: ${assertions.length - failed.length} of ${assertions.length}`);
    if (failed.length === 0) continue;
    console.log(`     ${called.method} ${called.path} answered ${response?.code} ${called.body.slice(0, 400)}`);
    for (const { assertion, message, reason } of told)
      console.log(`     ${assertion}: ${message}\n       ${reason ?? "the document says nothing against it"}`);
  }
  const { total, failed } = run.stats.assertions;
  console.log(
    `${total - failed} passed, ${failed - unexplained} fail because the collection is not as its document, ${unexplained} fail`,
  );
  process.exitCode = unexplained === 0 ? 0 : 1;
}

function calledOf({ request, response }: Summary["run"]["executions"][number], basePath: string): Called {
  const path = `/${(request.url.path ?? []).join("/")}`;
  return {
    method: request.method,
    path: path.startsWith(basePath) ? path.slice(basePath.length) : path,
    sent: request.body?.raw,
    status: response?.code ?? 0,
    headers: new Headers(response?.header?.map(({ key, value }) => [key, value])),
    body: Buffer.from(response?.stream?.data ?? []).toString("utf8"),
  };
}
