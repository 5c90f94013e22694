import type { Compiler, TypeScript } from "../compiler.ts";
import { nodesOf } from "../compiler.ts";
import { changeJudge } from "./changes.ts";
import { endingJudge } from "./endings.ts";
import { expressionJudge } from "./expressions.ts";
import { identifierJudge } from "./identifiers.ts";
import { kindJudge } from "./kinds.ts";
import type { Judge } from "./refusal.ts";
import { statementJudge } from "./statements.ts";
import { textRefusals, type PlacedRefusal } from "./text.ts";

/**
 * What of a slot's function the policy refuses: an allow-list over its syntax tree (docs/slots-policy.md). The first
 * refusal of a node is the one that is told. `types` are those that the file imports.
 */
export function policyRefusals(
  ts: Compiler,
  source: TypeScript.SourceFile,
  body: TypeScript.Block,
  types: ReadonlySet<string>,
  others: readonly Judge[] = [],
): readonly PlacedRefusal[] {
  const judges: readonly Judge[] = [
    kindJudge(ts),
    statementJudge(ts),
    expressionJudge(ts),
    identifierJudge(ts, types),
    changeJudge(ts),
    endingJudge(ts),
    ...others,
  ];
  const found: PlacedRefusal[] = [...textRefusals(ts, source, body.pos, body.end)];
  for (const node of nodesOf(ts, body)) {
    for (const judge of judges) {
      const refusal = judge(node);
      if (!refusal) continue;
      found.push({ ...refusal, position: node.getStart(source) });
      break;
    }
  }
  return found;
}
