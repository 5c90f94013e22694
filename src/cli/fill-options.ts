import { InvalidArgumentError, Option } from "commander";
import type { FillFlags } from "../run.ts";

/** Flags of commands that may ask a language model. */
export interface ModelFlags {
  readonly model?: string;
  readonly baseUrl?: string;
  readonly maxRounds?: number;
  readonly budgetTokens?: number;
  readonly budgetUsd?: number;
  readonly concurrency?: number;
  readonly transcript?: string;
  readonly replay?: string;
  readonly frozen?: boolean;
}

export function modelOptions(): readonly Option[] {
  return [
    new Option("--model <name>", "the language model to ask; without one, and none in the config, nobody is asked"),
    new Option("--base-url <url>", "an endpoint that speaks chat completions (default: OPENAI_BASE_URL)"),
    new Option("--max-rounds <n>", "how often a slot is tried (default: 3)").argParser(whole),
    new Option("--budget-tokens <n>", "the most tokens for the run").argParser(whole),
    new Option("--budget-usd <n>", "the most dollars for the run; the config says the price").argParser(amount),
    new Option("--concurrency <n>", "how many slots are filled side by side (default: 10)").argParser(whole),
    new Option("--transcript <folder>", "keep everything that was said, a file for each slot"),
    new Option("--replay <lock>", "take the bodies of this lock instead of asking a model"),
    new Option("--frozen", "ask no model, whatever the config says (the default where CI is set)"),
  ];
}

/** What the flags say of filling, as a run takes it. */
export function fillFlags(flags: ModelFlags, slots: readonly string[], isAskedFor: boolean): FillFlags {
  const { model, baseUrl, maxRounds, budgetTokens, budgetUsd, concurrency, transcript, replay, frozen } = flags;
  return {
    slots,
    isAskedFor,
    ...(model !== undefined && { model }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(maxRounds !== undefined && { rounds: maxRounds }),
    ...(budgetTokens !== undefined && { budgetTokens }),
    ...(budgetUsd !== undefined && { budgetUsd }),
    ...(concurrency !== undefined && { concurrency }),
    ...(transcript !== undefined && { transcript }),
    ...(replay !== undefined && { replay }),
    ...(frozen !== undefined && { isFrozen: frozen }),
  };
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new InvalidArgumentError("It takes a whole number above 0.");
  return Number(text);
}

function amount(text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError("It takes an amount, such as 0.50.");
  return Number(text);
}
