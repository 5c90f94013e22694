import type { Json, Schema } from "../../../document/openapi.ts";
import type { FieldType } from "../../../model/model.ts";
import { conforms } from "../../conforms.ts";
import { withoutNull } from "../../nullable.ts";
import { sampleValue } from "../../sample.ts";
import { isKept } from "../../views/tests/samples.ts";

/** What stands written in a body: values that it may be waiting for. */
export interface BodyLiterals {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** It asks for lists, whose order may tell which row comes first. */
  readonly isListing: boolean;
}

const longest = 400;

/** Different values that a member may have: what the body knows of first, then the ends of what is allowed. */
export function otherValues(type: FieldType, schema: Schema, literals: BodyLiterals): readonly Json[] {
  const own = withoutNull(schema);
  const candidates = [...candidatesOf(type, own, literals), sampleValue(own, 1), sampleValue(own, 2)];
  const good = candidates.filter((one) => one !== undefined && one !== null && conforms(own, one) && isKept(type, one));
  return [...new Set(good)].flatMap((one) => (one === undefined ? [] : [one])).slice(0, most);
}

const most = 16;

function candidatesOf(type: FieldType, schema: Schema, literals: BodyLiterals): readonly Json[] {
  switch (type.kind) {
    case "enum":
    case "integer-enum":
      return type.values;
    case "boolean":
      return [true, false];
    case "integer":
      return numbersOf(schema, literals, type.bits === 32 ? 2_147_483_647 : 9_000_000_000_000);
    case "number":
    case "decimal":
      return [...numbersOf(schema, literals, 1e12), 0.5];
    case "decimal-text":
      return decimals(schema, literals);
    case "date":
      return ["1999-12-31", "2028-02-29"];
    case "date-time":
      return ["1999-12-31T23:59:59.999Z", "2028-02-29T12:00:00Z"];
    case "text":
      return texts(schema, literals);
    case "uuid":
    case "bytes":
    case "json":
      return [];
  }
}

function numbersOf(schema: Schema, { numbers }: BodyLiterals, highest: number): readonly number[] {
  const least = schema.minimum ?? -highest;
  const greatest = schema.maximum ?? highest;
  return [...numbers.flatMap((one) => [one + 1, one, one - 1, -one]), greatest, least, 7];
}

function decimals(schema: Schema, { numbers, texts: written }: BodyLiterals): readonly string[] {
  const digits = /\\\.\[0-9\]\{(\d)\}/.exec(schema.pattern ?? "")?.[1];
  const places = digits === undefined ? 2 : Number(digits);
  const known = [...numbers, ...written.map(Number).filter((one) => Number.isFinite(one))];
  const all = [...known.flatMap((one) => [one + 0.01, one, one - 0.01]), 99, 9, 0, 12.5];
  return all.map((one) => one.toFixed(places));
}

function texts(schema: Schema, { texts: written, numbers }: BodyLiterals): readonly string[] {
  const lengths = numbers.flatMap((one) => [one, one + 1]).filter((one) => one > 0 && one <= longest);
  const ends = [schema.maxLength ?? 60, schema.minLength ?? 0].filter((one) => one <= longest);
  return [
    ...written.flatMap((one) => [one, `${one} and more`]),
    ...lengths.map((length) => "z".repeat(length)),
    ...ends.map((length) => "Wo ".repeat(length).slice(0, length)),
    "Zoë Ölund",
  ];
}
