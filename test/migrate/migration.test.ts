import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { invisible } from "../../src/invisible.ts";
import { apply, createService, type Service } from "./service.ts";

let service: Service;
beforeEach(async () => {
  service = await createService();
});
afterEach(() => service.remove());

/** A table of cards with these columns besides its key, and these constraints. */
function cards(columns: readonly string[], constraints: readonly string[] = []): string {
  const body = [`id: pg.uuid("id").primaryKey()`, ...columns].join(", ");
  return `export const cards = pg.pgTable("cards", { ${body} }, (table) => [${constraints.join(", ")}]);\n`;
}

const accounts = `export const accounts = pg.pgTable("accounts", { id: pg.uuid("id").primaryKey() });\n`;
const note = `note: pg.text("note")`;
const status = `status: pg.text("status").notNull()`;
const statusIn = (...values: readonly string[]) =>
  `pg.check("cards_status_check", sql\`\${table.status} in (${values.map((value) => `'${value}'`).join(", ")})\`)`;
const linked = `import { accounts } from "../account/account.table.ts";\n`;

describe("additive changes are made", () => {
  test.each([
    {
      title: "a nullable column",
      after: { card: cards([note, `frozenAt: pg.timestamp("frozen_at", { withTimezone: true })`]) },
      tag: "0001_add_card_frozen_at",
      statements: [`ALTER TABLE "cards" ADD COLUMN "frozen_at" timestamp with time zone;`],
    },
    {
      title: "a required column with a default",
      after: { card: cards([note, `count: pg.integer("count").notNull().default(0)`]) },
      tag: "0001_add_card_count",
      statements: [`ALTER TABLE "cards" ADD COLUMN "count" integer DEFAULT 0 NOT NULL;`],
    },
    {
      title: "a table, with a reference and an index of its own",
      after: {
        card: cards([note]),
        statement: `import { cards } from "../card/card.table.ts";
          export const statements = pg.pgTable("statements", {
            id: pg.uuid("id").primaryKey(), cardId: pg.uuid("card_id").notNull().references(() => cards.id),
          }, (table) => [pg.uniqueIndex("statements_card_id_index").on(table.cardId)]);`,
      },
      tag: "0001_create_statements",
      statements: [
        expect.stringMatching(/^CREATE TABLE "statements"/),
        expect.stringMatching(/^ALTER TABLE "statements" ADD CONSTRAINT .* FOREIGN KEY/),
        `CREATE UNIQUE INDEX "statements_card_id_index" ON "statements" USING btree ("card_id");`,
      ],
    },
    {
      title: "a reference that no row has yet",
      after: {
        account: accounts,
        card: linked + cards([note, `accountId: pg.uuid("account_id").references(() => accounts.id)`]),
      },
      tag: "0001_create_accounts_and_2_more",
      statements: [expect.anything(), expect.anything(), expect.stringMatching(/FOREIGN KEY/)],
    },
    {
      title: "an index",
      after: { card: cards([note], [`pg.index("cards_note_index").on(table.note)`]) },
      tag: "0001_index_cards_note_index",
      statements: [`CREATE INDEX "cards_note_index" ON "cards" USING btree ("note");`],
    },
    {
      title: "a new column of an enum, with its check",
      after: { card: cards([note, `status: pg.text("status")`], [statusIn("open", "closed")]) },
      tag: "0001_add_card_cards_status_check_and_add_card_status",
      statements: [
        `ALTER TABLE "cards" ADD COLUMN "status" text;`,
        `ALTER TABLE "cards" ADD CONSTRAINT "cards_status_check" CHECK ("cards"."status" in ('open', 'closed'));`,
      ],
    },
    {
      title: "a new column of an enum, with its check, which every row passes by the column's default",
      after: {
        card: cards(
          [note, `status: pg.text("status").notNull().default("open")`, `level: pg.integer("level").default(2)`],
          [statusIn("open", "closed"), `pg.check("cards_level_check", sql\`\${table.level} in (1, 2)\`)`],
        ),
      },
      tag: "0001_add_card_cards_level_check_and_3_more",
      statements: [
        `ALTER TABLE "cards" ADD COLUMN "status" text DEFAULT 'open' NOT NULL;`,
        `ALTER TABLE "cards" ADD COLUMN "level" integer DEFAULT 2;`,
        expect.stringContaining("cards_status_check"),
        expect.stringContaining("cards_level_check"),
      ],
    },
  ])("$title", async ({ after, tag, statements }) => {
    await service.define({ card: cards([note]) });
    await service.migrate();
    await service.define(after);
    const { value, diagnostics } = await service.migrate();
    expect(diagnostics).toEqual([]);
    expect(value.migration).toEqual({ tag, statements });
    await apply(value.files);
  });

  test("a required column becomes optional, and an enum gets another value", async () => {
    await service.define({ card: cards([status], [statusIn("open", "closed")]) });
    await service.migrate();
    await service.define({ card: cards([`status: pg.text("status")`], [statusIn("lost", "open", "closed")]) });
    const { value, diagnostics } = await service.migrate();
    expect(diagnostics).toEqual([]);
    expect(value.migration?.tag).toBe("0001_widen_card_cards_status_check_and_relax_card_status");
    await apply(value.files, async (database) => {
      await database.query(
        `INSERT INTO cards (id, status) VALUES (gen_random_uuid(), 'lost'), (gen_random_uuid(), NULL)`,
      );
    });
  });
});

