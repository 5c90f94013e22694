import type { Entity } from "../../model/model.ts";
import type { PlanContext } from "../context.ts";

/** How many relations away an entity may be, and still be within a slot's reach. */
const maximumDistance = 2;

/** The entities that slots of this one can reach: those up to two relations away, in either direction, nearest first. */
export function relatedEntities(entity: Entity, context: PlanContext): readonly Entity[] {
  const neighbours = neighbourhood(context);
  const seen = new Set([entity.name.type]);
  let edge = [entity.name.type];
  for (let distance = 0; distance < maximumDistance; distance += 1) {
    edge = edge.flatMap((type) => [...(neighbours.get(type) ?? [])]).filter((type) => !seen.has(type));
    edge = [...new Set(edge)];
    for (const type of edge) seen.add(type);
  }
  return context.model.entities.filter((other) => other !== entity && seen.has(other.name.type));
}

function neighbourhood(context: PlanContext): ReadonlyMap<string, ReadonlySet<string>> {
  const neighbours = new Map<string, Set<string>>();
  const add = (from: string, to: string): void => {
    neighbours.set(from, (neighbours.get(from) ?? new Set()).add(to));
  };
  for (const entity of context.model.entities) {
    const targets = [
      ...entity.relations.map(({ to }) => to),
      ...entity.mentions.map(({ to }) => to),
      ...entity.fields.flatMap(({ references }) => references?.entity ?? []),
    ];
    for (const target of targets) {
      add(entity.name.type, target);
      add(target, entity.name.type);
    }
  }
  return neighbours;
}
