import type { LightMyRequestResponse } from "fastify";
import { partsOf } from "./document.ts";

/** The value at a JSON pointer of a response's body; undefined where there is none. */
export function valueAt(response: LightMyRequestResponse, pointer: string): unknown {
  return response.body === "" ? undefined : partOf(response.json<unknown>(), pointer);
}

/** The items of a list at a JSON pointer: of an array, or of a map. */
export function itemsAt(response: LightMyRequestResponse, pointer: string): readonly unknown[] {
  const list = valueAt(response, pointer);
  return typeof list === "object" && list !== null ? Object.values(list) : [];
}

/** The value at a JSON pointer of each item of a list. */
export function valuesAt(response: LightMyRequestResponse, list: string, pointer: string): readonly unknown[] {
  return itemsAt(response, list).map((item) => partOf(item, pointer));
}

/** The part of a value at a JSON pointer; undefined where there is none. */
export function partOf(value: unknown, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, name)
        ? (inner as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}

/** The same with another value at a JSON pointer; undefined takes the member out. */
export function changed<Value>(value: Value, pointer: string, member: unknown): Value {
  const copy = structuredClone(value);
  const parts = partsOf(pointer);
  const last = parts.at(-1) ?? "";
  let inner: unknown = copy;
  for (const name of parts.slice(0, -1)) inner = (inner as Record<string, unknown>)[name];
  if (member === undefined) delete (inner as Record<string, unknown>)[last];
  else Object.defineProperty(inner, last, { value: member, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** The same without these members. */
export function without<Value>(value: Value, pointers: readonly string[]): Value {
  return pointers.reduce((rest, pointer) => changed(rest, pointer, undefined), value);
}

/** Whether an instant is about now, as far as the clocks of two machines agree. */
export function isRecent(instant: unknown): boolean {
  return Math.abs(Date.parse(String(instant)) - Date.now()) < 300_000;
}

/** In one order, whatever the order was. */
export function sorted(values: readonly unknown[]): readonly string[] {
  return values.map(String).toSorted();
}
