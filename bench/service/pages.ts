import { createHash } from "node:crypto";
import { pause, started } from "../running.ts";
import { rowsOf, startKillablePostgres } from "../load/postgres.ts";
import { generateService } from "./candidates.ts";
import { HttpClient } from "./http-client.ts";

const out = ".scaffold/bench/pages";
const times = 100;
/** The last page may take so many times as long as the first one. Time out of an index is the same; machines are noisy. */
const goal = 3;

interface Event {
  readonly id: string;
  readonly created_at: string;
}
interface Page {
  readonly data: readonly Event[];
  readonly nextCursor: string | null;
}

/**
 * Pages by key at the begin, in the middle and at the end of a table: their time, and the plan by which PostgreSQL found
 * the rows. Answers whether a goal is missed: a plan that sorts or reads the whole table, or a page that takes longer.
 */
export async function measurePages(rows: number): Promise<boolean> {
  await generateService("bench/service/events.yaml", out);
  let log = "";
  await using postgres = await startKillablePostgres({
    settings: ["shared_preload_libraries=auto_explain", "auto_explain.log_analyze=on", "fsync=off"],
    onLog: (text) => (log += text),
  });
  const database = await postgres.createDatabase("pages");
  await using service = await started({ cwd: out, file: "src/server.ts", database });
  await rowsOf(
    database,
    `INSERT INTO event_entities (id, kind, text, created_at)
     SELECT md5(n::text)::uuid, CASE n % 2 WHEN 0 THEN 'started' ELSE 'stopped' END, 'Event ' || n,
       timestamptz '2020-01-01 00:00:00Z' + n * interval '1 second'
     FROM generate_series(1, ${rows}) n`,
  );
  await rowsOf(database, "VACUUM ANALYZE event_entities");
  const client = await HttpClient.open(service.port);
  const read = async <Body>(path: string): Promise<Body> => {
    const { status, body } = await client.ask({ method: "GET", path, headers: {} });
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`);
    return JSON.parse(body) as Body;
  };
  const places = [
    { name: "first", after: 0 },
    { name: "middle", after: Math.floor(rows / 2) },
    { name: "last", after: rows - 20 },
  ];
  let isMissed = false;
  for (const filter of ["", "&kind=started"]) {
    console.log(
      `\nGET /events?limit=20${filter}, ${rows} rows: the quickest of ${times} requests, and the last one's plan`,
    );
    let first = 0;
    for (const { name, after } of places) {
      const cursor = after === 0 ? "" : `&cursor=${cursorOf(await read<Event>(`/events/${idOf(after)}`))}`;
      const path = `/events?limit=20${filter}${cursor}`;
      const best = await quickest(() => read<Page>(path));
      first ||= best;
      await rowsOf(database, "ALTER SYSTEM SET auto_explain.log_min_duration = 0");
      await rowsOf(database, "SELECT pg_reload_conf()");
      const plan = await planned(
        () => log,
        () => read<Page>(path).then((page) => expectPage(page, after, filter)),
      );
      await rowsOf(database, "ALTER SYSTEM RESET auto_explain.log_min_duration");
      await rowsOf(database, "SELECT pg_reload_conf()");
      const isSlow = best > first * goal || /Seq Scan|Sort/.test(plan);
      isMissed ||= isSlow;
      console.log(
        `${name.padEnd(8)} ${best.toFixed(1)} ms${isSlow ? "  missed: it should be as quick as the first" : ""}\n${plan}`,
      );
    }
  }
  client.close();
  return isMissed;
}

function idOf(row: number): string {
  const digits = createHash("md5").update(String(row)).digest("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** As the service itself gives one out with the page that ends in this row. */
function cursorOf({ created_at, id }: Event): string {
  return Buffer.from(JSON.stringify([created_at, id])).toString("base64url");
}

async function quickest(ask: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let turn = 0; turn < times; turn += 1) {
    const startedAt = performance.now();
    await ask();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}

/** The page begins with the next row that the filter lets through. */
function expectPage({ data }: Page, after: number, filter: string): void {
  const next = filter === "" ? after + 1 : after + 2 - (after % 2);
  if (data[0]?.id !== idOf(next))
    throw new Error(`The page after row ${after} begins with ${JSON.stringify(data[0])}.`);
}

/** What the server logs of its plan for a request; it reads its settings anew, and writes its log, in its own time. */
async function planned(log: () => string, ask: () => Promise<unknown>): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const begin = log().length;
    await ask();
    await pause(50);
    const text = log().slice(begin);
    const plan = /Query Text: select .* from "event_entities".*limit.*\n(?<plan>(?:\t.*\n)+)/i.exec(text)?.groups?.[
      "plan"
    ];
    if (plan !== undefined) return plan.replaceAll("\t", "         ").trimEnd();
  }
  throw new Error("PostgreSQL logs no plan.");
}
