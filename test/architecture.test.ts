import { readFileSync, readdirSync } from "node:fs";
import { dirname, posix } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The line of the program as ranks (CONTRIBUTING, "Imports go one way"): a file imports from its own folder and from
 * lower ranks. Folders of one rank may use each other where `sideways` says so.
 */
const ranks: readonly (readonly string[])[] = [
  [
    "host.ts",
    "host-node.ts",
    "interrupts.ts",
    "invisible.ts",
    "child-process.ts",
    "package.ts",
    "hash.ts",
    "json.ts",
    "run.ts",
    "side-by-side.ts",
    "diagnostic",
  ],
  ["config", "document"],
  ["model"],
  ["specification"],
  ["plan"],
  ["render", "slot", "migrate"],
  ["verify", "output"],
  ["pipeline", "pipeline.ts"],
  ["cli"],
  ["main.ts"],
];
const apart = new Set(["render", "slot", "migrate"]);
/** Escaping belongs to printing, and views hold text that is ready to print. */
const openToPlan = new Set(["render/escape.ts"]);

/** Scripts that run in a process of their own (src/child-process.ts), which has no host. */
const childScripts = ["migrate/child.ts", "slot/sandbox/child.ts", "verify/reporter.ts"];

/** Where the platform may be asked directly; everywhere else the world is reached through `Host`. */
const platformFiles: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(childScripts.map((path) => [path, ["*"]])),
  "host-node.ts": ["*"],
  "interrupts.ts": ["*"],
  "child-process.ts": ["*"],
  "package.ts": ["node:fs", "node:path", "node:url"],
};
/** Computing with paths, URLs and hashes touches nothing. */
const pureModules = new Set(["node:path", "node:path/posix", "node:url", "node:crypto"]);

/** Too slow to load for a run that has nothing to do (bench/): only inside the function that needs them. */
const heavyLibraries = new Set([
  "@apidevtools/swagger-parser",
  "@electric-sql/pglite",
  "@eslint-community/regexpp",
  "ajv",
  "drizzle-kit",
  "drizzle-orm",
  "gpt-tokenizer",
  "openai",
  "prettier",
  "regexp-ast-analysis",
  "scslre",
  "tinypool",
  "ts-morph",
  "typescript",
  "vitest",
]);

/** Clock, chance and environment as globals. Code that we generate may ask for them; in ours they stand as text only. */
const worldly =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.(?:random|getRandom)|\bprocess\.(?:env|argv|cwd|stdout)\b/;

const longest = 400;
/** Files of types that are one vocabulary, and read better whole. */
const vocabularies = new Set(["model/model.ts"]);

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

interface Import {
  readonly from: string;
  readonly kind: "type" | "static" | "dynamic";
}

const files = readSources("src");

describe("imports", () => {
  test("go one way along the line", () => {
    expect(files.flatMap((file) => file.imports.flatMap((one) => wrongWay(file, one)))).toEqual([]);
  });

  test("of one library stay in one folder", () => {
    const users = new Map<string, Set<string>>();
    for (const { path, imports } of files) {
      for (const library of imports.flatMap(({ from }) => libraryOf(from) ?? [])) {
        users.set(library, (users.get(library) ?? new Set()).add(unitOf(path)));
      }
    }
    const shared = [...users].filter(([, folders]) => folders.size > 1);
    expect(shared.map(([library, folders]) => `${library} in ${[...folders].sort().join(", ")}`)).toEqual([]);
  });

  test("of heavy libraries wait until they are needed", () => {
    const ours = reachedFrom("main.ts");
    const early = files.flatMap(({ path, imports }) =>
      imports
        .filter(() => ours.has(path))
        .filter(({ from, kind }) => kind === "static" && heavyLibraries.has(libraryOf(from) ?? ""))
        .map(({ from }) => `${path} imports ${from}`),
    );
    expect(early).toEqual([]);
  });

  test("reach the platform through the host", () => {
    const direct = files.flatMap(({ path, imports }) => {
      const allowed = platformFiles[path] ?? [];
      return imports
        .map(({ from }) => from)
        .filter((from) => from.startsWith("node:") && !pureModules.has(from))
        .filter((from) => !allowed.includes("*") && !allowed.includes(from))
        .map((from) => `${path} imports ${from}`);
    });
    expect(direct).toEqual([]);
  });
});

