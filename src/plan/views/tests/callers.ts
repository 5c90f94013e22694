import type { Json, Schema } from "../../../document/openapi.ts";
import { literal } from "../../../render/escape.ts";
import { fieldOf, type PlanContext } from "../../context.ts";
import { conforms } from "../../conforms.ts";
import { withoutNull } from "../../nullable.ts";
import { remembered } from "../../remember.ts";
import type { Imports } from "../imports.ts";
import { claimsView, saysOwner, subjectField, type ClaimsView } from "../ownership.ts";

/** The subjects of those who call in tests. */
export interface CallerNames {
  readonly caller: string;
  readonly stranger: string;
}

/** templates/project/src/testing/callers.ts.hbs: both are literals. */
export type CallersView = CallerNames & ClaimsView;

export function callersView(context: PlanContext): CallersView {
  const { caller, stranger } = callerNames(context);
  return {
    ...claimsView(context),
    caller: literal(caller),
    stranger: literal(stranger),
  };
}

/** Numbers are ones that no counted key comes to. */
const numbers: CallerNames = { caller: "1000000001", stranger: "1000000002" };
const uuids: CallerNames = {
  caller: "5f1d7e0c-93a2-4c1b-8a64-0d2b6c7e1f01",
  stranger: "5f1d7e0c-93a2-4c1b-8a64-0d2b6c7e1f02",
};

/** Words, unless a subject is kept in a column that takes no words, or the document says what it looks like. */
export const callerNames = remembered((context: PlanContext): CallerNames => {
  const words: CallerNames = { caller: "caller", stranger: "stranger" };
  const fields = context.model.entities.flatMap((entity) => {
    const name = saysOwner(entity) ? entity.owner?.field : subjectField(entity, context);
    return name === undefined ? [] : [fieldOf(entity, name)];
  });
  const kinds = fields.map(({ type }) => type.kind);
  if (kinds.includes("uuid")) return uuids;
  if (kinds.some((kind) => kind === "integer" || kind === "number" || kind === "decimal")) return numbers;
  const schemas = fields.map(({ schema }) => withoutNull(context.resolved(schema)));
  const isGood = (name: string): boolean => schemas.every((schema) => conforms(schema, name));
  return (
    [words, numbers, uuids, { caller: "caller@example.com", stranger: "stranger@example.com" }].find(
      ({ caller, stranger }) => isGood(caller) && isGood(stranger),
    ) ?? words
  );
});

/** The only subject that a body may name, where its schema accepts that at all. */
export function callersName(
  schema: Schema,
  context: PlanContext,
  imports: Imports,
): { readonly code?: string; readonly value?: Json } {
  const { caller } = callerNames(context);
  const value = schema.type === "string" ? caller : Number(caller);
  if (!conforms(schema, value)) return {};
  return { value, code: typeof value === "number" ? caller : imports.value("caller", "../testing/callers.ts") };
}
