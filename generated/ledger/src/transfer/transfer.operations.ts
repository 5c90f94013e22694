import type { Context, OperationContext } from "../context.ts";
import { unlessDangling, unlessMissing, unlessRefused } from "../failure.ts";
import { type ListedPage, listRows, pageByCursor } from "../paging.ts";
import type { NewTransfer, ReverseTransferRequest, Transfer } from "./transfer.contract.ts";

/** List the transfers from the caller's accounts. */
export async function listTransfers(
  query: {
    readonly limit?: number;
    readonly cursor?: string;
    readonly fromAccountId?: string;
    readonly status?: "settled" | "reversed";
    readonly currency?: "EUR" | "GBP" | "USD";
    readonly createdFrom?: string;
    readonly createdTo?: string;
  },
  context: Context,
): Promise<ListedPage<Transfer>> {
  return listRows(
    context.transfers,
    {
      filters: {
        fromAccountId: query.fromAccountId,
        status: query.status,
        currency: query.currency,
        createdFrom: query.createdFrom,
        createdTo: query.createdTo,
      },
    },
    pageByCursor(query.cursor, query.limit ?? 20),
  );
}

/** Move money from one account to another. */
export async function createTransfer(input: NewTransfer, context: Context): Promise<Transfer> {
  unlessDangling(await context.accounts.read(input.fromAccountId), "/fromAccountId");
  unlessRefused(await context.logic.transfers.isCovered(input, context), isCoveredRefusals);
  unlessRefused(await context.logic.transfers.isReceivable(input, context), isReceivableRefusals);
  const reference = await context.logic.transfers.reference(input, context);
  const transfer = await context.transfers.create({
    fromAccountId: input.fromAccountId,
    toAccountId: input.toAccountId,
    amount: input.amount,
    currency: input.currency,
    purpose: input.purpose,
    reference,
  });
  await context.logic.transfers.settle(transfer, context);
  return transfer;
}

/** Read a transfer. */
export async function getTransfer(params: { readonly transferId: string }, context: Context): Promise<Transfer> {
  return unlessMissing(await context.transfers.read(params.transferId));
}

/** Reverse a transfer. */
export async function reverseTransfer(request: ReverseTransferRequest, context: OperationContext) {
  unlessMissing(await context.connected(({ transfers }) => transfers.read(request.params.transferId)));
  return unlessRefused(await context.logic.transfers.reverseTransfer(request, context), reverseTransferRefusals);
}

const isCoveredRefusals = { "account-not-open": 409, "currency-mismatch": 422, "insufficient-funds": 422 };

const isReceivableRefusals = { "same-account": 422, "target-not-open": 409, "target-currency-mismatch": 422 };

const reverseTransferRefusals = { "transfer-not-settled": 409, "insufficient-funds": 409 };
