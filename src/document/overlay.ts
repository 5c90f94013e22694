import { query } from "json-p3";
import type { JSONValue } from "json-p3";
import { error, warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import type { Origins } from "./origins.ts";
import { isObject, isText, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import { readTree } from "./read.ts";
import type { SourceTree } from "./read.ts";

/** The overlays that could be read, and what is to be said about them. */
export interface Overlaid {
  readonly trees: readonly SourceTree[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A node that an action's target selects, by what holds it. */
type Selected = { readonly kind: "root" } | { readonly kind: "member"; readonly holder: object; readonly key: string };

/** Applies OpenAPI Overlays (1.0.0) to the document as its author wrote it, in place and in order. */
export async function applyOverlays(
  host: Host,
  root: RawObject,
  files: readonly string[],
  origins: Origins,
): Promise<Overlaid> {
  const trees: SourceTree[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const tree = await readTree(host, file);
    const mistake = mistakeOf(tree);
    if (mistake !== undefined) diagnostics.push(mistake);
    if (!isObject(tree.value)) continue;
    trees.push(tree);
    origins.enter(tree.text, tree.value);
    diagnostics.push(...tree.diagnostics.filter(({ severity }) => severity === "warning"));
    diagnostics.push(...actionsOf(tree.value).flatMap((action) => applyAction(root, action, origins)));
  }
  return { trees, diagnostics };
}

function mistakeOf({ file, value, diagnostics }: SourceTree): Diagnostic | undefined {
  const [first] = diagnostics;
  if (hasErrors(diagnostics))
    return error("overlay/invalid", { place: first?.place ?? { file }, saw: first?.saw ?? "" });
  if (isText(member(value, "overlay")) && Array.isArray(member(value, "actions"))) return undefined;
  const saw = `${file} is no overlay: it needs "overlay: 1.0.0" and a list of "actions".`;
  return error("overlay/invalid", { place: { file, line: 1, column: 1 }, saw });
}

function actionsOf(overlay: RawObject): readonly RawObject[] {
  const actions = overlay["actions"];
  return Array.isArray(actions) ? actions.filter(isObject) : [];
}

function applyAction(root: RawObject, action: RawObject, origins: Origins): readonly Diagnostic[] {
  const { target, update, remove } = action;
  if (!isText(target)) return [invalid(action, origins, 'An action needs a "target"; this one is left out.')];
  const selected = select(root, target);
  if (selected === undefined) {
    return [invalid(action, origins, `"${target}" is not a JSONPath (RFC 9535); the action is left out.`, "target")];
  }
  if (selected.length === 0) {
    const place = origins.place(action, "target");
    return [warning("overlay/no-match", { place, saw: `"${target}" selects nothing; the action changes nothing.` })];
  }
  // From the last to the first, so that the places of list items that are still to be removed hold.
  if (remove === true) for (const node of [...selected].reverse()) removeNode(node);
  else if (update !== undefined) for (const node of selected) updateNode(root, node, update, origins);
  return [];
}

function invalid(action: RawObject, origins: Origins, saw: string, ...tokens: readonly string[]): Diagnostic {
  return warning("overlay/invalid", { place: origins.place(action, ...tokens), saw });
}

function select(root: RawObject, target: string): readonly Selected[] | undefined {
  try {
    // What was read from YAML or JSON is JSON.
    const nodes = query(target, root as JSONValue);
    return [...nodes].map(({ location }) => selectedAt(root, location.map(String)));
  } catch {
    // The library throws for what it cannot parse, and for nothing else.
    return undefined;
  }
}

function selectedAt(root: RawObject, tokens: readonly string[]): Selected {
  const key = tokens.at(-1);
  if (key === undefined) return { kind: "root" };
  const holder = tokens.slice(0, -1).reduce<unknown>((node, token) => member(node, token), root);
  return { kind: "member", holder: holder as object, key };
}

function removeNode(node: Selected): void {
  if (node.kind === "root") return;
  const { holder, key } = node;
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

function updateNode(root: RawObject, node: Selected, update: unknown, origins: Origins): void {
  if (node.kind === "root") return void merged(root, update, origins);
  setMember(node.holder, node.key, merged(member(node.holder, node.key), update, origins));
}

/** Objects are merged, lists joined, all else replaced. An update that is no list is one more item of a list. */
function merged(value: unknown, update: unknown, origins: Origins): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = Array.isArray(update) ? update : [update];
    value.push(...items.map((item) => copied(item, origins)));
    return value;
  }
  if (!isObject(value) || !isObject(update)) return copied(update, origins);
  for (const [key, change] of Object.entries(update)) {
    setMember(value, key, merged(member(value, key), change, origins));
  }
  return value;
}

/** An update goes to every node that is selected, and each gets its own. */
function copied(value: unknown, origins: Origins): unknown {
  if (Array.isArray(value))
    return origins.adopt(
      value.map((item: unknown) => copied(item, origins)),
      value,
    );
  if (!isObject(value)) return value;
  const copy = origins.adopt<RawObject>({}, value);
  for (const [key, item] of Object.entries(value)) setMember(copy, key, copied(item, origins));
  return copy;
}
