import type { EntityAnnotations } from "./annotated-entities.ts";
import type { MemberAnnotation } from "./annotated-members.ts";
import type { EntityGroup } from "./groups.ts";
import type { KeySketch } from "./keys.ts";
import type { Member, Members } from "./members.ts";
import type { FieldType, Reason, Reference, Relation } from "./model.ts";
import type { Located } from "./schemas.ts";

/** An entity on its way: what its neighbours must know of it before relations and fields can be made. */
export interface Sketch {
  readonly group: EntityGroup;
  readonly members: Members;
  readonly key: KeySketch;
  /** Its natural key is unique below its parent only, so that both together are the key. */
  readonly isKeyedBelowParent: boolean;
  readonly pointer: string;
  readonly annotation: EntityAnnotations;
  readonly fieldAnnotations: ReadonlyMap<Member, MemberAnnotation>;
  /** `x-renamed-from` of members. */
  readonly formerNames: ReadonlyMap<Member, readonly string[]>;
}

/** What relations decided about one entity; filled while all sketches are compared. */
export interface Links {
  readonly relations: Relation[];
  /** Member → the key that it holds. */
  readonly references: Map<
    Member,
    Reference & {
      readonly rule: string;
      readonly confidence: Reason["confidence"];
      readonly isAnnotated: boolean;
      /** The type of the key, where it is a number that rows spell as text. */
      readonly spelled?: FieldType;
    }
  >;
  /** Members that show related rows, and have no column. */
  readonly shown: Set<Member>;
  /** Keys that no schema shows as a scalar. */
  readonly invented: InventedField[];
  /** Fields that hold the key of a parent in a path. */
  readonly parents: string[];
  /** Fields that a path sets on every create. */
  readonly required: Set<string>;
  /** Write name → field name. */
  readonly aliases: Map<string, string>;
}

export interface InventedField {
  readonly name: string;
  /** The entity whose key it holds. */
  readonly sketch?: Sketch;
  /** The path argument that gives it, where it is no key of an entity. */
  readonly argument?: Located;
  readonly reference?: Reference;
  /** The member that shows it, if any; else it comes from the path alone. */
  readonly member?: Member;
  readonly isRequired: boolean;
  readonly because: string;
  readonly pointer: string;
  readonly rule: string;
  readonly confidence: Reason["confidence"];
}
