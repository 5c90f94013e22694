import { isObject, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Upgrade } from "./upgrade.ts";

/** What a choice may hold without being told from another by it. */
const plainKeywords = new Set([
  "type",
  "properties",
  "title",
  "description",
  "example",
  "examples",
  "xml",
  "externalDocs",
]);

/** What the same member of two choices may differ in all the same. */
const tellingKeywords = ["enum", "const", "pattern", "minimum", "maximum", "minLength", "maxLength", "$ref"];

/**
 * Objects that require nothing and forbid nothing fit each other's schemas, so that "exactly one of them" accepts next to
 * no value. Who writes so means any of them.
 */
export function widenChoices(schema: RawObject, { links, warn }: Upgrade): void {
  const { oneOf } = schema;
  if (
    !Array.isArray(oneOf) ||
    oneOf.length < 2 ||
    schema["anyOf"] !== undefined ||
    schema["discriminator"] !== undefined
  )
    return;
  const choices = oneOf.map((choice: unknown) =>
    isObject(choice) ? (links.references.get(choice) ?? choice) : choice,
  );
  if (!choices.every(isOpen) || !areAlike(choices)) return;
  schema["anyOf"] = oneOf;
  delete schema["oneOf"];
  warn(
    "schema/invalid",
    schema,
    "oneOf",
    'Nothing tells the choices of "oneOf" apart, so that a value fits all of them at once; any of them is allowed here.',
    'Require in each choice what makes it that one, or write "anyOf".',
  );
}

function isOpen(choice: unknown): choice is RawObject {
  if (!isObject(choice) || !Object.keys(choice).every((key) => plainKeywords.has(key) || key.startsWith("x-")))
    return false;
  return isObject(choice["properties"]) && (choice["type"] === undefined || choice["type"] === "object");
}

/** Members of one name have one type, and no values of their own. */
function areAlike(choices: readonly RawObject[]): boolean {
  const types = new Map<string, string>();
  return choices.every((choice) =>
    Object.entries(choice["properties"] ?? {}).every(([name, schema]: [string, unknown]) => {
      const type = JSON.stringify(member(schema, "type") ?? null);
      const known = types.get(name);
      types.set(name, type);
      return (
        known === undefined ||
        (known === type && !tellingKeywords.some((keyword) => member(schema, keyword) !== undefined))
      );
    }),
  );
}
