import { posix } from "node:path";
import type { PlannedFile } from "./plan.ts";

/** The names that files import of each file of the package, by its path. */
export type Uses = ReadonlyMap<string, ReadonlySet<string>>;

/** What these files import, by the import lines of their views. */
export function usesOf(files: readonly PlannedFile[]): Uses {
  const uses = new Map<string, Set<string>>();
  for (const { path, content } of files) {
    if (content.kind !== "template" || !("imports" in content.view)) continue;
    for (const line of content.view.imports as readonly string[]) {
      const [, names = "", from] = /\{ (.*) \} from "(\.[^"]+)"/.exec(line) ?? [];
      if (from === undefined) continue;
      const target = posix.join(posix.dirname(path), from);
      const known = uses.get(target) ?? new Set();
      for (const name of names.split(", ")) known.add(name.replace(/^type /, ""));
      uses.set(target, known);
    }
  }
  return uses;
}

/**
 * Functions that a shared module has only where something uses them: a file of the package or, as listed, another of
 * these functions. What is not listed is always there.
 */
const optional = {
  "src/failure.ts": {
    unlessRefused: [],
    unlessForbidden: [],
    unlessContradicted: [],
    unlessDangling: [],
    unlessGivenAway: [],
  },
  "src/paging.ts": {
    pageByCursor: [],
    pageAfterKey: [],
    spelledCount: [],
    pageByOffset: [],
    pageByNumber: [],
    shownListing: [],
    chosenOrder: [],
    counted: [],
  },
  "src/statements.ts": {
    soughtIn: [],
    soughtNumber: [],
    soughtMoment: [],
    soughtAt: ["soughtIn", "soughtNumber", "soughtMoment"],
    containsText: [],
    startsWith: [],
    holdsAny: [],
    isOnDay: [],
    isMissing: [],
  },
  "src/convert.ts": {
    asNumber: [],
    asInteger: [],
    asText: [],
    asBoolean: [],
    membersOf: ["within", "withoutMembers", "withMembers", "withoutText"],
    within: [],
    listOf: [],
    withoutMembers: [],
    withMembers: [],
    withoutText: [],
    unlessWord: [],
  },
  "src/http/links.ts": { linkTo: ["pageLink"], pageLink: [], linkObject: [] },
  "src/http/versions.ts": {
    isKnown: [],
    unlessChanged: ["expecting"],
    expecting: [],
    usesHeaders: ["isKnown", "unlessChanged", "expecting"],
  },
  "src/http/validation.ts": { isValid: [] },
} satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** For the template of a shared module: whether each of its optional functions is used, by name. */
export function usedFunctions(uses: Uses, path: keyof typeof optional): Readonly<Record<string, boolean>> {
  const used = uses.get(path) ?? new Set();
  const functions: Readonly<Record<string, readonly string[]>> = optional[path];
  return Object.fromEntries(
    Object.entries(functions).map(([name, users]) => [name, [name, ...users].some((one) => used.has(one))]),
  );
}
