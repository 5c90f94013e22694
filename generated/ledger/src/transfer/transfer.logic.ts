import type { AccountWriter } from "../account/account.contract.ts";
import type { Refusal, Verdict } from "../contract.ts";
import type {
  IsCoveredCode,
  IsCoveredContext,
  IsReceivableCode,
  IsReceivableContext,
  NewTransfer,
  ReferenceContext,
  ReverseTransferCode,
  ReverseTransferContext,
  ReverseTransferRequest,
  SettleContext,
  Transfer,
} from "./transfer.contract.ts";

const longestReference = 35;

/**
 * The source account is open, is held in the transfer's currency, and its balance together with its overdraft
 * limit covers the amount.
 *
 * @slot transfer.create.covered  rule, before POST /transfers
 */
export async function isCovered(transfer: NewTransfer, context: IsCoveredContext): Promise<Verdict<IsCoveredCode>> {
  const source = await context.accounts.read(transfer.fromAccountId);
  if (source?.status !== "open") return context.refuse("account-not-open", "fromAccountId");
  if (source.currency !== transfer.currency) return context.refuse("currency-mismatch", "currency");
  const isCovering = source.balance + source.overdraftLimit >= transfer.amount;
  return isCovering ? context.accept() : context.refuse("insufficient-funds", "amount");
}

/**
 * The target is another account than the source, is open, and is held in the transfer's currency.
 *
 * @slot transfer.create.receivable  rule, before POST /transfers
 */
export async function isReceivable(
  transfer: NewTransfer,
  context: IsReceivableContext,
): Promise<Verdict<IsReceivableCode>> {
  const target = await context.unscoped.accounts.read(transfer.toAccountId);
  // A row has its key in lower case, whatever the request has.
  if (target?.id === transfer.fromAccountId.toLowerCase()) return context.refuse("same-account", "toAccountId");
  if (target?.status !== "open") return context.refuse("target-not-open", "toAccountId");
  if (target.currency !== transfer.currency) return context.refuse("target-currency-mismatch", "currency");
  return context.accept();
}

/**
 * The purpose as a statement prints it: upper case, with each run of characters other than A to Z and 0 to 9
 * replaced by one space, trimmed, and cut at 35 characters without a space at the end. TRANSFER where nothing is
 * left or no purpose is given.
 *
 * @slot transfer.create.reference  value, of Transfer.reference, before POST /transfers
 */
export async function reference(transfer: NewTransfer, context: ReferenceContext): Promise<string> {
  const words = (transfer.purpose ?? "").toUpperCase().replace(/[^A-Z0-9]+/g, " ").trim();
  return words === "" ? "TRANSFER" : words.slice(0, longestReference).trimEnd();
}

/**
 * Takes the amount from the source account's balance and adds it to the target account's.
 *
 * @slot transfer.create.settle  effect, after POST /transfers, in the same transaction
 */
export async function settle(transfer: Transfer, context: SettleContext): Promise<void> {
  await move(transfer.amount, transfer.fromAccountId, transfer.toAccountId, context.unscoped.accounts);
}

/**
 * A settled transfer becomes reversed, now; its amount moves back from the target account to the source account. A
 * transfer is reversed once at most, and only while the target account's balance covers the amount.
 *
 * @slot transfer.reverse  operation, POST /transfers/{transferId}/reverse
 */
export async function reverseTransfer(
  request: ReverseTransferRequest,
  context: ReverseTransferContext,
): Promise<Transfer | Refusal<ReverseTransferCode>> {
  const settled = { id: request.params.transferId, status: "settled" };
  return context.transaction(async ({ transfers, unscoped, now }) => {
    const transfer = await transfers.update(settled, { status: "reversed", reversedAt: now });
    if (transfer === undefined) return context.refuse("transfer-not-settled");
    const { amount, fromAccountId, toAccountId } = transfer;
    const target = await unscoped.accounts.read(toAccountId);
    // A refusal takes back what has been changed so far.
    if (target === undefined || target.balance < amount) return context.refuse("insufficient-funds");
    await move(amount, toAccountId, fromAccountId, unscoped.accounts);
    return transfer;
  });
}

/** Accounts are changed in the order of their keys, so that transfers that cross do not wait for each other. */
async function move(amount: number, from: string, to: string, accounts: AccountWriter): Promise<void> {
  const changes = [
    { id: from, by: -amount },
    { id: to, by: amount },
  ].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  for (const { id, by } of changes) await accounts.update(id, ({ balance }) => ({ balance: balance + by }));
}
