import { expect, test } from "vitest";
import type { PathItem, Schema } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Entity, Field, Model } from "../../src/model/model.ts";
import { documentOf, listOf, modelOf, object, operation, ref } from "./documents.ts";

const text: Schema = { type: "string" };
const id: Schema = { type: "integer" };

/** The paths of a resource that is created, listed and read by `{<noun>Id}`. */
function resource(path: string, read: Schema, write: Schema, parameter = "id"): Record<string, PathItem> {
  return {
    [path]: { get: operation(listOf(read)), post: operation(read, write, 201) },
    [`${path}/{${parameter}}`]: { get: operation(read), delete: operation(undefined, undefined, 204) },
  };
}

function entity(model: Model, type: string): Entity {
  const found = model.entities.find(({ name }) => name.type === type);
  if (!found) throw new Error(`There is no ${type}, only ${model.entities.map(({ name }) => name.type).join(", ")}.`);
  return found;
}

function field(of: Entity, name: string): Field {
  const found = of.fields.find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

function petWith(
  read: Record<string, Schema>,
  write: Record<string, Schema>,
  required: readonly string[] = [],
): Entity {
  const pet = object({ id, ...read }, ["id", ...Object.keys(read).filter((name) => required.includes(name))]);
  return entity(
    modelOf(resource("/pets", ref("Pet"), ref("NewPet")), { Pet: pet, NewPet: object(write, required) }),
    "Pet",
  );
}

test.each([
  { title: "what is read and written", read: { name: text }, write: { name: text }, origin: "both" },
  { title: "what is only read", read: { name: text }, write: { other: text }, origin: "read" },
  { title: "what is only written", read: { other: text }, write: { name: text }, origin: "write" },
  {
    title: "what a body shows and may not set",
    read: { name: text },
    write: { name: { ...text, readOnly: true } },
    origin: "read",
  },
])("$title is of origin $origin", ({ read, write, origin }) => {
  expect(field(petWith(read as Record<string, Schema>, write as Record<string, Schema>), "name").origin).toBe(origin);
});

test("spellings of two schemas are one field, of one schema two", () => {
  const pet = petWith({ startDate: text }, { start_date: text });
  expect(pet.fields.map(({ name }) => name)).toEqual(["id", "startDate"]);
  const both = petWith({ startDate: text, start_date: text }, { startDate: text });
  expect(both.fields.map(({ column }) => column)).toEqual(["id", "start_date", "start_date2"]);
});

test.each([
  ["createdAt", { type: "string", format: "date-time" }, "created-at"],
  ["updated_at", { type: "string", format: "date-time" }, "updated-at"],
  ["version", { type: "integer" }, "version"],
  ["toyCount", { type: "integer" }, "computed"],
  ["_links", { type: "object" }, "computed"],
  ["kind", { type: "string", const: "pet" }, "constant"],
  ["slogan", { type: "string" }, "value"],
  ["state", { type: "string", default: "new" }, "data"],
] as const)("a read-only %s is recognised", (name, schema, role) => {
  const pet = entity(
    modelOf(resource("/pets", ref("Pet"), ref("NewPet")), {
      Pet: object({ id, name: text, [name]: schema }, ["id", "name", name]),
      NewPet: object({ name: text }, ["name"]),
    }),
    "Pet",
  );
  expect(field(pet, name).role).toBe(role);
});

test("a column is NOT NULL where every create sets it", () => {
  const pet = petWith(
    { name: text, nick: text, mood: text },
    { name: text, nick: text, mood: { ...text, default: "good" } },
    ["name"],
  );
  expect(["name", "nick", "mood"].map((name) => field(pet, name).isStoredNotNull)).toEqual([true, false, true]);
});

const keyCases: readonly {
  title: string;
  parameter: string;
  read: Record<string, Schema>;
  write: Record<string, Schema>;
  required: string[];
  key: string;
  generated: string;
}[] = [
  {
    title: "an integer id is an identity",
    parameter: "petId",
    read: { id, name: text },
    write: { name: text },
    required: ["name"],
    key: "id",
    generated: "identity",
  },
  {
    title: "a uuid is made by the database",
    parameter: "id",
    read: { id: { ...text, format: "uuid" }, name: text },
    write: { name: text },
    required: ["name"],
    key: "id",
    generated: "uuid",
  },
  {
    title: "an opaque text is made by the service",
    parameter: "pet_id",
    read: { id: text, name: text },
    write: { name: text },
    required: ["name"],
    key: "id",
    generated: "text",
  },
  {
    title: "a name that the client must give is its own",
    parameter: "petName",
    read: { name: text, tag: text },
    write: { name: text, tag: text },
    required: ["name"],
    key: "name",
    generated: "client",
  },
  {
    title: "a key called like the resource",
    parameter: "pet",
    read: { petId: id, name: text },
    write: { name: text },
    required: ["name"],
    key: "petId",
    generated: "identity",
  },
  {
    title: "no member that could be one: invented",
    parameter: "id",
    read: { name: text, age: id },
    write: { name: text, age: id },
    required: ["name"],
    key: "id",
    generated: "text",
  },
];

test.each(keyCases)("the key: $title", ({ parameter, read, write, required, key, generated }) => {
  const schemas = { Pet: object(read), NewPet: object(write, required) };
  expect(entity(modelOf(resource("/pets", ref("Pet"), ref("NewPet"), parameter), schemas), "Pet").key).toMatchObject({
    fields: [key],
    generated,
  });
});

test("PUT by a name that nothing else creates makes it", () => {
  const label = object({ name: text, colour: text }, ["name", "colour"]);
  const model = modelOf(
    { "/labels/{name}": { get: operation(ref("Label")), put: operation(ref("Label"), object({ colour: text })) } },
    { Label: label },
  );
  expect(entity(model, "Label").key).toMatchObject({ fields: ["name"], generated: "client" });
  expect(model.operations.map(({ variant }) => variant)).toEqual([undefined, "upsert"]);
});

const Owner = object({ id, name: text }, ["id", "name"]);
const owners = resource("/owners", ref("Owner"), object({ name: text }, ["name"]));

function petOf(
  members: Record<string, Schema>,
  paths: Record<string, PathItem> = resource("/pets", ref("Pet"), ref("NewPet")),
): Entity {
  const schemas = {
    Owner,
    Pet: object({ id, name: text, ...members }),
    NewPet: object({ name: text, ...members }, Object.keys(members)),
  };
  return entity(modelOf({ ...owners, ...paths }, schemas), "Pet");
}

test.each([
  {
    title: "a key by name",
    members: { ownerId: id },
    relation: { name: "owner", kind: "many-to-one", via: "id", field: "ownerId" },
  },
  {
    title: "a key by suffix",
    members: { former_owner_id: id },
    relation: { name: "formerOwner", kind: "many-to-one", via: "id" },
  },
  {
    title: "an integer called like a resource",
    members: { owner: id },
    relation: { name: "owner", kind: "many-to-one", via: "id", field: "owner" },
  },
  {
    title: "an embedded row keeps its key",
    members: { owner: ref("Owner") },
    relation: { name: "owner", kind: "many-to-one", via: "object", member: "owner", field: "ownerId" },
  },
  {
    title: "the row or its key",
    members: { owner: { anyOf: [id, ref("Owner")] } },
    relation: { kind: "many-to-one", via: "id-or-object", field: "owner" },
  },
  {
    title: "keys of many",
    members: { ownerIds: listOf(id) },
    relation: { name: "owners", kind: "many-to-many", via: "ids", join: "petOwners" },
  },
  {
    title: "many embedded rows",
    members: { owners: listOf(ref("Owner")) },
    relation: { name: "owners", kind: "many-to-many", via: "objects", join: "petOwners" },
  },
] as const)("a relation: $title", ({ members, relation }) => {
  expect(petOf(members as Record<string, Schema>).relations).toMatchObject([{ to: "Owner", ...relation }]);
});

test("a text is no key of what is counted, and this is said", () => {
  const document = documentOf(
    { ...owners, ...resource("/pets", ref("Pet"), ref("Pet")) },
    { Owner, Pet: object({ id, ownerId: text }) },
  );
  const { value, diagnostics } = inferModel(document, {});
  expect(entity(value, "Pet").relations).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toContain("relation/unresolved");
});

test("a parent in the path is a required key, and its rows go with it", () => {
  const paths = resource("/owners/{ownerId}/pets", ref("Pet"), ref("NewPet"), "petId");
  const pet = petOf({}, paths);
  expect(field(pet, "ownerId")).toMatchObject({
    origin: "invented",
    isStoredNotNull: true,
    references: { entity: "Owner", field: "id", onDelete: "cascade" },
  });
});

test("a list on one side is the other side of the key", () => {
  const schemas = {
    Owner: object({ id, name: text, pets: listOf(ref("Pet")) }),
    Pet: object({ id, ownerId: id }),
    NewOwner: object({ name: text }),
  };
  const model = modelOf(
    { ...resource("/owners", ref("Owner"), ref("NewOwner")), ...resource("/pets", ref("Pet"), ref("Pet")) },
    schemas,
  );
  expect(entity(model, "Owner").relations).toMatchObject([
    { kind: "one-to-many", to: "Pet", member: "pets", inverse: "ownerId" },
  ]);
});

test("a link path joins what no schema shows together", () => {
  const model = modelOf(
    {
      ...owners,
      ...resource("/pets", ref("Pet"), ref("Pet")),
      "/pets/{petId}/owners/{ownerId}": {
        put: operation(undefined, undefined, 204),
        delete: operation(undefined, undefined, 204),
      },
    },
    { Owner, Pet: object({ id, name: text }) },
  );
  expect(model.joins).toMatchObject([{ name: "petOwners", table: "pet_owners" }]);
  const linking = model.operations.filter(({ variant }) => variant === "link" || variant === "unlink");
  expect(linking.map(({ parameters }) => parameters.map(({ role }) => role.kind))).toEqual([
    ["join", "join"],
    ["join", "join"],
  ]);
});

test("where two entities require each other, one key stays nullable and this is said", () => {
  const document = documentOf(
    { ...resource("/orders", ref("Order"), ref("Order")), ...resource("/invoices", ref("Invoice"), ref("Invoice")) },
    { Order: object({ id, invoiceId: id }, ["invoiceId"]), Invoice: object({ id, orderId: id }, ["orderId"]) },
  );
  const { value, diagnostics } = inferModel(document, {});
  expect(field(entity(value, "Invoice"), "orderId").isStoredNotNull).toBe(true);
  expect(field(entity(value, "Order"), "invoiceId").isStoredNotNull).toBe(false);
  expect(diagnostics.map(({ code }) => code)).toEqual(["relation/required-cycle"]);
});

test("annotations of an entity and of its fields overrule", () => {
  const pet: Schema = {
    ...object({
      id,
      code: text,
      ownerId: { ...id, "x-field": { references: null, column: "keeper" } },
      gone: { type: "boolean" },
    }),
    "x-entity": { table: "animals", key: "code", softDelete: "gone" },
  };
  const pets = entity(modelOf({ ...owners, ...resource("/pets", ref("Pet"), ref("Pet")) }, { Owner, Pet: pet }), "Pet");
  expect(pets).toMatchObject({
    table: "animals",
    key: { fields: ["code"] },
    softDelete: { field: "gone", deleted: true },
    relations: [],
  });
  expect(field(pets, "ownerId").column).toBe("keeper");
});

test("an owner is followed along relations to the field that keeps the subject", () => {
  const customer: Schema = {
    ...object({ id, subject: text, name: text }, ["id", "subject", "name"]),
    "x-entity": { owner: "subject" },
  };
  const account: Schema = {
    ...object({ id, customerId: id, name: text }, ["id", "customerId", "name"]),
    "x-entity": { owner: "customer" },
  };
  const model = modelOf(
    {
      ...resource("/customers", ref("Customer"), object({ name: text })),
      ...resource("/accounts", ref("Account"), object({ name: text })),
    },
    { Customer: customer, Account: account },
  );
  expect(entity(model, "Customer").owner).toEqual({ relations: [], entity: "Customer", field: "subject" });
  expect(entity(model, "Account").owner).toEqual({ relations: ["customer"], entity: "Customer", field: "subject" });
  expect(field(entity(model, "Account"), "customerId").isStoredNotNull).toBe(true);
});

test("an entity is described by the first part of what it is made of", () => {
  const whole: Schema = { description: "A pet.", type: "object", properties: { id } };
  const links: Schema = { description: "Where it is.", type: "object", properties: { place: text } };
  const shown: Schema = { allOf: [ref("Pet"), ref("Links")] };
  const model = modelOf(resource("/pets", shown, ref("Pet")), { Pet: whole, Links: links });
  expect(entity(model, "Pet").description).toBe("A pet.");
});

test("a default that its own closed list lacks is none", () => {
  const state = (fallback: string): Schema => ({ type: "string", enum: ["open", "closed"], default: fallback });
  expect(field(petWith({ state: state("open") }, { state: state("open") }), "state").default).toBe("open");
  expect(field(petWith({ state: state("") }, { state: state("") }), "state").default).toBeUndefined();
});

test.each([
  ["expand", { type: "array", items: { type: "string" } }, "projection"],
  ["updateMask", { type: "string" }, "command"],
  ["sendInvitation", { type: "boolean" }, "command"],
  ["password", { type: "string" }, "data"],
] as const)("a write-only %s is recognised", (name, schema, role) => {
  const pet = petWith({ name: text }, { name: text, [name]: schema });
  expect(field(pet, name)).toMatchObject({ origin: "write", role });
});

test("a join is called like no entity", () => {
  const model = modelOf(
    {
      ...resource("/boxes", ref("Box"), ref("Box")),
      ...resource("/toys", ref("Toy"), ref("Toy")),
      ...resource("/box-toys", ref("BoxToy"), ref("BoxToy")),
    },
    {
      Box: object({ id, toys: listOf(ref("Toy")) }),
      Toy: object({ id, name: text, boxes: listOf(id) }),
      BoxToy: object({ id, note: text }),
    },
  );
  const names = [...model.entities.map(({ name }) => name.plural), ...model.joins.map(({ name }) => name)];
  expect(model.joins).toHaveLength(1);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  { title: "each of all parts", schema: { allOf: [text, { type: ["string", "null"] }] }, isNullable: false },
  { title: "one of several choices", schema: { anyOf: [text, { type: "null" }] }, isNullable: true },
  {
    title: "all parts that have types",
    schema: { allOf: [{ maxLength: 9 }, { type: ["string", "null"] }] },
    isNullable: true,
  },
])("null is taken where it is taken by $title: $isNullable", ({ schema, isNullable }) => {
  expect(field(petWith({ name: schema }, { name: text }), "name").isNullable).toBe(isNullable);
});

test("null is taken where a component that is null alone is one of the choices", () => {
  const name: Schema = { oneOf: [text, ref("Nothing")] };
  const schemas = { Pet: object({ id, name }), NewPet: object({ name: text }), Nothing: { enum: [null] } };
  const pet = entity(modelOf(resource("/pets", ref("Pet"), ref("NewPet")), schemas), "Pet");
  expect(field(pet, "name")).toMatchObject({ isNullable: true, type: { kind: "text" } });
});
