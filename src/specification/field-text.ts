import { nearestName } from "../diagnostic/nearest-name.ts";
import type { RawObject } from "../document/raw.ts";

/** What a field's line says: `text 1..80 unique`, `open | closed = open`, `money readonly`, `email[]?`. */
export interface FieldText {
  readonly schema: RawObject;
  readonly marks: ReadonlySet<Mark>;
}

export type Mark = "optional" | "nullable" | "readonly" | "writeonly" | "immutable" | "unique" | "indexed" | "key";

/** What is wrong with a line, and what to write instead. */
export interface TextMistake {
  readonly saw: string;
  readonly fix: string;
}

/** The schema of each type word. Money is whole minor units (cents); a decimal travels as text and loses no digit. */
const types: Readonly<Record<string, RawObject>> = {
  text: { type: "string" },
  integer: { type: "integer", format: "int32" },
  bigint: { type: "integer", format: "int64" },
  money: { type: "integer", format: "int64" },
  decimal: { type: "string", format: "decimal", pattern: "^-?[0-9]+(\\.[0-9]+)?$" },
  number: { type: "number", format: "double" },
  boolean: { type: "boolean" },
  date: { type: "string", format: "date" },
  datetime: { type: "string", format: "date-time" },
  time: { type: "string", format: "time" },
  uuid: { type: "string", format: "uuid" },
  email: { type: "string", format: "email" },
  url: { type: "string", format: "uri" },
  json: { type: "object", additionalProperties: true },
  binary: { type: "string", format: "byte" },
};

/** Other words that people write for a type. */
const aliases: Readonly<Record<string, string>> = {
  string: "text",
  str: "text",
  varchar: "text",
  phone: "text",
  int: "integer",
  long: "bigint",
  int64: "bigint",
  int32: "integer",
  numeric: "decimal",
  float: "number",
  double: "number",
  real: "number",
  bool: "boolean",
  timestamp: "datetime",
  instant: "datetime",
  guid: "uuid",
  uri: "url",
  object: "json",
  map: "json",
  bytes: "binary",
  blob: "binary",
};

const marks: Readonly<Record<string, Mark | "required">> = {
  optional: "optional",
  nullable: "nullable",
  null: "nullable",
  readonly: "readonly",
  writeonly: "writeonly",
  secret: "writeonly",
  immutable: "immutable",
  unique: "unique",
  indexed: "indexed",
  index: "indexed",
  key: "key",
  primary: "key",
  required: "required",
};

const typeWords: readonly string[] = Object.keys(types);
const markWords: readonly string[] = Object.keys(marks);

const value = String.raw`"[^"]*"|'[^']*'|[^\s|=]+`;
const choice = new RegExp(String.raw`^(?:${value})(?:\s*\|\s*(?:${value}))+`);

