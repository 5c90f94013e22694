import { posix } from "node:path";
import type { Replacement } from "./carry-file.ts";
import { isContractModule } from "./policy.ts";
import type { LogicFile, LogicImport } from "./scan.ts";

/**
 * Brings the imports of a file that people have written in up to date: ours are replaced, and names that a person
 * added to them stay while they are used; theirs are left alone. `used` are the names in the rest of the file, as it is to be.
 */
export function importEdits(
  rendered: LogicFile,
  previous: LogicFile,
  used: ReadonlySet<string>,
): readonly Replacement[] {
  const claimed = new Set<LogicImport>();
  const missing: string[] = [];
  const edits: Replacement[] = [];
  for (const ours of rendered.imports) {
    const text = rendered.text.slice(ours.start, ours.end);
    const [first, ...others] = counterparts(ours, previous, claimed);
    if (!first) {
      if (!isBound(ours, previous, claimed)) missing.push(text);
      continue;
    }
    const added = [...first.names].filter(([name]) => !ours.names.has(name) && used.has(name));
    edits.push({
      ...spanOf(first),
      text:
        added.length === 0
          ? text
          : printImport(
              ours,
              added.map(([, name]) => name),
            ),
    });
    for (const other of others) edits.push(withoutNames(other, ours, previous));
    for (const one of [first, ...others]) claimed.add(one);
  }
  const stale = previous.imports.filter((one) => !claimed.has(one) && isContract(one) && isIdle(one, used));
  return [...edits, ...stale.map((one) => removal(one, previous)), ...insertion(missing, previous)];
}

/** Imports of the same module and kind; a contract under its old name where the file has moved. */
function counterparts(
  ours: LogicImport,
  { imports }: LogicFile,
  claimed: ReadonlySet<LogicImport>,
): readonly LogicImport[] {
  const free = imports.filter((one) => !claimed.has(one) && one.isPlain && one.isTypeOnly === ours.isTypeOnly);
  const same = free.filter((one) => one.module === ours.module);
  if (same.length > 0 || !isContract(ours)) return same;
  const isNamedAlike = (one: LogicImport) =>
    isContract(one) && posix.dirname(one.module) === posix.dirname(ours.module);
  return free.filter(isNamedAlike).slice(0, 1);
}

/** True when another form of import binds every name already: the person wrote it so. */
function isBound(ours: LogicImport, { imports }: LogicFile, claimed: ReadonlySet<LogicImport>): boolean {
  const bound = new Set(imports.filter((one) => !claimed.has(one)).flatMap((one) => [...one.names.keys()]));
  return ours.names.size > 0 && [...ours.names.keys()].every((name) => bound.has(name));
}

function isContract({ module }: LogicImport): boolean {
  return isContractModule(module);
}

function isIdle({ names, isPlain }: LogicImport, used: ReadonlySet<string>): boolean {
  return isPlain && [...names.keys()].every((name) => !used.has(name));
}

function printImport({ module, isTypeOnly, names }: LogicImport, added: readonly string[]): string {
  const all = [...names.values(), ...added];
  const head = isTypeOnly ? "import type" : "import";
  const line = `${head} { ${all.join(", ")} } from ${JSON.stringify(module)};`;
  return line.length <= 120
    ? line
    : `${head} {\n${all.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(module)};`;
}

/** A second import of a module of ours keeps what the first does not bind now. */
function withoutNames(other: LogicImport, ours: LogicImport, previous: LogicFile): Replacement {
  const left = new Map([...other.names].filter(([name]) => !ours.names.has(name)));
  if (left.size === other.names.size) return { ...spanOf(other), text: previous.text.slice(other.start, other.end) };
  return left.size === 0
    ? removal(other, previous)
    : { ...spanOf(other), text: printImport({ ...other, names: left }, []) };
}

function removal({ start, end }: LogicImport, { text }: LogicFile): Replacement {
  const lineBreak = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end: end + lineBreak, text: "" };
}

function insertion(missing: readonly string[], { imports }: LogicFile): readonly Replacement[] {
  if (missing.length === 0) return [];
  const last = imports.at(-1);
  const text = missing.join("\n");
  return [last ? { start: last.end, end: last.end, text: `\n${text}` } : { start: 0, end: 0, text: `${text}\n\n` }];
}

function spanOf({ start, end }: LogicImport): { readonly start: number; readonly end: number } {
  return { start, end };
}
