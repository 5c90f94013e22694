/**
 * A body may spell a value otherwise than its column keeps it: a number as text, text as a number. Validation has
 * already refused what does not fit; undefined stays undefined (not given), and null stays null (cleared).
 */
export function asNumber(value: unknown): number | null | undefined {
  return value === undefined || value === null ? value : Number(value);
}

export function asText(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return value;
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function asBoolean(value: unknown): boolean | null | undefined {
  return value === undefined || value === null ? value : value === true || value === "true";
}

/** The members of a body of which the document says little. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** What stands in a value at a path of members, if it stands there. */
export function within(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((node, name) => membersOf(node)[name], value);
}

/** The items of a list; none where it is left out or null. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value without the members at these paths, where `*` stands for each item of a list and each member of a map. */
export function withoutMembers<Value>(value: Value, ...paths: readonly (readonly string[])[]): Value {
  return paths.reduce<unknown>(withoutMember, value) as Value;
}

function withoutMember(value: unknown, [name = "", ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return name === "*" ? value.map((item) => withoutMember(item, rest)) : value;
  const members = Object.entries(membersOf(value)).flatMap(([key, member]) => {
    if (key !== name && name !== "*") return [[key, member] as const];
    return rest.length === 0 ? [] : [[key, withoutMember(member, rest)] as const];
  });
  return typeof value === "object" && value !== null ? Object.fromEntries(members) : value;
}
