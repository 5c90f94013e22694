import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { parsePointer } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import { costOf } from "./cost.ts";
import { collectionsOf, slotsOf } from "./grammar.ts";
import type { NodeKind, Slot } from "./grammar.ts";
import { lookUp } from "./lookup.ts";
import type { Found, Target } from "./lookup.ts";
import type { Origins } from "./origins.ts";
import { circularReference, groupByCause, missingReference } from "./broken.ts";
import { isObject, isReference, isText, member, setMember } from "./raw.ts";
import type { RawObject, RawReference } from "./raw.ts";
import type { SourceTree, SourceTrees } from "./read.ts";

/**
 * What references lead to, by identity, so that nodes can be moved freely before references are written again: from
 * the object that holds `$ref` to its target, and from the mapping of a discriminator to each name's target.
 */
export interface Links {
  readonly references: Map<object, object>;
  readonly mappings: Map<object, Map<string, object>>;
  /** What the targets are. */
  readonly kinds: Map<object, NodeKind>;
  /** Schemas of other files, and the names that they get in the document. */
  readonly hoisted: Map<object, string>;
}

interface Linker extends Links {
  readonly sources: SourceTrees;
  readonly origins: Origins;
  readonly schemas: RawObject;
  readonly seen: Set<object>;
  /** Nodes that were put below a node of another file. */
  readonly strangers: Map<object, SourceTree>;
  /** What is being walked, from the root down: none of it may be put below itself. */
  readonly open: Set<object>;
  /** Diagnostics with one cause are shown as one. */
  readonly report: (diagnostic: Diagnostic, cause: string) => void;
}

/**
 * Makes one tree of the document and the files it refers to. A schema of another file becomes a named schema of the
 * document; anything else is put in the place of the reference. A reference that leads nowhere is left out, with a
 * warning that names what was probably meant.
 */
export function linkReferences(
  sources: SourceTrees,
  root: RawObject,
  origins: Origins,
): Links & { readonly diagnostics: readonly Diagnostic[] } {
  const broken: { cause: string; diagnostic: Diagnostic }[] = [];
  const linker: Linker = {
    sources,
    origins,
    schemas: schemasOf(root, origins),
    references: new Map(),
    mappings: new Map(),
    kinds: new Map(),
    hoisted: new Map(),
    seen: new Set(),
    strangers: new Map(),
    open: new Set(),
    report: (diagnostic, cause) => broken.push({ cause, diagnostic }),
  };
  replaceCollections(linker, "document", root, sources.main);
  takeInAliases(linker);
  link(linker, "document", root, sources.main);
  cutCycles(linker);
  return { ...linker, diagnostics: groupByCause(broken) };
}

/** Where the document keeps its named schemas; made where it has none. */
export function schemasOf(root: RawObject, origins: Origins): RawObject {
  const holder =
    isText(member(root, "swagger")) || typeof member(root, "swagger") === "number"
      ? root
      : child(root, "components", origins);
  return child(holder, holder === root ? "definitions" : "schemas", origins);
}

function child(holder: RawObject, key: string, origins: Origins): RawObject {
  const value = member(holder, key);
  if (isObject(value)) return value;
  const made = origins.adopt<RawObject>({}, holder);
  holder[key] = made;
  return made;
}

/** `Pet: { $ref: ./Pet.yaml }` under the named schemas gives the file's schema its name, and is no schema itself. */
function takeInAliases(linker: Linker): void {
  const { schemas, sources } = linker;
  for (const [name, schema] of Object.entries(schemas)) {
    if (!isReference(schema) || Object.keys(schema).length > 1) continue;
    const target = follow(linker, schema, sources.main);
    if (target?.kind !== "found" || target.tree === sources.main || linker.hoisted.has(target.node)) continue;
    linker.hoisted.set(target.node, name);
    linker.strangers.set(target.node, target.tree);
    setMember(schemas, name, target.node);
  }
}