describe("what could lose data is refused, and says what it would have done", () => {
  test.each([
    {
      title: "a column is dropped",
      after: { card: cards([status]) },
      saw: [`cards.note would be dropped, with the values in it: ALTER TABLE "cards" DROP COLUMN "note";`],
    },
    {
      title: "a column is dropped and another added, which may be a rename",
      after: { card: cards([status, `memo: pg.text("memo")`]) },
      saw: [
        `cards.note would be dropped and cards.memo added, which loses what is stored if it is a rename: ALTER TABLE "cards" DROP COLUMN "note";`,
      ],
    },
    {
      title: "a table is dropped and another created, which may be a rename",
      after: { pass: cards([note, status]).replace(`"cards"`, `"passes"`) },
      saw: [
        `The table cards would be dropped and passes added, which loses what is stored if it is a rename: DROP TABLE "cards" CASCADE;`,
      ],
    },
    {
      title: "a table is dropped",
      after: {},
      saw: [`The table cards would be dropped, with its rows: DROP TABLE "cards" CASCADE;`],
    },
    {
      title: "a column changes its type",
      after: { card: cards([status, `note: pg.integer("note")`]) },
      saw: [
        `cards.note would change from text to integer, which rewrites the table and may refuse or cut values: ALTER TABLE "cards" ALTER COLUMN "note" SET DATA TYPE integer;`,
      ],
    },
    {
      title: "a column becomes required",
      after: { card: cards([status, `note: pg.text("note").notNull()`]) },
      saw: [
        `cards.note would become required, and rows that exist may have no value for it: ALTER TABLE "cards" ALTER COLUMN "note" SET NOT NULL;`,
      ],
    },
    {
      title: "a required column without a default is added",
      after: { card: cards([status, note, `pin: pg.text("pin").notNull()`]) },
      saw: [
        `cards.pin would be added as required, and rows that exist have no value for it: ALTER TABLE "cards" ADD COLUMN "pin" text NOT NULL;`,
      ],
    },
    {
      title: "rows that exist must be unique",
      after: { card: cards([status, note], [`pg.unique("cards_note_key").on(table.note)`]) },
      saw: [
        `The unique key cards_note_key of cards would be added: ALTER TABLE "cards" ADD CONSTRAINT "cards_note_key" UNIQUE("note");`,
      ],
    },
    {
      title: "rows that exist must pass a check",
      after: { card: cards([status, note], [statusIn("open")]) },
      saw: [
        `The check cards_status_check of cards would be added, and the rows that exist may not pass it: ALTER TABLE "cards" ADD CONSTRAINT "cards_status_check" CHECK ("cards"."status" in ('open'));`,
      ],
    },
  ])("$title", async ({ after, saw }) => {
    await service.define({ card: cards([status, note]) });
    const before = await service.migrate();
    await service.define(after);
    const { value, diagnostics } = await service.migrate();
    expect(diagnostics.map((one) => one.saw)).toEqual(saw);
    expect(diagnostics.map((one) => `${one.severity} ${one.code}`)).toEqual(saw.map(() => "error migration/unsafe"));
    expect(value).toEqual({ files: before.value.files, migration: undefined });
  });

  test("a new column starts with what its check refuses", async () => {
    await service.define({ card: cards([note]) });
    await service.migrate();
    await service.define({
      card: cards([note, `status: pg.text("status").default("lost")`], [statusIn("open", "closed")]),
    });
    const { diagnostics } = await service.migrate();
    expect(diagnostics.map(({ saw }) => saw)).toEqual([
      expect.stringContaining("The check cards_status_check of cards would be added"),
    ]);
  });

  test("a value leaves an enum", async () => {
    await service.define({ card: cards([status], [statusIn("open", "closed")]) });
    await service.migrate();
    await service.define({ card: cards([status], [statusIn("open")]) });
    const { diagnostics } = await service.migrate();
    expect(diagnostics.map((one) => one.saw)).toEqual([
      expect.stringContaining("cards would no longer accept 'closed' (cards_status_check), which rows may hold"),
    ]);
  });
});

