import type { ASTNode } from "@marcbachmann/cel-js";
import { literal, regularLiteral } from "../../render/escape.ts";
import { codeOf, levels, within, type Code } from "./code.ts";
import { failed, withoutLiterals, type Scope } from "./scope.ts";
import type { CelType } from "./types.ts";

export interface Call {
  readonly name: string;
  /** What stands before the point. */
  readonly receiver: ASTNode | undefined;
  readonly given: readonly ASTNode[];
  readonly node: ASTNode;
}

/** Compiles the call of a function, a method or a macro. */
export function callCode(call: Call, scope: Scope): Code {
  const { name, receiver, given, node } = call;
  const [first] = given;
  if (receiver !== undefined && macros.has(name)) return macro(call, receiver, scope);
  if (receiver === undefined && first !== undefined) {
    if (name === "duration") return duration(node, first, scope);
    if (name === "timestamp") return timestamp(node, first, scope);
  }
  if (name === "matches" && receiver !== undefined && first !== undefined) return pattern(node, receiver, first, scope);
  const [subject, ...others] = [...(receiver === undefined ? [] : [receiver]), ...given].map((one) =>
    scope.compile(one, scope),
  );
  if (subject === undefined || subject.text === "undefined") return codeOf("undefined", { kind: "dyn" });
  const known = functions[`${subject.type.kind}.${name}/${others.length}`];
  return known ? known(subject, ...others) : failed(node, `${name}() is not compiled here.`, scope);
}

type Make = (subject: Code, ...others: readonly Code[]) => Code;

const bool: CelType = { kind: "bool" };
const int: CelType = { kind: "int" };
const string: CelType = { kind: "string" };
const texts: CelType = { kind: "list", items: string };

const on = (code: Code): string => within(code, levels.call);
const first = (others: readonly Code[]): string => others[0]?.text ?? "";
const moment =
  (part: string): Make =>
  (subject) =>
    codeOf(`new Date(${subject.text}).getUTC${part}()`, int);
const whole =
  (ms: number): Make =>
  (subject) =>
    codeOf(`Math.trunc(${within(subject, levels.product)} / ${grouped(ms)})`, int);
const same: Make = (subject) => subject;
const method =
  (name: string, type: CelType): Make =>
  (subject, ...others) =>
    codeOf(`${on(subject)}.${name}(${others.map(({ text }) => text).join(", ")})`, type);

/** By the type that they are called on, and how many arguments come after it. */
const functions: Readonly<Record<string, Make>> = {
  // CEL counts code points.
  "string.size/0": (subject) => codeOf(`[...${on(subject)}].length`, int),
  "list.size/0": (subject) => codeOf(`${on(subject)}.length`, int),
  "map.size/0": (subject) => codeOf(`Object.keys(${subject.text}).length`, int),
  "string.startsWith/1": method("startsWith", bool),
  "string.endsWith/1": method("endsWith", bool),
  "string.contains/1": method("includes", bool),
  "string.trim/0": method("trim", string),
  "string.split/1": method("split", texts),
  "string.lowerAscii/0": (subject) =>
    codeOf(`${on(subject)}.replace(/[A-Z]/g, (letter) => letter.toLowerCase())`, string),
  "string.upperAscii/0": (subject) =>
    codeOf(`${on(subject)}.replace(/[a-z]/g, (letter) => letter.toUpperCase())`, string),
  "list.join/0": (subject) => codeOf(`${on(subject)}.join("")`, string),
  "list.join/1": (subject, ...others) => codeOf(`${on(subject)}.join(${first(others)})`, string),
  "int.int/0": same,
  "double.double/0": same,
  "string.string/0": same,
  "int.double/0": ({ text, type, level }) =>
    "isExact" in type && type.isExact === true
      ? codeOf(`Number(${text})`, { kind: "double" })
      : codeOf(text, { kind: "double" }, level),
  "double.int/0": ({ text }) => codeOf(`Math.trunc(${text})`, int),
  "int.string/0": ({ text }) => codeOf(`String(${text})`, string),
  "bool.string/0": ({ text }) => codeOf(`String(${text})`, string),
  "timestamp.getFullYear/0": moment("FullYear"),
  "timestamp.getMonth/0": moment("Month"),
  "timestamp.getDate/0": moment("Date"),
  "timestamp.getDayOfMonth/0": (subject) => codeOf(`new Date(${subject.text}).getUTCDate() - 1`, int, levels.sum),
  "timestamp.getDayOfWeek/0": moment("Day"),
  "timestamp.getHours/0": moment("Hours"),
  "timestamp.getMinutes/0": moment("Minutes"),
  "timestamp.getSeconds/0": moment("Seconds"),
  "timestamp.getMilliseconds/0": moment("Milliseconds"),
  "duration.getHours/0": whole(3_600_000),
  "duration.getMinutes/0": whole(60_000),
  "duration.getSeconds/0": whole(1000),
  "duration.getMilliseconds/0": same,
};

