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

/** Whether TypeScript lets one type be asserted of a value of the other. Where this is not sure, the answer is no. */
export function isComparable(left: TypeNode, right: TypeNode): boolean {
  if (left.kind === "unknown" || right.kind === "unknown") return true;
  if (left.kind === "union") return left.parts.some((part) => isComparable(part, right));
  if (right.kind === "union") return right.parts.some((part) => isComparable(left, part));
  if (left.kind === "array") return right.kind === "array" && isComparable(left.items, right.items);
  if (left.kind === "object" && right.kind === "object") return haveComparable(left.members, right.members);
  if (isObject(left)) return isObject(right);
  return isAssignable(left, right) || isAssignable(right, left);
}

const isObject = ({ kind }: TypeNode): boolean => kind === "object" || kind === "record" || kind === "intersection";

function haveComparable(left: readonly TypeMember[], right: readonly TypeMember[]): boolean {
  const other = new Map(right.map((member) => [member.name, member]));
  const shared = left.filter(({ name }) => other.has(name));
  const isWithin = (members: readonly TypeMember[]): boolean =>
    members.every(({ name, isRequired }) => !isRequired || shared.some((one) => one.name === name));
  if (shared.length === 0 || !(isWithin(left) || isWithin(right))) return false;
  return shared.every(({ name, type }) => isComparable(type, other.get(name)?.type ?? type));
}
