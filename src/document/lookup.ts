import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import { decodeFragment, parsePointer, printPointer } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import { isObject, isReference, member } from "./raw.ts";
import { fileOfReference } from "./read.ts";
import type { SourceTree, SourceTrees } from "./read.ts";

/** What a reference leads to, or why it leads nowhere. */
export type Target =
  | { readonly kind: "found"; readonly node: object; readonly tree: SourceTree; readonly pointer: Pointer }
  /** The text of a file that is no mapping, such as prose for a description; with the mistake if it was to be one. */
  | { readonly kind: "text"; readonly text: string; readonly mistake?: Diagnostic }
  | { readonly kind: "no-node"; readonly meant: string | undefined }
  | { readonly kind: "no-file"; readonly file: string }
  | { readonly kind: "not-followed"; readonly reason: string };

export type Found = Extract<Target, { kind: "found" }>;

/** A pointer may pass through references; one that passes through itself would do so without end. */
const maxHops = 50;

/** Looks a reference up that stands in `from`. Boolean schemas are no objects, and stand for `{}` or `{ not: {} }`. */
export function lookUp(sources: SourceTrees, reference: string, from: string, hops = 0): Target {
  const file = fileOfReference(reference, from);
  const refusal = sources.refusals.get(file);
  if (refusal === "remote") return { kind: "not-followed", reason: "is on the network" };
  if (refusal === "outside") return { kind: "not-followed", reason: "is outside the workspace" };
  const tree = sources.trees.get(file);
  if (tree === undefined || (tree.value === undefined && tree.text.text === "")) return { kind: "no-file", file };
  if (typeof tree.value !== "object" || tree.value === null) {
    const mistake = tree.diagnostics.find(({ severity }) => severity === "error");
    return { kind: "text", text: tree.text.text, ...(mistake && { mistake }) };
  }
  return lookIn(sources, tree, reference, hops);
}

function lookIn(sources: SourceTrees, tree: SourceTree, reference: string, hops: number): Target {
  const root = tree.value;
  const hash = reference.indexOf("#");
  const fragment = hash === -1 ? "" : reference.slice(hash + 1);
  if (fragment !== "" && !fragment.startsWith("/")) return lookForAnchor(tree, fragment);
  // Some write pointers without percent-encoding, and mean a percent sign by one.
  for (const pointer of new Set([decodeFragment(fragment), fragment])) {
    const { node, passed } = walk(root, pointer);
    if (isReference(node) && passed.length > 0 && hops < maxHops) {
      return lookUp(sources, joinedReference(node.$ref, passed), tree.file, hops + 1);
    }
    if (typeof node === "boolean") return { kind: "found", node: node ? {} : { not: {} }, tree, pointer };
    if (typeof node === "object" && node !== null) return { kind: "found", node, tree, pointer };
    if (typeof node === "string") return { kind: "text", text: node };
  }
  const meant = nearestPointer(root, decodeFragment(fragment));
  return { kind: "no-node", meant: meant && `${reference.slice(0, hash)}#${meant}` };
}

function lookForAnchor(tree: SourceTree, anchor: string): Target {
  const root = tree.value;
  const open: { node: unknown; tokens: readonly string[] }[] = [{ node: root, tokens: [] }];
  const seen = new Set<unknown>();
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { node, tokens } = next;
    if (typeof node !== "object" || node === null || seen.has(node)) continue;
    seen.add(node);
    if (member(node, "$anchor") === anchor) return { kind: "found", node, tree, pointer: printPointer(tokens) };
    for (const [key, value] of Object.entries(node)) open.push({ node: value, tokens: [...tokens, key] });
  }
  return { kind: "no-node", meant: nearestPointer(root, `/components/schemas/${anchor}`) };
}

/** Where the pointer leads, or the reference that it would have to pass through and the rest of the way. */
function walk(root: unknown, pointer: Pointer): { readonly node: unknown; readonly passed: readonly string[] } {
  const tokens = parsePointer(pointer);
  let node = root;
  for (const [index, token] of tokens.entries()) {
    const next = member(node, token);
    if (next === undefined && isReference(node)) return { node, passed: tokens.slice(index) };
    node = next;
  }
  return { node, passed: [] };
}

/** The way on below what a reference names. */
function joinedReference(reference: string, rest: readonly string[]): string {
  return (reference.includes("#") ? reference : `${reference}#`) + printPointer(rest);
}

function nodeAt(root: unknown, pointer: Pointer): unknown {
  return parsePointer(pointer).reduce((node, token) => member(node, token), root);
}

/** The pointer that was probably meant: one name in it is misspelt, or it is of another version of OpenAPI. */
function nearestPointer(root: unknown, pointer: Pointer): Pointer | undefined {
  const tokens = parsePointer(pointer);
  const name = tokens.at(-1);
  if (name === undefined) return undefined;
  const holder = tokens.slice(0, -1);
  const folders = [holder, ["components", "schemas"], ["definitions"], ["components", holder.at(-1) ?? ""]];
  for (const folder of folders) {
    const names = nodeAt(root, printPointer(folder));
    const nearest = isObject(names) ? nearestName(name, Object.keys(names)) : undefined;
    if (nearest !== undefined) return printPointer([...folder, nearest]);
  }
  return undefined;
}
