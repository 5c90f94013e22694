import type { AccountValues, NewAccount } from "./account.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid account in the table has, where the document cannot say it. */
export function validAccountRow(): AccountValues {
  return {};
}

/** Members that the body of a valid new account has, where the document cannot say it. */
export function validNewAccount(): Partial<NewAccount> {
  return {};
}
