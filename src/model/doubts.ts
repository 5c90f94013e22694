import { warning } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import { placeOf } from "../document/resolve.ts";
import type { EntityDraft } from "./classified.ts";
import type { Field } from "./model.ts";
import { columnName } from "./names.ts";

/** What a person should look at: nothing was found, two names became one, or a type is a guess. */
export function doubts(document: Document, entities: readonly EntityDraft[]): readonly Diagnostic[] {
  if (entities.length === 0) return [nothingStored(document)];
  return entities.flatMap((entity) => [...collisions(entity, document), ...guesses(entity, document)]);
}

function nothingStored(document: Document): Diagnostic {
  const saw =
    "No entity was found, because no path reads or writes something that could be stored: every operation is a slot, which is routed, checked, and answers 501 until it is filled.";
  return warning("entity/none", { place: placeOf(document, ""), saw });
}

/** Columns that were numbered, because a former field has the name already. */
function collisions(entity: EntityDraft, document: Document): readonly Diagnostic[] {
  const first = new Map<string, Field>();
  return entity.fields.flatMap((field) => {
    if (field.column === undefined) return [];
    const wanted = columnName(field.name);
    const other = first.get(wanted);
    if (!other || field.column === wanted) {
      first.set(wanted, field);
      return [];
    }
    const saw = `"${other.name}" and "${field.name}" of ${entity.name.type} are both the column ${wanted}; the latter is called ${field.column}.`;
    return [
      warning("name/collision", {
        place: placeOf(document, field.pointer),
        saw,
        fix: "Rename one of them, or set x-field: { column: … }.",
      }),
    ];
  });
}

function guesses(entity: EntityDraft, document: Document): readonly Diagnostic[] {
  const guessed = entity.fields.filter(
    (field) =>
      field.column !== undefined &&
      field.reasons.some(({ confidence, overrule }) => confidence === "guess" && overrule === "x-field: { type: … }"),
  );
  return guessed.map((field) => {
    const saw = `${entity.name.type}.${field.name} has no type, and is kept as JSON.`;
    return warning("field/guessed", { place: placeOf(document, field.pointer), saw });
  });
}
