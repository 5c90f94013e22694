import type { Json } from "../../../document/openapi.ts";
import type { Field, Operation } from "../../../model/model.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf, type PlanContext } from "../../context.ts";
import { fieldSample } from "./samples.ts";
import { pointer } from "./shown.ts";

/** A JSON Patch (RFC 6902) that replaces one plain member; one that does nothing where the document lets none do so. */
export function patchBody(operation: Operation, context: PlanContext): Json | undefined {
  const found = patchedMember(operation, context);
  if (found === undefined) return isDocumented(operation, [], context) ? [] : undefined;
  return [{ op: "replace", path: pointer([found.field.name]), value: found.value }];
}

/** A member of a plain type that no other row and no rule of uniqueness depends on, and its new value. */
export function patchedMember(
  operation: Operation,
  context: PlanContext,
): { readonly field: Field; readonly value: Json } | undefined {
  if (operation.variant !== "json-patch" || operation.entity === undefined) return undefined;
  const entity = context.entity(operation.entity);
  const unique = new Set(entity.unique.flat());
  for (const { target } of operation.body?.shape?.members ?? []) {
    if (target.kind !== "field") continue;
    const field = fieldOf(entity, target.field);
    const isPlain = /^(text|integer|number|boolean|enum)$/.test(field.type.kind) && field.origin !== "write";
    if (!isPlain || field.references !== undefined || unique.has(field.name)) continue;
    const value = fieldSample(field, context, 1);
    const patch = [{ op: "replace", path: pointer([field.name]), value: value ?? null }];
    if (value !== undefined && isDocumented(operation, patch, context)) return { field, value };
  }
  return undefined;
}

/** Whether a body may say so. */
export function isDocumented({ body }: Operation, patch: Json, context: PlanContext): boolean {
  return body !== undefined && conforms(context.requestBody(body), patch);
}
