import { alternatives, isSame, nameOf, type TypeMember, type TypeNode } from "./type-node.ts";

/**
 * Whether a value of one type may stand where another is asked for, as TypeScript sees it: then it needs no assertion,
 * and a linter would call one unnecessary.
 */
export function isAssignable(given: TypeNode, asked: TypeNode): boolean {
  if (asked.kind === "unknown" || given.kind === "never" || isSame(given, asked)) return true;
  if (given.kind === "union") return given.parts.every((part) => isAssignable(part, asked));
  if (asked.kind === "union") return alternatives(asked).some((part) => isAssignable(given, part));
  if (asked.kind === "intersection") return asked.parts.every((part) => isAssignable(given, part));
  if (given.kind === "intersection") return given.parts.some((part) => isAssignable(part, asked));
  return isPartAssignable(given, asked);
}

function isPartAssignable(given: TypeNode, asked: TypeNode): boolean {
  switch (asked.kind) {
    case "name":
      return given.kind === "literal" && nameOf(given.value) === asked.name;
    case "array":
      return given.kind === "array" && isAssignable(given.items, asked.items);
    case "record":
      if (given.kind === "record") return isAssignable(given.values, asked.values);
      return given.kind === "object" && given.members.every(({ type }) => isAssignable(type, asked.values));
    case "object":
      return given.kind === "object" && hasMembers(given.members, asked.members);
    default:
      return false;
  }
}

/** Where every member may be left out, TypeScript wants one of them to be there at least (weak types). */
function hasMembers(given: readonly TypeMember[], asked: readonly TypeMember[]): boolean {
  const own = new Map(given.map((member) => [member.name, member]));
  if (asked.every(({ isRequired }) => !isRequired) && !asked.some(({ name }) => own.has(name))) return false;
  return asked.every(({ name, isRequired, type }) => {
    const member = own.get(name);
    if (member === undefined) return !isRequired;
    return (member.isRequired || !isRequired) && isAssignable(member.type, type);
  });
}
