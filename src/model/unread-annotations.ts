import { joinPointer, parentPointer } from "../diagnostic/pointer.ts";
import type { Document } from "../document/document.ts";
import type { Annotations } from "./annotations.ts";
import type { EntityDraft } from "./classified.ts";
import { isRecord, memberOf } from "./schemas.ts";

/** Where each annotation means something. */
const homes: Readonly<Record<string, string>> = {
  "x-entity": "on the schema of something that is stored",
  "x-field": "on a property of an entity",
  "x-renamed-from": "on the schema of an entity, or on a property of one",
  "x-operation": "on an operation",
  "x-business-rules": "on the schema of an entity, or on an operation",
};

/** Members whose values are data, in which a name says nothing. */
const data: ReadonlySet<string> = new Set(["example", "examples", "default", "enum", "const", "x-business-rules"]);

/** An annotation that nobody asked for stands where it has no effect, which its author should hear of. */
export function reportUnread(
  document: Document,
  annotations: Annotations,
  entities: readonly Pick<EntityDraft, "pointer" | "readPointers" | "writePointers">[],
): void {
  // Most documents have none, and large ones take a while to go through.
  if (!document.sources.some(({ text }) => Object.keys(homes).some((name) => text.includes(name)))) return;
  const schemas = new Set(entities.flatMap((one) => [one.pointer, ...one.readPointers, ...one.writePointers]));
  walk(document.root, "", (name, value, pointer) => {
    const home = Object.hasOwn(homes, name) ? homes[name] : undefined;
    if (home === undefined || annotations.isRead(value, pointer)) return;
    if (name === "x-business-rules" && isRuled(parentPointer(pointer) ?? "", schemas)) return;
    annotations.reject(pointer, `${name} has no effect here.`, `It stands ${home}.`);
  });
}

/** Rules are read later; those on a component that is no entity's are told of then. */
function isRuled(pointer: string, schemas: ReadonlySet<string>): boolean {
  return schemas.has(pointer) || /^\/components\/schemas\/[^/]+$|^\/paths\/[^/]+\/[a-z]+$/.test(pointer);
}

function walk(node: unknown, pointer: string, visit: (name: string, value: unknown, pointer: string) => void): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) return node.forEach((item, index) => walk(item, joinPointer(pointer, index), visit));
  if (!isRecord(node)) return;
  // Whoever ignores an entity means its properties too.
  const entity: unknown = memberOf(node, "x-entity");
  if (entity === false || memberOf(entity, "ignore") === true) return;
  for (const [name, value] of Object.entries(node)) {
    const at = joinPointer(pointer, name);
    // A property may be called as an annotation is.
    if (name.startsWith("x-") && !isNamespace(pointer)) visit(name, value, at);
    else if (!data.has(name) || isNamespace(pointer)) walk(value, at, visit);
  }
}

/** Maps whose keys are names that the author chose. */
function isNamespace(pointer: string): boolean {
  return /\/(properties|schemas|patternProperties|\$defs|responses|parameters|headers)$/.test(pointer);
}
