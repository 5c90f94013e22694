import type { Schema } from "../../document/openapi.ts";
import type { Field, Operation } from "../../model/model.ts";
import type { PlanContext } from "../context.ts";
import { remembered } from "../remember.ts";
import { membersNamed, unnamedIn } from "../unnamed.ts";
import { unwrapped } from "./bodies.ts";

/**
 * Paths of members that no answer shows, inside of a value that one column holds: those that are write-only, and those
 * that requests send and the answers' closed schema has no room for, as a connection's secret.
 */
export function hiddenIn(field: Field, context: PlanContext): readonly (readonly string[])[] {
  return field.type.kind === "json" ? [...context.hidden(field.schema), ...(unnamed(context).get(field) ?? [])] : [];
}

/** Whether answers show the value of a field as the row has it. */
export function isShownAsStored(field: Field, context: PlanContext): boolean {
  return field.completions === undefined && hiddenIn(field, context).length === 0;
}

const unnamed = remembered((context: PlanContext): ReadonlyMap<Field, readonly (readonly string[])[]> => {
  const { root } = context.document;
  const sent = Map.groupBy(
    context.model.operations.flatMap((operation) => sentBy(operation, context)),
    ({ field }) => field,
  );
  return new Map(
    [...sent].map(([field, uses]) => [
      field,
      unnamedIn({ anyOf: uses.map(({ schema }) => schema) }, field.schema, root),
    ]),
  );
});

interface Sent {
  readonly field: Field;
  readonly schema: Schema;
}

/** What an operation's body says of each value that one column holds. */
function sentBy(operation: Operation, context: PlanContext): readonly Sent[] {
  const { body, entity: type, variant } = operation;
  if (body?.shape === undefined || type === undefined || variant === "json-patch") return [];
  const { fields } = context.entity(type);
  const schema = unwrapped(context.requestBody(body), body.shape.wrap);
  const find = (name: string): Field | undefined =>
    fields.find((field) => field.name === name && field.type.kind === "json");
  const held = body.shape.held === undefined ? undefined : find(body.shape.held);
  if (held !== undefined) return [{ field: held, schema }];
  return body.shape.members.flatMap(({ name, target }) => {
    const field = target.kind === "field" ? find(target.field) : undefined;
    if (field === undefined) return [];
    return membersNamed(schema, name, context.document.root).map((member) => ({ field, schema: member }));
  });
}
