import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { runWithin } from "./corpus/command.ts";
import { readOriginal } from "./contract/original.ts";
import { runCommand } from "./mutation/command.ts";
import { startService } from "./service.ts";

/**
 * `npm run postman -- <document> <collection>`: generates the service of a document, starts it with a few rows, and runs a
 * Postman collection against it with newman. Shows each assertion that does not hold, with the request and the answer that
 * it was about, and ends with the number of those that hold and that do not.
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
      readonly request: { readonly method: string; readonly url: { readonly path?: readonly string[] } };
      readonly response?: { readonly code: number; readonly stream?: { readonly data: readonly number[] } };
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
  const { basePath } = await readOriginal(document);
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
  print(JSON.parse(await readFile(report, "utf8")) as Summary);
} finally {
  await service.stop();
}

function print({ run }: Summary): void {
  for (const { item, request, response, assertions = [] } of run.executions) {
    const failed = assertions.filter(({ error }) => error !== undefined);
    console.log(
      `${failed.length === 0 ? "ok  " : "FAIL"} ${item.name}: ${assertions.length - failed.length} of ${assertions.length}`,
    );
    if (failed.length === 0) continue;
    const text = Buffer.from(response?.stream?.data ?? []).toString("utf8");
    console.log(
      `     ${request.method} /${(request.url.path ?? []).join("/")} answered ${response?.code} ${text.slice(0, 400)}`,
    );
    for (const { assertion, error } of failed) console.log(`     ${assertion}: ${error?.message}`);
  }
  const { total, failed } = run.stats.assertions;
  console.log(`${total - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
