import { isText, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Upgrade } from "./upgrade.ts";

/** Gives the values of an enum the type that the schema has: YAML reads `[1, 2]` as numbers where texts are meant. */
export function mendEnum(schema: RawObject, { warn, origins }: Upgrade): void {
  const values: unknown = schema["enum"];
  if (!Array.isArray(values)) return;
  const typed = values.map((value) => asTyped(schema["type"], value));
  const kept = distinct(typed.filter((value) => value !== undefined));
  const isChanged = typed.some((value, index) => value !== values[index]);
  if (isChanged) {
    const said = typed.includes(undefined) ? "those that cannot be are left out" : "they are read as such";
    warn(
      "schema/invalid",
      schema,
      "enum",
      `Not all values of the enum are of type ${JSON.stringify(schema["type"])}; ${said}.`,
    );
  }
  if (kept.length === 0) delete schema["enum"];
  else if (kept.length !== values.length || isChanged) schema["enum"] = origins.adopt(kept, values);
}

/** A default that its own schema does not allow is read as what it shows, or left out. */
export function mendDefault(schema: RawObject, { warn, links }: Upgrade): void {
  const value = member(schema, "default");
  if (value === undefined) return;
  const rules = ruleBook(schema, links.references);
  const typed = asTyped(member(rules, "type"), value);
  const allowed = member(rules, "enum");
  const isListed = !Array.isArray(allowed) || allowed.some((item) => sameJson(item, typed));
  if (typed !== undefined && isListed) {
    if (typed !== value) {
      warn(
        "default/invalid",
        schema,
        "default",
        `${show(value)} is not of type ${show(member(rules, "type"))}; it is read as ${show(typed)}.`,
      );
    }
    schema["default"] = typed;
    return;
  }
  delete schema["default"];
  warn(
    "default/invalid",
    schema,
    "default",
    `${show(value)} is not valid against the schema that it stands in; there is no default until it is.`,
  );
}

function ruleBook(schema: RawObject, references: ReadonlyMap<object, object>): object {
  let rules: object = schema;
  for (let hops = 0; hops < 20; hops++) rules = references.get(rules) ?? rules;
  return rules;
}

/** The value as one of the types; a scalar of another type is read as what it shows. Undefined where it cannot be. */
function asTyped(types: unknown, value: unknown): unknown {
  const all = isText(types) ? [types] : Array.isArray(types) ? types.filter(isText) : [];
  if (all.length === 0 || all.some((type) => isOfType(type, value))) return value;
  // A null in an enum makes the schema nullable.
  if (value === null) return value;
  return all.map((type) => readAs(type, value)).find((read) => read !== undefined);
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function readAs(type: string, value: unknown): unknown {
  if (type === "string" && (typeof value === "number" || typeof value === "boolean")) return String(value);
  if (!isText(value)) return undefined;
  const text = value.trim();
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  if (type !== "integer" && type !== "number") return undefined;
  const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
  return number !== undefined && isOfType(type, number) ? number : undefined;
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = JSON.stringify(value);
    return !seen.has(key) && seen.add(key);
  });
}

function sameJson(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? "nothing";
}
