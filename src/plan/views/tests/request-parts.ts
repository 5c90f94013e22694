import type { Schema } from "../../../document/openapi.ts";
import type { Field, Operation, Parameter } from "../../../model/model.ts";
import { memberAccess } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { operationsOf, type PlanContext } from "../../context.ts";
import { fieldSample } from "./samples.ts";

/** What a request has for a parameter, as code. */
export function givenIn({ in: place, name }: Parameter): string {
  const part = place === "path" ? "params" : place === "query" ? "query" : "headers";
  return `request.${part}${memberAccess(name)}`;
}

/** A document may call a key in the query optional; without it no row is meant. */
export function isSent({ in: place, isRequired, role }: Parameter): boolean {
  return place === "path" || isRequired || role.kind === "key";
}

/** The number of a row by which `?ids=1`, declared as a text, finds it; undefined where the parameter takes no such text. */
export function spelledNumber(field: Field | undefined, parameter: Schema, context: PlanContext): number | undefined {
  const value = field && fieldSample(field, context);
  return typeof value === "number" && !conforms(parameter, value) && conforms(parameter, String(value))
    ? value
    : undefined;
}

/** The fixtures' type is that of the first create's body. */
export function isFirstCreate(operation: Operation, context: PlanContext): boolean {
  const creates = operationsOf(context, operation.entity ?? "").filter(
    ({ kind, body }) => kind === "create" && body !== undefined,
  );
  return creates[0]?.name === operation.name && operation.body?.shape?.wrap.length === 0;
}

/** Whether the body is sent as a form. */
export function isForm({ body }: Operation): boolean {
  return /urlencoded|form-data/.test(body?.mediaTypes[0] ?? "");
}
