import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createNodeHost } from "../../src/host-node.ts";
import type { Host } from "../../src/host.ts";

/** A folder of its own for one test. */
export interface Workspace {
  readonly folder: string;
  readonly host: Host;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Every file and link below the folder, with the text of the files. */
  read(): Promise<Readonly<Record<string, string>>>;
  remove(): Promise<void>;
}

export async function createWorkspace(environment: Host["environment"] = process.env): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), "verify-"));
  return {
    folder,
    host: createNodeHost({ cwd: folder, environment }),
    async write(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
    },
    async read() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => !entry.isDirectory());
      const pairs = files.map(async (entry): Promise<[string, string]> => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1), entry.isFile() ? await readFile(path, "utf8") : "link"];
      });
      return Object.fromEntries(await Promise.all(pairs));
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A package that type-checks, lints and passes its one test. */
export const soundPackage: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({
    type: "module",
    devDependencies: {
      "@types/node": "24.19.2",
      oxlint: "1.89.0",
      "oxlint-tsgolint": "7.0.2004",
      typescript: "7.0.2",
      vitest: "4.1.12",
    },
  }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "ES2024",
      lib: ["ES2024"],
      module: "NodeNext",
      types: ["node"],
      noEmit: true,
      strict: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
    },
    include: ["src"],
  }),
  ".oxlintrc.json": JSON.stringify({
    plugins: ["typescript"],
    rules: { "typescript/no-floating-promises": "error", eqeqeq: "warn" },
  }),
  "src/double.ts": `export function double(value: number): number {\n  return value * 2;\n}\n`,
  "src/double.test.ts": `import { expect, test } from "vitest";
import { double } from "./double.ts";

test("doubles", () => {
  expect(double(2)).toBe(4);
});
`,
};

export function filesOf(record: Readonly<Record<string, string>>): readonly { path: string; content: string }[] {
  return Object.entries(record).map(([path, content]) => ({ path, content }));
}
