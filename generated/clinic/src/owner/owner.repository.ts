import { eq, or } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { containsText, valueOf } from "../statements.ts";
import type { Owner, OwnerFilter, OwnerValues } from "./owner.contract.ts";
import { owners } from "./owner.table.ts";

export class OwnerRepository extends RowRepository<Owner, OwnerValues, OwnerFilter> {}

export const ownerRows = describeRows({
  table: owners,
  key: ["id"],
  order: [{ by: "id" }],
  filters: {
    q: or(
      containsText(owners.first_name, "$filter.q"),
      containsText(owners.last_name, "$filter.q"),
      containsText(owners.email, "$filter.q"),
      containsText(owners.city, "$filter.q"),
    ),
    city: eq(owners.city, valueOf(owners.city, "$filter.city")),
  },
});
