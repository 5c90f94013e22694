import type { Schema } from "../../document/openapi.ts";
import type { Operation, ReadShape } from "../../model/model.ts";
import { typeName } from "../../model/names.ts";
import { slotsOf, type PlanContext } from "../context.ts";
import { rememberedByName } from "../remember.ts";
import { bodyTypes } from "./bodies.ts";
import { longestType, typeText } from "./types.ts";

/** A row or rows where the document answers with an entity; else what its schema says. */
export function answerRows(
  shape: ReadShape | undefined,
): { readonly entity: string; readonly isList: boolean } | undefined {
  if (shape?.kind === "row") return { entity: shape.entity, isList: false };
  if (shape?.kind === "rows" && shape.items.kind === "row") return { entity: shape.items.entity, isList: true };
  return undefined;
}

/** Of a redirect, business logic answers with the address alone. */
export function answersAddress({ success }: Operation): boolean {
  return success.headers.some(({ source }) => source.kind === "answer");
}

/** Business logic answers with as many rows as the document shows; of what is stored, a list alone has many. */
export function showsMany({ kind, success }: Operation): boolean {
  return kind === "list" || (kind === "custom" && answerRows(success.shape)?.isList === true);
}

/** The type of what business logic answers with, under a name in a contract file. */
export interface AnswerType {
  readonly name: string;
  /** Resolved for answers. */
  readonly schema: Schema;
  readonly operations: readonly Operation[];
}

/**
 * One type for each different answer of a home's business logic that no entity is, and that is too long for a signature:
 * who fills a slot reads its rule, and not the schema of what it answers with. It is named for its first operation.
 */
export const answerTypes = rememberedByName((context: PlanContext, home): readonly AnswerType[] => {
  const found = new Map<string, { name: string; schema: Schema; operations: Operation[] }>();
  const taken = new Set([
    ...context.model.entities.map(({ name }) => name.type),
    ...bodyTypes(context, home).map(({ name }) => name),
  ]);
  const names = new Set(slotsOf(context, home).flatMap((slot) => (slot.kind === "operation" ? slot.operations : [])));
  for (const operation of context.model.operations.filter((one) => names.has(one.name))) {
    const { schema, mediaType, shape } = operation.success;
    const isSchema = mediaType !== undefined && !answersAddress(operation) && answerRows(shape) === undefined;
    if (schema === undefined || !isSchema) continue;
    const answered = context.answered(schema);
    const text = typeText(answered);
    if (text.length <= longestType) continue;
    const plain = `${typeName(operation.name)}Answer`;
    const name = taken.has(plain) ? `${plain}Body` : plain;
    const type = found.get(text) ?? { name, schema: answered, operations: [] };
    type.operations.push(operation);
    found.set(text, type);
  }
  return [...found.values()];
});

export function answerTypeOf(context: PlanContext, home: string, { name }: Operation): AnswerType | undefined {
  return answerTypes(context, home).find(({ operations }) => operations.some((other) => other.name === name));
}
