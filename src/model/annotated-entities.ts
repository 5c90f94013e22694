import { joinPointer, parentPointer } from "../diagnostic/pointer.ts";
import type { Annotations, EntityAnnotation } from "./annotations.ts";
import type { EntityGroup } from "./groups.ts";
import type { Entity, Field, Reason } from "./model.ts";

/** What `x-entity` says on all schemas of an entity together, and where each member of it stands. */
export interface EntityAnnotations extends EntityAnnotation {
  readonly places: Readonly<Partial<Record<keyof EntityAnnotation, string>>>;
}

/** The first schema that says something wins: read before written, in the document's order. */
export function entityAnnotation(group: EntityGroup, annotations: Annotations): EntityAnnotations {
  const views = [...group.read, ...group.write].flatMap(({ view }) => (view ? [view] : []));
  const found = views.toReversed().flatMap((view) => {
    const annotation = annotations.entity(view.schema, view.pointer);
    return annotation ? [{ annotation, pointer: joinPointer(view.pointer, "x-entity") }] : [];
  });
  const places = found.flatMap(({ annotation, pointer }) =>
    Object.keys(annotation).map((name) => [name, joinPointer(pointer, name)]),
  );
  return {
    ...(Object.assign({}, ...found.map(({ annotation }) => annotation)) as EntityAnnotation),
    places: Object.fromEntries(places) as EntityAnnotations["places"],
  };
}

/** One for each `x-entity` that says something. */
export function annotatedReasons({ places }: EntityAnnotations): readonly Reason[] {
  const pointers = new Set(Object.values(places).map((place) => parentPointer(place) ?? place));
  const because = "x-entity says so";
  return [...pointers].map((pointer) => ({ fact: "annotated", because, pointer, rule: because, confidence: "sure" }));
}

/** What DELETE sets. A field that cannot say it is none; annotation-checks.ts tells why. */
export function softDeleteOf(
  fields: readonly Field[],
  { softDelete: name }: EntityAnnotation,
): Pick<Entity, "softDelete"> {
  const field = fields.find((one) => one.name === name);
  if (!field || whyNoMark(field) !== undefined) return {};
  return { softDelete: { field: field.name, deleted: field.type.kind === "boolean" ? true : "now" } };
}

/** Why a field cannot tell a row that was deleted from one that is there. */
export function whyNoMark({ type, column, isRequired, isNullable }: Field): string | undefined {
  if (column === undefined) return "is kept in no column";
  if (type.kind === "boolean") return undefined;
  if (type.kind !== "date-time") return "is neither a date-time nor a boolean";
  return isRequired && !isNullable
    ? "is required and not nullable, and has no value while the row is there"
    : undefined;
}
