import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { AccountRepository, accountRows } from "../../../generated/ledger/src/account/account.repository.ts";
import { CardRepository, cardRows } from "../../../generated/ledger/src/card/card.repository.ts";
import { CustomerRepository, customerRows } from "../../../generated/ledger/src/customer/customer.repository.ts";
import type { Connection } from "../../../generated/ledger/src/connection.ts";
import { StatementRepository, statementRows } from "../../../generated/ledger/src/statement/statement.repository.ts";
import { database, resetRows } from "../../../generated/ledger/src/testing/database.ts";
import { TransferRepository, transferRows } from "../../../generated/ledger/src/transfer/transfer.repository.ts";
import { loadDocument } from "../../../src/document/load.ts";
import { createNodeHost } from "../../../src/host-node.ts";
import { inferModel } from "../../../src/model/infer.ts";
import { planTrials } from "../../../src/plan/plan-service.ts";
import type { StandInTables } from "../../../src/plan/trials/stand-in.ts";
import { StandIn, type StandInRows } from "../../../src/slot/sandbox/stand-in.ts";
import { calls, type Call } from "./calls.ts";
import { ana, ben, firstRows } from "./first-rows.ts";

/** The rows of a collection, on one connection; all or one caller's. */
type Opening = (collection: string, subject: string | undefined) => StandInRows;

let tables: StandInTables;

beforeAll(async () => {
  const { value: document } = await loadDocument(createNodeHost(), "specs/ledger.yaml");
  if (document === undefined) throw new Error("specs/ledger.yaml is not read.");
  const config = { readOnly: "refuse", openRules: "pass", omit: [], port: 3000 } as const;
  ({ tables } = planTrials(inferModel(document, {}).value, document, config));
});

beforeEach(resetRows);

describe("the stand-in answers as the repositories do on PostgreSQL", () => {
  test.each(calls)("$title", async ({ steps }) => {
    const wanted = await database.connected((connection) => answersOf(steps, repositories(connection)));
    const store = new StandIn(tables, "2026-10-02T08:30:00Z");
    const found = await answersOf(steps, (collection, subject) => store.rows(collection, subject));
    expect(found).toEqual(wanted);
    // What nobody answers would agree with anything.
    expect(wanted.length).toBe(steps.length);
  });
});

test("the rows that every case starts from are all stored", async () => {
  const stored = await database.connected((connection) => makeRows(repositories(connection)));
  expect(stored).toBe(firstRows.length);
});

async function makeRows(open: Opening): Promise<number> {
  let count = 0;
  for (const [collection, values] of firstRows) {
    await open(collection, undefined).create(values);
    count += 1;
  }
  return count;
}

async function answersOf(steps: readonly Call[], open: Opening): Promise<readonly unknown[]> {
  await makeRows(open);
  const answers: unknown[] = [];
  for (const { on, by, call } of steps) {
    const subject = by === undefined ? undefined : { ana, ben, nobody: "nobody" }[by];
    answers.push(await call(open(on, subject)).then(withoutChance, codeOf));
  }
  return answers;
}

/** Keys and times that a database makes differ from run to run. */
function withoutChance(answer: unknown): unknown {
  const text = JSON.stringify(answer ?? null, (name, value: unknown) => {
    const isMade =
      (name === "id" && !String(value).includes("-0000-4000-")) || (name === "createdAt" && isRecent(value));
    return isMade ? "made" : value;
  });
  return { answer: JSON.parse(text.replaceAll(/"id":"11111111-0000-4000-[^"]+"/g, '"id":"made"')) as unknown };
}

function isRecent(value: unknown): boolean {
  const isUsual = value === "2026-10-02T08:30:00Z";
  return isUsual || (typeof value === "string" && Math.abs(Date.parse(value) - Date.now()) < 3_600_000);
}

/** Of a failure, its SQLSTATE; a mistake that is found before there is a statement has none. */
function codeOf(cause: unknown): unknown {
  const codes = [cause, cause instanceof Error ? cause.cause : undefined].map((one) =>
    one instanceof Error && "code" in one ? one.code : undefined,
  );
  const code = codes.find((one) => one !== undefined);
  return { failure: code === "42703" || code === undefined ? "mistake" : code };
}

function repositories(connection: Connection): Opening {
  const all: Readonly<Record<string, (subject: string | undefined) => StandInRows>> = {
    customers: (subject) => new CustomerRepository(customerRows, connection, subject),
    accounts: (subject) => new AccountRepository(accountRows, connection, subject),
    cards: (subject) => new CardRepository(cardRows, connection, subject),
    statements: (subject) => new StatementRepository(statementRows, connection, subject),
    transfers: (subject) => new TransferRepository(transferRows, connection, subject),
  };
  return (collection, subject) => {
    const open = all[collection];
    if (open === undefined) throw new Error(`There is no repository ${collection}.`);
    return open(subject);
  };
}
