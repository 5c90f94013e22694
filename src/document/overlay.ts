import { posix } from "node:path";
import { error, warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import type { Origins } from "./origins.ts";
import { removeNodes, select, updateNodes } from "./overlay-nodes.ts";
import type { Budget } from "./overlay-nodes.ts";
import { isObject, isText, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import { readTree } from "./read.ts";
import type { SourceTree } from "./read.ts";

/** The overlays that could be read, and what is to be said about them. */
export interface Overlaid {
  readonly trees: readonly SourceTree[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What overlays may add to a document in all, in nodes: each action can multiply what the one before it made. */
const maxAdded = 250_000;

/** Applies OpenAPI Overlays (1.0.0) to the document as its author wrote it, in place and in order. */
export async function applyOverlays(
  host: Host,
  main: SourceTree,
  root: RawObject,
  files: readonly string[],
  origins: Origins,
): Promise<Overlaid> {
  const trees: SourceTree[] = [];
  const diagnostics: Diagnostic[] = [];
  const budget: Budget = { left: maxAdded };
  for (const file of files) {
    const tree = await readTree(host, file);
    const mistake = mistakeOf(tree);
    if (mistake !== undefined) diagnostics.push(mistake);
    if (!isObject(tree.value) || mistake !== undefined) continue;
    trees.push(tree);
    origins.enter(tree.text, tree.value);
    diagnostics.push(
      ...tree.diagnostics.filter(({ severity }) => severity === "warning"),
      ...strangers(tree.value, file, main.file, origins),
      ...actionsOf(tree.value, origins, (action) => applyAction(root, action, origins, budget)),
    );
  }
  return { trees, diagnostics };
}

function mistakeOf({ file, value, diagnostics }: SourceTree): Diagnostic | undefined {
  const [first] = diagnostics;
  if (hasErrors(diagnostics))
    return error("overlay/invalid", { place: first?.place ?? { file }, saw: first?.saw ?? "" });
  const place = { file, line: 1, column: 1 };
  const version = member(value, "overlay");
  if (!(isText(version) || typeof version === "number") || !Array.isArray(member(value, "actions"))) {
    const saw = `${file} is no overlay: it needs "overlay: 1.0.0" and a list of "actions".`;
    return error("overlay/invalid", { place, saw });
  }
  // YAML reads an unquoted 1.0 as a number.
  if (/^1(\.|$)/.test(String(version).trim())) return undefined;
  return error("overlay/invalid", { place, saw: `The overlay's version is ${String(version)}; 1.0 is understood.` });
}

/** What an overlay has beside its actions: members that mean nothing, and a document that it was not made for. */
function strangers(overlay: RawObject, file: string, document: string, origins: Origins): readonly Diagnostic[] {
  const known = ["overlay", "info", "extends", "actions"];
  const { extends: extended } = overlay;
  return [
    ...unknownMembers(overlay, known, origins),
    ...(extended === undefined || isMeant(extended, file, document) ? [] : [otherDocument(overlay, document, origins)]),
  ];
}

/** A URL says nothing about where its document lies here. */
function isMeant(extended: unknown, file: string, document: string): boolean {
  if (!isText(extended)) return false;
  if (/^[a-z][a-z0-9+.-]*:/i.test(extended)) return true;
  const path = decoded(extended.split("#")[0] ?? "");
  return posix.resolve("/", posix.dirname(file), path) === posix.resolve("/", document);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return path;
  }
}

function otherDocument(overlay: RawObject, document: string, origins: Origins): Diagnostic {
  const saw = `The overlay extends ${JSON.stringify(overlay["extends"])}, and is applied to ${document}.`;
  return warning("overlay/other-document", { place: origins.place(overlay, "extends"), saw });
}

function actionsOf(
  overlay: RawObject,
  origins: Origins,
  apply: (action: RawObject) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const actions = overlay["actions"];
  if (!Array.isArray(actions)) return [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, action] of actions.entries()) {
    if (hasErrors(diagnostics)) break;
    if (isObject(action)) diagnostics.push(...apply(action));
    else {
      const saw = "An action is an object; this one is left out.";
      diagnostics.push(invalid(overlay, origins, saw, "actions", String(index)));
    }
  }
  return diagnostics;
}

function applyAction(root: RawObject, action: RawObject, origins: Origins, budget: Budget): readonly Diagnostic[] {
  const { target, update, remove } = action;
  const strange = unknownMembers(action, ["target", "description", "update", "remove"], origins);
  if (!isText(target))
    return [...strange, invalid(action, origins, 'An action needs a "target"; this one is left out.')];
  if (remove !== undefined && typeof remove !== "boolean") {
    const saw = `"remove" is true or false, and not ${JSON.stringify(remove)}; the action is left out.`;
    return [...strange, invalid(action, origins, saw, "remove")];
  }
  if (remove !== true && update === undefined)
    return [...strange, invalid(action, origins, 'The action has neither an "update" nor "remove: true".')];
  const selected = select(root, target);
  if (selected === "no path") {
    const saw = `"${target}" is not a JSONPath (RFC 9535); the action is left out.`;
    return [...strange, invalid(action, origins, saw, "target")];
  }
  if (selected === "too many")
    return [...strange, error("overlay/invalid", { place: origins.place(action, "target"), saw: tooMuch })];
  if (selected.length === 0) {
    const place = origins.place(action, "target");
    const saw = `"${target}" selects nothing; the action changes nothing.`;
    return [...strange, warning("overlay/no-match", { place, saw })];
  }
  if (remove === true && selected.some(({ kind }) => kind === "root"))
    return [...strange, invalid(action, origins, "The whole document cannot be removed.", "target")];
  if (remove === true) removeNodes(selected);
  else if (!updateNodes(root, selected, update, origins, budget))
    return [...strange, error("overlay/invalid", { place: origins.place(action), saw: tooMuch })];
  return strange;
}

const tooMuch = `The action selects or adds more than ${maxAdded.toLocaleString("en-US")} nodes, which no overlay needs.`;

function unknownMembers(node: RawObject, known: readonly string[], origins: Origins): readonly Diagnostic[] {
  const unknown = Object.keys(node).filter((name) => !known.includes(name) && !name.startsWith("x-"));
  return unknown.map((name) =>
    invalid(node, origins, `There is no member "${name}" here; ${known.join(", ")} are known.`, name),
  );
}

function invalid(node: RawObject, origins: Origins, saw: string, ...tokens: readonly string[]): Diagnostic {
  return warning("overlay/invalid", { place: origins.place(node, ...tokens), saw });
}
