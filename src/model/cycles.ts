import { warning } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import { placeOf } from "../document/resolve.ts";
import type { EntityDraft } from "./classified.ts";
import type { Field } from "./model.ts";

/**
 * Where entities require each other, no row of them can be inserted first: one of the keys is made nullable in the
 * table, the first that closes a circle, by the entities' names.
 */
export function cutCycles(entities: readonly EntityDraft[], document: Document): Checked<readonly EntityDraft[]> {
  const diagnostics: Diagnostic[] = [];
  const required = new Map<string, Set<string>>();
  const cut = new Set<Field>();
  for (const entity of entities.toSorted((a, b) => (a.name.type < b.name.type ? -1 : 1))) {
    for (const field of entity.fields) {
      const to = field.references?.entity;
      if (to === undefined || !field.isStoredNotNull || field.role === "key") continue;
      if (reaches(to, entity.name.type, required)) {
        diagnostics.push(cycle(entity, field, to, document));
        cut.add(field);
      } else required.set(entity.name.type, (required.get(entity.name.type) ?? new Set()).add(to));
    }
  }
  const value = entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => (cut.has(field) ? { ...field, isStoredNotNull: false } : field)),
  }));
  return { value, diagnostics };
}

/** Whether edges lead from one to another, however far. */
export function reaches(
  from: string,
  to: string,
  edges: ReadonlyMap<string, ReadonlySet<string>>,
  seen = new Set<string>(),
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(edges.get(from) ?? [])].some((next) => reaches(next, to, edges, seen));
}

function cycle(entity: EntityDraft, field: Field, to: string, document: Document): Diagnostic {
  const { type } = entity.name;
  const saw =
    type === to
      ? `${type} requires another ${type} by "${field.name}", so no first row can be inserted; ${field.column ?? field.name} stays nullable.`
      : `${type} requires ${to} by "${field.name}", and ${to} requires ${type}, so neither row can be inserted first; ${field.column ?? field.name} stays nullable.`;
  return warning("relation/required-cycle", {
    place: placeOf(document, field.pointer),
    saw,
    fix: `Make "${field.name}" of ${type} optional, or the member that leads back.`,
  });
}
