import { eq, sql } from "drizzle-orm";
import { ownAccounts } from "../account/account.repository.ts";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Statement, StatementFilter, StatementValues } from "./statement.contract.ts";
import { statements } from "./statement.table.ts";

export class StatementRepository extends RowRepository<Statement, StatementValues, StatementFilter> {}

export const statementRows = describeRows({
  table: statements,
  key: ["id"],
  own: sql`${statements.accountId} in ${ownAccounts}`,
  order: [{ by: "createdAt" }, { by: "id" }],
  filters: {
    period: eq(statements.period, valueOf(statements.period, "$filter.period")),
  },
});
