import type { Json } from "../../document/openapi.ts";
import { alternatives, type TypeNode } from "./type-node.ts";

/** A value without what its type does not name: an example may show more members than its schema has. */
export function fitted(value: Json, type: TypeNode): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return type.kind === "array" ? items.map((item) => fitted(item, type.items)) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  if (type.kind === "record") return Object.fromEntries(members.map(([name, one]) => [name, fitted(one, type.values)]));
  if (type.kind !== "object") return value;
  return Object.fromEntries(
    members.flatMap(([name, one]) => {
      const member = type.members.find((known) => known.name === name);
      return member === undefined ? [] : [[name, fitted(one, member.type)] as const];
    }),
  );
}

/** The plainest value of a type: it compiles, whatever else its schema asks for. */
export function plainValue(type: TypeNode): Json {
  switch (type.kind) {
    case "literal":
      return type.value;
    case "name":
      return { string: "text", number: 1, bigint: 1, boolean: false, null: null }[type.name];
    case "array":
      return [];
    case "object":
      return Object.fromEntries(
        type.members.flatMap(({ name, isRequired, type: own }) =>
          isRequired ? [[name, plainValue(own)] as const] : [],
        ),
      );
    case "union": {
      const [first] = alternatives(type);
      return first === undefined ? null : plainValue(first);
    }
    case "intersection":
      return Object.assign({}, ...type.parts.map(plainValue)) as Json;
    default:
      return {};
  }
}
