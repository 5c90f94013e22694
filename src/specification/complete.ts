import type { EntitySpec, RelationSpec, Specification } from "./specification.ts";
import type { Reader } from "./reader.ts";

/**
 * Brings both directions of each relation together: "has many" needs the other entity to belong here, which is added
 * where the file does not say it, and of two sides of "many to many" the first one holds the keys.
 */
export function completeRelations(specification: Specification, reader: Reader): Specification {
  const entities = specification.entities.reduce<readonly EntitySpec[]>(
    (all, { name, relations }) =>
      relations.reduce((known, relation) => withInverse(known, name.type, relation, reader), all),
    specification.entities,
  );
  return { ...specification, entities };
}

function withInverse(
  entities: readonly EntitySpec[],
  from: string,
  relation: RelationSpec,
  reader: Reader,
): readonly EntitySpec[] {
  if (relation.kind !== "has-many" && relation.kind !== "has-one") return entities;
  const holder = entities.find(({ name }) => name.type === from);
  const other = entities.find(({ name }) => name.type === relation.to);
  if (holder === undefined || other === undefined) return entities;
  const ways = belongings(other, from, relation.by);
  if (ways.length === 1) return entities;
  if (ways.length > 1) {
    const names = ways.map(({ name }) => name);
    reader.invalid(
      relation.written,
      `${relation.to} belongs to ${from} in several ways: ${names.join(", ")}.`,
      `Write "by ${names[0] ?? ""}" behind it.`,
    );
    return entities;
  }
  const inverse: RelationSpec = {
    name: relation.by ?? holder.name.variable,
    kind: "belongs-to",
    to: from,
    isOptional: relation.isOptional,
    isReadOnly: false,
    isImmutable: false,
    isUnscoped: false,
    ...(relation.onDelete && { onDelete: relation.onDelete }),
    written: relation.written,
  };
  return entities.map((entity) =>
    entity === other ? { ...entity, relations: [...entity.relations, inverse] } : entity,
  );
}

/** The relations by which an entity belongs to another one. */
export function belongings(entity: EntitySpec, to: string, by?: string): readonly RelationSpec[] {
  return entity.relations.filter(
    (relation) => relation.kind === "belongs-to" && relation.to === to && (by === undefined || relation.name === by),
  );
}

/** True where the other entity, further up in the file, holds the keys of a "many to many" already. */
export function isHeldByOther(relation: RelationSpec, entity: EntitySpec, entities: readonly EntitySpec[]): boolean {
  const at = entities.indexOf(entity);
  return entities
    .slice(0, at)
    .some(
      (other) =>
        other.name.type === relation.to &&
        other.relations.some(({ kind, to }) => kind === "many-to-many" && to === entity.name.type),
    );
}
