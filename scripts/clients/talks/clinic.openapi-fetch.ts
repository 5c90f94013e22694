import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";

/** What the desk of a clinic would do, with the client that openapi-typescript and openapi-fetch make. */
const { SERVICE_ADDRESS: baseUrl = "", SERVICE_KEY: key = "" } = process.env;
const client = createClient<paths>({ baseUrl, headers: { "x-api-key": key } });

const body = {
  first_name: "Maria",
  last_name: "Escobito",
  email: `m${Date.now()}@example.com`,
  telephone: "6085557683",
};
const owner = await client.POST("/owners", { body });
assert.ok(owner.data, JSON.stringify(owner.error));
const owner_id = owner.data.data.id;
const pet = await client.POST("/owners/{owner_id}/pets", {
  params: { path: { owner_id } },
  body: { name: "Leo", species: "cat", birth_date: "2020-09-07", neutered: false, weight_kg: 4.2 },
});
assert.ok(pet.data, JSON.stringify(pet.error));
const path = { pet_id: pet.data.data.id };
const read = await client.GET("/pets/{pet_id}", { params: { path } });
assert.equal(read.data?.data.weight_kg, 4.2);
const pets = await client.GET("/owners/{owner_id}/pets", { params: { path: { owner_id } } });
assert.deepEqual(
  pets.data?.data.map(({ id }) => id),
  [path.pet_id],
);
const replaced = await client.PUT("/pets/{pet_id}", {
  params: { path },
  body: { name: "Leon", species: "cat", birth_date: "2020-09-07", neutered: true },
});
assert.equal(replaced.data?.data.name, "Leon");
assert.equal((await client.DELETE("/pets/{pet_id}", { params: { path } })).response.status, 204);
assert.equal((await client.GET("/pets/{pet_id}", { params: { path } })).response.status, 404);
