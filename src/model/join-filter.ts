import type { EntityDraft } from "./classified.ts";
import type { FieldType, Join, ParameterRole, Relation } from "./model.ts";
import { memberKey, nounKey } from "./names.ts";
import type { ListParameter } from "./paging.ts";
import type { View } from "./schemas.ts";

/** `label=urgent` and `labelId=7` find the rows that a join table joins with the one of this key. */
export function joinFilter(
  { name, view }: ListParameter,
  entity: EntityDraft,
  entities: ReadonlyMap<string, EntityDraft>,
  joins: readonly Join[],
): ParameterRole | undefined {
  const relation = entity.relations.find((one) => one.join !== undefined && isCalled(name, one));
  const other = relation && entities.get(relation.to);
  const join = joins.find((one) => one.name === relation?.join);
  if (!other || !join || other === entity) return undefined;
  const [key, ...more] = other.fields.filter((field) => other.key.fields.includes(field.name));
  const side = [join.left, join.right].find((one) => one.entity === relation.to);
  if (!key || !side || more.length > 0 || !isOfType(view, key.type)) return undefined;
  return { kind: "joined", join: join.name, entity: relation.to, field: side.property };
}

/** Called like the relation, its member or its entity, with or without the word for a key. */
function isCalled(name: string, { member, name: relation, to }: Relation): boolean {
  const bare = nounKey(memberKey(name).replace(/(id|key|code|slug|name)$/, "")) || nounKey(name);
  return [relation, member ?? "", to].some((text) => text !== "" && [bare, nounKey(name)].includes(nounKey(text)));
}

function isOfType({ kind, schema }: View, key: FieldType): boolean {
  if (kind === "integer") return key.kind === "integer";
  if (kind !== "string" || schema.enum !== undefined) return false;
  return schema.format === "uuid" ? key.kind === "uuid" : schema.format === undefined && key.kind === "text";
}
