import type { Document } from "../document/document.ts";
import type { Classified, EntityDraft } from "./classified.ts";
import { memberKey } from "./names.ts";
import { SchemaReader } from "./schemas.ts";

/** What every rule of the second half of inference looks at: the classified document, its entities by name, its schemas. */
export interface Scope {
  readonly classified: Classified;
  readonly document: Document;
  readonly reader: SchemaReader;
  readonly entities: ReadonlyMap<string, EntityDraft>;
}

export function scopeOf(classified: Classified, reader = new SchemaReader(classified.document)): Scope {
  const entities = new Map(classified.entities.map((entity) => [entity.name.type, entity]));
  return { classified, document: classified.document, reader, entities };
}

/** The field that a wire name stands for: by its own name, by alias, else by the name without case and separators. */
export function fieldNamed(entity: EntityDraft, name: string): EntityDraft["fields"][number] | undefined {
  const index = fieldIndex(entity);
  const alias = Object.hasOwn(entity.aliases, name) ? entity.aliases[name] : undefined;
  return (
    index.exact.get(name) ??
    (alias === undefined ? undefined : index.exact.get(alias)) ??
    index.loose.get(memberKey(name))
  );
}

interface FieldIndex {
  readonly exact: ReadonlyMap<string, EntityDraft["fields"][number]>;
  readonly loose: ReadonlyMap<string, EntityDraft["fields"][number]>;
}

const indexes = new WeakMap<EntityDraft, FieldIndex>();

function fieldIndex(entity: EntityDraft): FieldIndex {
  const known = indexes.get(entity);
  if (known) return known;
  const exact = new Map(entity.fields.map((field) => [field.name, field]));
  const loose = new Map(entity.fields.toReversed().map((field) => [memberKey(field.name), field]));
  const index = { exact, loose };
  indexes.set(entity, index);
  return index;
}
