import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FormerNames } from "../../src/migrate/renames.ts";
import { apply, createService, type Service } from "./service.ts";

let service: Service;
beforeEach(async () => {
  service = await createService();
});
afterEach(() => service.remove());

/** Cards of accounts, with everything that is named for a table or a column. */
function tables({
  account = "accounts",
  card = "cards",
  status = "status",
  accountId = "account_id",
  values = ["open", "lost"],
} = {}): Readonly<Record<string, string>> {
  const list = values.map((value) => `'${value}'`).join(", ");
  return {
    account: `export const accounts = pg.pgTable("${account}", {
      id: pg.bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    });`,
    card: `import { accounts } from "../account/account.table.ts";
    export const cards = pg.pgTable("${card}", {
      id: pg.bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
      status: pg.text("${status}").notNull(),
      number: pg.text("number").notNull().unique("${card}_number_unique"),
      accountId: pg.bigint("${accountId}", { mode: "number" }).notNull().references(() => accounts.id, { onDelete: "cascade" }),
    }, (table) => [
      pg.check("${card}_${status}_check", sql\`\${table.status} in (${list})\`),
      pg.index("${card}_${accountId}_index").on(table.accountId),
    ]);`,
  };
}

const none: FormerNames = { tables: {}, columns: {} };

/** The first migration is applied with rows in it, then the next one; answers what it did and what it found. */
async function migrated(after: Readonly<Record<string, string>>, former: FormerNames) {
  await service.define(tables());
  await service.migrate();
  await service.define(after);
  return service.migrate({ former });
}

describe("what a document renames keeps its rows, and everything that is named for it follows", () => {
  test.each([
    {
      title: "a column",
      after: tables({ status: "state" }),
      former: { tables: {}, columns: { cards: { state: ["condition", "status"] } } },
      tag: "0001_rename_card_status_to_state",
      statements: [
        `ALTER TABLE "cards" RENAME COLUMN "status" TO "state";`,
        `ALTER TABLE "cards" RENAME CONSTRAINT "cards_status_check" TO "cards_state_check";`,
      ],
      look: `SELECT state AS value FROM cards`,
    },
    {
      title: "a column that refers to another table",
      after: tables({ accountId: "holder_id" }),
      former: { tables: {}, columns: { cards: { holder_id: ["account_id"] } } },
      tag: "0001_rename_card_account_id_to_holder_id",
      statements: [
        `ALTER TABLE "cards" RENAME COLUMN "account_id" TO "holder_id";`,
        `ALTER TABLE "cards" RENAME CONSTRAINT "cards_account_id_accounts_id_fk" TO "cards_holder_id_accounts_id_fk";`,
        `ALTER INDEX "cards_account_id_index" RENAME TO "cards_holder_id_index";`,
      ],
      look: `SELECT status AS value FROM cards WHERE holder_id = 1`,
    },
    {
      title: "a table, and a column of it",
      after: tables({ card: "passes", status: "state" }),
      former: { tables: { passes: ["cards"] }, columns: { passes: { state: ["status"] } } },
      tag: "0001_rename_card_status_to_state_and_rename_cards_to_passes",
      statements: [
        `ALTER TABLE "cards" RENAME TO "passes";`,
        `ALTER TABLE "passes" RENAME COLUMN "status" TO "state";`,
        `ALTER SEQUENCE "cards_id_seq" RENAME TO "passes_id_seq";`,
        `ALTER TABLE "passes" RENAME CONSTRAINT "cards_number_unique" TO "passes_number_unique";`,
        `ALTER TABLE "passes" RENAME CONSTRAINT "cards_account_id_accounts_id_fk" TO "passes_account_id_accounts_id_fk";`,
        `ALTER TABLE "passes" RENAME CONSTRAINT "cards_status_check" TO "passes_state_check";`,
        `ALTER INDEX "cards_account_id_index" RENAME TO "passes_account_id_index";`,
      ],
      look: `SELECT state AS value FROM passes`,
    },
    {
      title: "a table that others refer to",
      after: tables({ account: "wallets" }),
      former: { tables: { wallets: ["accounts"] }, columns: {} },
      tag: "0001_rename_accounts_to_wallets",
      statements: [
        `ALTER TABLE "accounts" RENAME TO "wallets";`,
        `ALTER SEQUENCE "accounts_id_seq" RENAME TO "wallets_id_seq";`,
        `ALTER TABLE "cards" RENAME CONSTRAINT "cards_account_id_accounts_id_fk" TO "cards_account_id_wallets_id_fk";`,
      ],
      look: `SELECT status AS value FROM cards JOIN wallets ON wallets.id = cards.account_id`,
    },
    {
      title: "a column whose enum gets another value",
      after: tables({ status: "state", values: ["open", "lost", "stolen"] }),
      former: { tables: {}, columns: { cards: { state: ["status"] } } },
      tag: "0001_rename_card_status_to_state_and_widen_card_cards_state_check",
      statements: [
        `ALTER TABLE "cards" RENAME COLUMN "status" TO "state";`,
        `ALTER TABLE "cards" RENAME CONSTRAINT "cards_status_check" TO "cards_state_check";`,
        `ALTER TABLE "cards" DROP CONSTRAINT "cards_state_check";`,
        `ALTER TABLE "cards" ADD CONSTRAINT "cards_state_check" CHECK ("cards"."state" in ('open', 'lost', 'stolen'));`,
      ],
      look: `SELECT state AS value FROM cards`,
    },
  ])("$title", async ({ after, former, tag, statements, look }) => {
    const { value, diagnostics } = await migrated(after, former);
    expect(diagnostics).toEqual([]);
    expect(value.migration?.statements).toEqual(statements);
    expect(value.migration?.tag).toBe(tag);
    const rows = `INSERT INTO accounts DEFAULT VALUES;
      INSERT INTO cards (status, number, account_id) VALUES ('lost', 'a', 1)`;
    await apply(
      value.files,
      async (database) => {
        expect((await database.query(look)).rows).toEqual([{ value: "lost" }]);
      },
      { after: "migrations/0000_init.sql", rows },
    );
  });

  test("the same document makes no other migration afterwards", async () => {
    const former: FormerNames = { tables: { passes: ["cards"] }, columns: {} };
    const first = await migrated(tables({ card: "passes" }), former);
    expect(await service.migrate({ former })).toEqual({
      value: { files: first.value.files, migration: undefined },
      diagnostics: [],
    });
  });
});

describe("what is no rename is as safe as without the annotation", () => {
  test.each([
    { title: "a former name that is still in use", former: { tables: {}, columns: { cards: { state: ["number"] } } } },
    { title: "no former name", former: none },
  ])("$title", async ({ former }) => {
    const { diagnostics } = await migrated(tables({ status: "state" }), former);
    expect(diagnostics.map(({ code }) => code)).toContain("migration/unsafe");
    expect(diagnostics[0]?.fix).toContain("write x-renamed-from: status at the property");
  });

  test("a renamed column that also changes its type is refused for that", async () => {
    const { card = "", ...others } = tables({ status: "state" });
    const after = {
      ...others,
      card: card.replace('pg.text("state")', 'pg.integer("state")').replace(/pg\.check\(.*\),\n/, ""),
    };
    const { diagnostics } = await migrated(after, { tables: {}, columns: { cards: { state: ["status"] } } });
    expect(diagnostics.map(({ saw }) => saw)).toEqual([
      expect.stringContaining("cards.state would change from text to integer"),
    ]);
  });
});
