import type { Json, Schema } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import type { Field, Slot } from "../../../model/model.ts";
import { fieldOf, type PlanContext } from "../../context.ts";
import { Imports } from "../../views/imports.ts";
import { slotOperations } from "../../views/signatures.ts";
import { requestPlan } from "../../views/tests/requests.ts";
import type { SlotTrial, TrialAnswer } from "../trial.ts";
import type { Spoken } from "./spoken.ts";
import { otherValues, type BodyLiterals } from "./values.ts";

/** As many rows as a long page has. */
const manyRows = 120;

/** Inputs at the ends of what is allowed. Little can be said of what should come of them, and a wrong body fails it. */
export function edgeTrials(
  slot: Slot,
  trials: readonly SlotTrial[],
  spoken: Spoken,
  literals: BodyLiterals,
  context: PlanContext,
): readonly SlotTrial[] {
  switch (slot.kind) {
    case "field":
      return trials.flatMap(pages);
    case "rule":
    case "value":
      return edgesOfBody(slot, trials, spoken, literals, context);
    case "effect":
    case "operation":
    case "filter":
      return [];
  }
}

/** The same rows the other way round, over and over, and none at all. */
function pages(trial: SlotTrial, at: number): readonly SlotTrial[] {
  const { given, expected } = trial;
  const [input] = given.inputs;
  if (input?.kind !== "rows" || expected.answer.kind !== "equals") return [];
  const answers = Array.isArray(expected.answer.value) ? (expected.answer.value as readonly Json[]) : [];
  const page = (what: string, places: readonly number[]): SlotTrial => ({
    ...trial,
    title: `${trial.title}, ${what}`,
    isDerived: true,
    given: { ...given, inputs: [{ ...input, keys: places.map((place) => input.keys[place] ?? null) }] },
    expected: { ...expected, answer: { kind: "equals", value: places.map((place) => answers[place] ?? null) } },
  });
  const all = input.keys.map((_, place) => place);
  return [
    page("the rows in another order", all.toReversed()),
    page("its last row alone", all.slice(-1)),
    ...(at === 0
      ? [
          page("without a row", []),
          page(
            "on a long page",
            Array.from({ length: manyRows }, (_, place) => place % all.length),
          ),
        ]
      : []),
  ];
}

/** Each member of the body with other values of what it may be: a rule decides all the same, a value fits its field. */
function edgesOfBody(
  slot: Slot,
  [first]: readonly SlotTrial[],
  { named }: Spoken,
  literals: BodyLiterals,
  context: PlanContext,
): readonly SlotTrial[] {
  const operation = slotOperations(slot, context).find(({ body }) => body !== undefined);
  if (first === undefined || operation === undefined || slot.entity === undefined) return [];
  const entity = context.entity(slot.entity);
  const answer: TrialAnswer | undefined =
    slot.kind === "rule"
      ? { kind: "decides" }
      : slot.field === undefined
        ? undefined
        : { kind: "fits", schema: fittingSchema(fieldOf(entity, slot.field), context) };
  if (answer === undefined) return [];
  const body = requestPlan(operation, context, new Imports()).body;
  return (body?.members ?? []).flatMap(({ name, schema, write }) => {
    const field = write?.target.kind === "field" ? fieldOf(entity, write.target.field) : undefined;
    if (field === undefined || field.references !== undefined || !named.has(name)) return [];
    return otherValues(field.type, schema, literals).map((value) => changed(first, name, value, answer));
  });
}

/** A decimal is digits, whether its schema says so or not. */
function fittingSchema({ type, schema }: Field, context: PlanContext): Schema {
  const own = context.resolved(schema);
  return type.kind === "decimal-text" ? { allOf: [own, { pattern: "^-?(?:0|[1-9]\\d*)(?:\\.\\d+)?$" }] } : own;
}

function changed(trial: SlotTrial, name: string, value: Json, answer: TrialAnswer): SlotTrial {
  return {
    ...trial,
    title: `${trial.title}, with ${name} ${JSON.stringify(value).slice(0, 60)}`,
    isDerived: true,
    given: {
      ...trial.given,
      inputs: trial.given.inputs.map((input) =>
        input.kind === "value" && isRecord(input.value)
          ? { kind: "value", value: { ...input.value, [name]: value } }
          : input,
      ),
    },
    expected: { answer, rows: [] },
  };
}
