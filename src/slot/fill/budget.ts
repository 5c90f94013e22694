import { addUsage, costOf, noUsage, tokensOf, type Price, type Usage } from "./usage.ts";

/** The most that a run may take. */
export interface Limits {
  /** Of one slot. */
  readonly slotTokens: number;
  /** Of the whole run; undefined: as the slots take. */
  readonly runTokens: number | undefined;
  /** Of the whole run; it needs a price. */
  readonly runDollars: number | undefined;
}

/** What has been taken of the limits, by all slots that are filled side by side. */
export class Budget {
  readonly #limits: Limits;
  readonly #price: Price | undefined;
  #used: Usage = noUsage;
  /** Tokens of requests that are under way, as far as they are known. */
  #asked = 0;

  constructor(limits: Limits, price: Price | undefined) {
    this.#limits = limits;
    this.#price = price;
  }

  get used(): Usage {
    return this.#used;
  }

  get dollars(): number | undefined {
    return costOf(this.#used, this.#price);
  }

  /** Why no request of that many tokens may be made any more; undefined where it may. */
  refusal(slot: Usage, promptTokens: number): string | undefined {
    const { slotTokens, runTokens, runDollars } = this.#limits;
    const isOver = (limit: number | undefined, used: number) => limit !== undefined && used > limit;
    if (isOver(slotTokens, tokensOf(slot) + promptTokens))
      return `its budget of ${shown(slotTokens)} tokens is used up`;
    const all = tokensOf(this.#used) + this.#asked + promptTokens;
    if (isOver(runTokens, all)) return `the run's budget of ${shown(runTokens ?? 0)} tokens is used up`;
    const asked = { input: this.#asked + promptTokens, cached: 0, output: 0 };
    const dollars = costOf(addUsage(this.#used, asked), this.#price);
    if (runDollars !== undefined && dollars !== undefined && dollars > runDollars) {
      return `the run's budget of $${runDollars} is used up`;
    }
    return undefined;
  }

  /** Counts a request while it is under way, and then what it took. */
  async counting<T extends { readonly usage: Usage }>(promptTokens: number, work: () => Promise<T>): Promise<T> {
    this.#asked += promptTokens;
    try {
      const done = await work();
      this.#used = addUsage(this.#used, done.usage);
      return done;
    } finally {
      this.#asked -= promptTokens;
    }
  }
}

function shown(count: number): string {
  return count.toLocaleString("en-US");
}
