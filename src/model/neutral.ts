import type { Json, Schema } from "../document/openapi.ts";
import { matches, textMatching } from "./pattern-text.ts";
import type { Located, View } from "./schemas.ts";

/**
 * The plainest value that satisfies a schema, for members that a response must have and that nothing can be derived
 * for: null where it may be, a default, the first of a closed list, else an empty value of the type within its bounds.
 */
export function neutralValue(located: Located, reader: Viewer): Json {
  return neutral(located, reader, 0);
}

/** What looks schemas up. */
interface Viewer {
  view(located: Located): View;
}

const deepest = 8;

function neutral(located: Located, reader: Viewer, depth: number): Json {
  const view = reader.view(located);
  const { schema } = view;
  if (schema.const !== undefined) return schema.const;
  if (view.isNullable || depth > deepest) return null;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  return ofKind(view, reader, depth);
}

function ofKind(view: View, reader: Viewer, depth: number): Json {
  const { schema } = view;
  switch (view.kind) {
    case "object":
      return neutralObject(view, reader, depth);
    case "array":
      return neutralArray(view, reader, depth);
    case "integer":
      return neutralNumber(schema, 1);
    case "number":
      return neutralNumber(schema, 0);
    case "boolean":
      return false;
    case "string":
      return neutralText(schema);
    case "union":
      return view.choices[0] ? neutral(view.choices[0], reader, depth + 1) : {};
    case "any":
      return {};
  }
}

function neutralObject(view: View, reader: Viewer, depth: number): Json {
  const entries = [...view.required].map((name): [string, Json] => {
    const member = view.members.get(name);
    return [name, member ? neutral(member, reader, depth + 1) : null];
  });
  return Object.fromEntries(entries);
}

function neutralArray(view: View, reader: Viewer, depth: number): Json {
  const count = Math.min(view.schema.minItems ?? 0, 20);
  const items = view.items;
  return items ? Array.from({ length: count }, () => neutral(items, reader, depth + 1)) : [];
}

function neutralNumber(schema: Schema, step: 0 | 1): number {
  const lowest = Math.max(schema.minimum ?? -Infinity, bound(schema.exclusiveMinimum, step || 0.5) ?? -Infinity);
  const highest = Math.min(schema.maximum ?? Infinity, bound(schema.exclusiveMaximum, -(step || 0.5)) ?? Infinity);
  const value = Math.min(Math.max(0, lowest), highest);
  const unit = schema.multipleOf ?? (step === 1 ? 1 : undefined);
  return unit === undefined || !(unit > 0) ? value : Math.ceil(value / unit) * unit;
}

function bound(value: unknown, shift: number): number | undefined {
  return typeof value === "number" ? value + shift : undefined;
}

function neutralText(schema: Schema): string {
  const examples = [schema.example, ...(Array.isArray(schema.examples) ? (schema.examples as readonly Json[]) : [])];
  const made = typeof schema.pattern === "string" ? textMatching(schema.pattern) : undefined;
  const candidates = [formatted[schema.format ?? ""], "", ...fillers(schema), made, ...examples];
  return candidates.find((text): text is string => typeof text === "string" && fits(text, schema)) ?? "";
}

/** Texts of one repeated letter or digit, as short as the schema allows. */
function fillers(schema: Schema): readonly string[] {
  const length = Math.min(Math.max(schema.minLength ?? 1, 1), 10_000);
  return ["0", "a", "A", "-"].map((letter) => letter.repeat(length));
}

const formatted: Readonly<Record<string, string>> = {
  "date-time": "1970-01-01T00:00:00Z",
  date: "1970-01-01",
  time: "00:00:00Z",
  duration: "PT0S",
  uuid: "00000000-0000-4000-8000-000000000000",
  email: "nobody@example.com",
  uri: "about:blank",
  url: "https://example.com/",
  "uri-reference": "about:blank",
  hostname: "localhost",
  ipv4: "0.0.0.0",
  ipv6: "::",
  decimal: "0",
};

function fits(text: string, schema: Schema): boolean {
  const length = [...text].length;
  if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? Infinity)) return false;
  if (schema.format !== undefined && Object.hasOwn(formatted, schema.format) && text === "") return false;
  return typeof schema.pattern !== "string" || isBroken(schema.pattern) || matches(schema.pattern, text);
}

/** A pattern that is no regular expression restricts nothing. */
function isBroken(pattern: string): boolean {
  return !matches(`|${pattern}`, "") && !matches(`${pattern}|`, "");
}
