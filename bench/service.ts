import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { startPostgres } from "../test/support/postgres.ts";
import { byHand, candidates, createTables, generated, peers, prepareCandidates } from "./service/candidates.ts";
import { callersOf, kinds, measure, type Kind, type Measured } from "./service/measure.ts";
import { measurePages } from "./service/pages.ts";

/**
 * `npm run bench:service`: requests per second and processor time per request of a generated service, beside services
 * written by hand and beside such as a user would pick, that check the same and ask the same PostgreSQL, one after the
 * other and round after round. The generated one trusts a token that it has checked for a minute, which those beside it
 * do not: with more `--callers` than requests, each request brings a token that nobody has seen. Then the time of pages in
 * a table of a million rows. Ends with 1 where a goal is missed.
 */
const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "6000" },
    rounds: { type: "string", default: "3" },
    callers: { type: "string", default: "16" },
    rows: { type: "string", default: "1000000" },
    only: { type: "string" },
  },
});
/** At most so much more processor time than by hand, and so much fewer requests in a second. */
const goalByHand = 1.15;
/** At least so much less processor time than the others, and so many more requests. */
const goalBesidePeers = 2;

let isMissed = false;
if (values.only !== "pages") await measureSpeed();
if (values.only !== "speed") isMissed = (await measurePages(Number(values.rows))) || isMissed;
process.exitCode = isMissed ? 1 : 0;

async function measureSpeed(): Promise<void> {
  await prepareCandidates();
  const postgres = await startPostgres();
  const asked = { count: Number(values.requests), callers: await callersOf(Number(values.callers)) };
  const rounds = new Map<string, Readonly<Record<Kind, Measured>>[]>();
  try {
    const databases = new Map<string, string>();
    for (const candidate of candidates) {
      const database = await postgres.createDatabase("speed");
      await createTables(candidate, database);
      databases.set(candidate.name, database);
    }
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const candidate of candidates) {
        const result = await measure(candidate, databases.get(candidate.name) ?? "", asked);
        rounds.set(candidate.name, [...(rounds.get(candidate.name) ?? []), result]);
      }
  } finally {
    await postgres.stop();
  }
  for (const kind of kinds) print(kind, rounds);
}

function print(kind: Kind, rounds: ReadonlyMap<string, readonly Readonly<Record<Kind, Measured>>[]>): void {
  const best = (name: string): Measured => {
    const all = (rounds.get(name) ?? []).map((round) => round[kind]);
    return {
      perSecond: Math.max(...all.map(({ perSecond }) => perSecond)),
      cpu: Math.min(...all.map(({ cpu }) => cpu)),
    };
  };
  const [hand, own] = [best(byHand), best(generated)];
  console.log(
    `\n${kind}: the best of ${values.rounds} rounds; ${values.callers} callers; load of the machine ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(`${"".padEnd(18)} requests/s   beside  µs/request   beside ${byHand}`);
  for (const { name } of candidates) {
    const { perSecond, cpu } = best(name);
    console.log(
      [
        name.padEnd(18),
        perSecond.toFixed(0).padStart(10),
        (perSecond / hand.perSecond).toFixed(2).padStart(8),
        cpu.toFixed(0).padStart(11),
        (cpu / hand.cpu).toFixed(2).padStart(8),
      ].join(" "),
    );
  }
  expectAtMost(`${kind}: processor time beside ${byHand}`, own.cpu / hand.cpu, goalByHand);
  expectAtMost(`${kind}: requests per second of ${byHand} beside`, hand.perSecond / own.perSecond, goalByHand);
  for (const name of peers) {
    const peer = best(name);
    expectAtMost(`${kind}: processor time beside ${name}`, own.cpu / peer.cpu, 1 / goalBesidePeers);
    expectAtMost(`${kind}: requests per second of ${name} beside`, peer.perSecond / own.perSecond, 1 / goalBesidePeers);
  }
}

function expectAtMost(what: string, ratio: number, goal: number): void {
  if (ratio <= goal) return;
  isMissed = true;
  console.log(`missed: ${what} is ${ratio.toFixed(2)}, and should be at most ${goal.toFixed(2)}`);
}
