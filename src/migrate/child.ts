import { registerHooks } from "node:module";
import { posix } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { Change } from "./change.ts";
import type { FormerNames } from "./renames.ts";
import { mapValues, type Snapshot } from "./snapshot.ts";

/** What the parent writes to standard input, as JSON. */
export interface ChildInput {
  /** The staged folder, absolute. */
  readonly folder: string;
  /** Files of tables, relative to it. */
  readonly tables: readonly string[];
  readonly previous: Snapshot;
  readonly former: FormerNames;
  /** Begins the line of the answer, so that nothing a table's module prints is taken for it. */
  readonly mark: string;
}

/** What the child answers in one line. */
export type ChildAnswer =
  | {
      readonly kind: "derived";
      readonly snapshot: Snapshot;
      /** The previous snapshot after the renames that the statements begin with. */
      readonly renamed: Snapshot;
      readonly renames: readonly Change[];
      readonly statements: readonly string[];
      /** Names of tables by the file that defines them. */
      readonly tables: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly kind: "failed"; readonly file: string | undefined; readonly message: string };

// As CommonJS, drizzle loads in a fifth of the time: Node reads its large package.json again for each ES module.
registerHooks({
  resolve(specifier, context, next) {
    const isDrizzle = /^drizzle-(?:orm|kit)(?:\/|$)/.test(specifier);
    return next(specifier, isDrizzle ? { ...context, conditions: ["node", "require", "default"] } : context);
  },
});

const input = JSON.parse(await text(process.stdin)) as ChildInput;
const answer = await deriveFrom(input);
process.stdout.write(`\n${input.mark}${JSON.stringify(answer)}\n`);

async function deriveFrom({ folder, tables, previous, former }: ChildInput): Promise<ChildAnswer> {
  const modules: Record<string, Readonly<Record<string, unknown>>> = {};
  let file: string | undefined;
  try {
    for (file of tables) {
      modules[file] = (await import(pathToFileURL(posix.join(folder, file)).href)) as Record<string, unknown>;
    }
    file = undefined;
    const { derive, tableNames } = await import("./derive.ts");
    return { kind: "derived", ...(await derive(modules, previous, former)), tables: mapValues(modules, tableNames) };
  } catch (cause) {
    return { kind: "failed", file, message: cause instanceof Error ? cause.message : String(cause) };
  }
}
