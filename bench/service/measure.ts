import { readFile } from "node:fs/promises";
import { headersOf, started } from "../running.ts";
import type { Candidate } from "./candidates.ts";
import { HttpClient, type HttpRequest } from "./http-client.ts";

export const kinds = ["get", "list", "create"] as const;
export type Kind = (typeof kinds)[number];

export interface Measured {
  readonly perSecond: number;
  /** Of the service's process, in microseconds. */
  readonly cpu: number;
}

const clients = 16;
const warmUp = 3_000;
const body = JSON.stringify({ name: "Lamp", price: 4200, colour: "red", note: null });
const headers = await headersOf("caller");

/** What is asked of each candidate, for each kind of request. */
export interface Asked {
  readonly count: number;
  /** The headers of those who ask, by turns. */
  readonly callers: readonly Headers[];
}

type Headers = Readonly<Record<string, string>>;

export function callersOf(count: number): Promise<readonly Headers[]> {
  return Promise.all(Array.from({ length: count }, (_, caller) => headersOf(`caller ${caller}`)));
}

/** Starts a candidate, makes sure that it checks what all of them check, and measures each kind of request. */
export async function measure(
  { name, cwd, file }: Candidate,
  database: string,
  { count, callers }: Asked,
): Promise<Readonly<Record<Kind, Measured>>> {
  await using service = await started({ cwd, file, database });
  const connections = await Promise.all(Array.from({ length: clients }, () => HttpClient.open(service.port)));
  const [first] = connections;
  if (first === undefined) throw new Error("There is no connection.");
  const ids: string[] = [];
  for (let made = 0; made < 40; made += 1) ids.push(await createdBy(first, name));
  await expectChecks(first, name);
  const results: Partial<Record<Kind, Measured>> = {};
  for (const kind of kinds) {
    const requestOf = requestsOf(kind, ids, callers);
    // Until everything that is asked has been compiled.
    await load(connections, requestOf, warmUp);
    const before = await cpuOf(service.processId);
    const startedAt = performance.now();
    await load(connections, requestOf, count);
    const elapsed = performance.now() - startedAt;
    const cpu = (await cpuOf(service.processId)) - before;
    results[kind] = { perSecond: (count / elapsed) * 1_000, cpu: cpu / count };
  }
  for (const connection of connections) connection.close();
  return results as Record<Kind, Measured>;
}

const members = ["colour", "created_at", "id", "name", "note", "price"];

async function createdBy(client: HttpClient, name: string): Promise<string> {
  const answer = await client.ask({ method: "POST", path: "/items", headers, body });
  const item = answer.status < 300 ? (JSON.parse(answer.body) as { readonly id: string }) : undefined;
  if (item === undefined || Object.keys(item).toSorted().join() !== members.join())
    throw new Error(`${name}: create answered ${answer.status} ${answer.body}`);
  return item.id;
}

/** Who checks less would be quicker. */
async function expectChecks(client: HttpClient, name: string): Promise<void> {
  const { authorization: _, ...nobody } = headers;
  const wrong: readonly (readonly [string, HttpRequest])[] = [
    ["no token", { method: "GET", path: "/items", headers: nobody }],
    ["another token", { method: "GET", path: "/items", headers: { ...headers, authorization: "Bearer e30.e30.e30" } }],
    ["an id that nothing has", { method: "GET", path: "/items/00000000-0000-4000-8000-000000000000", headers }],
    ["an id that is none", { method: "GET", path: "/items/1", headers }],
    ["a page that is too large", { method: "GET", path: "/items?limit=101", headers }],
    ...[
      { price: 1 },
      { name: "", price: 1 },
      { name: "a", price: 1.5 },
      { name: "a", price: -1 },
      { name: "a", price: "1" },
      { name: "a", price: 1, colour: "pink" },
      { name: "a", price: 1, note: "n".repeat(501) },
      { name: "a", price: 1, other: true },
    ].map((value) => {
      const text = JSON.stringify(value);
      return [text, { method: "POST", path: "/items", headers, body: text }] as const;
    }),
  ];
  for (const [what, request] of wrong) {
    const { status } = await client.ask(request);
    if (status < 400 || status >= 500) throw new Error(`${name} answers ${status} to ${what}.`);
  }
}

function requestsOf(kind: Kind, ids: readonly string[], callers: readonly Headers[]): (turn: number) => HttpRequest {
  return (turn) => {
    const own = callers[turn % callers.length] ?? headers;
    if (kind === "create") return { method: "POST", path: "/items", headers: own, body };
    const path = kind === "list" ? "/items?limit=20" : `/items/${ids[turn % ids.length]}`;
    return { method: "GET", path, headers: own };
  };
}

/** All connections ask, until so much has been asked together. */
async function load(
  connections: readonly HttpClient[],
  requestOf: (turn: number) => HttpRequest,
  count: number,
): Promise<void> {
  let asked = 0;
  const client = async (connection: HttpClient): Promise<void> => {
    while (asked < count) {
      const { status, body: text } = await connection.ask(requestOf(asked++));
      if (status >= 300) throw new Error(`${status} was answered: ${text}`);
    }
  };
  await Promise.all(connections.map(client));
}

/** Of a process, in microseconds; the kernel counts in hundredths of a second. */
async function cpuOf(id: number): Promise<number> {
  const fields = (await readFile(`/proc/${id}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
