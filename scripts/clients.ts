import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "esbuild";
import { runCommand } from "./mutation/command.ts";
import { startService } from "./service.ts";

/**
 * `npm run clients`: what users do with a document. Two well-known generators make TypeScript clients of what each twin
 * serves as its document; programs in scripts/clients/talks/ use them, type-checked, against the running service.
 */
const home = resolve("scripts/clients");
const tools = resolve(".scaffold/tools/clients");
const twins = process.argv.length > 2 ? process.argv.slice(2) : ["ledger", "clinic", "bookshop"];
const generators = ["openapi-fetch", "hey-api"] as const;

const compilerOptions = {
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  module: "ESNext",
  moduleResolution: "Bundler",
  types: ["node"],
  typeRoots: [resolve("node_modules/@types")],
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
};

await mkdir(tools, { recursive: true });
for (const file of ["package.json", "package-lock.json"]) await cp(`${home}/${file}`, `${tools}/${file}`);
if (!existsSync(`${tools}/node_modules/@hey-api/openapi-ts`))
  await runCommand("npm", ["ci", "--no-audit", "--no-fund"], { cwd: tools });

let failed = 0;
for (const twin of twins) failed += await talkTo(twin);
console.log(`${twins.length * generators.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function talkTo(twin: string): Promise<number> {
  // Inside of the tools' folder, so that what clients import is found there.
  const folder = `${tools}/${twin}`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const service = await startService(`generated/${twin}`, { environment: { DATA_DIR: `${folder}/data` } });
  try {
    const document = await (await fetch(`${service.address}/openapi.json`)).text();
    await writeFile(`${folder}/openapi.json`, document);
    const node = process.execPath;
    await runCommand(
      node,
      [`${tools}/node_modules/openapi-typescript/bin/cli.js`, "openapi.json", "-o", "schema.d.ts"],
      {
        cwd: folder,
      },
    );
    const heyApi = `${tools}/node_modules/@hey-api/openapi-ts/bin/run.js`;
    await runCommand(node, [heyApi, "-i", "openapi.json", "-o", "hey-api", "-c", "@hey-api/client-fetch"], {
      cwd: folder,
    });
    const { credentials, address } = service;
    const { authorization = "", ...keys } = credentials();
    const environment = {
      SERVICE_ADDRESS: address + basePathOf(document),
      SERVICE_AUTHORIZATION: authorization,
      SERVICE_KEY: Object.values(keys)[0] ?? "",
    };
    let failures = 0;
    for (const generator of generators) failures += await talk(twin, generator, folder, environment);
    return failures;
  } finally {
    await service.stop();
  }
}

function basePathOf(document: string): string {
  const { servers = [] } = JSON.parse(document) as { readonly servers?: readonly { readonly url: string }[] };
  return new URL(servers[0]?.url ?? "/", "http://localhost").pathname.replace(/\/$/, "");
}

async function talk(
  twin: string,
  generator: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const file = `${generator}.ts`;
  await writeFile(`${folder}/${file}`, await readFile(`${home}/talks/${twin}.${generator}.ts`));
  await writeFile(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: [file] }));
  try {
    await runCommand(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", folder], { cwd: folder });
    await build({
      entryPoints: [`${folder}/${file}`],
      outfile: `${folder}/${generator}.mjs`,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
    });
    await runCommand(process.execPath, [`${folder}/${generator}.mjs`], { cwd: folder, environment });
    console.log(`${twin} by ${generator}: types and talk hold`);
    return 0;
  } catch (cause) {
    console.error(`${twin} by ${generator}: ${cause instanceof Error ? cause.message : String(cause)}`);
    return 1;
  }
}
