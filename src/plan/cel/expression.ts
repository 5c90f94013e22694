import type { ASTNode } from "@marcbachmann/cel-js";
import { literal, memberAccess, valueLiteral } from "../../render/escape.ts";
import { both, codeOf, either, given, isFalse, isTrue, levels, not, within, type Code } from "./code.ts";
import { callCode } from "./functions.ts";
import { arithmetic, comparison, equality, membership } from "./operators.ts";
import { failed, withoutLiterals, type Scope } from "./scope.ts";
import { dyn, ownName, type CelMembers } from "./types.ts";

/** Compiles a part of a checked expression. What cannot be compiled is reported, and stands as `undefined`. */
export function compile(node: ASTNode, scope: Scope): Code {
  switch (node.op) {
    case "value":
      return constant(node, scope);
    case "id":
      return variable(node, scope);
    case ".":
      return value(node, member(node, node.args[0], node.args[1], scope), scope);
    case "[]":
      return indexed(node, scope);
    case "!_":
      return not(compile(node.args, scope));
    case "-_":
      return negative(node.args, scope);
    case "&&": {
      const left = compile(node.args[0], scope);
      return both(left, compile(node.args[1], knowing(scope, node.args[0], true)));
    }
    case "||": {
      const left = compile(node.args[0], scope);
      return either(left, compile(node.args[1], knowing(scope, node.args[0], false)));
    }
    case "?:":
      return choice(node.args, scope);
    case "==":
    case "!=": {
      const equal = equality(compile(node.args[0], scope), compile(node.args[1], scope), (saw) =>
        failed(node, saw, scope),
      );
      return node.op === "==" ? equal : not(equal);
    }
    case "<":
    case "<=":
    case ">":
    case ">=":
      return comparison(node.op, compile(node.args[0], scope), compile(node.args[1], scope), (saw) =>
        failed(node, saw, scope),
      );
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return arithmetic(node.op, compile(node.args[0], scope), compile(node.args[1], scope), (saw) =>
        failed(node, saw, scope),
      );
    case "in":
      return membership(compile(node.args[0], scope), compile(node.args[1], scope), (saw) => failed(node, saw, scope));
    case "list": {
      const items = node.args.map((item) => compile(item, scope));
      const type = items[0]?.type ?? dyn;
      return codeOf(`[${items.map(({ text }) => text).join(", ")}]`, { kind: "list", items: withoutLiterals(type) });
    }
    case "call":
      if (node.args[0] === "has") return has(node, node.args[1][0], scope);
      return callCode({ name: node.args[0], receiver: undefined, given: node.args[1], node }, scope);
    case "rcall":
      return callCode({ name: node.args[0], receiver: node.args[1], given: node.args[2], node }, scope);
    default:
      return failed(node, "Maps and optional values are not compiled.", scope);
  }
}

function constant(node: ASTNode & { readonly op: "value" }, scope: Scope): Code {
  const { args } = node;
  if (typeof args === "bigint") {
    const number = Number(args);
    if (!Number.isSafeInteger(number)) return failed(node, `${args} is beyond the integers that a body has.`, scope);
    return codeOf(String(number), { kind: "int", literals: [number] });
  }
  if (typeof args === "number") return codeOf(valueLiteral(args), { kind: "double", literals: [args] });
  if (typeof args === "string") return codeOf(literal(args), { kind: "string", literals: [args] });
  if (typeof args === "boolean") return args ? isTrue : isFalse;
  if (args === null) return failed(node, "Nothing is compared with null; has() asks whether there is a value.", scope);
  return failed(node, "Bytes and unsigned integers are not compiled.", scope);
}

function variable(node: ASTNode & { readonly op: "id" }, scope: Scope): Code {
  const own = scope.variables.get(node.args);
  if (own) return value(node, own, scope);
  if (node.args === "now") return codeOf("Date.parse(context.now)", { kind: "timestamp" });
  return failed(node, `${node.args} is used as a whole; name its members.`, scope);
}

/** The code of a member, whether or not there is a value. */
function member(node: ASTNode, of: ASTNode, name: string, scope: Scope): Code {
  if (of.op === "id" && !scope.variables.has(of.args)) {
    if (of.args === "self" || of.args === "oldSelf") {
      return scope.member(of.args, name) ?? failed(node, `There is no member "${name}".`, scope);
    }
    if (of.args === "caller" && name === "subject") return codeOf("context.caller.subject", { kind: "string" });
    if (of.args === "caller" && name === "scopes") {
      return codeOf("context.caller.scopes", { kind: "list", items: { kind: "string" } });
    }
  }
  const owner = compile(of, scope);
  if (owner.type.kind !== "object") return unlessReported(owner, () => failed(node, openMember(name), scope));
  return memberOf(owner, owner.type.members, name) ?? failed(node, `There is no member "${name}".`, scope);
}

function openMember(name: string): string {
  return `What "${name}" is, the document does not say.`;
}

