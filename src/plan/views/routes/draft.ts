import type { Entity, Name, Operation } from "../../../model/model.ts";
import type { PlanContext } from "../../context.ts";
import type { Imports } from "../imports.ts";

/** One route while it is written. */
export interface RouteDraft {
  readonly name: Name;
  readonly entity: Entity | undefined;
  readonly operation: Operation;
  readonly context: PlanContext;
  readonly imports: Imports;
}

/** A file beside the routes: "./account.schema.ts". */
export function besides({ name }: RouteDraft, kind: string): string {
  return `./${name.file}.${kind}.ts`;
}
