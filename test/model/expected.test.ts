import { expect, test } from "vitest";
import { toExpectedEntities } from "../../src/model/expected.ts";
import { inferModel } from "../../src/model/infer.ts";
import { documentOf, list, owner, pet, petPaths, query } from "./pets.ts";

test("a model is printed in the words of the yardstick", () => {
  const answer = { type: "object", properties: { data: list("Pet"), total: { type: "integer" } } };
  const parameters = [query("page", { type: "integer" }), query("species"), query("near"), query("q"), query("fields")];
  const rated = { ...pet, properties: { ...Object(pet.properties), grades: list("Grade") } };
  const schemas = { Pet: rated, Owner: owner, Grade: { type: "string", enum: ["A", "B"] } };
  const document = documentOf(petPaths({ answer, parameters }), schemas);
  const printed = toExpectedEntities(inferModel(document, {}).value, document);
  expect(printed).toMatchObject({
    format: "expected-entities/1",
    entities: expect.arrayContaining([
      expect.objectContaining({
        name: "Pet",
        table: "yes",
        schemas: ["Pet"],
        id: { field: "id", type: "integer" },
        idGeneratedBy: "server",
        pathParams: ["id"],
        relations: [{ field: "owner_id", to: "Owner", kind: "many-to-one", via: "id" }],
        fields: expect.arrayContaining([
          expect.objectContaining({
            name: "name",
            type: "string",
            nullable: false,
            requiredOnCreate: true,
            readOnly: false,
          }),
          expect.objectContaining({ name: "born", type: "string", format: "date" }),
          expect.objectContaining({ name: "grades", type: "array<string>" }),
        ]),
      }),
    ]),
    operations: expect.arrayContaining([
      {
        method: "GET",
        path: "/pets",
        class: "list",
        entity: "Pet",
        list: {
          envelope: { kind: "object", itemsKey: "data", meta: ["total"] },
          pagination: { style: "page", params: ["page"] },
          filters: ["species", "near"],
          sort: [],
          search: ["q"],
        },
      },
    ]),
  });
});
