import { lazyQuery } from "json-p3";
import type { JSONValue } from "json-p3";
import type { Origins } from "./origins.ts";
import { isObject, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";

/** A node that an action's target selects, by what holds it. */
export type Selected =
  { readonly kind: "root" } | { readonly kind: "member"; readonly holder: object; readonly key: string };

/** How many nodes may still be added. */
export interface Budget {
  left: number;
}

/** A target that selects more is an attack (`$..*..*..*`), not a target. */
const maxSelected = 250_000;

/** The nodes that a JSONPath (RFC 9535) selects. */
export function select(root: RawObject, target: string): readonly Selected[] | "no path" | "too many" {
  const selected: Selected[] = [];
  try {
    // What was read from YAML or JSON is JSON.
    for (const { location } of lazyQuery(target, root as JSONValue)) {
      if (selected.length === maxSelected) return "too many";
      selected.push(selectedAt(root, location.map(String)));
    }
    return selected;
  } catch {
    // The library throws for what it cannot parse, and for nothing else.
    return "no path";
  }
}

function selectedAt(root: RawObject, tokens: readonly string[]): Selected {
  const key = tokens.at(-1);
  if (key === undefined) return { kind: "root" };
  const holder = tokens.slice(0, -1).reduce<unknown>((node, token) => member(node, token), root);
  return { kind: "member", holder: holder as object, key };
}

/** Of a list from the last to the first, whatever order they are named in: the places of those still to go hold. */
export function removeNodes(selected: readonly Selected[]): void {
  const byHolder = new Map<object, Set<string>>();
  for (const node of selected) {
    if (node.kind === "root") continue;
    byHolder.set(node.holder, (byHolder.get(node.holder) ?? new Set()).add(node.key));
  }
  for (const [holder, keys] of byHolder) {
    if (!Array.isArray(holder)) for (const key of keys) Reflect.deleteProperty(holder, key);
    else for (const place of [...keys].map(Number).sort((a, b) => b - a)) holder.splice(place, 1);
  }
}

/** False where that would add more than the budget allows; the tree is of no use then. */
export function updateNodes(
  root: RawObject,
  selected: readonly Selected[],
  update: unknown,
  origins: Origins,
  budget: Budget,
): boolean {
  for (const node of selected) {
    if (node.kind === "root") merged(root, update, origins, budget);
    else setMember(node.holder, node.key, merged(member(node.holder, node.key), update, origins, budget));
    if (budget.left < 0) return false;
  }
  return true;
}

/** Objects are merged, lists joined, all else replaced. An update that is no list is one more item of a list. */
function merged(value: unknown, update: unknown, origins: Origins, budget: Budget): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = Array.isArray(update) ? update : [update];
    value.push(...items.map((item) => copied(item, origins, budget)));
    return value;
  }
  if (!isObject(value) || !isObject(update)) return copied(update, origins, budget);
  for (const [key, change] of Object.entries(update)) {
    setMember(value, key, merged(member(value, key), change, origins, budget));
  }
  return value;
}

/** An update goes to every node that is selected, and each gets its own. */
function copied(value: unknown, origins: Origins, budget: Budget): unknown {
  budget.left -= 1;
  if (Array.isArray(value))
    return origins.adopt(
      value.map((item: unknown) => copied(item, origins, budget)),
      value,
    );
  if (!isObject(value)) return value;
  const copy = origins.adopt<RawObject>({}, value);
  for (const [key, item] of Object.entries(value)) setMember(copy, key, copied(item, origins, budget));
  return copy;
}
