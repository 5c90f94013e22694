import type { BodyLiterals } from "../../plan/trials/variations/values.ts";
import type { Compiler, TypeScript } from "./compiler.ts";
import { nodesOf } from "./compiler.ts";

/** The texts and numbers that stand in a body: what it may be waiting for. */
export function literalsOf(ts: Compiler, body: TypeScript.Node): BodyLiterals {
  const texts = new Set<string>();
  const numbers = new Set<number>();
  let isListing = false;
  for (const node of nodesOf(ts, body)) {
    if (ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node)) {
      texts.add(node.text);
    } else if (ts.isRegularExpressionLiteral(node)) {
      // The plainest word of an expression is often one that it finds.
      for (const [word] of node.text.matchAll(/[A-Za-z]{3,}/g)) texts.add(word);
    } else if (ts.isNumericLiteral(node)) {
      numbers.add(Number(node.text));
    } else if (ts.isBigIntLiteral(node)) {
      numbers.add(Number(node.text.replace(/n$/, "")));
    } else if (ts.isPropertyAccessExpression(node) || ts.isBindingElement(node)) {
      isListing ||= ["list", "countEach"].includes(node.name.getText());
    }
  }
  return { texts: [...texts], numbers: [...numbers].filter((one) => Number.isFinite(one)), isListing };
}
