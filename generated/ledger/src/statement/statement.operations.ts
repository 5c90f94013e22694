import type { Context } from "../context.ts";
import { unlessDangling, unlessMissing } from "../failure.ts";
import { type ListedPage, listRows, pageByCursor } from "../paging.ts";
import type { NewStatement, Statement } from "./statement.contract.ts";

/** List the statements of an account. */
export async function listAccountStatements(
  params: { readonly accountId: string },
  query: { readonly limit?: number; readonly cursor?: string },
  context: Context,
): Promise<ListedPage<Statement>> {
  unlessMissing(await context.accounts.read(params.accountId));
  return listRows(
    context.statements,
    { within: { accountId: params.accountId } },
    pageByCursor(query.cursor, query.limit ?? 20),
  );
}

/** List the statements of the caller's accounts. */
export async function listStatements(
  query: { readonly limit?: number; readonly cursor?: string; readonly period?: string },
  context: Context,
): Promise<ListedPage<Statement>> {
  return listRows(
    context.statements,
    { filters: { period: query.period } },
    pageByCursor(query.cursor, query.limit ?? 20),
  );
}

/** Draw up the statement of a month. */
export async function createStatement(input: NewStatement, context: Context): Promise<Statement> {
  unlessDangling(await context.accounts.read(input.accountId), "/accountId");
  const closingBalance = await context.logic.statements.closingBalance(input, context);
  return context.statements.create({ accountId: input.accountId, period: input.period, closingBalance });
}

/** Read a statement. */
export async function getStatement(params: { readonly statementId: string }, context: Context): Promise<Statement> {
  return unlessMissing(await context.statements.read(params.statementId));
}
