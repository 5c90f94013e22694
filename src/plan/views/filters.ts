import type { Schema } from "../../document/openapi.ts";
import type { Entity, Field, FilterOperator, Parameter } from "../../model/model.ts";
import { fieldOf, operationsOf, type PlanContext } from "../context.ts";
import { typeText } from "./types.ts";

export interface FilterMember {
  readonly name: string;
  readonly type: string;
  /** join: rows that a join table joins with the one that is named. */
  readonly kind: "field" | "search" | "join";
  readonly operator: FilterOperator;
  /** Field names: one, or those that are searched; of a join, the member that holds the key of the row that is named. */
  readonly fields: readonly string[];
  /** The join table; "" where it takes none. */
  readonly join: string;
  /** How its value is placed: where its parameter takes what the column cannot hold, no row meets that. */
  readonly sought: "valueOf" | "soughtIn" | "soughtNumber" | "soughtMoment";
}

/**
 * The filters of an entity's repository: those of all of its lists, named as their parameters. Where two lists use one
 * name for different things, the later one is named for its field and operator too.
 */
export function filterMembers(entity: Entity, context: PlanContext): readonly FilterMember[] {
  return filtersOf(entity, context).map(({ member }) => member);
}

/** The name in the repository of a list parameter's filter. */
export function filterName(entity: Entity, parameter: Parameter, context: PlanContext): string {
  const same = filtersOf(entity, context).find(
    ({ member, source }) => source === parameter.pointer || equal(member, parameter),
  );
  return same?.member.name ?? parameter.name;
}

function filtersOf(
  entity: Entity,
  context: PlanContext,
): readonly { readonly member: FilterMember; readonly source: string }[] {
  const found: { member: FilterMember; source: string }[] = [];
  for (const operation of operationsOf(context, entity.name.type)) {
    if (operation.kind !== "list") continue;
    for (const parameter of operation.parameters) {
      const member = memberOf(entity, parameter, context);
      if (member === undefined || found.some((other) => equal(other.member, parameter))) continue;
      const isTaken = found.some((other) => other.member.name === member.name);
      const name = isTaken ? `${member.name}_${member.fields.join("_")}_${member.operator}` : member.name;
      found.push({ member: { ...member, name }, source: parameter.pointer });
    }
  }
  return found;
}

function memberOf(entity: Entity, parameter: Parameter, context: PlanContext): FilterMember | undefined {
  const { role, name } = parameter;
  const sought = "valueOf";
  if (role.kind === "search")
    return { name, type: "string", kind: "search", operator: "contains", fields: role.fields, join: "", sought };
  const schema = context.request(parameter.schema);
  const type = typeText(schema);
  if (role.kind === "join" || role.kind === "joined")
    return { name, type, kind: "join", operator: "eq", fields: [role.field], join: role.join, sought };
  if (role.kind !== "filter") return undefined;
  const field = fieldOf(entity, role.field);
  if (field.column === undefined) return undefined;
  const { operator } = role;
  return {
    name,
    type,
    kind: "field",
    operator,
    fields: [role.field],
    join: "",
    sought: soughtBy(field, operator, schema),
  };
}

/**
 * A word where keys are numbers, an integer of more bits, any text where a moment is kept. An integer that is too big to
 * equal any is still above them all, so that it is refused where it is a bound.
 */
function soughtBy({ type }: Field, operator: FilterOperator, schema: Schema): FilterMember["sought"] {
  const types = [schema.type ?? []].flat();
  switch (type.kind) {
    case "uuid":
      return schema.format === "uuid" || operator !== "eq" ? "valueOf" : "soughtIn";
    case "date":
    case "date-time":
      return schema.format === "date" || schema.format === "date-time" ? "valueOf" : "soughtMoment";
    case "number":
    case "decimal":
    case "decimal-text":
      return types.every((one) => one === "integer" || one === "number") ? "valueOf" : "soughtNumber";
    case "integer":
      return isBoundAs(type.bits, types, schema) || operator !== "eq" ? "valueOf" : "soughtIn";
    default:
      return "valueOf";
  }
}

function isBoundAs(bits: 32 | 64, types: readonly string[], { format, minimum, maximum }: Schema): boolean {
  if (types.length === 0 || types.some((one) => one !== "integer")) return false;
  return bits === 64 || format === "int32" || (minimum !== undefined && maximum !== undefined);
}

function equal(member: FilterMember, { name, role }: Parameter): boolean {
  if (!member.name.startsWith(name)) return false;
  if (role.kind === "search") return member.kind === "search" && member.fields.join() === role.fields.join();
  if (role.kind === "join" || role.kind === "joined")
    return member.kind === "join" && member.join === role.join && member.fields[0] === role.field;
  if (member.kind === "join") return false;
  return role.kind === "filter" && member.operator === role.operator && member.fields[0] === role.field;
}
