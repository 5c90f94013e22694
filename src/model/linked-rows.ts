import { parentsOf } from "./landscape.ts";
import { nounKey } from "./names.ts";
import { joinOf } from "./embedded-rows.ts";
import { addRelation, linksOf, reason, singleKey } from "./relation-context.ts";
import type { RelationContext } from "./relation-context.ts";
import type { Resource } from "./resource.ts";

/**
 * `PUT /vets/{id}/specialties/{id}` joins rows that no schema shows together: a join table, unless one of the two holds
 * the other's key already, and the link would be its value.
 */
export function linkedRows(resource: Resource, context: RelationContext): void {
  const { landscape, sketches } = context;
  const parent = landscape.group(parentsOf(resource.parts, landscape).at(-1));
  const left = sketches.find(({ group }) => group === parent);
  const right = sketches.find(({ group }) => group === landscape.group(resource));
  if (!left || !right || left === right || !singleKey(left) || !singleKey(right)) return;
  const ends = [left, right] as const;
  const isKnown = ends.some((one, index) => {
    const to = ends[1 - index]?.group.name.type;
    return linksOf(one, context).relations.some((relation) => relation.to === to && relation.kind !== "one-to-many");
  });
  if (isKnown) return;
  const { name } = right.group;
  const pointer = resource.item[0]?.call.pointer ?? "";
  const isCalled = nounKey(resource.noun) === nounKey(name.type);
  addRelation(linksOf(left, context), {
    name: name.plural,
    kind: "many-to-many",
    to: name.type,
    via: "link",
    join: joinOf(left, right, isCalled ? name.plural : resource.noun, context),
    isRequired: false,
    reasons: [
      reason(
        `joins ${name.plural}`,
        "operations of its path link and unlink them",
        pointer,
        "a link path",
        "likely",
        "x-operation",
      ),
    ],
  });
}
