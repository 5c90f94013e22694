import assert from "node:assert/strict";
import { client } from "./hey-api/client.gen.ts";
import {
  createSpecialty,
  deleteSpecialty,
  getSpecialty,
  listSpecialties,
  replaceSpecialty,
} from "./hey-api/sdk.gen.ts";

/** Specialties of vets, with the functions that @hey-api/openapi-ts makes. */
const { SERVICE_ADDRESS: baseUrl = "", SERVICE_KEY: key = "" } = process.env;
client.setConfig({ baseUrl, headers: { "x-api-key": key } });

const made = await createSpecialty({ body: { name: `radiology ${Date.now()}`.slice(0, 30) }, throwOnError: true });
const path = { specialty_id: made.data.data.id };
assert.deepEqual((await getSpecialty({ path, throwOnError: true })).data, made.data);
const list = await listSpecialties({ throwOnError: true });
assert.ok(list.data.data.some(({ id }) => id === path.specialty_id));
const name = `surgery ${Date.now()}`.slice(0, 30);
const replaced = await replaceSpecialty({ path, body: { name }, throwOnError: true });
assert.equal(replaced.data.data.name, name);
await deleteSpecialty({ path, throwOnError: true });
assert.equal((await getSpecialty({ path })).response?.status, 404);
