/** A document of one entity with a member of each type, and one rule for each expression, on the operations given. */
export function celDocument(
  expressions: readonly string[],
  on: readonly string[] = ["create"],
  more: object = {},
): string {
  const rules = expressions.map((cel, at) => ({ id: `thing.rule${at}`, on, cel, refuse: { refused: 422 }, ...more }));
  const thing = { $ref: "#/components/schemas/Thing" };
  const json = (schema: object) => ({ content: { "application/json": { schema } } });
  const properties = {
    id: { type: "integer", readOnly: true },
    count: { type: "integer" },
    price: { type: "number" },
    name: { type: "string" },
    note: { type: "string" },
    currency: { type: "string", default: "EUR" },
    state: { type: "string", enum: ["open", "done"] },
    isHot: { type: "boolean" },
    at: { type: "string", format: "date-time" },
    until: { type: ["string", "null"], format: "date" },
    tags: { type: "array", items: { type: "string" } },
    parts: {
      type: "array",
      items: {
        type: "object",
        required: ["size"],
        properties: { size: { type: "integer" }, label: { type: "string" } },
      },
    },
    place: {
      type: "object",
      required: ["city"],
      properties: { city: { type: "string" }, street: { type: "string" } },
    },
    open: { type: "object" },
    total: { type: "integer", readOnly: true },
    "odd-name": { type: "string" },
  };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Things", version: "1" },
    paths: {
      "/things": {
        get: {
          operationId: "listThings",
          responses: { 200: { description: "All.", ...json({ type: "array", items: thing }) } },
        },
        post: {
          operationId: "createThing",
          requestBody: { required: true, ...json(thing) },
          responses: { 201: { description: "New.", ...json(thing) } },
        },
      },
      "/things/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        get: { operationId: "getThing", responses: { 200: { description: "It.", ...json(thing) } } },
        put: {
          operationId: "putThing",
          requestBody: { required: true, ...json(thing) },
          responses: { 200: { description: "It.", ...json(thing) } },
        },
        patch: {
          operationId: "changeThing",
          requestBody: {
            required: true,
            ...json({ type: "object", properties: { ...properties, id: undefined, total: undefined } }),
          },
          responses: { 200: { description: "It.", ...json(thing) } },
        },
        delete: { operationId: "deleteThing", responses: { 204: { description: "Gone." } } },
      },
    },
    components: {
      schemas: {
        Thing: {
          type: "object",
          required: ["count", "price", "name", "state", "isHot", "at", "until", "tags", "parts", "place", "total"],
          properties,
          "x-business-rules": rules,
        },
      },
    },
  });
}
