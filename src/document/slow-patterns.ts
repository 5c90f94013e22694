import { warning } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import { flagsOf, linearPattern } from "./expression.ts";
import type { Origins } from "./origins.ts";
import { isObject, isText } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Growth } from "./regular.ts";

/** A pattern on which an engine that backtracks may spend time without bound. */
export interface SlowPattern {
  readonly pattern: string;
  /** As RE2 spells it, which needs time for each character once; undefined where it cannot. */
  readonly linear: string | undefined;
}

/** Texts that are shorter cannot keep an expression of polynomial growth busy for long. */
const shortText = 500;

/**
 * The patterns of a document's schemas that some text could make a service hang with. One whose time doubles with each
 * character, and that RE2 cannot match, is taken out with a warning: no text is worth that.
 */
export async function findSlowPatterns(root: RawObject, origins: Origins): Promise<Checked<readonly SlowPattern[]>> {
  const suspects = [...patternUses(root)].filter(({ pattern }) => mayBeSlow(pattern));
  if (suspects.length === 0) return { value: [], diagnostics: [] };
  const { loadRegularJudge } = await import("./regular.ts");
  const growthOf = await loadRegularJudge();
  const found = new Map<string, SlowPattern>();
  const diagnostics: Diagnostic[] = [];
  for (const use of suspects) {
    const { pattern } = use;
    const flags = flagsOf(pattern);
    // What no engine of JavaScript reads keeps none busy.
    if (flags === undefined) continue;
    const growth = growthOf(pattern, flags);
    if (!isSlow(growth, use)) continue;
    const linear = linearPattern(pattern);
    if (linear !== undefined || growth === "polynomial") found.set(pattern, { pattern, linear });
    else {
      delete use.holder[use.key];
      const place = origins.place(use.holder, use.key);
      const saw = `Some texts would keep ${JSON.stringify(pattern)} busy for ever; any text is allowed here.`;
      diagnostics.push(warning("pattern/unbounded", { place, saw }));
    }
  }
  return { value: [...found.values()], diagnostics };
}

function isSlow(growth: Growth, { longest }: PatternUse): boolean {
  return growth === "exponential" || (growth === "polynomial" && longest > shortText);
}

interface PatternUse {
  readonly pattern: string;
  /** Of the texts that it is asked about. */
  readonly longest: number;
  readonly holder: RawObject;
  readonly key: string;
}

function* patternUses(node: unknown, seen = new Set<object>()): Generator<PatternUse> {
  if (typeof node !== "object" || node === null || seen.has(node)) return;
  seen.add(node);
  if (isObject(node)) {
    const { pattern, maxLength, patternProperties } = node;
    const longest = typeof maxLength === "number" ? maxLength : Infinity;
    if (isText(pattern)) yield { pattern, longest, holder: node, key: "pattern" };
    for (const key of isObject(patternProperties) ? Object.keys(patternProperties) : [])
      yield { pattern: key, longest: Infinity, holder: patternProperties as RawObject, key };
  }
  for (const inner of Object.values(node)) yield* patternUses(inner, seen);
}

/** What repeats nothing, or one thing from the start on, is quick; the analysis takes time to load. */
function mayBeSlow(pattern: string): boolean {
  const repeated = pattern.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, "a").match(/[*+]|\{\d+,\d*\}/g) ?? [];
  return repeated.length > 1 || (repeated.length === 1 && !pattern.startsWith("^"));
}
