import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Model } from "../../src/model/model.ts";
import { runWithin } from "../corpus/command.ts";
import type { DocumentFile } from "../corpus/documents.ts";
import { readTruth } from "../corpus/truth.ts";
import { startService } from "../service.ts";
import { converse } from "./conversation.ts";
import type { Conversation, Tally } from "./conversation.ts";
import type { Violation } from "./judge.ts";
import { readOriginal } from "./original.ts";
import type { Row } from "./rows.ts";
import type { SeededJoin } from "./seed.ts";

export interface Storage {
  readonly name: string;
  /** A folder, or a URL. */
  readonly place: string;
}

export interface ContractOptions {
  readonly out: string;
  readonly storage: Storage;
  readonly seed: number;
  readonly rounds: number;
  readonly keepsService: boolean;
}

/** How a service kept its document's word. */
export interface Contract {
  readonly name: string;
  readonly storage: string;
  /** Why there was no conversation; undefined where there was one. */
  readonly why: string | undefined;
  readonly operations: readonly {
    readonly operation: string;
    readonly kind: string;
    readonly valid: number;
    readonly invalid: number;
    readonly other: number;
    readonly succeeded: number;
    readonly statuses: string;
  }[];
  readonly requests: number;
  readonly violations: number;
  readonly kinds: readonly {
    readonly kind: string;
    readonly operation: string;
    readonly count: number;
    readonly first: string;
  }[];
  /** CRUD operations (those of the labels, where there are any) that never succeeded. */
  readonly unreached: readonly string[];
  readonly unasked: readonly string[];
  /** Where the document contradicts itself: a request that it calls valid, and no answer could show. */
  readonly contradictions: readonly string[];
}

const generateMs = 600_000;
const seedMs = 300_000;

export async function contractOf(document: DocumentFile, options: ContractOptions): Promise<Contract> {
  const { out, storage, keepsService } = options;
  if (!keepsService || !existsSync(join(out, "package.json"))) {
    // What another version of the generator has left there would have to be migrated.
    await rm(out, { recursive: true, force: true });
    const made = await runWithin(["src/main.ts", "crud", document.file, "--out", out, "--no-verify", "--quiet"], {
      timeoutMs: generateMs,
    });
    if (made.exitCode !== 0)
      return none(document, storage, `scaffold crud ended with ${made.exitCode}: ${made.stderr.slice(-500)}`);
  }
  const printedModel = await runWithin(["src/main.ts", "model", document.file], { timeoutMs: generateMs });
  const model = JSON.parse(printedModel.stdout) as Model;
  const hasRows = existsSync(join(out, "src/testing/rows.ts"));
  const seeding = hasRows
    ? await runWithin(
        ["scripts/contract/seed.ts", out, storage.place, await callerOf(out), JSON.stringify(joinsOf(model))],
        {
          timeoutMs: seedMs,
        },
      )
    : undefined;
  const conversation = await talk(document, model, storedRows(seeding?.stdout ?? ""), options).catch((cause: unknown) =>
    String(cause),
  );
  if (typeof conversation === "string") return none(document, storage, conversation);
  const truth = await readTruth(join(dirname(document.file), "expected.json"));
  // What its labels take for business logic just as well may be left to it.
  const crud =
    truth?.filter(({ accept = [] }) => !accept.includes("custom")).map(({ method, path }) => `${method} ${path}`) ??
    conversation.tallies
      .filter(({ kind }) => kind !== "custom" && kind !== "unknown")
      .map(({ operation }) => operation);
  const succeeded = new Set(conversation.tallies.filter((one) => one.succeeded > 0).map(({ operation }) => operation));
  return {
    name: document.name,
    storage: storage.name,
    why: (seeding?.exitCode ?? 0) === 0 ? undefined : `no rows: ${seeding?.stderr.slice(0, 500)}`,
    operations: conversation.tallies.map(inWords),
    requests: conversation.tallies.reduce((sum, one) => sum + one.valid + one.invalid + one.other, 0),
    violations: conversation.violations.length,
    kinds: kindsOf(conversation.violations),
    unreached: crud.filter((operation) => !succeeded.has(operation)),
    unasked: conversation.unasked,
    contradictions: [...conversation.contradictions].map(([operation, why]) => `${operation}: ${why}`),
  };
}

/** Whose credentials a start without settings prints. */
async function callerOf(out: string): Promise<string> {
  const server = await readFile(join(out, "src/server.ts"), "utf8");
  return /\.issue\("([^"]+)"/.exec(server)?.[1] ?? "developer";
}

function joinsOf({ joins, entities }: Model): readonly SeededJoin[] {
  const side = ({ entity }: Model["joins"][number]["left"]): SeededJoin["left"] => ({
    entity,
    key: entities.find(({ name }) => name.type === entity)?.key.fields[0] ?? "id",
  });
  return joins.map(({ name, left, right }) => ({ name, left: side(left), right: side(right) }));
}

function storedRows(lines: string): readonly Row[] {
  return lines.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const { entity, fields, joined } = JSON.parse(line) as Omit<Row, "params">;
    return [{ entity, fields, params: {}, joined }];
  });
}

async function talk(
  document: DocumentFile,
  model: Model,
  stored: readonly Row[],
  options: ContractOptions,
): Promise<Conversation> {
  const { out, storage, seed, rounds } = options;
  const original = await readOriginal(document.file);
  const place = storage.name === "postgres" ? { DATABASE_URL: storage.place } : { DATA_DIR: resolve(storage.place) };
  const service = await startService(out, { environment: { ...place, LOG_LEVEL: "warn" } });
  try {
    const credentials = Object.entries(service.credentials());
    const inQuery = new Set(
      model.security.schemes.flatMap((one) => (one.kind === "api-key" && one.in === "query" ? [one.parameter] : [])),
    );
    const target = {
      address: `${service.address}${original.basePath}`,
      headers: Object.fromEntries(credentials.filter(([name]) => !inQuery.has(name))),
      query: Object.fromEntries(credentials.filter(([name]) => inQuery.has(name))),
    };
    return await converse({ original, model, stored, target, seed, rounds });
  } finally {
    await service.stop();
  }
}

function none({ name }: DocumentFile, storage: Storage, why: string): Contract {
  const nothing = {
    operations: [],
    requests: 0,
    violations: 0,
    kinds: [],
    unreached: [],
    unasked: [],
    contradictions: [],
  };
  return { name, storage: storage.name, why, ...nothing };
}

function inWords({ statuses, ...tally }: Tally): Contract["operations"][number] {
  const counted = [...statuses]
    .toSorted(([left], [right]) => left - right)
    .map(([status, count]) => `${status}×${count}`);
  return { ...tally, statuses: counted.join(" ") };
}

function kindsOf(violations: readonly Violation[]): Contract["kinds"] {
  const groups = Map.groupBy(violations, ({ kind, operation }) => `${kind} ${operation}`);
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const { method, url, sent, flaw } = first.exchange;
    const asked = `${method} ${url.replace(/^https?:\/\/[^/]+/, "")} ${(sent ?? "").slice(0, 300)}${flaw === undefined ? "" : ` (${flaw})`}`;
    return [
      {
        kind: first.kind,
        operation: first.operation,
        count: more.length + 1,
        first: `${asked}\n      ${first.detail}`,
      },
    ];
  });
}
