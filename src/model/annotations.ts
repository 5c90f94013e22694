import { warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import { joinPointer, parsePointer } from "../diagnostic/pointer.ts";
import type { Document } from "../document/document.ts";
import type { Json } from "../document/openapi.ts";
import type { FieldType, OperationKind, Reference } from "./model.ts";
import { placeOf } from "../document/resolve.ts";

/** `x-entity` (docs/annotations.md). */
export interface EntityAnnotation {
  readonly table?: string;
  readonly key?: readonly string[];
  readonly owner?: string;
  readonly softDelete?: string;
  readonly ignore?: boolean;
}

/** `x-field`. */
export interface FieldAnnotation {
  readonly column?: string;
  readonly type?: FieldType;
  readonly isUnique?: boolean;
  readonly isIndexed?: boolean;
  /** null: a plain value. */
  readonly references?: { readonly entity: string; readonly isUnscoped: boolean } | null;
  readonly onDelete?: Reference["onDelete"];
  readonly isComputed?: boolean;
}

/** `x-operation`. */
export interface OperationAnnotation {
  readonly kind?: OperationKind;
  readonly entity?: string;
  readonly ignore?: boolean;
}

/** Reads annotations, and reports each member that is not understood once. */
export class Annotations {
  readonly diagnostics: Diagnostic[] = [];
  readonly #document: Document;
  readonly #reported = new Set<string>();

  constructor(document: Document) {
    this.#document = document;
  }

  entity(node: object, pointer: string): EntityAnnotation | undefined {
    const at = joinPointer(pointer, "x-entity");
    const value = memberOf(node, "x-entity");
    if (value === undefined) return undefined;
    if (value === false) return { ignore: true };
    return this.#read<EntityAnnotation>(value, at, {
      table: (json) => text(json, "table"),
      key: (json) => (typeof json === "string" ? { key: [json] } : isTexts(json) ? { key: json } : undefined),
      owner: (json) => text(json, "owner"),
      softDelete: (json) => text(json, "softDelete"),
      ignore: (json) => flag(json, "ignore"),
    });
  }

  field(node: object, pointer: string): FieldAnnotation | undefined {
    const value = memberOf(node, "x-field");
    if (value === undefined) return undefined;
    return this.#read<FieldAnnotation>(value, joinPointer(pointer, "x-field"), {
      column: (json) => text(json, "column"),
      type: (json) => (typeof json === "string" && columnTypes.has(json) ? { type: columnTypes.get(json) } : undefined),
      unique: (json) => flag(json, "isUnique"),
      index: (json) => flag(json, "isIndexed"),
      references,
      onDelete: (json) =>
        typeof json === "string" && deletions.has(json) ? { onDelete: deletions.get(json) } : undefined,
      computed: (json) => flag(json, "isComputed"),
    });
  }

  operation(node: object, pointer: string): OperationAnnotation | undefined {
    const value = memberOf(node, "x-operation");
    if (value === undefined) return undefined;
    return this.#read<OperationAnnotation>(value, joinPointer(pointer, "x-operation"), {
      kind: (json) => (isKind(json) ? { kind: json } : undefined),
      entity: (json) => text(json, "entity"),
      ignore: (json) => flag(json, "ignore"),
    });
  }

  renamedFrom(node: object, pointer: string): readonly string[] {
    const value = memberOf(node, "x-renamed-from");
    if (value === undefined) return [];
    if (typeof value === "string") return [value];
    if (isTexts(value)) return value;
    this.#report(joinPointer(pointer, "x-renamed-from"), "It is neither a name nor a list of names, and is ignored.");
    return [];
  }

  #read<T extends object>(
    value: Json,
    pointer: string,
    members: Readonly<Record<string, (json: Json) => object | undefined>>,
  ): T | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.#report(pointer, "It is no object, and is ignored.");
      return undefined;
    }
    const parts = Object.entries(value).map(([name, json]) => {
      const part = Object.hasOwn(members, name) ? members[name]?.(json) : undefined;
      if (part === undefined) this.#reportMember(pointer, name, json, Object.keys(members));
      return part ?? {};
    });
    return Object.assign({}, ...parts) as T;
  }

  #reportMember(pointer: string, name: string, value: Json, known: readonly string[]): void {
    const annotation = parsePointer(pointer).at(-1) ?? "";
    const at = joinPointer(pointer, name);
    if (known.includes(name)) {
      this.#report(at, `"${name}" of ${annotation} cannot be ${JSON.stringify(value)}; it is ignored.`);
      return;
    }
    const near = nearestName(name, known);
    const fix = near === undefined ? `its members are ${known.join(", ")}.` : `did you mean "${near}"?`;
    this.#report(at, `${annotation} has no member "${name}"; it is ignored.`, fix);
  }

  #report(pointer: string, saw: string, fix?: string): void {
    if (this.#reported.has(pointer)) return;
    this.#reported.add(pointer);
    this.diagnostics.push(warning("annotation/invalid", { place: placeOf(this.#document, pointer), saw, fix }));
  }
}

function memberOf(node: object, name: string): Json | undefined {
  return Object.hasOwn(node, name) ? (Reflect.get(node, name) as Json) : undefined;
}

function text(json: Json, name: string): object | undefined {
  return typeof json === "string" && json !== "" ? { [name]: json } : undefined;
}

function flag(json: Json, name: string): object | undefined {
  return typeof json === "boolean" ? { [name]: json } : undefined;
}

function isTexts(json: Json): json is readonly string[] {
  return Array.isArray(json) && json.length > 0 && json.every((item) => typeof item === "string");
}

function references(json: Json): object | undefined {
  if (json === null) return { references: null };
  if (typeof json === "string") return { references: { entity: json, isUnscoped: false } };
  if (typeof json !== "object" || Array.isArray(json)) return undefined;
  const entity = memberOf(json, "entity");
  return typeof entity === "string"
    ? { references: { entity, isUnscoped: memberOf(json, "unscoped") === true } }
    : undefined;
}

function isKind(json: Json): json is OperationKind {
  return typeof json === "string" && ["list", "create", "read", "replace", "update", "delete", "custom"].includes(json);
}

const columnTypes: ReadonlyMap<string, FieldType> = new Map([
  ["text", { kind: "text" }],
  ["integer", { kind: "integer", bits: 32 }],
  ["bigint", { kind: "integer", bits: 64 }],
  ["numeric", { kind: "decimal" }],
  ["double", { kind: "number" }],
  ["boolean", { kind: "boolean" }],
  ["uuid", { kind: "uuid" }],
  ["date", { kind: "date" }],
  ["timestamp", { kind: "date-time" }],
  ["json", { kind: "json" }],
] satisfies readonly (readonly [string, FieldType])[]);

const deletions: ReadonlyMap<string, Reference["onDelete"]> = new Map([
  ["restrict", "restrict"],
  ["cascade", "cascade"],
  ["setNull", "set null"],
] satisfies readonly (readonly [string, Reference["onDelete"]])[]);