describe("the same tables make no migration", () => {
  test("a second run writes what the first one wrote, and loads nothing where no table changed", async () => {
    await service.define({ card: cards([note]) });
    const first = await service.migrate();
    const second = await service.migrate();
    await rm(join(service.folder, "node_modules"));
    const third = await service.migrate({ tablesChanged: false });
    expect(second.value).toEqual({ files: first.value.files, migration: undefined });
    expect(third.value).toEqual(second.value);
  });

  test.each([true, false])("tables, columns, keys and enum values in another order (sealed: %s)", async (isSealed) => {
    const table = (columns: readonly string[], keys: readonly string[]) =>
      `export const pairs = pg.pgTable("pairs", { ${columns.join(", ")} }, (table) => [${keys.join(", ")}]);`;
    const columns = [`a: pg.text("a")`, `b: pg.text("b")`, `status: pg.text("status")`];
    const keys = (x: string, y: string, values: readonly string[]) => [
      `pg.primaryKey({ columns: [table.${x}, table.${y}] })`,
      `pg.unique("pairs_key").on(table.${x}, table.${y})`,
      `pg.index("pairs_index").on(table.${x}, table.${y})`,
      statusIn(...values),
    ];
    await service.define({
      pair: table(columns, keys("a", "b", ["x", "y"])),
      account: accounts,
      card: cards([note, status]),
    });
    const first = await service.migrate({ isSealed });
    const shuffled = table([...columns].reverse(), keys("b", "a", ["y", "x"]).reverse());
    await service.define({ card: cards([status, note]), account: accounts, pair: shuffled });
    const second = await service.migrate({ isSealed });
    expect(second).toEqual({ value: { files: first.value.files, migration: undefined }, diagnostics: [] });
  });

  test("two services with the same tables have the same bytes", async () => {
    const other = await createService();
    for (const one of [service, other]) await one.define({ card: cards([note]), account: accounts });
    expect((await service.migrate()).value).toEqual((await other.migrate()).value);
    await other.remove();
  });
});

describe("the newest migration is a draft until it is sealed", () => {
  test("a draft is derived anew from what comes before it, and renamed", async () => {
    await service.define({ card: cards([note]) });
    await service.migrate({ isSealed: true });
    await service.define({ card: cards([note, `memo: pg.text("memo")`]) });
    await service.migrate({ isSealed: false });
    await service.define({ card: cards([note, `frozenAt: pg.text("frozen_at")`]) });
    const { value, diagnostics } = await service.migrate({ isSealed: false });
    expect(diagnostics).toEqual([]);
    expect(value.files.map((file) => file.path)).toEqual([
      "migrations/0000_init.sql",
      "migrations/meta/0000_snapshot.json",
      "migrations/0001_add_card_frozen_at.sql",
      "migrations/meta/0001_snapshot.json",
      "migrations/meta/_journal.json",
    ]);
    await expect(readFile(join(service.folder, "migrations/0001_add_card_memo.sql"))).rejects.toThrow("ENOENT");
  });

  test("a draft that has nothing left to do goes", async () => {
    await service.define({ card: cards([note]) });
    const first = await service.migrate({ isSealed: true });
    await service.define({ card: cards([note, `memo: pg.text("memo")`]) });
    await service.migrate({ isSealed: false });
    await service.define({ card: cards([note]) });
    expect((await service.migrate({ isSealed: false })).value).toEqual({
      files: first.value.files,
      migration: undefined,
    });
  });
});

