import type { Operation, WriteMember } from "../../model/model.ts";
import { fieldOf, type PlanContext } from "../context.ts";
import { choicesOf, kindsOf } from "../schema-choices.ts";
import { membersNamed } from "../unnamed.ts";
import { unwrapped } from "./bodies.ts";

/**
 * Whether a merge patch (RFC 7396) says of a member what changes inside of it: it is an object that one column holds, and
 * what the patch does not name in it stays.
 */
export function isMerged(member: WriteMember, operation: Operation, context: PlanContext): boolean {
  const { body, entity: type, variant } = operation;
  if (variant !== "merge-patch" || body?.shape === undefined || type === undefined) return false;
  const { target } = member;
  if (target.kind !== "field") return false;
  const field = fieldOf(context.entity(type), target.field);
  if (field.column === undefined || field.type.kind !== "json") return false;
  const { root } = context.document;
  const schema = unwrapped(context.requestBody(body), body.shape.wrap);
  const choices = membersNamed(schema, member.name, root).flatMap((one) =>
    choicesOf(one, { root, budget: { nodes: 100 } }),
  );
  return choices.length > 0 && kindsOf(choices)?.includes("object") !== false;
}

/** Whether any member of an operation's body is merged into what is there. */
export function mergesValues(operation: Operation, context: PlanContext): boolean {
  return operation.body?.shape?.members.some((member) => isMerged(member, operation, context)) ?? false;
}
