import type { Field } from "../../model/model.ts";

/** A moment that is kept as a number above this one is counted in milliseconds: in seconds it is after the year 5000. */
const latestSecond = 100_000_000_000;

/** The SQL of the present moment, as the column of a moment keeps it. */
export function presentMoment(field: Field): string {
  switch (field.type.kind) {
    case "integer":
      return isInMilliseconds(field)
        ? "(extract(epoch from now()) * 1000)::bigint"
        : "extract(epoch from now())::bigint";
    case "date":
      return "current_date";
    default:
      return "now()";
  }
}

/** Seconds since 1970, as Unix counts, unless what the document shows of it is too big for that. */
function isInMilliseconds({ schema }: Field): boolean {
  const shown = [schema.example, ...(schema.examples ?? []), schema.minimum];
  return shown.some((value) => typeof value === "number" && value > latestSecond);
}
