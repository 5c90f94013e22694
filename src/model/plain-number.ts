import { mainUse, type Member } from "./members.ts";
import type { FieldType } from "./model.ts";
import type { Links } from "./sketch.ts";
import { isCounted } from "./types.ts";

/** What is called like a key, and is the key of nothing that is stored, may be any number that clients send. */
export function plainNumber(member: Member, { references }: Links): FieldType | undefined {
  const isSent = [...member.creates, ...member.updates].some(
    ({ view, located }) => view.schema.readOnly !== true && located.schema.readOnly !== true,
  );
  const isPlain = isSent && !references.has(member) && isCounted(mainUse(member).view, member.name);
  return isPlain ? { kind: "number" } : undefined;
}
