import type { Name, Slot } from "../../model/model.ts";
import { commentText, literal, valueLiteral } from "../../render/escape.ts";
import { celBody } from "../cel/body.ts";
import { fieldOf, slotsOf, type PlanContext } from "../context.ts";
import { sampleValue } from "../sample.ts";
import { docLines } from "./doc.ts";
import { fieldNode } from "./entity-types.ts";
import { Imports } from "./imports.ts";
import { plainValue } from "./typed-values.ts";
import { answersAddress } from "./answers.ts";
import { refusalCodes, slotOperations, slotSignature } from "./signatures.ts";

/** templates/entity/logic.hbs: the one file per home that holds what no template can know. */
export interface LogicView {
  readonly imports: readonly string[];
  readonly slots: readonly SlotView[];
}

interface SlotView {
  readonly doc: readonly string[];
  readonly id: string;
  readonly role: string;
  readonly prefix: string;
  readonly name: string;
  readonly signature: string;
  /** The comment that says that it is not filled, where it is not. */
  readonly open: readonly string[];
  readonly statements: readonly string[];
}

export function logicView(name: Name, context: PlanContext): LogicView {
  const imports = new Imports();
  const slots = slotsOf(context, name.type).map((slot): SlotView => {
    const { open, statements } = fallback(slot, context);
    return {
      doc: docLines(slotText(slot), 112),
      id: commentText(slot.id),
      role: commentText(`${slot.kind}, ${slotPlace(slot, context)}`),
      prefix: slot.kind === "filter" ? "" : "async ",
      name: slot.functionName,
      signature: slotSignature(slot, context, imports, "logic"),
      open,
      statements,
    };
  });
  return { imports: imports.lines(), slots };
}

function slotText({ text, cel }: Slot): string {
  if (cel === undefined) return text;
  const stated = `In CEL: \`${cel}\``;
  return cel === text ? stated : `${text}\n\n${stated}`;
}

/** When the slot runs: "before POST /transfers". */
function slotPlace(slot: Slot, context: PlanContext): string {
  const routes = slotOperations(slot, context)
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    .join(", ");
  switch (slot.kind) {
    case "rule":
      return `before ${routes}`;
    case "effect":
      return `after ${routes}, in the same transaction`;
    case "value":
      return `of ${slot.entity ?? ""}.${slot.field ?? ""}, before ${routes}`;
    case "field":
      return `of ${slot.entity ?? ""}.${slot.field ?? ""}, on read`;
    case "filter":
      return `of ${slot.parameter ?? ""} in ${routes}`;
    case "operation":
      return slotOperations(slot, context).some(answersAddress)
        ? `${routes}, which redirects to the address that is answered`
        : routes;
  }
}

/** What holds until a slot is filled, for reports. */
export function untilFilled(slot: Slot, context: PlanContext): string {
  switch (slot.kind) {
    case "rule":
      return context.options.openRules === "pass" ? "lets every request pass" : "refuses every request";
    case "effect":
      return "does nothing";
    case "operation":
      return "answers 501";
    case "filter":
      return "answers 501 where it is used";
    case "value":
      return `stores ${neutralOf(slot, context)}`;
    case "field":
      return neutralOf(slot, context) === "undefined" ? "is left out" : `answers ${neutralOf(slot, context)}`;
  }
}

function fallback(
  slot: Slot,
  context: PlanContext,
): { readonly open: readonly string[]; readonly statements: readonly string[] } {
  const compiled = celBody(context, slot.id)?.statements;
  if (compiled) return { open: [], statements: compiled };
  const open = [`// Open: ${untilFilled(slot, context)} until it is filled.`];
  const neutral = neutralOf(slot, context);
  switch (slot.kind) {
    case "rule": {
      const [code] = refusalCodes(slot);
      const refuses = context.options.openRules === "refuse" && code !== undefined;
      return { open, statements: [refuses ? `return context.refuse(${literal(code)});` : "return context.accept();"] };
    }
    case "effect":
      return { open, statements: [] };
    case "operation":
    case "filter":
      return { open, statements: ["return context.notImplemented();"] };
    case "value":
      return { open, statements: [`return ${neutral};`] };
    case "field": {
      const rows = slot.entity === undefined ? "rows" : context.entity(slot.entity).name.plural;
      return { open, statements: [`return ${rows}.map(() => ${neutral.startsWith("{") ? `(${neutral})` : neutral});`] };
    }
  }
}

/** Null or left out where that may be; else the plainest value that satisfies the schema. */
function neutralOf(slot: Slot, context: PlanContext): string {
  if (slot.entity === undefined || slot.field === undefined) return "undefined";
  const field = fieldOf(context.entity(slot.entity), slot.field);
  if (slot.kind === "field" && !field.isRequired) return field.isNullable ? "null" : "undefined";
  if (field.isNullable || (slot.kind === "value" && !field.isStoredNotNull)) return "null";
  const resolved = context.resolved(field.schema);
  // What is too large to be resolved whole is so in what must be there.
  const schema = JSON.stringify(resolved).includes('"openapi.json#') ? context.least(field.schema) : resolved;
  if (field.type.kind === "date-time") return "context.now";
  return valueLiteral(plainest(schema) ?? plainValue(fieldNode(field, context)));
}

function plainest(schema: Parameters<typeof sampleValue>[0]): unknown {
  const { examples: _, example: __, ...rest } = schema;
  if (rest.type === "integer" || rest.type === "number") {
    const fits = (rest.minimum ?? 0) <= 0 && (rest.maximum ?? 0) >= 0 && rest.exclusiveMinimum === undefined;
    if (fits && rest.enum === undefined) return 0;
  }
  if (rest.type === "boolean") return false;
  return sampleValue(rest);
}
