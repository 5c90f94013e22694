import type { Document } from "../document/document.ts";
import type { Method, OperationObject, Parameter, Schema } from "../document/openapi.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Entity, Join, OperationKind, ParameterRole, Reason, Variant } from "./model.ts";

/**
 * What stands between the two halves of inference: operations that know what they do and to what, and entities with
 * fields, keys and relations. Shapes, parameters, lists, errors, security and slots are built from it.
 */
export interface Classified {
  readonly document: Document;
  /** Every operation, in the document's order. */
  readonly operations: readonly ClassifiedOperation[];
  readonly entities: readonly EntityDraft[];
  readonly joins: readonly Join[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ClassifiedOperation {
  /** Unique camelCase function name. */
  readonly name: string;
  readonly method: Method;
  /** As the document has it. */
  readonly path: string;
  readonly pointer: string;
  readonly object: OperationObject;
  readonly kind: OperationKind;
  readonly variant?: Variant;
  /** Its document leaves it out of the service (x-operation: { ignore: true }). */
  readonly isLeftOut?: true;
  /** Type name of an entity in `Classified.entities`; on `custom` its subject, where it has one. */
  readonly entity?: string;
  /** Name of the folder (a tag, else the first path segment), where there is no entity. */
  readonly group?: string;
  /** Those of the path item and of the operation, merged and resolved, in the document's order. */
  readonly parameters: readonly DeclaredParameter[];
  /** What each path parameter means, by its name: key, parent, join or input. The other places are B's to decide. */
  readonly pathRoles: readonly { readonly name: string; readonly role: ParameterRole }[];
  /** The first success response that holds the row, else the first with content, else the first. */
  readonly response: ResponsePayload;
  readonly request?: RequestPayload;
  readonly reasons: readonly Reason[];
}

export interface DeclaredParameter {
  readonly parameter: Parameter;
  readonly pointer: string;
}

/** A body, and where in it the operation's row or rows are. */
export interface Payload {
  readonly mediaType: string;
  /** The whole body's schema, not yet resolved; undefined where the document gives none. */
  readonly schema?: Schema;
  readonly pointer: string;
  /** Members to open, one after the other, to reach the row or the rows: [] bare, ["data"], ["data", "accounts"]. */
  readonly path: readonly string[];
  /**
   * row: one entity; rows: an array of them; row-map: a map from key to entity; key: a bare key (or an array of keys
   * with `isArray`); other: anything else, such as a message or a file.
   */
  readonly form: "row" | "rows" | "row-map" | "key" | "keys" | "other";
  /** Schema and pointer of one row, for row, rows and row-map. */
  readonly row?: { readonly schema: Schema; readonly pointer: string };
  /** Members of a row to open to reach its fields: ["attributes"] in JSON:API. */
  readonly inner: readonly string[];
}

export interface ResponsePayload extends Omit<Payload, "mediaType"> {
  readonly status: number;
  /** Undefined: no body. */
  readonly mediaType?: string;
}

export interface RequestPayload extends Payload {
  readonly isRequired: boolean;
  /** In order of preference; JSON first. */
  readonly mediaTypes: readonly string[];
}

/**
 * An entity without its slots: roles are set, `Field.slot` is not. Where one value has two names on the wire (`partner`
 * read, `partner_id` written; `startDate`, `startdate`), the field has the column's name and `aliases` the other ones.
 */
export interface EntityDraft extends Entity {
  /** Wire name in some schema of the entity → field name. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Pointers of the row schemas that were merged into the fields. */
  readonly readPointers: readonly string[];
  readonly writePointers: readonly string[];
  /** Pointers of bodies that are the value of one field → its name. */
  readonly holders: ReadonlyMap<string, string>;
}
