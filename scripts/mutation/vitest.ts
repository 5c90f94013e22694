import {
  ASYMMETRIC_MATCHERS_OBJECT,
  customMatchers,
  getState,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from "@vitest/expect";
import * as chai from "chai";

/**
 * Stands in for vitest where tests of a generated service run many times over in one process, with one mutant active after
 * the other: nothing is loaded or started again between two of them. It knows what generated tests use of vitest.
 */
export interface CollectedTest {
  readonly id: string;
  readonly isSkipped: boolean;
  run(): Promise<void>;
}

export const collected: CollectedTest[] = [];
type Work = (...values: never[]) => unknown;

let file = "";
let path: readonly string[] = [];
let hooks: { readonly before: Work[]; readonly after: Work[]; readonly first: Work[]; hasBegun: boolean } = newHooks();

/** Everything that is collected from now on belongs to this file. */
export function enterFile(name: string): void {
  [file, path, hooks] = [name, [], newHooks()];
}

function newHooks(): typeof hooks {
  return { before: [], after: [], first: [], hasBegun: false };
}

export function describe(title: string, work: () => void): void {
  const outer = path;
  path = [...outer, title];
  work();
  path = outer;
}

function collect(title: string, work: Work, values: readonly unknown[], isSkipped = false): void {
  const own = hooks;
  const name = [file, ...path, title].join(" > ");
  const same = collected.filter(({ id }) => id === name || id.startsWith(`${name} #`)).length;
  collected.push({
    id: same === 0 ? name : `${name} #${same}`,
    isSkipped,
    async run() {
      if (!own.hasBegun) for (const hook of own.first) await hook();
      own.hasBegun = true;
      for (const hook of own.before) await hook();
      try {
        await work(...(values as never[]));
      } finally {
        for (const hook of own.after) await hook();
      }
    },
  });
}

export const test = Object.assign((title: string, work: Work) => collect(title, work, []), {
  skip: (title: string, work: Work) => collect(title, work, [], true),
  each: (cases: readonly unknown[]) => (title: string, work: Work) => {
    for (const one of cases) collect(title, work, Array.isArray(one) ? one : [one]);
  },
});
export const beforeEach = (hook: Work): void => void hooks.before.push(hook);
export const afterEach = (hook: Work): void => void hooks.after.push(hook);
export const beforeAll = (hook: Work): void => void hooks.first.push(hook);
/** The process ends after the last test. */
export const afterAll = (): void => {};

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
const extend = Reflect.get(chai.expect, "extend") as Work;
const assertion = (value: unknown, message?: string): Chai.Assertion => chai.expect(value, message);
/** As vitest puts its own together. */
export const expect = Object.assign(
  assertion,
  chai.expect,
  Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT) as object,
  {
    getState: () => getState(own),
    setState: (state: object) => setState(state, own),
    extend: (matchers: object) => void Reflect.apply(extend, chai.expect, [expect, matchers] as never[]),
  },
);
const own = expect as never;
Object.assign(globalThis, { [GLOBAL_EXPECT]: expect });
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, own);
expect.extend(customMatchers);
