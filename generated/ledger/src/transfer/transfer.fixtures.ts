import type { NewTransfer, TransferValues } from "./transfer.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid transfer in the table has, where the document cannot say it. */
export function validTransferRow(): TransferValues {
  return {};
}

/** Members that the body of a valid new transfer has, where the document cannot say it. */
export function validNewTransfer(): Partial<NewTransfer> {
  return {};
}
