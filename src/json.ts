/** An object, as JSON has it: neither null nor a list. What its members are, anybody may have written. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
