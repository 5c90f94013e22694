import type { Compiler, TypeScript } from "../compiler.ts";
import type { Judge } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** Judges what a refusal says: its second argument reaches the client, so no value of a row may be in it. */
export function refusalJudge(ts: Compiler, { checker }: CheckedFile, spoken: string | undefined): Judge {
  return (node) => {
    if (!ts.isCallExpression(node)) return undefined;
    const [, field] = node.arguments;
    if (field === undefined || calledName(ts, node.expression) !== "refuse") return undefined;
    const type = checker.getTypeAtLocation(field);
    const parts = type.isUnion() ? type.types : [type];
    const isNamed = parts.every(
      (part) => (part.flags & ts.TypeFlags.Undefined) !== 0 || (part.isStringLiteral() && isName(part.value, spoken)),
    );
    if (isNamed) return undefined;
    return {
      saw: `It tells the client ${field.getText().slice(0, 60)} as the member that is to blame.`,
      cure: 'Name a member of the request, as text: context.refuse("…", "amount"); or leave it out.',
    };
  };
}

/** A member, or a path to one, of what the contract declares. */
function isName(text: string, spoken: string | undefined): boolean {
  const parts = text.split(/[./]/).filter((part) => part !== "");
  return /^[\w./$-]{1,80}$/.test(text) && parts.every((part) => /^\d+$/.test(part) || spoken?.includes(part) !== false);
}

function calledName(ts: Compiler, callee: TypeScript.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? callee.text : undefined;
}