const macros: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter"]);

function macro({ name, given, node }: Call, receiver: ASTNode, scope: Scope): Code {
  const list = scope.compile(receiver, scope);
  if (list.text === "undefined") return list;
  const [variable, condition, mapped] = given;
  if (list.type.kind !== "list") return failed(receiver, `${name}() goes through lists alone.`, scope);
  if (variable?.op !== "id" || condition === undefined || (mapped !== undefined && name !== "map")) {
    return failed(node, `${name}() is not compiled with these arguments.`, scope);
  }
  const local = scope.local(variable.args);
  const inner = inFunction(scope, variable.args, {
    text: local,
    type: list.type.items,
    level: levels.call,
    path: local,
  });
  const callback = (body: ASTNode): string => `(${local}) => ${scope.compile(body, inner).text}`;
  const source = on(list);
  switch (name) {
    case "all":
      return codeOf(`${source}.every(${callback(condition)})`, bool);
    case "exists":
      return codeOf(`${source}.some(${callback(condition)})`, bool);
    case "exists_one":
      return codeOf(`${source}.filter(${callback(condition)}).length === 1`, bool, levels.equality);
    case "filter":
      return codeOf(`${source}.filter(${callback(condition)})`, list.type);
    default: {
      const value = mapped ?? condition;
      const filtered = mapped === undefined ? source : `${source}.filter(${callback(condition)})`;
      const items = withoutLiterals(scope.compile(value, inner).type);
      return codeOf(`${filtered}.map(${callback(value)})`, { kind: "list", items });
    }
  }
}

/** Inside of a function, the compiler believes of what has been asked outside only what constants hold. */
function inFunction(scope: Scope, name: string, own: Code): Scope {
  const present = new Set([...scope.present].filter((path) => /^(?:self|oldSelf)\.[^.]+$/.test(path)));
  return { ...scope, present, variables: new Map([...scope.variables, [name, own]]) };
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function duration(node: ASTNode, given: ASTNode, scope: Scope): Code {
  const text = given.op === "value" && typeof given.args === "string" ? given.args : "";
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  const isWhole = /^-?(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/.test(text);
  const ms = parts.reduce((sum, [, count = "", unit = ""]) => sum + Number(count) * (units[unit] ?? 0), 0);
  if (!isWhole || !Number.isSafeInteger(ms)) {
    return failed(node, 'A duration is written as a text of hours to milliseconds, such as "36h" or "1h30m".', scope);
  }
  return codeOf(`${text.startsWith("-") ? "-" : ""}${grouped(ms)}`, { kind: "duration" }, levels.unary);
}

function timestamp(node: ASTNode, given: ASTNode, scope: Scope): Code {
  if (given.op === "value" && typeof given.args === "string") {
    const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(given.args);
    if (!isMoment || Number.isNaN(Date.parse(given.args))) {
      return failed(node, 'A timestamp is written as in "2026-01-31T12:00:00Z".', scope);
    }
    return codeOf(`Date.parse(${literal(given.args)})`, { kind: "timestamp" });
  }
  const code = scope.compile(given, scope);
  if (code.type.kind === "timestamp") return code;
  return failed(node, "Only a text that stands here, or a member with format: date-time, is a timestamp.", scope);
}

/** 36_000: as a person would write it. */
function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, "_");
}

function pattern(node: ASTNode, receiver: ASTNode, given: ASTNode, scope: Scope): Code {
  if (given.op !== "value" || typeof given.args !== "string") {
    return failed(node, "matches() takes an expression that stands here.", scope);
  }
  const [, isLoose, source = ""] = /^(\(\?i\))?([\s\S]*)$/.exec(given.args) ?? [];
  const flags = isLoose === undefined ? "u" : "iu";
  const expression = regularExpression(source, flags);
  if (expression === undefined) return failed(given, "It is no regular expression that JavaScript has too.", scope);
  if (scope.growthOf(source, flags) === "exponential") {
    return failed(given, "Matching it can take time without bound.", scope);
  }
  const subject = scope.compile(receiver, scope);
  return codeOf(`${expression}.test(${subject.text})`, bool);
}

/** Undefined where it is none. */
function regularExpression(source: string, flags: string): string | undefined {
  try {
    return regularLiteral(new RegExp(source === "" ? "(?:)" : source, flags));
  } catch {
    return undefined;
  }
}
