import type { Draft } from "../operations/draft.ts";

/** One route while it is written. */
export type RouteDraft = Pick<Draft, "name" | "entity" | "operation" | "context" | "imports">;

/** A file beside the routes: "./account.schema.ts". */
export function besides({ name }: RouteDraft, kind: string): string {
  return `./${name.file}.${kind}.ts`;
}
