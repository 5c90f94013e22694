import type { Json } from "../document/openapi.ts";
import type { Completion } from "../model/model.ts";
import { isList } from "./hidden.ts";

/** The value with what answers show of members that it lacks. */
export function completed(value: Json, completions: readonly Completion[]): Json {
  return completions.reduce((node, { path, value: filler }) => filled(node, path, filler), value);
}

function filled(value: Json, [name = "", ...rest]: readonly string[], filler: Json): Json {
  if (isList(value)) return name === "*" ? value.map((item) => filled(item, rest, filler)) : value;
  if (typeof value !== "object" || value === null) return value;
  const names = name === "*" ? Object.keys(value) : Object.hasOwn(value, name) ? [name] : [];
  if (rest.length === 0) return names.length > 0 ? value : { ...value, [name]: filler };
  return { ...value, ...Object.fromEntries(names.map((one) => [one, filled(value[one] ?? null, rest, filler)])) };
}
