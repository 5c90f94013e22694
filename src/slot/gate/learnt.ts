import type { SlotTrial } from "../../plan/trials/trial.ts";
import type { Finding } from "./finding.ts";

/** Long enough not to be met by chance in code, and shaped like data. */
const particular = /^(?=.*\d)[\w:.-]{12,}$/;

/** Values of the examples' rows, and keys, that stand in the body: such a body knows some rows, and not the rule. */
export function learntFindings(trials: readonly SlotTrial[], body: string, rule: string): readonly Finding[] {
  const values = new Set<string>();
  for (const { given } of trials) {
    collect([given.rows, given.inputs], values);
    values.add(given.now);
  }
  const ids = body.match(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi) ?? [];
  const found = [...values, ...ids].find(
    (value) => particular.test(value) && body.includes(value) && !rule.includes(value),
  );
  if (found === undefined) return [];
  const line = body.slice(0, body.indexOf(found)).split("\n").length;
  return [
    {
      step: "examples",
      line,
      saw: `It names ${JSON.stringify(found)}, ${values.has(found) ? "a value of an example" : "which the rule does not"}.`,
      cure: "Write what the rule says of every row.",
    },
  ];
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  else if (typeof value === "object" && value !== null)
    for (const member of Object.values(value)) collect(member, into);
}