function link(linker: Linker, kind: NodeKind, node: RawObject, tree: SourceTree): void {
  if (linker.seen.has(node)) return;
  linker.seen.add(node);
  linker.open.add(node);
  replaceCollections(linker, kind, node, tree);
  replaceProse(linker, node, tree);
  for (const slot of slotsOf(kind, node)) linkSlot(linker, slot, linker.strangers.get(slot.holder) ?? tree);
  if (kind === "schema") linkMapping(linker, node, tree);
  linker.open.delete(node);
}

function linkSlot(linker: Linker, slot: Slot, tree: SourceTree): void {
  const node = member(slot.holder, slot.key);
  if (!isObject(node)) return;
  if (!isReference(node)) return link(linker, slot.kind, node, linker.strangers.get(node) ?? tree);
  if (slot.kind === "schema") linkSchema(linker, node, tree);
  else replaceReference(linker, slot, node, tree);
}

function linkSchema(linker: Linker, node: RawReference, tree: SourceTree): void {
  if (linker.seen.has(node)) return;
  const target = asMapping(lookUp(linker.sources, node.$ref, tree.file));
  link(linker, "schema", node, tree);
  if (target.kind !== "found") return leaveOut(linker, "schema", node, target);
  linker.references.set(node, target.node);
  takeIn(linker, target);
}

/** A schema of another file gets a name in the document; one of the document is linked even where it lies oddly. */
function takeIn(linker: Linker, { node, tree, pointer }: Found): void {
  const { main } = linker.sources;
  const isOurs = tree === main && linker.origins.of(node) !== undefined;
  if (!isOurs && !linker.hoisted.has(node)) {
    const name = freeName(linker.schemas, pointer, tree.file);
    linker.hoisted.set(node, name);
    setMember(linker.schemas, name, node);
  }
  if (!isReference(node)) return link(linker, "schema", node as RawObject, tree);
  linkSchema(linker, node, tree);
}

function freeName(schemas: RawObject, pointer: Pointer, file: string): string {
  const stem = (file.split("/").at(-1) ?? "").replace(/\.[^.]*$/, "");
  const wanted = (parsePointer(pointer).at(-1) ?? stem).replaceAll(/[^A-Za-z0-9._-]+/g, "_") || "Schema";
  let name = wanted;
  for (let count = 2; Object.hasOwn(schemas, name); count++) name = `${wanted}_${count}`;
  return name;
}

function replaceReference(linker: Linker, { holder, key, kind }: Slot, node: RawReference, tree: SourceTree): void {
  const followed = follow(linker, node, tree);
  const target = followed && asMapping(followed);
  if (target === undefined || (target.kind === "found" && linker.open.has(target.node))) {
    setMember(holder, key, emptied(node, linker.origins));
    return reportCircular(linker, node);
  }
  if (target.kind !== "found") return leaveOut(linker, kind, node, target);
  const { node: found } = target;
  if (staysReference(linker, kind, target)) {
    linker.references.set(node, found);
    linker.kinds.set(found, kind);
  } else setMember(holder, key, found);
  link(linker, kind, found as RawObject, target.tree);
}

/** What the 3.1 dialect may refer to. Other kinds are put in the place of the reference. */
const referableKinds: ReadonlySet<NodeKind> = new Set([
  "response",
  "parameter",
  "requestBody",
  "header",
  "example",
  "securityScheme",
  "link",
]);

/** Parts of a 3.x document are shared by reference, as their author has it; those of 2.0 change their form by use. */
function staysReference({ sources, schemas, origins }: Linker, kind: NodeKind, { tree }: Found): boolean {
  const isSwagger = origins.of(schemas)?.pointer === "/definitions";
  return tree === sources.main && !isSwagger && referableKinds.has(kind);
}

/** The first target that is no reference itself; undefined where references lead in a circle. */
function follow(linker: Linker, reference: RawReference, from: SourceTree): Target | undefined {
  const passed = new Set<object>();
  let node: object = reference;
  let tree = from;
  let target: Target | undefined;
  while (isReference(node) && !passed.has(node)) {
    passed.add(node);
    target = lookUp(linker.sources, node.$ref, tree.file);
    if (target.kind !== "found") return target;
    ({ node, tree } = target);
  }
  return isReference(node) ? undefined : target;
}

