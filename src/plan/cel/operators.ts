import { codeOf, equal, levels, not, within, type Code } from "./code.ts";
import { dyn, type CelType } from "./types.ts";

/** Notes why an operator is not compiled. */
type Fail = (saw: string) => Code;

const scalars: ReadonlySet<string> = new Set(["bool", "int", "double", "string", "timestamp", "duration"]);

export function equality(left: Code, right: Code, fail: Fail): Code {
  if (isUnknown(left) || isUnknown(right)) return codeOf("undefined", dyn);
  const flag = [left, right].find(({ text }) => text === "true" || text === "false");
  if (flag) {
    const other = flag === left ? right : left;
    return flag.text === "true" ? other : not(other);
  }
  const never = impossible(left.type, right.type) ?? impossible(right.type, left.type);
  if (never !== undefined) return fail(never);
  if (isExact(left) || isExact(right)) return equal(asBigint(left), asBigint(right));
  if (scalars.has(left.type.kind) && scalars.has(right.type.kind)) return equal(left, right);
  if (isPlainList(left.type) && isPlainList(right.type)) return equal(asText(left), asText(right));
  return fail("Only plain values, and lists of them, are compared as a whole; compare members.");
}

/** Why a value of one type is never one of the other's; the compiler would refuse the comparison. */
function impossible(one: CelType, other: CelType): string | undefined {
  const known = "literals" in one ? one.literals : undefined;
  const wanted = "literals" in other ? other.literals : undefined;
  if (!known || wanted?.length !== 1) return undefined;
  const [only] = wanted;
  if (only === undefined || known.includes(only)) return undefined;
  return `It is never ${JSON.stringify(only)}; it is one of ${known.map((value) => JSON.stringify(value)).join(", ")}.`;
}

function isPlainList(type: CelType): boolean {
  return type.kind === "list" && ["bool", "int", "double", "string"].includes(type.items.kind);
}

function asText({ text }: Code): Code {
  return codeOf(`JSON.stringify(${text})`, { kind: "string" });
}

export function comparison(operator: "<" | "<=" | ">" | ">=", left: Code, right: Code, fail: Fail): Code {
  if (isUnknown(left) || isUnknown(right)) return codeOf("undefined", dyn);
  const isOrdered = [left, right].every(({ type: { kind } }) => scalars.has(kind) && kind !== "bool");
  if (!isOrdered) return fail("What has no order is not compared.");
  const text = `${within(left, levels.sum)} ${operator} ${within(right, levels.sum)}`;
  return codeOf(text, { kind: "bool" }, levels.order);
}

export function membership(item: Code, list: Code, fail: Fail): Code {
  if (isUnknown(item) || isUnknown(list)) return codeOf("undefined", dyn);
  if (list.type.kind !== "list") return fail("in asks for an element of a list.");
  const { items } = list.type;
  if (!scalars.has(items.kind) || items.kind === "timestamp") return fail("in compares plain values.");
  if (isExact(item) || ("isExact" in items && items.isExact === true)) {
    const { text } = equal(asBigint(codeOf("one", items)), asBigint(item));
    return codeOf(`${within(list, levels.call)}.some((one) => ${text})`, bool);
  }
  const isEnum = "literals" in items && items.literals !== undefined;
  const isText = !("literals" in item.type) || item.type.literals === undefined;
  if (isEnum && isText)
    return codeOf(`${within(list, levels.call)}.some((one) => one === ${within(item, levels.order)})`, bool);
  return codeOf(`${within(list, levels.call)}.includes(${item.text})`, bool);
}

const bool: CelType = { kind: "bool" };

export function arithmetic(operator: "+" | "-" | "*" | "/" | "%", left: Code, right: Code, fail: Fail): Code {
  if (isUnknown(left) || isUnknown(right)) return codeOf("undefined", dyn);
  const type = resultOf(operator, left.type, right.type);
  if (type === undefined) return fail(`"${operator}" is not compiled for what stands here.`);
  const isDividing = operator === "/" || operator === "%";
  if (isDividing && type.kind === "int" && !isOtherThanZero(right.type)) {
    return fail("An integer is divided by what may be zero; divide by a number.");
  }
  if (type.kind === "int" && (isExact(left) || isExact(right))) return exactArithmetic(operator, left, right);
  const level = operator === "+" || operator === "-" ? levels.sum : levels.product;
  // What is grouped to the right is not what is grouped to the left.
  const sides = [within(left, level), right.level <= level ? `(${right.text})` : right.text];
  const code = codeOf(sides.join(` ${operator} `), type, level);
  // CEL's integers lose what is behind the point, towards zero.
  return operator === "/" && type.kind === "int" ? codeOf(`Math.trunc(${code.text})`, type) : code;
}

/** An integer of 64 bits is a number or a bigint, which are not reckoned with together. Bigints divide as CEL does. */
function exactArithmetic(operator: string, left: Code, right: Code): Code {
  const level = operator === "+" || operator === "-" ? levels.sum : levels.product;
  const type: CelType = { kind: "int", isExact: true };
  return codeOf(`${asBigint(left).text} ${operator} ${asBigint(right).text}`, type, level);
}

function asBigint(code: Code): Code {
  const { text, type, level } = code;
  // What has been reckoned is a bigint already.
  if (isExact(code) && level < levels.call) return codeOf(`(${text})`, type);
  return codeOf(/^\d+$/.test(text) ? `${text}n` : `BigInt(${text})`, type);
}

function isExact({ type }: Code): boolean {
  return "isExact" in type && type.isExact === true;
}

function isOtherThanZero(type: CelType): boolean {
  return "literals" in type && type.literals !== undefined && !type.literals.includes(0);
}

function resultOf(operator: string, left: CelType, right: CelType): CelType | undefined {
  const kinds = `${left.kind} ${operator} ${right.kind}`;
  if (kinds === "timestamp - timestamp") return { kind: "duration" };
  if (/^timestamp [+-] duration$|^duration \+ timestamp$/.test(kinds)) return { kind: "timestamp" };
  if (/^duration [+-] duration$/.test(kinds)) return { kind: "duration" };
  if (kinds === "string + string") return { kind: "string" };
  if (left.kind === right.kind && (left.kind === "int" || left.kind === "double")) return { kind: left.kind };
  return undefined;
}

/** What was reported already. */
function isUnknown({ text, type }: Code): boolean {
  return type.kind === "dyn" && text === "undefined";
}
