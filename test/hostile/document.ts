/** Kinds of places in a document. A name is unique among its like; a segment stands between two slashes of a path. */
export type Place = "text" | "name" | "segment" | "header" | "value";

/** Gives the text for a place; `label` tells places apart. */
export type Pick = (place: Place, label: string) => string;

type Node = Record<string, unknown>;

/**
 * An API with two entities, a join of operations of each kind and all that a document can name, in which every text is
 * whatever `pick` gives: names, paths, parameters, descriptions, enums, defaults, patterns, examples, schemes, servers.
 */
export function hostileDocument(pick: Pick): Node {
  const text = (label: string): string => pick("text", label);
  const name = (label: string): string => pick("name", label);
  const schemas = { item: name("Item"), newItem: name("NewItem"), part: name("Part"), error: name("Error") };
  const schemes = { token: name("token"), key: name("key") };
  const members = Object.fromEntries(
    ["title", "state", "weight", "flags", "nested", "note", "when", "plain"].map((label) => [label, name(label)]),
  ) as Record<"title" | "state" | "weight" | "flags" | "nested" | "note" | "when" | "plain", string>;
  const states = [1, 2, 3].map((at) => pick("value", `state ${at}`));
  const itemKey = name("item key");
  const partKey = name("part key");
  const filter = name("filter");
  const header = pick("header", "X-Trace");
  const items = `/${pick("segment", "items")}`;
  const parts = pick("segment", "parts");
  const reference = (schema: string): Node => ({ $ref: `#/components/schemas/${pointerPart(schema)}` });
  const json = (schema: Node, label: string): Node => ({
    description: text(`response ${label}`),
    content: { "application/json": { schema } },
  });
  const failed = json(reference(schemas.error), "error");
  const writable: Node = object([
    [
      members.title,
      { type: "string", minLength: 1, maxLength: 80, description: text("title"), example: pick("value", "example") },
    ],
    [members.state, { type: "string", enum: states, default: states[1], description: text("state") }],
    [members.weight, { type: "number", minimum: 0, maximum: 100, title: text("weight") }],
    [members.flags, { type: "array", items: { type: "string", maxLength: 40 }, description: text("flags") }],
    [members.nested, { type: "object", properties: object([[name("inner"), { type: "string" }]]) }],
    [members.note, { type: "string", default: pick("value", "default"), description: text("note") }],
    [members.when, { type: "string", format: "date-time" }],
    [members.plain, { type: "string", pattern: "^[`'\"$\\{\\}*/<>-]{1,20}$", description: text("plain") }],
  ]);
  const key = { type: "string", format: "uuid", readOnly: true, description: text("id") };
  const itemPath = `${items}/{${itemKey}}`;
  const parameter = (label: string, given: Node): Node => ({ description: text(`parameter ${label}`), ...given });
  const itemParameter = parameter("item", {
    name: itemKey,
    in: "path",
    required: true,
    schema: { type: "string", format: "uuid" },
  });
  const partParameter = parameter("part", {
    name: partKey,
    in: "path",
    required: true,
    schema: { type: "integer", minimum: 1 },
  });
  let operations = 0;
  const operation = (given: Node): Node => ({
    operationId: name(`operation ${(operations += 1)}`),
    summary: text(`summary ${operations}`),
    description: text(`description ${operations}`),
    tags: [tag],
    ...given,
  });
  const tag = name("tag");
  const body = (schema: string): Node => ({
    required: true,
    description: text("body"),
    content: { "application/json": { schema: reference(schema) } },
  });
  const paths: [string, Node][] = [
    [
      items,
      {
        get: operation({
          parameters: [
            parameter("filter", { name: filter, in: "query", schema: { type: "string", enum: states } }),
            parameter("state", { name: members.state, in: "query", schema: { type: "string" } }),
            parameter("header", { name: header, in: "header", schema: { type: "string", maxLength: 40 } }),
          ],
          responses: { 200: json({ type: "array", items: reference(schemas.item) }, "list"), 400: failed },
        }),
        post: operation({
          requestBody: body(schemas.newItem),
          responses: { 201: json(reference(schemas.item), "created"), 400: failed, 422: failed },
          "x-business-rules": [
            { id: "item.create.fits", rule: text("rule"), refuse: object([[name("refusal"), 422]]) },
            { rule: text("effect"), kind: "effect" },
          ],
        }),
      },
    ],
    [
      itemPath,
      {
        parameters: [itemParameter],
        get: operation({ responses: { 200: json(reference(schemas.item), "read"), 404: failed } }),
        put: operation({
          requestBody: body(schemas.newItem),
          responses: { 200: json(reference(schemas.item), "replaced"), 404: failed },
        }),
        delete: operation({ responses: { 204: { description: text("deleted") }, 404: failed } }),
      },
    ],
    [
      `${itemPath}/${parts}`,
      {
        parameters: [itemParameter],
        get: operation({
          responses: { 200: json({ type: "array", items: reference(schemas.part) }, "parts"), 404: failed },
        }),
        post: operation({
          requestBody: body(schemas.part),
          responses: { 201: json(reference(schemas.part), "part"), 404: failed },
        }),
      },
    ],
    [
      `${itemPath}/${parts}/{${partKey}}`,
      {
        parameters: [itemParameter, partParameter],
        get: operation({ responses: { 200: json(reference(schemas.part), "read part"), 404: failed } }),
      },
    ],
    [
      `${itemPath}/${pick("segment", "action")}`,
      {
        parameters: [itemParameter],
        post: operation({ responses: { 200: json({ type: "object" }, "acted"), 404: failed } }),
      },
    ],
    [
      `/${pick("segment", "report")}`,
      {
        get: operation({
          tags: [name("other tag")],
          security: [],
          responses: { 200: json({ type: "object" }, "report") },
        }),
      },
    ],
  ];
  return {
    openapi: "3.1.0",
    info: {
      title: text("info"),
      version: text("version"),
      summary: text("info summary"),
      description: text("info description"),
      contact: { name: text("contact") },
      license: { name: text("license") },
    },
    servers: [{ url: `https://example.com/${pick("segment", "base")}`, description: text("server") }],
    tags: [{ name: tag, description: text("tag") }],
    security: [object([[schemes.token, []]]), object([[schemes.key, []]])],
    paths: object(paths),
    components: {
      schemas: object([
        [
          schemas.item,
          {
            description: text("item"),
            allOf: [{ type: "object", required: ["id", members.title], properties: { id: key, ...writable } }],
          },
        ],
        [schemas.newItem, { type: "object", title: text("new"), required: [members.title], properties: writable }],
        [
          schemas.part,
          {
            type: "object",
            description: text("part"),
            required: [name("part name")],
            properties: object([
              ["id", { type: "integer", readOnly: true }],
              [
                name("part name"),
                { type: "string", minLength: 1, maxLength: 30, examples: [pick("value", "part example")] },
              ],
            ]),
          },
        ],
        [
          schemas.error,
          {
            type: "object",
            required: [name("error code"), name("error message")],
            properties: object([
              [name("error code"), { type: "string" }],
              [name("error message"), { type: "string", description: text("message") }],
            ]),
          },
        ],
      ]),
      securitySchemes: object([
        [schemes.token, { type: "http", scheme: "bearer", description: text("token") }],
        [schemes.key, { type: "apiKey", in: "header", name: pick("header", "X-Key"), description: text("key") }],
      ]),
    },
  };
}

/** Also right for `__proto__`, which an object literal would take for something else. */
function object(entries: readonly (readonly [string, unknown])[]): Node {
  return Object.fromEntries(entries);
}

/** A name within a JSON pointer within a URI fragment. */
function pointerPart(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
