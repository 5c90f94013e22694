const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What keeps a value from being what is expected, in words: the whole of it, or the members that are named. An instant
 * or a UUID may be written otherwise.
 */
export function* differences(actual: unknown, expected: unknown, isWhole: boolean, path = "it"): Generator<string> {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (actual.length !== expected.length)
      yield `${path} has ${actual.length} items, and should have ${expected.length}`;
    else for (const [at, item] of expected.entries()) yield* differences(actual[at], item, isWhole, `${path}[${at}]`);
  } else if (isRecord(expected) && isRecord(actual)) {
    const names = new Set([...Object.keys(expected), ...(isWhole ? Object.keys(actual) : [])]);
    for (const name of names) {
      const own = path === "it" ? name : `${path}.${name}`;
      yield* differences(memberOf(actual, name), memberOf(expected, name), isWhole, own);
    }
  } else if (!Object.is(actual ?? null, expected ?? null) && !isSameText(actual, expected)) {
    yield `${path} is ${printed(actual)}, and should be ${printed(expected)}`;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function memberOf(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isSameText(actual: unknown, expected: unknown): boolean {
  if (typeof actual !== "string" || typeof expected !== "string") return false;
  if (uuid.test(actual) && uuid.test(expected)) return actual.toLowerCase() === expected.toLowerCase();
  return instant.test(actual) && instant.test(expected) && microseconds(actual) === microseconds(expected);
}

/** Since 1970; a Date would cut it to milliseconds. */
function microseconds(text: string): number {
  const [, digits = ""] = /\.(\d{1,6})/.exec(text) ?? [];
  return Date.parse(text.replace(/\.\d+/, "")) * 1000 + Number(digits.padEnd(6, "0"));
}

function printed(value: unknown): string {
  return value === undefined ? "left out" : (JSON.stringify(value)?.slice(0, 200) ?? "nothing");
}
