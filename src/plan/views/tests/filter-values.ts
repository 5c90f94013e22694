import type { Json, Schema } from "../../../document/openapi.ts";
import type { Field, FilterOperator, Parameter } from "../../../model/model.ts";
import { conforms } from "../../conforms.ts";
import type { ListPlan } from "./lists.ts";
import { withoutNull } from "../../nullable.ts";
import { commonSample, dayOf, fieldSample, isKept } from "./samples.ts";
import type { TestHome } from "./test-view.ts";

/** A value to filter by, and values of rows that it finds and hides. */
export interface Choice {
  readonly query: Json;
  readonly finds: Json;
  /** Of another row that is found too, where several values are asked for. */
  readonly alsoFinds?: Json;
  readonly hides: Json;
}

/** What is asked, what is then found and what is not, by the operator. */
export function choose(
  parameter: Parameter,
  field: Field,
  operator: FilterOperator,
  { home }: ListPlan,
): Choice | undefined {
  const declared = withoutNull(home.context.request(parameter.schema));
  const isList = declared.type === "array";
  const schema = isList ? withoutNull(declared.items ?? {}) : declared;
  const asked = (value: Json): Json => (isList ? [value] : value);
  if (operator === "is-null") {
    const value = fieldSample(field, home.context);
    return field.isNullable && !field.isStoredNotNull && value !== undefined && schema.type === "boolean"
      ? { query: true, finds: null, hides: value }
      : undefined;
  }
  if (operator === "contains" || operator === "starts-with") {
    const marker = markers.find(
      (text) => isGood(field, text, home.context.resolved(field.schema)) && conforms(schema, text.slice(0, -1)),
    );
    const other = fieldSample(field, home.context);
    return marker === undefined || other === undefined || field.type.kind !== "text"
      ? undefined
      : {
          query: asked(operator === "contains" ? otherCase(marker.slice(0, -1), schema) : marker.slice(0, -1)),
          finds: marker,
          hides: other,
        };
  }
  if (operator === "on") return twoDays(field, schema, home);
  if (operator === "has") return twoItems(field, schema, asked, home);
  const values = someValues(field, schema, home.context.resolved(field.schema), 3);
  const [low, high] = values;
  if (low === undefined || high === undefined) return undefined;
  const isOrdered =
    field.type.kind !== "text" &&
    field.type.kind !== "enum" &&
    field.type.kind !== "json" &&
    field.type.kind !== "bytes";
  switch (operator) {
    case "eq":
    case "in":
      return field.type.kind === "json" ? undefined : oneOf(isList ? declared : undefined, values);
    case "ne":
      return field.type.kind === "json" ? undefined : { query: asked(high), finds: low, hides: high };
    case "gte":
      return isOrdered ? { query: high, finds: high, hides: low } : undefined;
    case "gt":
      return isOrdered ? { query: low, finds: high, hides: low } : undefined;
    case "lte":
      return isOrdered ? { query: low, finds: low, hides: high } : undefined;
    case "lt":
      return isOrdered ? { query: high, finds: low, hides: high } : undefined;
  }
}

/** A moment, and one of another day; asked for as the parameter has it, by the day alone or by a moment of it. */
function twoDays(field: Field, schema: Schema, { context }: TestHome): Choice | undefined {
  const [low, high] = twoValues(field, {}, context.resolved(field.schema));
  if (typeof low !== "string" || typeof high !== "string" || dayOf(low) === dayOf(high)) return undefined;
  const query = [low, dayOf(low)].find((value) => conforms(schema, value));
  return query === undefined ? undefined : { query, finds: low, hides: high };
}

/** An item of the list, and rows of which one has just that and the other has just another. */
function twoItems(
  field: Field,
  parameter: Schema,
  asked: (value: Json) => Json,
  { context }: TestHome,
): Choice | undefined {
  const list = withoutNull(context.resolved(field.schema));
  const items = withoutNull(context.resolved(list.items ?? {}));
  const [one, other] = ["a", "b", ...(items.enum ?? []), ...markers].filter(
    (value) => conforms(parameter, value) && conforms(list, [value]),
  );
  return one === undefined || other === undefined ? undefined : { query: asked(one), finds: [one], hides: [other] };
}

/** Words that no sample holds. */
export const markers = ["Zanzibar", "zanzibar", "ZANZIBAR", "zzz", "ZZZ"];

export function isGood(field: Field, value: Json, schema: Schema): boolean {
  return isKept(field.type, value) && conforms(withoutNull(schema), value);
}

/** Where a list can be asked for, two values are found and the third one is hidden. */
function oneOf(list: Schema | undefined, [low, high, third]: readonly Json[]): Choice | undefined {
  if (low === undefined || high === undefined) return undefined;
  if (list === undefined) return { query: low, finds: low, hides: high };
  if (third === undefined || !conforms(list, [low, high])) return { query: [low], finds: low, hides: high };
  return { query: [low, high], finds: low, alsoFinds: high, hides: third };
}

/** The text in letters of the other case, where the parameter takes them: a search does not mind. */
export function otherCase(text: string, schema: Schema): string {
  const other = text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
  return conforms(schema, other) ? other : text;
}

/** Two values that the field and the parameter both accept, the lower one first. */
export function twoValues(field: Field, parameter: Schema, schema: Schema): readonly [Json?, Json?] {
  const [first, second] = someValues(field, parameter, schema, 2);
  return first === undefined || second === undefined ? [] : [first, second];
}

/** At most so many values that the field and the parameter both accept, the lower ones first. */
function someValues(field: Field, parameter: Schema, schema: Schema, most: number): readonly Json[] {
  const values = new Map<string, Json>();
  for (let turn = 0; turn < 12 && values.size < most; turn += 1) {
    const value = commonSample([withoutNull(schema), parameter], field, turn);
    if (value !== undefined) values.set(JSON.stringify(value), value);
  }
  return [...values.values()].toSorted((one, other) => (isHigher(one, other, field) ? 1 : -1));
}

function isHigher(one: Json, other: Json, { type }: Field): boolean {
  const areTexts = typeof one === "string" && typeof other === "string" && type.kind !== "decimal-text";
  return areTexts ? one > other : Number(one) > Number(other);
}
