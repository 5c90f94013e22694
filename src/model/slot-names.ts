import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import type { Field, Slot, SlotKind } from "./model.ts";
import { functionName, wordsOf } from "./names.ts";
import type { Rule } from "./rules.ts";

/** The first word of a derived id: what the slot is about. */
export function homeWord(operation: ClassifiedOperation): string {
  return idWord(operation.entity ?? operation.group ?? "api");
}

/** A part of an id, in camel case; ids are no identifiers, so that any word will do. */
export function idWord(text: string): string {
  const [first = "value", ...rest] = wordsOf(text);
  return [
    first.charAt(0).toLowerCase() + first.slice(1),
    ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)),
  ].join("");
}

/** The id of a rule that has none of its own, from the place where it stands. */
export function derivedId(rule: Rule, home: EntityDraft | undefined, field: Field | undefined): string {
  const first = rule.operation ? homeWord(rule.operation) : idWord(home?.name.type ?? "api");
  const named = field?.name ?? rule.parameter;
  const on = rule.operation ? [rule.operation.kind === "custom" ? rule.operation.name : rule.operation.kind] : [];
  const last = {
    rule: "allowed",
    value: "value",
    effect: "effect",
    operation: undefined,
    field: "field",
    filter: "filter",
  }[rule.kind];
  return [first, ...on, named === undefined ? last : idWord(named)].filter((part) => part !== undefined).join(".");
}

/** The id's last word names the function, its last two words where another slot has that name. */
export function ruleFunctions(
  rule: Rule,
  operations: readonly ClassifiedOperation[],
  field: Field | undefined,
): readonly string[] {
  const [only] = operations;
  if (rule.kind === "operation" && only) return [only.name];
  if (rule.id === undefined) return derivedFunctions(rule, only, field);
  const parts = rule.id.split(".");
  return [1, 2, 3].map((count) => claim(rule.kind, parts.slice(-count).join(" ")));
}

function derivedFunctions(
  rule: Rule,
  only: ClassifiedOperation | undefined,
  field: Field | undefined,
): readonly string[] {
  if (field) return [functionName(field.name)];
  if (rule.parameter !== undefined) return [functionName(rule.parameter)];
  const about = rule.operation && only ? only.name : "write";
  return [rule.kind === "rule" ? claim("rule", `${about} allowed`) : functionName(`after ${about}`)];
}

/** `covered` of a rule is `isCovered`; what reads as a claim already stays. */
function claim(kind: SlotKind, text: string): string {
  const name = functionName(text);
  if (kind !== "rule" || /^(is|has|have|can|may|must|are|does|should)[A-Z]/.test(name)) return name;
  return functionName(`is ${wordsOf(text).join(" ")}`);
}

export function refusalOf(rule: Rule, operations: readonly ClassifiedOperation[]): Slot["refuse"] {
  if (rule.refuse) return rule.refuse;
  return rule.kind === "rule" || rule.kind === "operation" ? usualRefusal(operations) : {};
}

/** The first documented status of 422, 409, 403 and 400; 409 where none of them is. */
export function usualRefusal(operations: readonly ClassifiedOperation[]): Slot["refuse"] {
  const documented = new Set(operations.flatMap(({ object }) => Object.keys(object.responses ?? {})));
  return { refused: [422, 409, 403, 400].find((status) => documented.has(String(status))) ?? 409 };
}
