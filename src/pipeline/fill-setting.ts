import type { Config } from "../config/config.ts";
import type { ModelOptions } from "../config/define.ts";
import { error } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import type { FillFlags } from "../run.ts";
import type { Limits } from "../slot/fill/budget.ts";
import type { Price } from "../slot/fill/usage.ts";

/** How slots are filled, once flags, config, environment and defaults are brought together. */
export interface FillSetting {
  readonly by:
    | { readonly kind: "replay"; readonly lock: string }
    | { readonly kind: "model"; readonly name: string; readonly baseUrl: string | undefined; readonly apiKey: string };
  /** All that are open where it is empty. */
  readonly slots: readonly string[];
  readonly isAskedFor: boolean;
  readonly isPrinted: boolean;
  readonly rounds: number;
  readonly concurrency: number;
  readonly limits: Limits;
  readonly price: Price | undefined;
  readonly contextTokens: number;
  readonly timeoutMs: number;
  readonly transcript: string | undefined;
}

/**
 * A model is asked only where the config or a flag names one: a key in the environment is no consent to spend. In CI
 * nothing is asked unless a flag says so.
 */
export function fillSetting(host: Host, { model }: Config, flags: FillFlags | undefined): FillSetting | undefined {
  const isFrozen = flags?.isFrozen ?? (flags?.model === undefined && isSet(host.environment["CI"]));
  const by = fillerOf(host, model, flags);
  if (by === undefined || (isFrozen && by.kind === "model")) return undefined;
  return {
    by,
    slots: flags?.slots ?? [],
    isAskedFor: flags?.isAskedFor === true,
    isPrinted: flags?.isPrinted === true,
    rounds: flags?.rounds ?? model?.rounds ?? 3,
    concurrency: flags?.concurrency ?? model?.concurrency ?? 10,
    limits: {
      slotTokens: model?.slotTokens ?? 60_000,
      runTokens: flags?.budgetTokens ?? model?.runTokens,
      runDollars: flags?.budgetUsd ?? model?.runDollars,
    },
    price: model?.price,
    contextTokens: model?.contextTokens ?? 1500,
    timeoutMs: (model?.timeoutSeconds ?? 120) * 1000,
    transcript: flags?.transcript,
  };
}

/** A budget that cannot be kept is none. */
export function fillMistakes(fill: FillSetting | undefined): readonly Diagnostic[] {
  if (fill?.limits.runDollars === undefined || fill.price !== undefined) return [];
  return [error("model/no-price", { saw: `$${fill.limits.runDollars} cannot be kept: no price is known.` })];
}

function fillerOf(
  host: Host,
  model: ModelOptions | undefined,
  flags: FillFlags | undefined,
): FillSetting["by"] | undefined {
  if (flags?.replay !== undefined) return { kind: "replay", lock: flags.replay };
  const name = flags?.model ?? model?.name;
  if (name === undefined) return undefined;
  const baseUrl = flags?.baseUrl ?? model?.baseUrl ?? nonEmpty(host.environment["OPENAI_BASE_URL"]);
  const apiKey = host.environment[model?.keyVariable ?? "OPENAI_API_KEY"] ?? "";
  return { kind: "model", name, baseUrl, apiKey };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}
