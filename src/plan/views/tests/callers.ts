import type { Json, Schema } from "../../../document/openapi.ts";
import { literal } from "../../../render/escape.ts";
import { fieldOf, type PlanContext } from "../../context.ts";
import { conforms } from "../../conforms.ts";
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

/** Words, unless a subject is kept in a column that takes no words. Numbers are ones that no counted key comes to. */
export function callerNames(context: PlanContext): CallerNames {
  const kinds = context.model.entities.flatMap((entity) => {
    const name = saysOwner(entity) ? entity.owner?.field : subjectField(entity, context);
    return name === undefined ? [] : [fieldOf(entity, name).type.kind];
  });
  if (kinds.includes("uuid"))
    return { caller: "5f1d7e0c-93a2-4c1b-8a64-0d2b6c7e1f01", stranger: "5f1d7e0c-93a2-4c1b-8a64-0d2b6c7e1f02" };
  if (kinds.some((kind) => kind === "integer" || kind === "number" || kind === "decimal"))
    return { caller: "1000000001", stranger: "1000000002" };
  return { caller: "caller", stranger: "stranger" };
}

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
