import type { Contract } from "./document.ts";

/** A document's conversation for people: a line for each operation, then what was wrong. */
export function printed(contract: Contract, isVerbose: boolean): string {
  const { name, storage, why, operations, requests, violations, unreached, unasked, contradictions } = contract;
  const lines = [`\n${name} on ${storage}: ${requests} requests, ${violations} violations`];
  if (why !== undefined) lines.push(`  ${why}`);
  const width = Math.min(70, Math.max(0, ...operations.map(({ operation }) => operation.length)));
  for (const { operation, kind, valid, invalid, other, succeeded, statuses } of isVerbose ? operations : [])
    lines.push(
      `  ${operation.padEnd(width)} ${kind.padEnd(8)} ${`${valid} valid, ${invalid} not, ${other} other`.padEnd(34)} ${String(succeeded).padStart(4)} succeeded  ${statuses}`,
    );
  for (const [kind, places] of Map.groupBy(contract.kinds, (one) => one.kind)) {
    lines.push(`  ${kind}: ${places.reduce((sum, one) => sum + one.count, 0)} times`);
    for (const { operation, count, first } of isVerbose ? places : places.slice(0, 3))
      lines.push(`    ${operation} (${count})`, `      ${first}`);
    if (!isVerbose && places.length > 3) lines.push(`    and of ${places.length - 3} other operations`);
  }
  if (unreached.length > 0) lines.push(`  never succeeded: ${unreached.join(", ")}`);
  if (unasked.length > 0) lines.push(`  no valid request could be made: ${unasked.join(", ")}`);
  for (const one of contradictions) lines.push(`  the document contradicts itself: ${one}`);
  return lines.join("\n");
}