describe("files", () => {
  test("ask neither the clock nor chance nor the environment", () => {
    const asking = files
      .filter(({ path }) => !["host-node.ts", "interrupts.ts", "main.ts", ...childScripts].includes(path))
      .filter(({ text }) => worldly.test(code(text)) || importsChance(code(text)));
    expect(asking.map(({ path }) => path)).toEqual([]);
  });

  test("escape no types", () => {
    const escaping = files.filter(({ text }) => /@ts-|\bas unknown as\b|\bas any\b|: any\b(?! [a-z])/.test(code(text)));
    expect(escaping.map(({ path }) => path)).toEqual([]);
  });

  test(`hold one idea, in at most ${longest} lines`, () => {
    const long = [...files, ...readSources("test"), ...readSources("scripts"), ...readSources("bench")];
    const tooLong = long.filter(({ path, text }) => !vocabularies.has(path) && text.split("\n").length > longest + 1);
    expect(tooLong.map(({ path, text }) => `${path}: ${text.split("\n").length - 1} lines`)).toEqual([]);
  });

  test("export no value that no other file names", () => {
    const all = [...files, ...["test", "scripts", "bench"].flatMap(readSources)];
    const words = new Map(all.map((file) => [file, new Set(file.text.match(/\w+/g))]));
    const alone = files.flatMap((file) =>
      [...file.text.matchAll(/^export (?:(?:async )?function|const|class) (\w+)/gm)]
        .map(([, name = ""]) => name)
        .filter((name) => !all.some((other) => other !== file && words.get(other)?.has(name)))
        .map((name) => `${file.path} exports ${name}`),
    );
    expect(alone).toEqual([]);
  });

  test("each belong to a folder of the line", () => {
    expect([...new Set(files.map(({ path }) => unitOf(path)))].filter((unit) => rankOf(unit) === -1)).toEqual([]);
  });
});

function wrongWay({ path }: SourceFile, { from }: Import): readonly string[] {
  if (!from.startsWith(".")) return [];
  const target = posix.join(dirname(path), from);
  if (target.startsWith("..")) return [`${path} leaves src for ${from}`];
  const [unit, other] = [unitOf(path), unitOf(target)];
  if (unit === other || (unit === "plan" && openToPlan.has(target))) return [];
  const isSideways = apart.has(unit) && apart.has(other);
  return rankOf(other) > rankOf(unit) || isSideways ? [`${path} imports ${target}`] : [];
}

function importsChance(text: string): boolean {
  const [, names = ""] = /^import \{([^}]*)\} from "node:crypto"/m.exec(text) ?? [];
  return /\brandom|\bgetRandom/.test(names);
}

/** Every file that is loaded, sooner or later, once `entry` is. */
function reachedFrom(entry: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const imports = files.find((file) => file.path === path)?.imports ?? [];
    for (const { from, kind } of imports) {
      if (from.startsWith(".") && kind !== "type") open.push(posix.join(dirname(path), from));
    }
  }
  return reached;
}

/** The folder of `src` that a file is in, or the file itself where it is in none. */
function unitOf(path: string): string {
  return path.split("/")[0] ?? path;
}

function rankOf(unit: string): number {
  return ranks.findIndex((units) => units.includes(unit));
}

function libraryOf(from: string): string | undefined {
  if (from.startsWith(".") || from.startsWith("node:")) return undefined;
  return from.split("/", from.startsWith("@") ? 2 : 1).join("/");
}

/** Without comments, which may speak of what code may not do. */
function code(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
}

function readSources(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => {
      const text = readFileSync(`${folder}/${path}`, "utf8");
      return { path, text, imports: importsOf(code(text)) };
    });
}

function importsOf(text: string): readonly Import[] {
  const declared = [...text.matchAll(/^(?:import|export) (type )?[^;"`]*?from "([^"]+)"/gm)];
  const bare = [...text.matchAll(/^import "([^"]+)"/gm)];
  const dynamic = [...text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)];
  return [
    ...declared.map(([, type, from = ""]): Import => ({ from, kind: type === undefined ? "static" : "type" })),
    ...bare.map(([, from = ""]): Import => ({ from, kind: "static" })),
    ...dynamic.map(([, from = ""]): Import => ({ from, kind: "dynamic" })),
  ];
}
