import type { Json } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import { isWide, type SentValue } from "../../violations.ts";
import { literal, valueLiteral } from "../../../render/escape.ts";

const longest = 40;

/** A value as code; a text that is long only by repetition says how long it is: "a".repeat(61). */
export function shortCode(value: SentValue): string {
  if (isWide(value)) return valueLiteral(value);
  if (
    Array.isArray(value) &&
    value.length > 8 &&
    value.every((item) => JSON.stringify(item) === JSON.stringify(value[0]))
  ) {
    return `Array.from({ length: ${value.length} }, () => ${itemCode(value[0] as Json)})`;
  }
  if (typeof value !== "string" || value.length <= longest) return valueLiteral(value);
  const characters = [...value];
  const last = characters.at(-1) ?? "";
  const start = characters.findLastIndex((one) => one !== last) + 1;
  if (characters.length - start < longest / 2) return valueLiteral(value);
  if (start === 0) return `${literal(last)}.repeat(${characters.length})`;
  return `${literal(characters.slice(0, start).join(""))} + ${literal(last)}.repeat(${characters.length - start})`;
}

function itemCode(item: Json): string {
  return isRecord(item) ? `(${valueLiteral(item)})` : valueLiteral(item);
}
