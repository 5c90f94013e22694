import type { Account, AccountValues } from "../account/account.contract.ts";
import { validAccountRow } from "../account/account.fixtures.ts";
import { AccountRepository, accountRows } from "../account/account.repository.ts";
import type { Card, CardValues } from "../card/card.contract.ts";
import { validCardRow } from "../card/card.fixtures.ts";
import { CardRepository, cardRows } from "../card/card.repository.ts";
import type { Customer, CustomerValues } from "../customer/customer.contract.ts";
import { validCustomerRow } from "../customer/customer.fixtures.ts";
import { CustomerRepository, customerRows } from "../customer/customer.repository.ts";
import type { Statement, StatementValues } from "../statement/statement.contract.ts";
import { validStatementRow } from "../statement/statement.fixtures.ts";
import { StatementRepository, statementRows } from "../statement/statement.repository.ts";
import type { Transfer, TransferValues } from "../transfer/transfer.contract.ts";
import { validTransferRow } from "../transfer/transfer.fixtures.ts";
import { TransferRepository, transferRows } from "../transfer/transfer.repository.ts";
import { caller } from "./callers.ts";
import { database } from "./database.ts";

let counted = 0;

/** 1, 2, 3 …: another number at each call. */
function count(): number {
  counted += 1;
  return counted;
}

/** Values of members that no two rows share: another one at each call. */
export const unique = {
  customerEmail: () => `person${count()}@example.com`,
};

/** A customer in the table, with all that it refers to; the caller's, where nothing else is said. */
export async function givenCustomer(change: CustomerValues = {}, owner = caller): Promise<Customer> {
  const values: CustomerValues = {
    subject: owner,
    name: "Ada Lovelace",
    email: unique.customerEmail(),
    kind: "person",
    phone: "+441632960961",
    birthDate: "1815-12-10",
    address: { line1: "text", city: "text", postcode: "text", country: "MR" },
    ...validCustomerRow(),
    ...change,
  };
  return stored((connection) => new CustomerRepository(customerRows, connection).create(values));
}

/** The customer that stands for a caller. */
export async function callersCustomer(owner = caller): Promise<Customer> {
  const known = await stored((connection) => new CustomerRepository(customerRows, connection, owner).own());
  return known ?? givenCustomer({}, owner);
}

/** An account in the table, with all that it refers to; the caller's, where nothing else is said. */
export async function givenAccount(change: AccountValues = {}, owner = caller): Promise<Account> {
  const values: AccountValues = {
    name: "Household",
    currency: "EUR",
    status: "open",
    balance: 125000,
    overdraftLimit: 0,
    interestRate: "1.2500",
    ...validAccountRow(),
    ...change,
    customerId: change.customerId === undefined ? (await callersCustomer(owner)).id : change.customerId,
  };
  return stored((connection) => new AccountRepository(accountRows, connection).create(values));
}

/** A card in the table, with all that it refers to; the caller's, where nothing else is said. */
export async function givenCard(change: CardValues = {}, owner = caller): Promise<Card> {
  const values: CardValues = {
    kind: "physical",
    holderName: "Ada Lovelace",
    dailyLimit: 50000,
    pin: "4071",
    status: "active",
    ...validCardRow(),
    ...change,
    accountId: change.accountId === undefined ? (await givenAccount({}, owner)).id : change.accountId,
  };
  return stored((connection) => new CardRepository(cardRows, connection).create(values));
}

/** A statement in the table, with all that it refers to; the caller's, where nothing else is said. */
export async function givenStatement(change: StatementValues = {}, owner = caller): Promise<Statement> {
  const values: StatementValues = {
    period: "2026-10",
    closingBalance: 125000,
    ...validStatementRow(),
    ...change,
    accountId: change.accountId === undefined ? (await givenAccount({}, owner)).id : change.accountId,
  };
  return stored((connection) => new StatementRepository(statementRows, connection).create(values));
}

/** A transfer in the table, with all that it refers to; the caller's, where nothing else is said. */
export async function givenTransfer(change: TransferValues = {}, owner = caller): Promise<Transfer> {
  const values: TransferValues = {
    amount: 4200,
    currency: "EUR",
    purpose: "Rent, October",
    reference: "RENT OCTOBER",
    status: "settled",
    reversedAt: "2026-03-01T09:30:00Z",
    ...validTransferRow(),
    ...change,
    fromAccountId: change.fromAccountId === undefined ? (await givenAccount({}, owner)).id : change.fromAccountId,
    toAccountId: change.toAccountId === undefined ? (await givenAccount({}, owner)).id : change.toAccountId,
  };
  return stored((connection) => new TransferRepository(transferRows, connection).create(values));
}

/** Works on the tables themselves, past the service. */
function stored<Result>(work: Parameters<typeof database.connected<Result>>[0]): Promise<Result> {
  return database.connected(work);
}
