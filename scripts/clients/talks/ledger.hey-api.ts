import assert from "node:assert/strict";
import { client } from "./hey-api/client.gen.ts";
import {
  createCustomer,
  deleteAccount,
  getAccount,
  listAccounts,
  openAccount,
  updateAccount,
} from "./hey-api/sdk.gen.ts";

/** The same with the functions that @hey-api/openapi-ts makes. */
const { SERVICE_ADDRESS: baseUrl = "", SERVICE_AUTHORIZATION: authorization = "" } = process.env;
client.setConfig({ baseUrl, headers: { authorization } });

// A caller has one customer; whether this run's is the first is not said.
const customer = await createCustomer({
  body: { name: "Ada Lovelace", email: `ada.${Date.now()}@example.com`, kind: "person" },
});
assert.ok([201, 409].includes(customer.response?.status ?? 0));
const opened = await openAccount({ body: { name: "Household", currency: "EUR" }, throwOnError: true });
const path = { accountId: opened.data.id };
const read = await getAccount({ path, throwOnError: true });
assert.deepEqual(read.data, opened.data);
const changed = await updateAccount({ path, body: { name: "Holidays" }, throwOnError: true });
assert.equal(changed.data.name, "Holidays");
const list = await listAccounts({ query: { limit: 50 }, throwOnError: true });
assert.ok(list.data.data.some(({ id }) => id === path.accountId));
await deleteAccount({ path, throwOnError: true });
assert.equal((await getAccount({ path })).response?.status, 404);
