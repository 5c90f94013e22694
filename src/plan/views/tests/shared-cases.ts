import type { TestView } from "./test-view.ts";

/** A list of cases under a name, for the tests that are run with it. */
export interface SharedCases {
  readonly name: string;
  /** Object literals. */
  readonly cases: readonly string[];
}

/** Tests of one operation, say, whose name begins that of a list which others are run with too. */
interface Tests {
  readonly stem: string;
  readonly tests: readonly TestView[];
}

/** A shorter list is read faster where it is used. */
const fewest = 3;

/** What stands in several tests gets a name, and is said once: of a body that POST refuses, PUT refuses most. */
export function shareCases<T extends Tests>(
  all: readonly T[],
): { readonly all: readonly T[]; readonly shared: readonly SharedCases[] } {
  const uses = Map.groupBy(
    all.flatMap(({ tests }) => tests),
    ({ cases }) => cases.join("\n"),
  );
  const named = new Map<string, SharedCases>();
  const name = (stem: string, { cases }: TestView): string => {
    const text = cases.join("\n");
    if (cases.length < fewest || uses.get(text)?.length === 1) return "";
    const taken = [...named.values()].filter((one) => one.name.startsWith(`${stem}Cases`)).length;
    const found = named.get(text) ?? { name: `${stem}Cases${taken === 0 ? "" : taken + 1}`, cases };
    named.set(text, found);
    return found.name;
  };
  const sharing = all.map((one) => ({
    ...one,
    tests: one.tests.map((test) => ({ ...test, sharedCases: name(one.stem, test) })),
  }));
  return { all: sharing, shared: [...named.values()] };
}
