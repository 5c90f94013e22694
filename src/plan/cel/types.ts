import type { Schema } from "../../document/openapi.ts";
import { isMarkedExact } from "../exact.ts";
import { allowsNull, withoutNull } from "../nullable.ts";

/** What CEL takes a value for. Days and moments are texts on the wire and timestamps here, as Kubernetes has them. */
export type CelType =
  | { readonly kind: "bool" | "timestamp" | "duration" | "null" | "dyn" }
  /** `literals` are all that it can be, where that is known. */
  | {
      readonly kind: "string" | "int" | "double";
      readonly literals?: readonly (string | number)[];
      /** An integer that may be a bigint. */
      readonly isExact?: true;
    }
  | { readonly kind: "list"; readonly items: CelType }
  | { readonly kind: "map" }
  | { readonly kind: "object"; readonly members: CelMembers };

export type CelMembers = ReadonlyMap<string, CelMember>;

export interface CelMember {
  readonly type: CelType;
  readonly canBeMissing: boolean;
  readonly canBeNull: boolean;
}

const escapes: readonly (readonly [sign: string, escape: string])[] = [
  [".", "__dot__"],
  ["-", "__dash__"],
  ["/", "__slash__"],
];

/** A member's name as expressions have it, where it is no word of CEL: as in Kubernetes, `odd-name` is `odd__dash__name`. */
export function celName(name: string): string {
  return escapes.reduce((text, [sign, escape]) => text.replaceAll(sign, escape), name);
}

/** The member that an expression means by a name. */
export function ownName(members: CelMembers, name: string): string | undefined {
  return members.has(name) ? name : [...members.keys()].find((member) => celName(member) === name);
}

export const dyn: CelType = { kind: "dyn" };

const mostLevels = 6;

/** The type of a resolved schema's values besides null. What is one of several things is `dyn`. */
function celType(schema: Schema, depth = 0): CelType {
  const plain = withoutNull(schema);
  if (depth > mostLevels || isCompound(plain)) return dyn;
  const values = plain.enum ?? (plain.const === undefined ? undefined : [plain.const]);
  switch (plain.type) {
    case "boolean":
      return { kind: "bool" };
    case "integer":
      return { kind: "int", ...literalsOf(values, "number"), ...(isMarkedExact(plain) && { isExact: true }) };
    case "number":
      return { kind: "double", ...literalsOf(values, "number") };
    case "string":
      if (values === undefined && isMoment(plain.format)) return { kind: "timestamp" };
      return { kind: "string", ...literalsOf(values, "string") };
    case "array":
      return plain.items === undefined || allowsNull(plain.items)
        ? dyn
        : { kind: "list", items: celType(plain.items, depth + 1) };
    case "object":
      return objectType(plain, depth);
    default:
      return plain.type === undefined && plain.properties !== undefined ? objectType(plain, depth) : dyn;
  }
}

/** The type of a declared member, and whether there must be a value. */
export function celMember(schema: Schema, isRequired: boolean, depth = 0): CelMember {
  return { type: celType(schema, depth), canBeMissing: !isRequired, canBeNull: allowsNull(schema) };
}

function objectType(schema: Schema, depth: number): CelType {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return { kind: "map" };
  const required = new Set(schema.required ?? []);
  return {
    kind: "object",
    members: new Map(properties.map(([name, one]) => [name, celMember(one, required.has(name), depth + 1)])),
  };
}

function isCompound(schema: Schema): boolean {
  return ["$ref", "oneOf", "anyOf", "allOf", "not"].some((key) => Object.hasOwn(schema, key));
}

function isMoment(format: unknown): boolean {
  return format === "date-time" || format === "date";
}

function literalsOf(
  values: readonly unknown[] | undefined,
  type: "string" | "number",
): { readonly literals?: readonly (string | number)[] } {
  const known = (values ?? []).filter((value): value is string | number => typeof value === type);
  return values === undefined || known.length < values.length ? {} : { literals: known };
}
