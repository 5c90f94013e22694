import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { ownScript } from "../../src/child-process.ts";
import type { Host } from "../../src/host.ts";
import { packageFolder } from "../../src/package.ts";

const script = ownScript("slot/sandbox/child.ts");

/**
 * A host whose sandbox is bundled, as it is shipped (scripts/build.ts): it starts in a fraction of the time that its
 * source takes, which hundreds of bodies would wait for.
 */
export async function withBundledChild(host: Host): Promise<Host> {
  const bundled = await bundledChild();
  return {
    ...host,
    run: (command) => host.run({ ...command, args: command.args.map((one) => (one === script ? bundled : one)) }),
  };
}

/** Inside of the package, where the sandbox may read; by its content, so that test files share it. */
async function bundledChild(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: "warning",
  });
  const text = outputFiles[0]?.text ?? "";
  const folder = `${packageFolder}.scaffold/test`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const path = `${folder}/sandbox-${hash}.mjs`;
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const own = `${path}.${process.pid}`;
  await writeFile(own, text);
  await rename(own, path);
  return path;
}
