/** A tree as it was read: mutable, and with no promise yet about what its members are. */
export type RawObject = { [key: string]: unknown };
export type RawReference = RawObject & { $ref: string };

export function isObject(value: unknown): value is RawObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A schema may have a property that is called `$ref`; only a text under that name is a reference. */
export function isReference(value: unknown): value is RawReference {
  return isObject(value) && typeof member(value, "$ref") === "string";
}

/** A member that the object itself has; what every object inherits (`constructor`, …) is not there. */
export function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

/** Sets a member of any name, `__proto__` included. */
export function setMember(holder: object, key: string, value: unknown): void {
  if (key !== "__proto__") Reflect.set(holder, key, value);
  else Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A copy without these members. */
export function without(node: RawObject, ...names: readonly string[]): RawObject {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));
}
