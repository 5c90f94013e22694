import { account, at, card, customer, transfer, ana } from "./first-rows.ts";
import type { StandInRows } from "../../../src/slot/sandbox/stand-in.ts";

/** One call of a repository. */
export interface Call {
  readonly on: string;
  /** Whose rows are in reach; everybody's where it is left out. */
  readonly by?: "ana" | "ben" | "nobody";
  readonly call: (rows: StandInRows) => Promise<unknown>;
}

const on = (collection: string, call: Call["call"], by?: Call["by"]): Call => ({
  on: collection,
  call,
  ...(by && { by }),
});
const listed = (collection: string, query: object, by?: Call["by"]): Call =>
  on(collection, (rows) => rows.list(query), by);

export const calls: readonly { readonly title: string; readonly steps: readonly Call[] }[] = [
  {
    title: "a row by its key",
    steps: [
      on("accounts", (rows) => rows.read(account(1))),
      on("customers", (rows) => rows.read(customer(1))),
      on("customers", (rows) => rows.read(customer(2))),
      on("cards", (rows) => rows.read(card(1))),
    ],
  },
  { title: "a key in capitals", steps: [on("accounts", (rows) => rows.read(account(1).toUpperCase()))] },
  {
    title: "keys that name no row",
    steps: [
      on("accounts", (rows) => rows.read(account(9))),
      on("accounts", (rows) => rows.read("x")),
      on("accounts", (rows) => rows.read("")),
    ],
  },
  {
    title: "a key of several members",
    steps: [
      on("cards", (rows) => rows.read({ id: card(2), status: "frozen" })),
      on("cards", (rows) => rows.read({ id: card(2), status: "active" })),
      on("cards", (rows) => rows.read({ dailyLimit: 500 })),
    ],
  },
  { title: "a key that names no column", steps: [on("cards", (rows) => rows.read({ nothing: 1 }))] },
  {
    title: "rows of the caller's own",
    steps: [
      listed("accounts", {}, "ana"),
      listed("accounts", {}, "ben"),
      listed("accounts", {}, "nobody"),
      listed("customers", {}, "ana"),
      on("accounts", (rows) => rows.read(account(3)), "ana"),
    ],
  },
  {
    title: "rows that belong to the caller through others",
    steps: [
      listed("cards", {}, "ana"),
      listed("cards", {}, "ben"),
      listed("transfers", {}, "ana"),
      listed("transfers", {}, "ben"),
      listed("statements", {}, "ana"),
    ],
  },
  { title: "a list in its usual order", steps: [listed("accounts", {}), listed("transfers", {}), listed("cards", {})] },
  {
    title: "a list in another order",
    steps: [
      listed("accounts", { order: [{ by: "balance" }] }),
      listed("accounts", {
        order: [
          { by: "currency", descending: true },
          { by: "balance", descending: true },
        ],
      }),
      listed("transfers", { order: [{ by: "reversedAt" }, { by: "id" }] }),
      listed("transfers", { order: [{ by: "reversedAt", descending: true }, { by: "id" }] }),
    ],
  },
  { title: "an order by what is no column", steps: [listed("accounts", { order: [{ by: "nothing" }] })] },
  {
    title: "an order of decimals that travel as text",
    steps: [
      listed("accounts", { order: [{ by: "interestRate" }, { by: "id" }] }),
      listed("accounts", { where: { interestRate: { above: "0.75" } } }),
    ],
  },
  {
    title: "pages",
    steps: [
      listed("accounts", { limit: 1 }),
      listed("accounts", { limit: 2, offset: 1 }),
      listed("accounts", { limit: 3 }),
      listed("accounts", { limit: 0 }),
      listed("accounts", { offset: 9 }),
    ],
  },
  {
    title: "pages after a position",
    steps: [
      listed("accounts", { limit: 1, after: [at(1), account(3)] }),
      listed("transfers", { after: [at(4), transfer(2)] }),
      listed("transfers", { order: [{ by: "reversedAt" }, { by: "id" }], after: [at(4), transfer(2)] }),
      listed("transfers", { order: [{ by: "reversedAt" }, { by: "id" }], after: [null, transfer(1)] }),
    ],
  },
  {
    title: "filters of the list",
    steps: [
      listed("accounts", { filters: { status: "blocked" } }),
      listed("accounts", { filters: { status: "open", currency: "EUR" } }),
      listed("accounts", { filters: { status: undefined } }),
      listed("transfers", { filters: { createdFrom: at(4), createdTo: at(5) } }),
      listed("transfers", { filters: { fromAccountId: account(1) } }),
    ],
  },
  {
    title: "members that must be equal",
    steps: [
      listed("cards", { within: { accountId: account(1) } }),
      listed("transfers", { within: { currency: "USD", amount: 9 } }),
    ],
  },
  {
    title: "conditions",
    steps: [
      listed("accounts", { where: { balance: { below: 0 } } }),
      listed("accounts", { where: { balance: { atLeast: 0, atMost: 50 } } }),
      listed("accounts", { where: { balance: { above: 0 }, status: { equals: "open" } } }),
      listed("accounts", { where: { status: { not: "open" } } }),
      listed("accounts", { where: {} }),
    ],
  },
  {
    title: "conditions on what is null",
    steps: [
      listed("transfers", { where: { purpose: { isNull: true } } }),
      listed("transfers", { where: { purpose: { isNull: false } } }),
      listed("transfers", { where: { purpose: { not: "Rent" } } }),
      listed("transfers", { where: { reversedAt: { above: at(1) } } }),
    ],
  },
  {
    title: "conditions in groups",
    steps: [
      listed("accounts", { where: { anyOf: [{ balance: { below: 0 } }, { balance: { above: 50 } }] } }),
      listed("accounts", { where: { allOf: [{ balance: { atLeast: 0 } }, { currency: { equals: "EUR" } }] } }),
      listed("accounts", { where: { anyOf: [] } }),
      listed("accounts", { where: { allOf: [] } }),
    ],
  },
  { title: "a condition on a key that is none", steps: [listed("accounts", { where: { id: { not: "nobody" } } })] },
  { title: "a condition on what is no column", steps: [listed("accounts", { where: { nothing: { equals: 1 } } })] },
  {
    title: "moments that are written otherwise",
    steps: [
      listed("cards", { where: { createdAt: { equals: at(2, "08:00:00.123456Z") } } }),
      listed("cards", { where: { createdAt: { above: at(2, "09:00:00.123455+01:00") } } }),
      listed("transfers", { where: { createdAt: { atLeast: "2026-03-04T10:00:00+01:00" } } }),
    ],
  },
  {
    title: "counts",
    steps: [
      on("accounts", (rows) => rows.count({})),
      on("accounts", (rows) => rows.count({ where: { balance: { atLeast: 0 } }, limit: 1 })),
      on("accounts", (rows) => rows.count({}), "ben"),
    ],
  },
  {
    title: "several counts at once",
    steps: [
      on("transfers", (rows) =>
        rows.countEach([{ fromAccountId: { equals: account(1) } }, { amount: { above: 8 } }, {}]),
      ),
      on("transfers", (rows) => rows.countEach([{ fromAccountId: { equals: account(1) } }, {}]), "ben"),
      on("transfers", (rows) => rows.countEach([])),
    ],
  },
  {
    title: "an update",
    steps: [
      on("accounts", (rows) => rows.update(account(1), { balance: 1, name: "New" })),
      on("accounts", (rows) => rows.read(account(1))),
    ],
  },
  {
    title: "an update of nothing",
    steps: [
      on("accounts", (rows) => rows.update(account(1), {})),
      on("accounts", (rows) => rows.update(account(1), { balance: undefined })),
      on("accounts", (rows) => rows.update(account(1), { nothing: 1 })),
    ],
  },
  {
    title: "an update by a function",
    steps: [
      on("accounts", (rows) => rows.update(account(1), (row: { balance: number }) => ({ balance: row.balance + 5 }))),
      on("accounts", (rows) => rows.update(account(1), () => ({}))),
    ],
  },
  {
    title: "an update of what is not there",
    steps: [
      on("accounts", (rows) => rows.update(account(9), { balance: 1 })),
      on("accounts", (rows) => rows.update(account(3), { balance: 1 }), "ana"),
      on("accounts", (rows) => rows.read(account(3))),
    ],
  },
  {
    title: "an update under a condition",
    steps: [
      on("cards", (rows) => rows.update({ id: card(1), status: "active" }, { status: "frozen" })),
      on("cards", (rows) => rows.update({ id: card(1), status: "active" }, { status: "frozen" })),
      on("cards", (rows) => rows.read(card(1))),
    ],
  },
  {
    title: "clearing a member",
    steps: [
      on("customers", (rows) => rows.update(customer(2), { phone: null, birthDate: null })),
      on("transfers", (rows) => rows.update(transfer(3), { purpose: null })),
      on("accounts", (rows) => rows.update(account(1), { name: null })),
    ],
  },
  {
    title: "values that a column does not take",
    steps: [
      on("accounts", (rows) => rows.update(account(1), { status: "gone" })),
      on("accounts", (rows) => rows.update(account(1), { customerId: "x" })),
      on("accounts", (rows) => rows.update(account(1), { balance: 1.5 })),
    ],
  },
  {
    title: "moments, as they are kept",
    steps: [
      on("transfers", (rows) => rows.update(transfer(1), { reversedAt: "2026-10-02T08:30:00.120000+02:00" })),
      on("transfers", (rows) => rows.update(transfer(1), { reversedAt: "2026-10-02T08:30:00.000Z" })),
      on("transfers", (rows) => rows.update(transfer(1), { reversedAt: "the day before" })),
    ],
  },
  {
    title: "a new row with what the table adds",
    steps: [
      on("accounts", (rows) => rows.create({ customerId: customer(1), name: "Third", currency: "GBP" })),
      on("transfers", (rows) =>
        rows.create({ fromAccountId: account(1), toAccountId: account(2), amount: 1, currency: "EUR", reference: "D" }),
      ),
      on("accounts", (rows) => rows.count({})),
    ],
  },
  {
    title: "a new row that lacks something",
    steps: [
      on("accounts", (rows) => rows.create({ customerId: customer(1), name: "Third" })),
      on("accounts", (rows) => rows.create({ customerId: null, name: "Third", currency: "EUR" })),
    ],
  },
  {
    title: "a new row that refers to nothing",
    steps: [
      on("accounts", (rows) => rows.create({ customerId: customer(9), name: "Third", currency: "GBP" })),
      on("cards", (rows) => rows.update(card(1), { accountId: account(9) })),
    ],
  },
  {
    title: "a new row that is there already",
    steps: [
      on("customers", (rows) => rows.create({ subject: ana, name: "Ana", email: "other@example.com", kind: "person" })),
      on("customers", (rows) => rows.create({ subject: "c", name: "Ana", email: "ben@example.com", kind: "person" })),
      on("accounts", (rows) =>
        rows.create({ id: account(1), customerId: customer(1), name: "Third", currency: "GBP" }),
      ),
    ],
  },
  {
    title: "deleting",
    steps: [
      on("transfers", (rows) => rows.delete(transfer(1))),
      on("transfers", (rows) => rows.delete(transfer(1))),
      listed("transfers", {}),
      on("cards", (rows) => rows.delete(card(2)), "ana"),
    ],
  },
  {
    title: "deleting what others refer to",
    steps: [
      on("accounts", (rows) => rows.delete(account(1))),
      on("customers", (rows) => rows.delete(customer(1))),
      on("accounts", (rows) => rows.read(account(1))),
      listed("cards", {}),
    ],
  },
];
