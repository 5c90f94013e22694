import type { Answer } from "./clients.ts";

/** What was promised and does not hold; empty at the end of a run in which all is well. */
export const broken: string[] = [];

export function expectThat(holds: boolean, promise: string): void {
  if (holds) return;
  broken.push(promise);
  console.log(`  broken: ${promise}`);
}

/** Prints what came of a load: how many answers of each status, and how long they took. */
export function told(title: string, answers: readonly Answer[]): void {
  const counts = Map.groupBy(answers, ({ status }) => status ?? "no answer");
  const times = answers.map(({ ms }) => ms).toSorted((left, right) => left - right);
  const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
  const all = [...counts].map(([status, some]) => `${status} × ${some.length}`).join(", ");
  console.log(`${title}: ${all}; p99 ${p99.toFixed(0)} ms, longest ${(times.at(-1) ?? 0).toFixed(0)} ms`);
}

/** Nothing but these was answered, and whoever is to come back is told when. */
export function expectOnly(title: string, answers: readonly Answer[], allowed: readonly number[]): void {
  const others = answers.filter(({ status }) => status === undefined || !allowed.includes(status));
  const seen = [...new Set(others.map(({ status }) => status ?? "no answer"))].join(", ");
  expectThat(others.length === 0, `${title}: ${others.length} answers were ${seen}`);
  const untold = answers.filter(({ status, retryAfter }) => status === 503 && retryAfter === null);
  expectThat(untold.length === 0, `${title}: ${untold.length} answers of 503 do not say when to come back`);
}
