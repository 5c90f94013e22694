import type { Json, Schema } from "../../../document/openapi.ts";
import type { Parameter } from "../../../model/model.ts";
import { conforms } from "../../conforms.ts";
import type { PlanContext } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { sampleValue } from "../../sample.ts";
import { isIdempotencyKey } from "../idempotency.ts";
import type { Imports } from "../imports.ts";
import { isRecord } from "../../../json.ts";
import { literal, propertyKey, valueLiteral } from "../../../render/escape.ts";

/** The code of a value in which one leaf is code. */
export function nested(value: Json, path: readonly string[], code: string): string {
  const [first, ...rest] = path;
  if (first === undefined) return code;
  const record = isRecord(value) ? value : {};
  const others = Object.entries(record).filter(([name]) => name !== first);
  const inner = nested(record[first] ?? {}, rest, code);
  return `{ ${[...others.map(([name, other]) => `${propertyKey(name)}: ${valueLiteral(other)}`), `${propertyKey(first)}: ${inner}`].join(", ")} }`;
}

/** Headers are texts, whatever they are decoded to. */
export function headerText(code: string): string {
  if (/^(["`]|randomUUID\()/.test(code)) return code;
  return /^(true|false|-?\d+(\.\d+)?)$/.test(code) ? literal(code) : `String(${code})`;
}

/** The code of a body in the members that it is wrapped in, the outermost first, and what must stand beside them. */
export function inEnvelope(code: string, wrap: readonly string[], schema: Schema): string {
  const [name, ...rest] = wrap;
  if (name === undefined) return code;
  const beside = (schema.required ?? []).flatMap((other) => {
    const member = other === name ? undefined : schema.properties?.[other];
    const value = member && sampleValue(withoutNull(member));
    return value === undefined ? [] : [`${propertyKey(other)}: ${valueLiteral(value)}`];
  });
  const inner = inEnvelope(code, rest, schema.properties?.[name] ?? {});
  return `{ ${[...beside, `${propertyKey(name)}: ${inner}`].join(", ")} }`;
}

/** No two requests of tests have one idempotency key, unless that is what a test is about. */
export function freshKey(parameter: Parameter, context: PlanContext, imports: Imports): string | undefined {
  if (parameter.in !== "header" || !isIdempotencyKey(parameter.name)) return undefined;
  const isAny = conforms(withoutNull(context.request(parameter.schema)), "7d0c8e5a-4b1f-4c6d-9e2a-000000000001");
  return isAny ? `${imports.value("randomUUID", "node:crypto")}()` : undefined;
}
