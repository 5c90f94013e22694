import type { Entity, Join } from "../../../model/model.ts";
import { parameterCode } from "../values.ts";
import { failure, unlessMissing, type Draft } from "./draft.ts";
import { joinOf } from "./runner.ts";

/** Joins two rows that a path names, or parts them. Both must be there. */
export function writeLink(draft: Draft): string {
  const { operation, context, imports, statements } = draft;
  const join = context.join(joinOf(operation) ?? "");
  const sides = sidesOf(draft, join);
  for (const { entity, code } of sides) {
    statements.push(`${unlessMissing(draft, `await context.${entity.name.plural}.read(${code})`)};`);
  }
  const keys = sides.map(({ code }) => code).join(", ");
  if (operation.variant === "link") {
    statements.push(`await context.${join.name}.add(${keys});`);
  } else {
    const missing = imports.value("unlessMissing", failure);
    statements.push(`${missing}((await context.${join.name}.remove(${keys})) || undefined);`);
  }
  return "Promise<void>";
}

interface Side {
  readonly entity: Entity;
  readonly code: string;
}

/** Left side first. A parameter that is the operation's key stands for the side of its entity. */
function sidesOf({ operation, context }: Draft, join: Join): readonly Side[] {
  const given = operation.parameters.flatMap((parameter) => {
    const { role } = parameter;
    const code = parameterCode(parameter.in, parameter.name);
    if (role.kind === "join") return [{ type: role.entity, code }];
    if (role.kind === "key") return [{ type: operation.entity ?? "", code }];
    return role.kind === "parent" ? [{ type: role.entity, code }] : [];
  });
  const left = given.find(({ type }) => type === join.left.entity);
  const right = given.findLast(({ type }) => type === join.right.entity);
  if (left === undefined || right === undefined)
    throw new Error(`${operation.name} names no two sides of ${join.name}.`);
  return [
    { entity: context.entity(join.left.entity), code: left.code },
    { entity: context.entity(join.right.entity), code: right.code },
  ];
}
