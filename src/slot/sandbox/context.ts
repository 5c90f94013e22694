import type { TrialGiven } from "../../plan/trials/trial.ts";
import type { CallOutcome } from "./job.ts";
import type { StandIn, StandInRows } from "./stand-in.ts";

/** Thrown by a body that answers that it is not there. */
export const notImplemented = new Error("There is no logic for this yet.");

/** Verdicts that the context has given out: what a body makes itself is none. */
export class Refusals {
  readonly #known = new WeakMap<object, CallOutcome>();

  accept(): object {
    return this.#note({ accepted: true }, { kind: "accepted" });
  }

  refuse(code: string, field?: string): object {
    return this.#note(
      { accepted: false, code, field },
      { kind: "refused", code, ...(field !== undefined && { field }) },
    );
  }

  of(answer: unknown): CallOutcome | undefined {
    return typeof answer === "object" && answer !== null ? this.#known.get(answer) : undefined;
  }

  #note(verdict: object, outcome: CallOutcome): object {
    this.#known.set(Object.freeze(verdict), outcome);
    return verdict;
  }
}

type Work = (context: unknown) => Promise<unknown>;

/** All that a body can reach, over the rows of one trial; as src/context.ts of a generated package puts it together. */
export class Context {
  readonly #store: StandIn;
  readonly #given: TrialGiven;
  readonly #refusals: Refusals;
  #afterwards: Work[] = [];

  constructor(store: StandIn, given: TrialGiven, refusals: Refusals) {
    this.#store = store;
    this.#given = given;
    this.#refusals = refusals;
  }

  /** For rules, values, effects, fields and filters; and within an operation's transaction. */
  slot(): object {
    const { caller } = this.#given;
    return {
      ...this.#origin(),
      ...this.#repositories(caller),
      unscoped: this.#repositories(undefined),
      accept: () => this.#refusals.accept(),
      afterCommit: (work: Work) => void this.#afterwards.push(work),
    };
  }

  /** For an operation, which chooses its transactions itself. */
  operation(): object {
    return {
      ...this.#origin(),
      services: services(),
      transaction: (work: Work) => this.#transaction(work),
    };
  }

  /** What was left for after the commit; that it fails changes nothing. */
  async afterwards(): Promise<void> {
    for (const work of this.#afterwards) await Promise.resolve(work(services())).catch(() => undefined);
  }

  #origin(): object {
    return {
      caller: { subject: this.#given.caller, scopes: this.#given.scopes ?? [] },
      now: this.#given.now,
      refuse: (code: string, field?: string) => this.#refusals.refuse(code, field),
      notImplemented: () => {
        throw notImplemented;
      },
    };
  }

  #repositories(subject: string | undefined): Record<string, StandInRows> {
    return Object.fromEntries(
      Object.keys(this.#store.snapshot()).map((collection) => [collection, this.#store.rows(collection, subject)]),
    );
  }

  /** Once in vain, then again from its start: a transaction that has lost against another one runs twice. */
  async #transaction(work: Work): Promise<unknown> {
    const before = this.#store.snapshot();
    await Promise.resolve(work(this.#hardened())).catch(() => undefined);
    this.#store.restore(before);
    this.#afterwards = [];
    try {
      const answer = await work(this.#hardened());
      if (this.#refusals.of(answer)?.kind === "refused") this.#store.restore(before);
      return answer;
    } catch (cause) {
      this.#store.restore(before);
      throw cause;
    }
  }

  #hardened(): object {
    return harden(this.slot());
  }
}

/** Collaborators of the team's: whatever is called answers nothing. */
function services(): object {
  const answer = (): Promise<undefined> => Promise.resolve(undefined);
  return new Proxy(answer, {
    get: (_, name) => (typeof name === "string" && name !== "then" ? services() : undefined),
  });
}
