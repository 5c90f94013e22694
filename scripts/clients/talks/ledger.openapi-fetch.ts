import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";

/** What a program that moves money would do, with the client that openapi-typescript and openapi-fetch make. */
const { SERVICE_ADDRESS: baseUrl = "", SERVICE_AUTHORIZATION: authorization = "" } = process.env;
const client = createClient<paths>({ baseUrl, headers: { authorization } });

const customer = await client.POST("/customers", {
  body: { name: "Ada Lovelace", email: `ada${Date.now()}@example.com`, kind: "person" },
});
assert.equal(customer.response.status, 201);
const opened = await client.POST("/accounts", {
  body: { name: "Household", currency: "EUR", overdraftLimit: 100, interestRate: "1.2500" },
});
assert.ok(opened.data);
const path = { accountId: opened.data.id };
const read = await client.GET("/accounts/{accountId}", { params: { path } });
assert.deepEqual(read.data, opened.data);
const changed = await client.PATCH("/accounts/{accountId}", { params: { path }, body: { name: "Holidays" } });
assert.equal(changed.data?.name, "Holidays");
const list = await client.GET("/accounts", { params: { query: { limit: 50 } } });
assert.ok(list.data?.data.some(({ id }) => id === path.accountId));
assert.equal((await client.DELETE("/accounts/{accountId}", { params: { path } })).response.status, 204);
const gone = await client.GET("/accounts/{accountId}", { params: { path } });
assert.equal(gone.response.status, 404);
assert.ok(gone.error);
