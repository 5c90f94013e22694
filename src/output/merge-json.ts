import { isRecord } from "../json.ts";
import type { MergedText } from "./merge-text.ts";

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json;
}

/**
 * Merges JSON by its members, where lines would conflict only because they are neighbours: a dependency that a person
 * added next to one whose version we raised. Undefined where a text does not parse, or both changed one member
 * differently; then the lines decide.
 */
export function mergeJson(yours: string, base: string, generated: string): MergedText | undefined {
  const [theirs, old, ours] = [parse(yours), parse(base), parse(generated)];
  if (theirs === undefined || old === undefined || ours === undefined) return undefined;
  const merged = mergeValue(theirs, old, ours);
  return merged === conflict ? undefined : { text: `${JSON.stringify(merged, null, 2)}\n`, isConflict: false };
}

/** No value: a member that is not there. */
type Value = Json | undefined;
const conflict = Symbol("conflict");

function mergeValue(yours: Value, base: Value, generated: Value): Value | typeof conflict {
  if (isEqual(yours, generated) || isEqual(generated, base)) return yours;
  if (isEqual(yours, base)) return generated;
  if (!isRecord(yours) || !isRecord(generated)) return conflict;
  return mergeMembers(yours, isRecord(base) ? base : {}, generated);
}

function mergeMembers(yours: JsonObject, base: JsonObject, generated: JsonObject): Json | typeof conflict {
  const members: [string, Json][] = [];
  for (const name of namesInOrder(Object.keys(yours), Object.keys(generated))) {
    const merged = mergeValue(own(yours, name), own(base, name), own(generated, name));
    if (merged === conflict) return conflict;
    if (merged !== undefined) members.push([name, merged]);
  }
  return Object.fromEntries(members);
}

/** The person's order; a name of ours comes after the one that precedes it in ours. */
function namesInOrder(yours: readonly string[], generated: readonly string[]): readonly string[] {
  const names = [...yours];
  for (const [at, name] of generated.entries()) {
    if (names.includes(name)) continue;
    const before = generated[at - 1];
    names.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, name);
  }
  return names;
}

function own(object: JsonObject, name: string): Value {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isEqual(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