function memberOf(owner: Code, members: CelMembers, name: string): Code | undefined {
  const own = ownName(members, name);
  const found = own === undefined ? undefined : members.get(own);
  if (own === undefined || found === undefined) return undefined;
  const { type, canBeMissing, canBeNull } = found;
  const path = owner.path === undefined ? {} : { path: `${owner.path}.${name}` };
  return {
    text: `${within(owner, levels.call)}${memberAccess(own)}`,
    type,
    level: levels.call,
    canBeMissing,
    canBeNull,
    ...path,
  };
}

function unlessReported(code: Code, report: () => Code): Code {
  return code.type.kind === "dyn" && code.text === "undefined" ? code : report();
}

/** A member where its value is used: there must be one. Texts of moments become their milliseconds. */
function value(node: ASTNode, code: Code, scope: Scope): Code {
  const isPresent = code.path !== undefined && scope.present.has(code.path);
  if ((code.canBeMissing === true || code.canBeNull === true) && !isPresent) {
    const text = node.input.slice(node.range.start, node.range.end);
    scope.report({
      saw: `${text} may have no value.`,
      fix: `Ask for it before: has(${text}) && …, or !has(${text}) || …`,
      range: node.range,
    });
    return codeOf("undefined", dyn);
  }
  const { canBeMissing: _, canBeNull: __, ...there } = code;
  if (code.type.kind !== "timestamp" || code.wire !== undefined) return there;
  return { ...there, text: `Date.parse(${code.text})`, level: levels.call, wire: code.text };
}

function indexed(node: ASTNode & { readonly op: "[]" }, scope: Scope): Code {
  const [of, key] = node.args;
  if (key.op === "value" && typeof key.args === "string") {
    return value(node, member(node, of, key.args, scope), scope);
  }
  return failed(node, "Elements are not taken by their place; ask with exists() or all().", scope);
}

function has(node: ASTNode, asked: ASTNode | undefined, scope: Scope): Code {
  if (asked?.op !== ".") return failed(node, "has() asks for a member.", scope);
  const code = member(asked, asked.args[0], asked.args[1], scope);
  return code.path !== undefined && scope.present.has(code.path) ? isTrue : given(code);
}

function negative(operand: ASTNode, scope: Scope): Code {
  const { text, type, level, ...rest } = compile(operand, scope);
  const literals = "literals" in type && type.literals ? type.literals.map((one) => -Number(one)) : undefined;
  const own = type.kind === "int" || type.kind === "double" ? { kind: type.kind, ...(literals && { literals }) } : type;
  if ("isExact" in type && type.isExact === true) return codeOf(`-BigInt(${text})`, type, levels.unary);
  const inner = text.startsWith("-") ? `(${text})` : within({ ...rest, text, type, level }, levels.unary);
  return codeOf(`-${inner}`, own, levels.unary);
}

function choice([condition, yes, no]: readonly [ASTNode, ASTNode, ASTNode], scope: Scope): Code {
  const asked = compile(condition, scope);
  const left = compile(yes, knowing(scope, condition, true));
  const right = compile(no, knowing(scope, condition, false));
  if (asked.text === "true") return left;
  if (asked.text === "false") return right;
  const parts = [within(asked, levels.or), within(left, levels.choice), within(right, levels.choice)];
  return codeOf(`${parts[0] ?? ""} ? ${parts[1] ?? ""} : ${parts[2] ?? ""}`, joined(left, right), levels.choice);
}

/** What either branch can be. */
function joined(left: Code, right: Code): Code["type"] {
  const one = "literals" in left.type ? left.type.literals : undefined;
  const other = "literals" in right.type ? right.type.literals : undefined;
  const plain = withoutLiterals(left.type);
  if (plain.kind === "int" && "isExact" in right.type && right.type.isExact === true)
    return { ...plain, isExact: true };
  if (!one || !other || (plain.kind !== "string" && plain.kind !== "int" && plain.kind !== "double")) return plain;
  return { kind: plain.kind, literals: [...one, ...other] };
}

/** The scope in which a condition has been found true, or false. */
export function knowing(scope: Scope, condition: ASTNode, isHolding: boolean): Scope {
  return { ...scope, present: new Set([...scope.present, ...presentIf(condition, isHolding, scope)]) };
}

function presentIf(node: ASTNode, isHolding: boolean, scope: Scope): readonly string[] {
  if (node.op === "!_") return presentIf(node.args, !isHolding, scope);
  if (node.op === (isHolding ? "&&" : "||")) return node.args.flatMap((part) => presentIf(part, isHolding, scope));
  if (!isHolding || node.op !== "call" || node.args[0] !== "has") return [];
  const [asked] = node.args[1];
  const path = asked && pathOf(asked, scope);
  return path === undefined ? [] : [path];
}

function pathOf(node: ASTNode, scope: Scope): string | undefined {
  if (node.op === "id") return scope.variables.get(node.args)?.path ?? node.args;
  if (node.op !== ".") return undefined;
  const owner = pathOf(node.args[0], scope);
  return owner === undefined ? undefined : `${owner}.${node.args[1]}`;
}