/** Reads a field's line; a mistake says which word is not understood. */
export function parseFieldText(line: string): FieldText | TextMistake {
  const text = line.trim();
  const { head, fallback } = withoutDefault(text);
  const typed = choice.test(head) ? chosen(head) : named(head);
  if ("saw" in typed) return typed;
  const found = new Set<Mark>(typed.marks);
  let schema = typed.schema;
  for (const word of typed.rest.split(/\s+/).filter(Boolean)) {
    const range = /^(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$/.exec(word);
    const mark = marks[plain(word)];
    if (range && (range[1] ?? range[2]) !== undefined) schema = bounded(schema, range[1], range[2]);
    else if (mark !== undefined && mark !== "required") found.add(mark);
    else if (mark === undefined) return unknownWord(word, text);
  }
  if (fallback === undefined) return { schema, marks: found };
  const parsed = parseDefault(fallback, schema);
  if (parsed === undefined)
    return { saw: `"${fallback}" is no value of the type of "${text}".`, fix: "Write a default that the type has." };
  return { schema: { ...schema, default: parsed }, marks: found };
}

interface Typed {
  readonly schema: RawObject;
  readonly marks: readonly Mark[];
  readonly rest: string;
}

function withoutDefault(text: string): { readonly head: string; readonly fallback?: string } {
  const [, head, fallback] = /^(.*?)\s*=\s*("[^"]*"|'[^']*'|[^\s=]+)$/.exec(text) ?? [];
  return head === undefined || fallback === undefined ? { head: text } : { head, fallback: unquoted(fallback) };
}

function chosen(head: string): Typed {
  const [list = ""] = choice.exec(head) ?? [];
  const values = list.match(new RegExp(value, "g")) ?? [];
  return {
    schema: { type: "string", enum: [...new Set(values.map(unquoted))] },
    marks: [],
    rest: head.slice(list.length),
  };
}

function named(head: string): Typed | TextMistake {
  const listOf = /^list of\s+/i.exec(head)?.[0] ?? "";
  const [all = "", word = "", parameters, array, question] =
    /^([A-Za-z][\w-]*)(?:\(([^)]*)\))?(\[\])?(\?)?(?=\s|$)/.exec(head.slice(listOf.length)) ?? [];
  const known = typeOf(word);
  if (known === undefined) {
    const wrong = word === "" ? head : word;
    const near = nearestName(wrong, [...typeWords, ...Object.keys(aliases)]);
    return {
      saw: `"${wrong}" is no type.`,
      fix: near === undefined ? `Types are ${typeWords.join(", ")}, and a | b | c.` : `Did you mean "${near}"?`,
    };
  }
  const schema = parameters === undefined ? known : sized(known, parameters);
  const isList = array !== undefined || listOf !== "";
  return {
    schema: isList ? { type: "array", items: schema } : schema,
    marks: question === undefined ? [] : ["optional"],
    rest: head.slice(listOf.length + all.length),
  };
}

function typeOf(word: string): RawObject | undefined {
  const name = plain(word);
  const known = Object.hasOwn(types, name) ? name : Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  return known === undefined ? undefined : types[known];
}

/** Upper and lower case, `-` and `_` make no difference: read-only, readOnly, date-time. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, "");
}

/** `varchar(80)` and `decimal(12,2)`, as SQL has them. */
function sized(schema: RawObject, parameters: string): RawObject {
  const [first, second] = parameters.split(",").map((text) => Number(text.trim()));
  if (first === undefined || !Number.isInteger(first)) return schema;
  if (schema["format"] !== "decimal") return schema["type"] === "string" ? { ...schema, maxLength: first } : schema;
  const scale = second ?? 0;
  const whole = `-?[0-9]{1,${Math.max(1, first - scale)}}`;
  return { ...schema, pattern: scale === 0 ? `^${whole}$` : `^${whole}(\\.[0-9]{1,${scale}})?$` };
}

function bounded(schema: RawObject, low: string | undefined, high: string | undefined): RawObject {
  const [least, most] =
    schema["type"] === "array"
      ? ["minItems", "maxItems"]
      : schema["type"] === "string"
        ? ["minLength", "maxLength"]
        : ["minimum", "maximum"];
  return {
    ...schema,
    ...(low !== undefined && { [least]: Number(low) }),
    ...(high !== undefined && { [most]: Number(high) }),
  };
}

function parseDefault(text: string, schema: RawObject): unknown {
  const { type, enum: values } = schema;
  if (Array.isArray(values)) return values.includes(text) ? text : undefined;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  if (type === "integer") return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (type === "number") return Number.isFinite(Number(text)) ? Number(text) : undefined;
  return type === "string" ? text : undefined;
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function unknownWord(word: string, text: string): TextMistake {
  const near = nearestName(word, markWords);
  return {
    saw: `"${word}" in "${text}" is not understood.`,
    fix:
      near === undefined
        ? "After the type stand words such as unique, optional, readonly, a range such as 1..80, or = default."
        : `Did you mean "${near}"?`,
  };
}
