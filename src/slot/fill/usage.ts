/** What a model's answers took, in tokens. */
export interface Usage {
  /** Of prompts, those of `cached` included. */
  readonly input: number;
  /** Of prompts that the provider had seen begin so before. */
  readonly cached: number;
  readonly output: number;
}

export const noUsage: Usage = { input: 0, cached: 0, output: 0 };

export function addUsage(one: Usage, other: Usage): Usage {
  return { input: one.input + other.input, cached: one.cached + other.cached, output: one.output + other.output };
}

export function tokensOf({ input, output }: Usage): number {
  return input + output;
}

/** Dollars for a million tokens, as whoever sells them has it. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Of prompts that were seen before; the price of others where it is left out. */
  readonly cached?: number;
}

/** In dollars; undefined where no price is known. */
export function costOf({ input, cached, output }: Usage, price: Price | undefined): number | undefined {
  if (price === undefined) return undefined;
  const fresh = (input - cached) * price.input + cached * (price.cached ?? price.input);
  return (fresh + output * price.output) / 1_000_000;
}
