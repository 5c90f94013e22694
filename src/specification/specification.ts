import type { RawObject } from "../document/raw.ts";
import type { Name } from "../model/model.ts";

/** What an entity specification says, after reading: names are unique, and what a relation names is there. */
export interface Specification {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly security: "bearer" | "api-key" | "none";
  readonly entities: readonly EntitySpec[];
  /** The root of the file; what is made for all entities has its place. */
  readonly written: Written;
}

/** A node of the file, or the scalar under `key` of it: whatever is made of it is reported there. */
export interface Written {
  readonly node: object;
  readonly key?: string;
}

export interface EntitySpec {
  readonly name: Name;
  readonly description?: string;
  readonly fields: readonly FieldSpec[];
  readonly relations: readonly RelationSpec[];
  /** The names of the fields that identify a row: one that the service makes, or ones that clients give. */
  readonly key: readonly string[];
  /** As `owner` of `x-entity`: a field that holds the caller's subject, or a path of relations. */
  readonly owner?: string;
  readonly operations: ReadonlySet<OperationWord>;
  readonly actions: readonly ActionSpec[];
  /** As members of `x-business-rules`. */
  readonly rules: readonly unknown[];
  readonly written: Written;
}

export const operationWords = ["list", "create", "read", "update", "replace", "delete"] as const;
export type OperationWord = (typeof operationWords)[number];

export interface FieldSpec {
  readonly name: string;
  /** A JSON Schema of the value, without null. */
  readonly schema: RawObject;
  /** Required on create, unless it has a default; an optional one may be left out of requests and responses. */
  readonly isOptional: boolean;
  /** May be null; always there in responses. */
  readonly isNullable: boolean;
  readonly access: "both" | "read" | "write";
  /** Set on create, never changed. */
  readonly isImmutable: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  readonly isKey: boolean;
  readonly written: Written;
}

export type RelationKind = "belongs-to" | "has-many" | "has-one" | "many-to-many";

export interface RelationSpec {
  readonly name: string;
  readonly kind: RelationKind;
  readonly to: string;
  readonly isOptional: boolean;
  readonly isReadOnly: boolean;
  /** Set on create, never changed. */
  readonly isImmutable: boolean;
  /** A request may name a row of another owner. */
  readonly isUnscoped: boolean;
  readonly onDelete?: "restrict" | "cascade" | "setNull";
  /** For has-many and has-one, where the other entity belongs here in several ways: its relation. */
  readonly by?: string;
  readonly written: Written;
}

export interface ActionSpec {
  readonly name: string;
  readonly description?: string;
  readonly fields: readonly FieldSpec[];
  /** As one member of `x-business-rules`, of kind `operation`. */
  readonly rule: RawObject;
  readonly written: Written;
}