describe("a folder that is not as it was left is reported", () => {
  test.each([
    {
      title: "a journal with conflict markers",
      file: "meta/_journal.json",
      text: "<<<<<<< yours\n",
      saw: "migrations/meta/_journal.json is not a journal of migrations.",
    },
    {
      title: "a snapshot of something else",
      file: "meta/0000_snapshot.json",
      text: "[]",
      saw: "migrations/meta/0000_snapshot.json is no snapshot of the tables.",
    },
    {
      title: "a migration that is gone",
      file: "0000_init.sql",
      text: undefined,
      saw: "migrations/0000_init.sql is named in the journal and does not exist.",
    },
  ])("$title", async ({ file, text, saw }) => {
    await service.define({ card: cards([note]) });
    await service.migrate();
    const path = join(service.folder, "migrations", file);
    await (text === undefined ? rm(path) : writeFile(path, text));
    const { diagnostics } = await service.migrate();
    expect(diagnostics.map(({ code, saw }) => ({ code, saw }))).toEqual([{ code: "history/invalid", saw }]);
  });

  test("a module of tables that cannot be loaded is named, without a stack trace", async () => {
    await service.define({ card: `throw new Error("no such thing\\n    at a stack");` });
    const { diagnostics } = await service.migrate();
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: "migration/failed",
        saw: "src/card/card.table.ts could not be loaded: no such thing",
      }),
    ]);
  });
});

test("names and defaults that look like SQL stay names and defaults", async () => {
  const hostile = `a"b'; DROP TABLE x, y; --`;
  const text = `it's "q" \\ \n--> statement-breakpoint\n $$ \u2028 \u202e`;
  const table = (extra: string) => `export const odd = pg.pgTable(${JSON.stringify(hostile)}, {
    id: pg.integer(${JSON.stringify(`i"d`)}).primaryKey().generatedByDefaultAsIdentity(),
    text: pg.text(${JSON.stringify(`te"xt`)}).notNull().default(${JSON.stringify(text)}),
    json: pg.jsonb("constructor").notNull().default({ quote: ${JSON.stringify(text)} }),
    big: pg.bigint("big", { mode: "bigint" }).notNull().default(9007199254740993n),
    ${extra}
  }, (table) => [pg.unique(${JSON.stringify(`k"ey`)}).on(table.text), pg.index(${JSON.stringify(`in"dex`)}).on(table.json),
     pg.check(${JSON.stringify(`ch"eck`)}, sql\`\${table.text} in (\${sql.raw(${JSON.stringify(`'${text.replaceAll("'", "''")}', 'a;b'`)})})\`)]);
   export const child = pg.pgTable("constructor", { id: pg.integer("id").references(() => odd.id) });`;
  await service.define({ odd: table("") });
  await service.migrate();
  await service.define({ odd: table(`more: pg.text(${JSON.stringify(`mo"re`)})`) });
  const { value, diagnostics } = await service.migrate();
  expect(diagnostics).toEqual([]);
  const name = `"${hostile.replaceAll('"', '""')}"`;
  await apply(value.files, async (database) => {
    const { rows } = await database.query(`INSERT INTO ${name} ("i""d") VALUES (1) RETURNING *`);
    const row = { 'i"d': 1, 'te"xt': text, constructor: { quote: text }, big: 9007199254740993n, 'mo"re': null };
    expect(rows).toEqual([row]);
  });
  // A reader sees the text that runs.
  for (const { content } of value.files) expect(content.replaceAll(/[\n\t]/g, "").match(invisible)).toBeNull();
});

test("references whose names PostgreSQL would cut to the same one stay apart", async () => {
  const table = "a".repeat(58);
  const columns = ["owner_first", "owner_second"].map(
    (name) => `${name}: pg.uuid("${name}").references(() => accounts.id)`,
  );
  const source = `${linked}export const long = pg.pgTable("${table}", { ${columns.join(", ")} });\n`;
  await service.define({ account: accounts, long: source });
  const { value, diagnostics } = await service.migrate();
  expect(diagnostics).toEqual([]);
  await apply(value.files, async (database) => {
    const { rows } = await database.query(`SELECT conname FROM pg_constraint WHERE contype = 'f'`);
    expect(rows).toHaveLength(2);
  });
  await service.define({ account: accounts, long: source });
  expect((await service.migrate()).value.migration).toBeUndefined();
});