/** Some write a reference in the place of a whole map or list: `schemas: { $ref: ./schemas.yaml }`. */
function replaceCollections(linker: Linker, kind: NodeKind, node: RawObject, tree: SourceTree): void {
  for (const { holder, key } of collectionsOf(kind, node)) {
    const reference = member(holder, key);
    if (!isReference(reference)) continue;
    const target = follow(linker, reference, tree);
    if (target?.kind === "found") {
      linker.strangers.set(target.node, target.tree);
      setMember(holder, key, target.node);
    } else if (target === undefined) reportCircular(linker, reference);
    else leaveOut(linker, kind, reference, target);
  }
}

/** Some keep prose in files of its own: `description: { $ref: ./intro.md }`. */
function replaceProse(linker: Linker, node: RawObject, tree: SourceTree): void {
  const tags: unknown = member(node, "tags");
  for (const holder of [node, member(node, "info"), ...(Array.isArray(tags) ? tags : [])]) {
    const reference = member(holder, "description");
    if (!isObject(holder) || !isReference(reference)) continue;
    const target = lookUp(linker.sources, reference.$ref, tree.file);
    if (target.kind === "text") holder["description"] = target.text;
    else {
      delete holder["description"];
      if (target.kind !== "found") reportMissing(linker, reference, target, "the description is left out.");
    }
  }
}

function linkMapping(linker: Linker, node: RawObject, tree: SourceTree): void {
  const mapping = member(member(node, "discriminator"), "mapping");
  if (!isObject(mapping)) return;
  const targets = new Map<string, object>();
  for (const [value, reference] of Object.entries(mapping)) {
    if (!isText(reference)) continue;
    const isName = Object.hasOwn(linker.schemas, reference);
    const target = lookUp(linker.sources, isName ? schemaReference(linker, reference) : reference, tree.file);
    if (target.kind !== "found") continue;
    targets.set(value, target.node);
    takeIn(linker, target);
  }
  linker.mappings.set(mapping, targets);
}

function schemaReference({ schemas, origins }: Linker, name: string): string {
  return `#${origins.of(schemas)?.pointer ?? ""}/${name}`;
}

/** Cuts references that lead in a circle without ever reaching a schema. */
function cutCycles(linker: Linker): void {
  for (const node of linker.references.keys()) {
    const passed = new Set<object>([node]);
    let next = linker.references.get(node);
    while (next !== undefined && !passed.has(next)) {
      passed.add(next);
      next = linker.references.get(next);
    }
    if (next !== node) continue;
    reportCircular(linker, node);
    linker.references.delete(node);
    Reflect.deleteProperty(node, "$ref");
  }
}

function leaveOut(linker: Linker, kind: NodeKind, node: RawReference, target: Exclude<Target, Found>): void {
  const cost = costOf(kind, linker.origins.of(node)?.pointer ?? "");
  reportMissing(linker, node, target, `${cost} until it does.`);
  Reflect.deleteProperty(node, "$ref");
}

function reportMissing(linker: Linker, node: RawReference, target: Exclude<Target, Found>, cost: string): void {
  const place = linker.origins.place(node, "$ref");
  linker.report(missingReference(node.$ref, place, target, cost), `${place.file} ${node.$ref}`);
}

function reportCircular(linker: Linker, node: object): void {
  const place = linker.origins.place(node, "$ref");
  linker.report(circularReference(String(member(node, "$ref")), place), JSON.stringify(place));
}

/** A list is a target only where a list is wanted. */
function asMapping(target: Target): Target {
  return target.kind === "found" && Array.isArray(target.node) ? { kind: "text", text: "" } : target;
}

function emptied(node: RawReference, origins: Origins): RawObject {
  const { $ref: _, ...rest } = node;
  return origins.adopt<RawObject>(rest, node);
}
