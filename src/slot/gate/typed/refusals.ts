import type { Compiler, TypeScript } from "../compiler.ts";
import type { Judge } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

/** Judges what a refusal says: its second argument reaches the client, so no value of a row may be in it. */
export function refusalJudge(ts: Compiler, { checker }: CheckedFile): Judge {
  return (node) => {
    if (!ts.isCallExpression(node)) return undefined;
    const [, field] = node.arguments;
    if (field === undefined || calledName(ts, node.expression) !== "refuse") return undefined;
    const type = checker.getTypeAtLocation(field);
    const parts = type.isUnion() ? type.types : [type];
    const isNamed = parts.every(
      (part) =>
        (part.flags & ts.TypeFlags.Undefined) !== 0 || (part.isStringLiteral() && /^[\w./$-]{1,80}$/.test(part.value)),
    );
    if (isNamed) return undefined;
    return {
      saw: `It tells the client ${field.getText().slice(0, 60)} as the member that is to blame.`,
      cure: 'Name a member of the request, as text: context.refuse("…", "amount"); or leave it out.',
    };
  };
}

function calledName(ts: Compiler, callee: TypeScript.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? callee.text : undefined;
}
