import type { ASTNode, Environment, SourceRange } from "@marcbachmann/cel-js";
import { nearestName } from "../../diagnostic/nearest-name.ts";
import type { CelLibrary } from "./library.ts";
import { celName, type CelMembers, type CelType } from "./types.ts";

/** Why an expression is not compiled, in words for whoever wrote it. */
export interface CelProblem {
  readonly saw: string;
  readonly fix?: string;
  /** The part of the expression that is meant. */
  readonly range?: SourceRange | undefined;
}

export type CheckedCel = { readonly ast: ASTNode; readonly type: string } | { readonly problem: CelProblem };

/** Parses an expression and checks it against what there is: `self`, `oldSelf`, `caller` and `now`. */
export function checkCel(
  { Environment: Make, ParseError, TypeError: CheckError }: CelLibrary,
  expression: string,
  variables: ReadonlyMap<string, CelType>,
): CheckedCel {
  const environment = new Make();
  const names = new Set<string>();
  for (const [name, type] of variables) environment.registerVariable(name, registered(environment, type, name, names));
  try {
    const parsed = environment.parse(expression);
    const { valid, type, error } = parsed.check();
    if (valid && type !== undefined) return { ast: parsed.ast, type };
    return { problem: problemOf(expression, error, variables) };
  } catch (cause) {
    if (!(cause instanceof ParseError) && !(cause instanceof CheckError)) throw cause;
    return { problem: problemOf(expression, cause, variables) };
  }
}

/** The type's name in the environment; objects get one each, by the path that leads to them. */
function registered(environment: Environment, type: CelType, path: string, names: Set<string>): string {
  switch (type.kind) {
    case "timestamp":
      return "google.protobuf.Timestamp";
    case "duration":
      return "google.protobuf.Duration";
    case "list":
      return `list<${registered(environment, type.items, `${path}_item`, names)}>`;
    case "map":
      return "map<string, dyn>";
    case "object": {
      const name = freeName(`${path.replaceAll(/\W/g, "_")}_object`, names);
      const fields = [...type.members].flatMap(([member, { type: own }]) => {
        const field = registered(environment, own, `${path}_${member}`, names);
        return [...new Set([member, celName(member)])].map((spelling) => [spelling, field]);
      });
      environment.registerType(name, { fields: Object.fromEntries(fields) as Record<string, string> });
      return name;
    }
    default:
      return type.kind;
  }
}

function freeName(wanted: string, names: Set<string>): string {
  let name = wanted;
  for (let number = 2; names.has(name); number += 1) name = `${wanted}${number}`;
  names.add(name);
  return name;
}

interface CelError {
  readonly code: string;
  readonly summary: string;
  readonly range?: SourceRange | undefined;
}

function problemOf(
  expression: string,
  error: CelError | undefined,
  variables: ReadonlyMap<string, CelType>,
): CelProblem {
  if (error === undefined) return { saw: "It is not understood." };
  const { code, summary, range } = error;
  const text = range === undefined ? "" : expression.slice(range.start, range.end);
  if (code === "no_such_key") {
    const members = [...variables.values()].flatMap(memberNames);
    const near = nearestName(text, members);
    return {
      saw: `There is no member "${text}".`,
      ...(near !== undefined && { fix: `Did you mean "${near}"?` }),
      range,
    };
  }
  if (code === "unknown_variable" && text === "oldSelf") {
    return { saw: "There is no oldSelf: no row is there before the write.", range };
  }
  if (code === "unknown_variable") {
    return { saw: `There is no variable "${text}".`, fix: `There are ${[...variables.keys()].join(", ")}.`, range };
  }
  if (text === "" && /EOF/.test(summary)) return { saw: "It ends where something must follow.", range };
  return { saw: `${sentence(summary)}.`, range };
}

/** Names of our object types say nothing to whoever wrote the rule. */
function sentence(summary: string): string {
  const plain = summary.replaceAll(/\b\w+_object\d*\b/g, "object").replace(/\.$/, "");
  return `${plain.slice(0, 1).toUpperCase()}${plain.slice(1)}`;
}

function memberNames(type: CelType): readonly string[] {
  if (type.kind === "list") return memberNames(type.items);
  if (type.kind !== "object") return [];
  return namesOf(type.members);
}

function namesOf(members: CelMembers): readonly string[] {
  return [...members].flatMap(([name, { type }]) => [celName(name), ...memberNames(type)]);
}
