import { eq } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Vet, VetFilter, VetValues } from "./vet.contract.ts";
import { vets } from "./vet.table.ts";

export class VetRepository extends RowRepository<Vet, VetValues, VetFilter> {}

export const vetRows = describeRows({
  table: vets,
  key: ["id"],
  order: [{ by: "id" }],
  filters: {
    on_leave: eq(vets.on_leave, valueOf(vets.on_leave, "$filter.on_leave")),
  },
});
