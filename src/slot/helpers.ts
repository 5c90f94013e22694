import { isContractModule } from "./policy.ts";
import type { LogicDeclaration, LogicFile, LogicFunction, LogicImport, Span } from "./scan.ts";

/** Code of a person that nothing would use once some slots are gone: a compiler that minds unused names would mind it. */
export interface Idle {
  readonly spans: readonly Span[];
  /** What each of those slots needs of it, in the order of the file, by slot id. */
  readonly bySlot: ReadonlyMap<string, string>;
}

/** Something at the top level that binds names for this file alone. */
interface Helper extends Span {
  readonly names: readonly string[];
  readonly text: string;
}

/** `live` is the text of the file without its helpers, as it is to be. */
export function idleHelpers(
  file: LogicFile,
  gone: readonly LogicFunction[],
  live: (withoutHelpers: readonly Span[]) => string,
  namesIn: (text: string) => ReadonlySet<string>,
): Idle {
  const helpers = helpersOf(file);
  const needed = new Map(
    gone.map((one) => [one.slot ?? "", closure(helpers, file.text.slice(one.start, one.end), namesIn)]),
  );
  const candidates = new Set([...needed.values()].flat());
  const used = new Set(candidates.size === 0 ? [] : closure(helpers, live(helpers), namesIn));
  const idle = [...candidates].filter((helper) => !used.has(helper));
  const bySlot = [...needed].map(([id, all]): [string, string] => [
    id,
    printHelpers(all.filter((one) => idle.includes(one))),
  ]);
  return { spans: idle, bySlot: new Map(bySlot.filter(([, text]) => text !== "")) };
}

/** Helpers of a text that a file does not bind yet. */
export function missingHelpers(helpers: LogicFile, file: LogicFile, added: ReadonlySet<string>): readonly Helper[] {
  const bound = new Set(helpersOf(file).flatMap((helper) => helper.names));
  for (const one of file.functions) bound.add(one.name);
  return helpersOf(helpers).filter(({ names }) => !names.some((name) => bound.has(name) || added.has(name)));
}

export function isImport({ text }: Helper): boolean {
  return /^import\b/.test(text);
}

function helpersOf(file: LogicFile): readonly Helper[] {
  const declared = file.declarations.map((one) => helper(file, one, one.names));
  const imported = file.imports.filter(isTheirs).map((one) => helper(file, one, [...one.bound]));
  return [...imported, ...declared].filter((one) => one.names.length > 0);
}

function helper({ text }: LogicFile, { start, end }: LogicDeclaration | LogicImport, names: readonly string[]): Helper {
  return { start, end, names, text: text.slice(start, end) };
}

function isTheirs({ module }: LogicImport): boolean {
  return !isContractModule(module);
}

/** The helpers that a text uses, and those that they use, in the order of the file. */
function closure(
  helpers: readonly Helper[],
  text: string,
  namesIn: (text: string) => ReadonlySet<string>,
): readonly Helper[] {
  const found = new Set<Helper>();
  const texts = [text];
  for (let next = texts.pop(); next !== undefined; next = texts.pop()) {
    const names = namesIn(next);
    for (const one of helpers) {
      if (found.has(one) || !one.names.some((name) => names.has(name))) continue;
      found.add(one);
      texts.push(one.text);
    }
  }
  return helpers.filter((one) => found.has(one));
}

function printHelpers(helpers: readonly Helper[]): string {
  const imports = helpers.filter(isImport).map((one) => one.text);
  const others = helpers.filter((one) => !isImport(one)).map((one) => one.text);
  return [...(imports.length > 0 ? [imports.join("\n")] : []), ...others].join("\n\n");
}
