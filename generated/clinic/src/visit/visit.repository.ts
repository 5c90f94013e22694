import { gte, lte } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Visit, VisitFilter, VisitValues } from "./visit.contract.ts";
import { visits } from "./visit.table.ts";

export class VisitRepository extends RowRepository<Visit, VisitValues, VisitFilter> {}

export const visitRows = describeRows({
  table: visits,
  key: ["id"],
  order: [{ by: "id" }],
  filters: {
    date_from: gte(visits.date, valueOf(visits.date, "$filter.date_from")),
    date_to: lte(visits.date, valueOf(visits.date, "$filter.date_to")),
  },
});
