import { eq, sql } from "drizzle-orm";
import { describeRows, RowRepository } from "../repository.ts";
import type { Customer, CustomerValues } from "./customer.contract.ts";
import { customers } from "./customer.table.ts";

export class CustomerRepository extends RowRepository<Customer, CustomerValues, object> {}

export const customerRows = describeRows({
  table: customers,
  key: ["id"],
  optional: ["phone", "address"],
  own: eq(customers.subject, sql.placeholder("$subject")),
  self: eq(customers.subject, sql.placeholder("$subject")),
  order: [{ by: "id" }],
});

/** The keys of the caller's customers. */
export const ownCustomers = sql`(select ${customers.id} from ${customers} where ${customerRows.own})`;
