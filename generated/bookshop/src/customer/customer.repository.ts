import { eq } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import { valueOf } from "../statements.ts";
import type { Customer, CustomerFilter, CustomerValues } from "./customer.contract.ts";
import { customers } from "./customer.table.ts";

export class CustomerRepository extends RowRepository<Customer, CustomerValues, CustomerFilter> {}

export const customerRows = describeRows({
  table: customers,
  key: ["id"],
  optional: ["born"],
  order: [{ by: "id" }],
  filters: {
    email: eq(customers.email, valueOf(customers.email, "$filter.email")),
  },
});
