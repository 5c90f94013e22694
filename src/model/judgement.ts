import type { EntityGroup } from "./groups.ts";
import type { Landscape } from "./landscape.ts";
import type { OperationKind, Reason, Variant } from "./model.ts";
import type { Resource } from "./resource.ts";
import type { Site } from "./sites.ts";

/** What an operation does, and to which entity. */
export interface Judgement {
  readonly kind: OperationKind;
  readonly variant?: Variant;
  readonly group?: EntityGroup;
  readonly resource?: Resource;
  /** Its document leaves it out of the service: it is routed, and not implemented. */
  readonly isLeftOut?: true;
  /** Where the judged site stands, for roles of its path arguments. */
  readonly rule: string;
  readonly confidence: Reason["confidence"];
}

/** Everything that a rule may look at. */
export interface Case {
  readonly site: Site;
  /** The resource whose collection or item this is. */
  readonly here?: Resource;
  readonly place: "collection" | "item" | "below-item" | "below-collection" | "elsewhere";
  /** The nearest resource above, where it is none itself. */
  readonly above?: Resource;
  readonly landscape: Landscape;
}
