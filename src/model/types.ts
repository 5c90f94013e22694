import type { FieldType } from "./model.ts";
import { memberKey } from "./names.ts";
import { matches } from "./pattern-text.ts";
import type { View } from "./schemas.ts";

/** What a column holds, why, and whether the document says so plainly. */
export interface Typed {
  readonly type: FieldType;
  readonly rule: string;
  readonly isGuess: boolean;
}

interface TypeRule {
  readonly when: (view: View, name: string) => boolean;
  readonly type: (view: View) => FieldType;
  readonly rule: string;
  readonly isGuess?: true;
}

const is =
  (kind: View["kind"], format?: RegExp) =>
  (view: View): boolean =>
    view.kind === kind && (format === undefined || format.test(String(view.schema.format ?? "")));

/**
 * The first rule that matches decides. Enums come before formats, because a closed list says more than a format does;
 * shapes that no scalar column can hold come first of all; the name is asked only where type and format say nothing.
 */
const typeRules: readonly TypeRule[] = [
  {
    when: (view) => view.kind === "object" || view.kind === "array" || view.kind === "union",
    type: () => ({ kind: "json" }),
    rule: "an object, array or union",
  },
  { when: isTextEnum, type: (view) => ({ kind: "enum", values: textValues(view) }), rule: "an enum" },
  {
    when: isIntegerEnum,
    type: (view) => ({ kind: "integer-enum", values: integerValues(view) }),
    rule: "an enum of integers",
  },
  { when: is("string", /^uuid$/i), type: () => ({ kind: "uuid" }), rule: "format uuid" },
  { when: is("string", /^date-?time$/i), type: () => ({ kind: "date-time" }), rule: "format date-time" },
  { when: is("string", /^date$/i), type: () => ({ kind: "date" }), rule: "format date" },
  { when: is("string", /^(byte|binary|base64)$/i), type: () => ({ kind: "bytes" }), rule: "base64 text" },
  {
    when: is("string", /^(decimal|money|currency)$/i),
    type: () => ({ kind: "decimal-text" }),
    rule: "a decimal that travels as text",
  },
  { when: isDecimalPattern, type: () => ({ kind: "decimal-text" }), rule: "a pattern of decimals" },
  { when: is("string"), type: () => ({ kind: "text" }), rule: "a string" },
  { when: is("boolean"), type: () => ({ kind: "boolean" }), rule: "a boolean" },
  { when: is("integer", /^int32$/i), type: () => ({ kind: "integer", bits: 32 }), rule: "format int32" },
  // Limits change more often than formats, and a wider column is a migration that locks the table.
  { when: is("integer", /^int64$/i), type: () => ({ kind: "integer", bits: 64 }), rule: "format int64" },
  {
    when: (view) => view.kind === "integer" && fitsInt32(view),
    type: () => ({ kind: "integer", bits: 32 }),
    rule: "an integer whose limits fit 32 bits",
  },
  { when: is("integer"), type: () => ({ kind: "integer", bits: 64 }), rule: "an integer" },
  { when: is("number", /^decimal$/i), type: () => ({ kind: "decimal" }), rule: "format decimal" },
  { when: isMoney, type: () => ({ kind: "decimal" }), rule: "a number that is called like an amount of money" },
  {
    when: (view) => view.kind === "number" && Number.isInteger(view.schema.multipleOf),
    type: () => ({ kind: "integer", bits: 64 }),
    rule: "a multiple of an integer",
  },
  { when: isCounted, type: () => ({ kind: "integer", bits: 64 }), rule: "a number that is called like a key" },
  { when: isStep, type: () => ({ kind: "decimal" }), rule: "a number with a decimal step" },
  { when: is("number"), type: () => ({ kind: "number" }), rule: "a number" },
  { when: () => true, type: () => ({ kind: "json" }), rule: "no type is given", isGuess: true },
];

export function typeOf(view: View, name: string): Typed {
  const found = typeRules.find(({ when }) => when(view, name));
  return { type: found?.type(view) ?? { kind: "json" }, rule: found?.rule ?? "", isGuess: found?.isGuess === true };
}

function textValues({ schema }: View): readonly string[] {
  return [...new Set((schema.enum ?? []).filter((value) => typeof value === "string"))];
}

function isTextEnum(view: View): boolean {
  return (
    view.kind === "string" &&
    (view.schema.enum?.length ?? 0) > 0 &&
    textValues(view).length === view.schema.enum?.length
  );
}

function integerValues({ schema }: View): readonly number[] {
  return [...new Set((schema.enum ?? []).filter((value) => typeof value === "number"))];
}

function isIntegerEnum(view: View): boolean {
  return (
    view.kind === "integer" &&
    (view.schema.enum?.length ?? 0) > 0 &&
    integerValues(view).length === view.schema.enum?.length
  );
}

/** `^-?\d+(\.\d{1,2})?$` and its kin: nothing but digits, a sign and one point; addresses of networks have more of them. */
function isDecimalPattern(view: View): boolean {
  const pattern = view.kind === "string" ? view.schema.pattern : undefined;
  return (
    typeof pattern === "string" &&
    /\\\.|\[\.\]/.test(pattern) &&
    /\\d|\[0-9\]/.test(pattern) &&
    !/[A-Za-z]/.test(pattern.replaceAll(/\\d/g, "").replaceAll("?:", "")) &&
    ["1.2", "1.25", "1.250", "1.2500", "0.25", "10.25"].some((decimal) => matches(pattern, decimal)) &&
    !matches(pattern, "1.2.3.4")
  );
}

function fitsInt32({ schema }: View): boolean {
  const { minimum, maximum } = schema;
  return typeof minimum === "number" && typeof maximum === "number" && minimum >= -(2 ** 31) && maximum < 2 ** 31;
}

function isMoney(view: View, name: string): boolean {
  return (
    view.kind === "number" &&
    /(price|amount|balance|cost|fee|salary|revenue|subtotal|discountamount|taxamount|money)$/.test(memberKey(name))
  );
}

/** "id", "userId", "user_id"; not "paid". A guess by the name: by its schema it may be a fraction. */
export function isCounted(view: View, name: string): boolean {
  return view.kind === "number" && /(^|[^A-Za-z])i[dD]$|[a-z\d]I[dD]$|^ID$/.test(name) && !isStep(view);
}

/** `multipleOf: 0.01` */
function isStep(view: View): boolean {
  const step = view.schema.multipleOf;
  return view.kind === "number" && typeof step === "number" && step < 1;
}
