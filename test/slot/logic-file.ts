import { hashOf } from "../../src/hash.ts";
import type { SlotContract } from "../../src/plan/plan.ts";

/** A slot in the smallest form that a logic file can be made of. */
export interface TestSlot {
  readonly id: string;
  readonly name: string;
  readonly parameters?: string;
  readonly fallback?: string;
  readonly doc?: string;
}

export const path = "src/transfer/transfer.logic.ts";

export const covered: TestSlot = { id: "transfer.create.covered", name: "isCovered" };
export const settle: TestSlot = { id: "transfer.create.settle", name: "settle", fallback: "return;" };
export const fee: TestSlot = { id: "transfer.fee", name: "feeOf", fallback: "return 0;" };

/** Not every logic file needs what contracts share. */
const verdict = 'import type { Verdict } from "../contract.ts";';

/** A logic file as a template prints it. */
export function logicFile(
  slots: readonly TestSlot[],
  types: readonly string[] = ["Transfer", "TransferContext"],
): string {
  const functions = slots.map(
    ({
      id,
      name,
      parameters = "transfer: Transfer, context: TransferContext",
      fallback = "return context.accept();",
      doc = "What it promises.",
    }) =>
      `/**\n * ${doc}\n *\n * @slot ${id}  rule, before POST /transfers\n */\nexport async function ${name}(${parameters}): Promise<void> {\n  // Open: lets pass until filled.\n  ${fallback}\n}\n`,
  );
  const shared = slots.some(({ fallback = "accept" }) => fallback.includes("accept")) ? [verdict] : [];
  const imports = [...shared, `import type { ${types.join(", ")} } from "./transfer.contract.ts";\n`].join("\n");
  return [imports, ...functions].join("\n");
}

export function contractOf({ id, name, parameters = "" }: TestSlot, file = path): SlotContract {
  const contract = hashOf(id, parameters);
  return {
    id,
    kind: "rule",
    file,
    functionName: name,
    contract,
    text: "",
    pointer: "",
    isCompiled: false,
    untilFilled: "lets pass",
  };
}
