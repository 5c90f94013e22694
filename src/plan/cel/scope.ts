import type { ASTNode } from "@marcbachmann/cel-js";
import type { CelProblem } from "./check.ts";
import { codeOf, type Code } from "./code.ts";
import type { CelLibrary } from "./library.ts";
import { dyn } from "./types.ts";

/** What an expression is compiled in. */
export interface Surroundings {
  /** The code of a member of `self` or `oldSelf`; undefined where there is none. */
  readonly member: (of: "self" | "oldSelf", name: string) => Code | undefined;
  /** A free name for a variable of the expression's own. */
  readonly local: (name: string) => string;
  readonly report: (problem: CelProblem) => void;
  readonly growthOf: CelLibrary["growthOf"];
}

export interface Scope extends Surroundings {
  readonly compile: (node: ASTNode, scope: Scope) => Code;
  /** Variables of macros, by the name that the expression gives them. */
  readonly variables: ReadonlyMap<string, Code>;
  /** Members that are known to have a value here, by path. */
  readonly present: ReadonlySet<string>;
}

/** Notes why a part is not compiled. */
export function failed(node: ASTNode, saw: string, { report }: Pick<Surroundings, "report">): Code {
  report({ saw, range: node.range });
  return codeOf("undefined", dyn);
}

export function withoutLiterals(type: Code["type"]): Code["type"] {
  if (!("literals" in type)) return type;
  const { literals: _, ...open } = type;
  return open;
}
