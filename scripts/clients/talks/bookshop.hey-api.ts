import assert from "node:assert/strict";
import { client } from "./hey-api/client.gen.ts";
import { addAuthor, deleteAuthor, getAuthor, listAuthors, updateAuthor } from "./hey-api/sdk.gen.ts";

/** Authors, with the functions that @hey-api/openapi-ts makes. */
const { SERVICE_ADDRESS: baseUrl = "" } = process.env;
client.setConfig({ baseUrl });

const made = await addAuthor({ body: { name: "Dorothy L. Sayers", website: null }, throwOnError: true });
assert.ok(made.data.id);
const path = { author_id: made.data.id };
assert.deepEqual((await getAuthor({ path, throwOnError: true })).data, made.data);
assert.equal(
  (await updateAuthor({ path, body: { name: "D. L. Sayers" }, throwOnError: true })).data.name,
  "D. L. Sayers",
);
assert.ok((await listAuthors({ throwOnError: true })).response.ok);
await deleteAuthor({ path, throwOnError: true });
assert.equal((await getAuthor({ path })).response?.status, 404);
