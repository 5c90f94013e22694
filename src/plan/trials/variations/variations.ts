import { isRecord } from "../../../json.ts";
import type { Slot } from "../../../model/model.ts";
import type { PlanContext } from "../../context.ts";
import type { SlotTrial, TrialRow } from "../trial.ts";
import { bystanders } from "./bystanders.ts";
import { edgeTrials } from "./edges.ts";
import { exchanges } from "./enums.ts";
import { renamedTrial, turnedKey, type Renaming } from "./renaming.ts";
import { silentMembers, variedInput, variedRows, type Silent } from "./silent.ts";
import { spokenOf, type Spoken } from "./spoken.ts";
import type { BodyLiterals } from "./values.ts";

/** More take longer than what they still find is worth. */
const mostTrials = 72;
const mostTurns = 14;
const leastTurns = 4;

/**
 * Trials that follow from the document's examples without anybody having written them: the same example with other
 * values of what nobody speaks of, under other names, at another time, by a caller with scopes; and inputs at the ends
 * of what is allowed. What should come of them follows too: the same as before, under the new names.
 */
export function variationsOf(
  slot: Slot,
  trials: readonly SlotTrial[],
  literals: BodyLiterals,
  context: PlanContext,
): readonly SlotTrial[] {
  if (trials.length === 0) return [];
  const spoken = spokenOf(slot, context);
  const world: World = {
    silent: silentMembers(slot, spoken, literals, context),
    exchanges: exchanges(slot, spoken, context),
    bystanders: (trial) => bystanders(slot, trial, spoken, context),
    moments: momentsOf(slot, spoken, literals),
    callers: callersOf(slot, trials, literals),
    scopes: scopesOf(spoken, literals),
    isTurned: !literals.isListing,
  };
  const turns = Math.min(turnsOf(world), Math.max(leastTurns, Math.floor(mostTrials / trials.length)));
  const varied = trials.flatMap((trial, at) =>
    Array.from({ length: turns }, (_, turn) => variation(trial, world, turn + at)),
  );
  return [...varied, ...edgeTrials(slot, trials, spoken, literals, context)];
}

interface World {
  readonly silent: Silent;
  readonly exchanges: readonly Renaming[];
  /** Rows that have nothing to do with it. */
  readonly bystanders: (trial: SlotTrial) => readonly TrialRow[];
  /** Moments of the call, where the examples leave that open. */
  readonly moments: readonly string[];
  readonly callers: readonly string[];
  readonly scopes: readonly string[];
  /** Whether keys may come in another order. */
  readonly isTurned: boolean;
}

function turnsOf({ silent, moments, callers, exchanges: others }: World): number {
  const members = [...silent.rows.values(), silent.body].flat();
  const counts = members.map(({ values }) => values.length);
  return Math.min(mostTurns, Math.max(2, ...counts, moments.length, callers.length, others.length));
}

function variation(trial: SlotTrial, world: World, turn: number): SlotTrial {
  const { silent, exchanges: exchanged, bystanders: others, moments, callers, scopes, isTurned } = world;
  const varied: SlotTrial = {
    ...trial,
    title: `${trial.title}, with other values of what neither the rule nor an example names`,
    isDerived: true,
    given: {
      ...trial.given,
      rows: variedRows([...trial.given.rows, ...(turn % 2 === 1 ? others(trial) : [])], silent, turn),
      inputs: trial.given.inputs.map((input) => variedInput(input, silent, turn)),
      now: moments[turn % moments.length] ?? trial.given.now,
      ...(turn % 3 !== 0 && { scopes }),
    },
  };
  const exchange = exchanged[turn % exchanged.length];
  const caller = callers[turn % callers.length];
  return renamedTrial(varied, (text) => {
    if (text === trial.given.caller) return caller ?? text;
    const name = exchange?.(text) ?? text;
    return isTurned && turn % 2 === 0 ? turnedKey(name) : name;
  });
}

/** Sundays, the end of a February, and a moment after each that the body knows. */
const usualMoments = ["2025-01-05T00:00:00Z", "2027-02-28T23:59:59.999Z", "2028-02-29T12:00:00Z"];

/** None where an example speaks of a time: then it may be the present one that decides. */
function momentsOf({ examples }: Slot, { named }: Spoken, { texts }: BodyLiterals): readonly string[] {
  const isTimed = named.has("now") || examples.some((one) => /\d{4}-\d\d-\d\d|\b\d\d:\d\d\b/.test(JSON.stringify(one)));
  if (isTimed) return [];
  const known = texts.flatMap((text) => /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? []);
  const around = known.flatMap((day) => [`${day}T23:59:59Z`, `${day}T00:00:00Z`]);
  return [...around.filter((one) => !Number.isNaN(Date.parse(one))), ...usualMoments];
}

/** Other names for the caller; none where the example gives one, or where it is no name. */
function callersOf({ examples }: Slot, trials: readonly SlotTrial[], literals: BodyLiterals): readonly string[] {
  const isGiven = examples.some(({ when }) => isRecord(when) && when["caller"] !== undefined);
  const isName = trials.every(({ given }) => /^[a-z][a-z-]*$/.test(given.caller));
  if (isGiven || !isName) return [];
  const lengths = literals.numbers.filter((one) => one > 0 && one <= 64);
  const letters = literals.numbers.filter((one) => one >= 33 && one <= 126).map((one) => String.fromCodePoint(one));
  const known = literals.texts.filter((text) => text !== "" && text.length <= 64);
  return [
    ...known,
    ...lengths.map((length) => "m".repeat(length)),
    ...letters.map((one) => `${one}ory`),
    "zoe|42",
    "a",
  ];
}

/** All that a body asks for and nobody speaks of; none where scopes are spoken of. */
function scopesOf({ text }: Spoken, { texts }: BodyLiterals): readonly string[] {
  if (/scope/.test(text)) return [];
  return [...texts.filter((one) => one !== "" && !isSaid(text, one.toLowerCase())), "everything"];
}

/** A short word is said only where it stands by itself. */
function isSaid(text: string, word: string): boolean {
  return word.length > 4 ? text.includes(word) : text.split(/[^\p{L}\d]+/u).includes(word);
}
