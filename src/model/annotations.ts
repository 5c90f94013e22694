import { warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import { joinPointer, parsePointer } from "../diagnostic/pointer.ts";
import type { Document } from "../document/document.ts";
import { isRecord } from "../json.ts";
import type { Json } from "../document/openapi.ts";
import type { FieldType, OperationKind, Reference } from "./model.ts";
import { placeOf } from "../document/resolve.ts";

/** `x-entity` (docs/annotations.md). */
export interface EntityAnnotation {
  readonly table?: string;
  readonly key?: readonly string[];
  /** null: rows belong to nobody. */
  readonly owner?: OwnerAnnotation | null;
  readonly softDelete?: string;
  readonly ignore?: boolean;
}

export interface OwnerAnnotation {
  readonly path: string;
  /** Where the path's end equals another claim of the token than its subject. */
  readonly claim?: string;
  readonly liftedBy?: string;
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
  readonly #read = new Set<unknown>();

  constructor(document: Document) {
    this.#document = document;
  }

  entity(node: object, pointer: string): EntityAnnotation | undefined {
    const at = joinPointer(pointer, "x-entity");
    const value = this.#take(node, "x-entity", pointer);
    if (value === undefined) return undefined;
    if (value === false) return { ignore: true };
    return this.#parse<EntityAnnotation>(value, at, entityMembers);
  }

  field(node: object, pointer: string): FieldAnnotation | undefined {
    const value = this.#take(node, "x-field", pointer);
    if (value === undefined) return undefined;
    return this.#parse<FieldAnnotation>(value, joinPointer(pointer, "x-field"), fieldMembers);
  }

  operation(node: object, pointer: string): OperationAnnotation | undefined {
    const value = this.#take(node, "x-operation", pointer);
    if (value === undefined) return undefined;
    return this.#parse<OperationAnnotation>(value, joinPointer(pointer, "x-operation"), operationMembers);
  }

  renamedFrom(node: object, pointer: string): readonly string[] {
    const value = this.#take(node, "x-renamed-from", pointer);
    if (value === undefined) return [];
    if (typeof value === "string" && value !== "") return [value];
    if (isTexts(value)) return value;
    this.reject(joinPointer(pointer, "x-renamed-from"), "It is neither a name nor a list of names, and is ignored.");
    return [];
  }

  /** Says that an annotation is understood, and cannot be followed. */
  reject(pointer: string, saw: string, fix?: string): void {
    if (this.#reported.has(pointer)) return;
    this.#reported.add(pointer);
    this.diagnostics.push(warning("annotation/invalid", { place: placeOf(this.#document, pointer), saw, fix }));
  }

  /** Whether somebody asked for the annotation, which is told by the value itself: it may be inherited. */
  isRead(value: unknown, pointer: string): boolean {
    return this.#read.has(typeof value === "object" ? value : pointer);
  }

  #take(node: object, name: string, pointer: string): Json | undefined {
    const value = memberOf(node, name);
    if (value !== undefined) this.#read.add(typeof value === "object" ? value : joinPointer(pointer, name));
    return value;
  }

  #parse<T extends object>(
    value: Json,
    pointer: string,
    members: Readonly<Record<string, MemberReader>>,
  ): T | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.reject(
        pointer,
        `${nameAt(pointer)} is no object, and is ignored.`,
        `its members are ${Object.keys(members).join(", ")}.`,
      );
      return undefined;
    }
    const parts = Object.entries(value).map(([name, json]) => {
      const part = Object.hasOwn(members, name) ? members[name]?.read(json) : undefined;
      if (part === undefined) this.#reportMember(pointer, name, json, members);
      return part ?? {};
    });
    return Object.assign({}, ...parts) as T;
  }

  #reportMember(pointer: string, name: string, value: Json, members: Readonly<Record<string, MemberReader>>): void {
    const annotation = nameAt(pointer);
    const at = joinPointer(pointer, name);
    const known = Object.keys(members);
    const reader = Object.hasOwn(members, name) ? members[name] : undefined;
    if (reader) {
      const saw = `"${name}" of ${annotation} cannot be ${shortened(JSON.stringify(value))}; it is ignored.`;
      this.reject(at, saw, `write ${reader.expects}.`);
      return;
    }
    const near = nearestName(name, known);
    const fix = near === undefined ? `its members are ${known.join(", ")}.` : `did you mean "${near}"?`;
    this.reject(at, `${annotation} has no member "${name}"; it is ignored.`, fix);
  }
}

/** How a member of an annotation is read; undefined is what it cannot be. */
interface MemberReader {
  readonly read: (json: Json) => object | undefined;
  /** After "write", as a noun. */
  readonly expects: string;
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function nameAt(pointer: string): string {
  return parsePointer(pointer).at(-1) ?? "";
}

function memberOf(node: object, name: string): Json | undefined {
  return Object.hasOwn(node, name) ? (Reflect.get(node, name) as Json) : undefined;
}

function text(json: Json, name: string): object | undefined {
  return typeof json === "string" && json !== "" ? { [name]: json } : undefined;
}

/** What needs no quotes in SQL but for its capitals, and is within PostgreSQL's limit. */
function sqlName(json: Json, name: string): object | undefined {
  return typeof json === "string" && /^[A-Za-z_][A-Za-z0-9_]{0,59}$/.test(json) ? { [name]: json } : undefined;
}

function flag(json: Json, name: string): object | undefined {
  return typeof json === "boolean" ? { [name]: json } : undefined;
}

function isTexts(json: Json): json is readonly string[] {
  return Array.isArray(json) && json.length > 0 && json.every((item) => typeof item === "string" && item !== "");
}

function references(json: Json): object | undefined {
  if (json === null) return { references: null };
  if (typeof json === "string") return json === "" ? undefined : { references: { entity: json, isUnscoped: false } };
  if (typeof json !== "object" || Array.isArray(json)) return undefined;
  const [entity, unscoped = false] = [memberOf(json, "entity"), memberOf(json, "unscoped")];
  const isKnown = Object.keys(json).every((name) => name === "entity" || name === "unscoped");
  return isKnown && typeof entity === "string" && entity !== "" && typeof unscoped === "boolean"
    ? { references: { entity, isUnscoped: unscoped } }
    : undefined;
}

function isKind(json: Json): json is OperationKind {
  return operationKinds.some((kind) => kind === json);
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

const sqlWord = "a letter or _, then letters, digits and _, 60 at most";
const trueOrFalse = "true or false";

const entityMembers: Readonly<Record<string, MemberReader>> = {
  table: { read: (json) => sqlName(json, "table"), expects: sqlWord },
  key: {
    read: (json) =>
      typeof json === "string" && json !== "" ? { key: [json] } : isTexts(json) ? { key: json } : undefined,
    expects: "a property, or a list of properties",
  },
  owner: {
    read: owner,
    expects: "a property, a path of relations such as account.customer, { path, claim, liftedBy }, or null for nobody",
  },
  softDelete: { read: (json) => text(json, "softDelete"), expects: "the name of a property" },
  ignore: { read: (json) => flag(json, "ignore"), expects: trueOrFalse },
};

const fieldMembers: Readonly<Record<string, MemberReader>> = {
  column: { read: (json) => sqlName(json, "column"), expects: sqlWord },
  type: {
    read: (json) => (typeof json === "string" && columnTypes.has(json) ? { type: columnTypes.get(json) } : undefined),
    expects: [...columnTypes.keys()].join(", "),
  },
  unique: { read: (json) => flag(json, "isUnique"), expects: trueOrFalse },
  index: { read: (json) => flag(json, "isIndexed"), expects: trueOrFalse },
  references: { read: references, expects: "the name of an entity, { entity, unscoped }, or null for a plain value" },
  onDelete: {
    read: (json) => (typeof json === "string" && deletions.has(json) ? { onDelete: deletions.get(json) } : undefined),
    expects: [...deletions.keys()].join(", "),
  },
  computed: { read: (json) => flag(json, "isComputed"), expects: trueOrFalse },
};

function owner(json: Json): object | undefined {
  if (json === null) return { owner: null };
  if (typeof json === "string") return json === "" ? undefined : { owner: { path: json } };
  if (!isRecord(json)) return undefined;
  const isMeant = Object.entries(json).every(
    ([name, value]) => ["path", "claim", "liftedBy"].includes(name) && typeof value === "string" && value !== "",
  );
  return isMeant && json["path"] !== undefined ? { owner: json } : undefined;
}

const operationKinds: readonly OperationKind[] = ["list", "create", "read", "replace", "update", "delete", "custom"];

const operationMembers: Readonly<Record<string, MemberReader>> = {
  kind: { read: (json) => (isKind(json) ? { kind: json } : undefined), expects: operationKinds.join(", ") },
  entity: { read: (json) => text(json, "entity"), expects: "the name of an entity" },
  ignore: { read: (json) => flag(json, "ignore"), expects: trueOrFalse },
};
