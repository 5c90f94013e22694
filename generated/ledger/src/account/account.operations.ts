import type { Context } from "../context.ts";
import { unlessForbidden, unlessMissing, unlessRefused } from "../failure.ts";
import { type ListedPage, listRows, pageByCursor } from "../paging.ts";
import type { Account, AccountUpdate, NewAccount } from "./account.contract.ts";

/** List the caller's accounts. */
export async function listAccounts(
  query: {
    readonly limit?: number;
    readonly cursor?: string;
    readonly status?: "open" | "blocked" | "closed";
    readonly currency?: "EUR" | "GBP" | "USD";
    readonly overdrawn?: boolean;
  },
  context: Context,
): Promise<ListedPage<Account>> {
  return listRows(
    context.accounts,
    {
      filters: { status: query.status, currency: query.currency },
      where: query.overdrawn === undefined ? undefined : context.logic.accounts.overdrawn(query.overdrawn, context),
    },
    pageByCursor(query.cursor, query.limit ?? 20),
  );
}

/** Open an account. */
export async function openAccount(input: NewAccount, context: Context): Promise<Account> {
  const owner = unlessForbidden(await context.customers.own(), "The caller is no customer yet.");
  return context.accounts.create({
    name: input.name,
    currency: input.currency,
    overdraftLimit: input.overdraftLimit,
    interestRate: input.interestRate,
    customerId: owner.id,
  });
}

/** Read an account. */
export async function getAccount(params: { readonly accountId: string }, context: Context): Promise<Account> {
  return unlessMissing(await context.accounts.read(params.accountId));
}

/** Delete an account. */
export async function deleteAccount(params: { readonly accountId: string }, context: Context): Promise<Account> {
  const account = unlessMissing(await context.accounts.read(params.accountId));
  unlessRefused(await context.logic.accounts.isEmpty(account, context), isEmptyRefusals);
  return unlessMissing(await context.accounts.delete(params.accountId));
}

/** Change an account's name or terms. */
export async function updateAccount(
  params: { readonly accountId: string },
  input: AccountUpdate,
  context: Context,
): Promise<Account> {
  return unlessMissing(
    await context.accounts.update(params.accountId, {
      name: input.name,
      overdraftLimit: input.overdraftLimit,
      interestRate: input.interestRate,
    }),
  );
}

const isEmptyRefusals = { "account-not-empty": 409 };
