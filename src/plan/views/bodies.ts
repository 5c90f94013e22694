import type { Schema } from "../../document/openapi.ts";
import type { Body, Operation, OperationKind } from "../../model/model.ts";
import { typeName } from "../../model/names.ts";
import { operationsOf, type PlanContext } from "../context.ts";
import { inNamingOrder } from "../naming-order.ts";
import { allowsNull } from "../nullable.ts";
import { rememberedByName } from "../remember.ts";

/** The type of a request body (less its envelope) in a contract file. */
export interface BodyType {
  readonly name: string;
  /** Resolved for requests; less its envelope. */
  readonly schema: Schema;
  readonly operations: readonly Operation[];
}

const names: Readonly<Record<OperationKind, (type: string) => string>> = {
  create: (type) => `New${type}`,
  update: (type) => `${type}Update`,
  replace: (type) => `${type}Replacement`,
  list: (type) => `${type}Query`,
  read: (type) => `${type}Request`,
  delete: (type) => `${type}Deletion`,
  custom: (type) => `${type}Body`,
};

/**
 * One type for each different body of a home's operations, in the document's order. The first create has the plain name `NewTransfer`, the first
 * update `TransferUpdate`; bodies that say the same share a type; others are named for their operation.
 */
export const bodyTypes = rememberedByName((context: PlanContext, home): readonly BodyType[] => {
  const found: { name: string; schema: Schema; operations: Operation[] }[] = [];
  const taken = new Set([home]);
  const operations = operationsOf(context, home);
  for (const operation of inNamingOrder(operations)) {
    if (operation.body === undefined) continue;
    const schema = unwrapped(context.requestBody(operation.body), operation.body.shape?.wrap ?? []);
    const same = found.find((type) => JSON.stringify(type.schema) === JSON.stringify(schema));
    if (same !== undefined) {
      same.operations.push(operation);
      continue;
    }
    const plain = names[operation.kind](home);
    const name = operation.kind === "custom" || taken.has(plain) ? `${typeName(operation.name)}Body` : plain;
    taken.add(name);
    found.push({ name, schema, operations: [operation] });
  }
  const placeOf = (type: BodyType) => Math.min(...type.operations.map((operation) => operations.indexOf(operation)));
  return found.toSorted((left, right) => placeOf(left) - placeOf(right));
});

export function bodyTypeOf(context: PlanContext, home: string, operation: Operation): string | undefined {
  return bodyTypes(context, home).find((type) => type.operations.some((other) => other.name === operation.name))?.name;
}

export function unwrapped(schema: Schema, wrap: readonly string[]): Schema {
  let inner = schema;
  for (const member of wrap) inner = inner.properties?.[member] ?? {};
  return inner;
}

/** Whether a request may say nothing: without a body, or without the envelope's member that holds what is meant. */
export function isInputOptional({ body }: Operation, context: PlanContext): boolean {
  return body?.isRequired !== true || envelopeOf(body, context).some(({ isOptional }) => isOptional);
}

/** The members that are opened, from the outside in, and whether each may be missing. */
export function envelopeOf(
  body: Body,
  context: PlanContext,
): readonly { readonly name: string; readonly isOptional: boolean }[] {
  let schema = context.requestBody(body);
  return (body.shape?.wrap ?? []).map((name) => {
    const inner = schema.properties?.[name] ?? {};
    const isOptional = schema.required?.includes(name) !== true || allowsNull(inner);
    schema = inner;
    return { name, isOptional };
  });
}

/** An object whose members can be written as an interface. */
export function isPlainObject(schema: { readonly type?: unknown; readonly properties?: object }): boolean {
  const compound = ["oneOf", "anyOf", "allOf", "not", "$ref", "enum", "const"].some((key) =>
    Object.hasOwn(schema, key),
  );
  return !compound && schema.type === "object" && Object.keys(schema.properties ?? {}).length > 0;
}
