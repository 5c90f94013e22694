/**
 * A pure function whose result is kept for each of its subjects, because many views ask for the same. Nothing is kept
 * longer than the subject itself.
 */
export function remembered<Subject extends object, Result>(
  work: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const known = new WeakMap<Subject, { readonly result: Result }>();
  return (subject) => {
    const found = known.get(subject) ?? { result: work(subject) };
    known.set(subject, found);
    return found.result;
  };
}

/** The same of a function that has a name besides its subject. */
export function rememberedByName<Subject extends object, Result>(
  work: (subject: Subject, name: string) => Result,
): (subject: Subject, name: string) => Result {
  const resultsOf = remembered((_: Subject) => new Map<string, { readonly result: Result }>());
  return (subject, name) => {
    const results = resultsOf(subject);
    const found = results.get(name) ?? { result: work(subject, name) };
    results.set(name, found);
    return found.result;
  };
}
