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

/**
 * The source account is open, is held in the transfer's currency, and its balance together with its overdraft
 * limit covers the amount.
 *
 * @slot transfer.create.covered  rule, before POST /transfers
 */
export async function isCovered(transfer: NewTransfer, context: IsCoveredContext): Promise<Verdict<IsCoveredCode>> {
  // Open: lets every request pass until it is filled.
  return context.accept();
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
  // Open: lets every request pass until it is filled.
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
  // Open: stores "text" until it is filled.
  return "text";
}

/**
 * Takes the amount from the source account's balance and adds it to the target account's.
 *
 * @slot transfer.create.settle  effect, after POST /transfers, in the same transaction
 */
export async function settle(transfer: Transfer, context: SettleContext): Promise<void> {
  // Open: does nothing until it is filled.
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
  // Open: answers 501 until it is filled.
  return context.notImplemented();
}
