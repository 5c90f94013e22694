import type { Account, AccountValues } from "./account/account.contract.ts";
import { AccountRepository, accountRows } from "./account/account.repository.ts";
import type { Card, CardValues } from "./card/card.contract.ts";
import { CardRepository, cardRows } from "./card/card.repository.ts";
import type { Connection } from "./connection.ts";
import type { Customer, CustomerValues } from "./customer/customer.contract.ts";
import { CustomerRepository, customerRows } from "./customer/customer.repository.ts";
import { Failure, sqlState } from "./failure.ts";
import type { Statement, StatementValues } from "./statement/statement.contract.ts";
import { StatementRepository, statementRows } from "./statement/statement.repository.ts";
import type { Transfer, TransferValues } from "./transfer/transfer.contract.ts";
import { TransferRepository, transferRows } from "./transfer/transfer.repository.ts";

/** Rows to try the service with, made of the document's examples and constraints. A table that has rows is left alone. */
export async function plant(connection: Connection): Promise<number> {
  let planted = 0;

  const customers = await fill<Customer, CustomerValues>(new CustomerRepository(customerRows, connection), [
    () => ({
      subject: "developer",
      name: "Ada Lovelace",
      email: "ada@example.com",
      kind: "person",
      phone: "+441632960961",
      birthDate: "1815-12-10",
      address: { line1: "text", city: "text", postcode: "text", country: "MR" },
    }),
  ]);

  const accounts = await fill<Account, AccountValues>(new AccountRepository(accountRows, connection), [
    () => ({
      name: "Household",
      currency: "EUR",
      status: "open",
      balance: 125000,
      overdraftLimit: 0,
      interestRate: "1.2500",
      customerId: pick(customers, 0).id,
    }),
    () => ({
      name: "Name 2",
      currency: "GBP",
      status: "blocked",
      balance: 125000,
      overdraftLimit: 1,
      interestRate: "1.2500",
      customerId: pick(customers, 1).id,
    }),
    () => ({
      name: "Name 3",
      currency: "USD",
      status: "closed",
      balance: 125000,
      overdraftLimit: 2,
      interestRate: "1.2500",
      customerId: pick(customers, 2).id,
    }),
    () => ({
      name: "Name 4",
      currency: "EUR",
      status: "open",
      balance: 125000,
      overdraftLimit: 3,
      interestRate: "1.2500",
      customerId: pick(customers, 3).id,
    }),
    () => ({
      name: "Name 5",
      currency: "GBP",
      status: "blocked",
      balance: 125000,
      overdraftLimit: 4,
      interestRate: "1.2500",
      customerId: pick(customers, 4).id,
    }),
  ]);

  await fill<Card, CardValues>(new CardRepository(cardRows, connection), [
    () => ({
      kind: "physical",
      holderName: "Ada Lovelace",
      dailyLimit: 50000,
      pin: "4071",
      status: "active",
      accountId: pick(accounts, 0).id,
    }),
    () => ({
      kind: "virtual",
      holderName: "Holder Name 2",
      dailyLimit: 50000,
      pin: "4071",
      status: "frozen",
      accountId: pick(accounts, 1).id,
    }),
    () => ({
      kind: "physical",
      holderName: "Holder Name 3",
      dailyLimit: 50000,
      pin: "4071",
      status: "expired",
      accountId: pick(accounts, 2).id,
    }),
    () => ({
      kind: "virtual",
      holderName: "Holder Name 4",
      dailyLimit: 50000,
      pin: "4071",
      status: "active",
      accountId: pick(accounts, 3).id,
    }),
    () => ({
      kind: "physical",
      holderName: "Holder Name 5",
      dailyLimit: 50000,
      pin: "4071",
      status: "frozen",
      accountId: pick(accounts, 4).id,
    }),
  ]);

  await fill<Statement, StatementValues>(new StatementRepository(statementRows, connection), [
    () => ({ period: "2026-10", closingBalance: 125000, accountId: pick(accounts, 0).id }),
    () => ({ period: "2026-10", closingBalance: 125000, accountId: pick(accounts, 1).id }),
    () => ({ period: "2026-10", closingBalance: 125000, accountId: pick(accounts, 2).id }),
    () => ({ period: "2026-10", closingBalance: 125000, accountId: pick(accounts, 3).id }),
    () => ({ period: "2026-10", closingBalance: 125000, accountId: pick(accounts, 4).id }),
  ]);

  await fill<Transfer, TransferValues>(new TransferRepository(transferRows, connection), [
    () => ({
      amount: 4200,
      currency: "EUR",
      purpose: "Rent, October",
      reference: "RENT OCTOBER",
      status: "settled",
      reversedAt: "2026-03-01T09:30:00Z",
      fromAccountId: pick(accounts, 0).id,
      toAccountId: pick(accounts, 0).id,
    }),
    () => ({
      amount: 4200,
      currency: "GBP",
      purpose: "Purpose 2",
      reference: "Reference 2",
      status: "reversed",
      reversedAt: "2026-03-02T09:30:00Z",
      fromAccountId: pick(accounts, 1).id,
      toAccountId: pick(accounts, 1).id,
    }),
    () => ({
      amount: 4200,
      currency: "USD",
      purpose: "Purpose 3",
      reference: "Reference 3",
      status: "settled",
      reversedAt: "2026-03-03T09:30:00Z",
      fromAccountId: pick(accounts, 2).id,
      toAccountId: pick(accounts, 2).id,
    }),
    () => ({
      amount: 4200,
      currency: "EUR",
      purpose: "Purpose 4",
      reference: "Reference 4",
      status: "reversed",
      reversedAt: "2026-03-04T09:30:00Z",
      fromAccountId: pick(accounts, 3).id,
      toAccountId: pick(accounts, 3).id,
    }),
    () => ({
      amount: 4200,
      currency: "GBP",
      purpose: "Purpose 5",
      reference: "Reference 5",
      status: "settled",
      reversedAt: "2026-03-05T09:30:00Z",
      fromAccountId: pick(accounts, 4).id,
      toAccountId: pick(accounts, 4).id,
    }),
  ]);
  return planted;

  async function fill<Row, Values>(
    rows: Rows<Row, Values>,
    values: readonly (() => Values)[],
  ): Promise<readonly Row[]> {
    const { items } = await rows.list({ limit: values.length });
    if (items.length > 0) return items;
    const made: Row[] = [];
    for (const valuesOf of values) {
      try {
        made.push(await rows.create(valuesOf()));
      } catch (error) {
        // What the document says need not be all that holds: a row that the database refuses is left out.
        if (!(error instanceof Failure) && !/^2[23]/.test(sqlState(error) ?? "")) throw error;
      }
    }
    planted += made.length;
    return made;
  }
}

/** What is needed of a repository. */
interface Rows<Row, Values> {
  list(query: { readonly limit: number }): Promise<{ readonly items: readonly Row[] }>;
  create(values: Values): Promise<Row>;
}

function pick<Row>(rows: readonly Row[], at: number): Row {
  const row = rows[at % rows.length];
  if (row === undefined) throw new Failure("conflict", "There is no row to refer to.");
  return row;
}
