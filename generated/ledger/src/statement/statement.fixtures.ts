import type { NewStatement, StatementValues } from "./statement.contract.ts";

// This file is yours: it is written once, and tests take from it what the document does not say.

/** Members that a valid statement in the table has, where the document cannot say it. */
export function validStatementRow(): StatementValues {
  return {};
}

/** Members that the body of a valid new statement has, where the document cannot say it. */
export function validNewStatement(): Partial<NewStatement> {
  return {};
}
