import fastify, { type FastifyContextConfig, type FastifySchema } from "fastify";
import { describe, expect, test } from "vitest";
import { decodeParameters, parseQueryString } from "./parameters.ts";

interface Sent {
  readonly path?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly styles?: NonNullable<FastifyContextConfig["styles"]>;
  readonly names?: NonNullable<FastifyContextConfig["names"]>;
}

/** What a route is given of a request, or why it is refused: decoded, and not validated. */
async function given(
  schema: FastifySchema,
  { path = "/", url = "/", headers = {}, styles = {}, names = {} }: Sent,
): Promise<unknown> {
  const app = fastify({ routerOptions: { querystringParser: parseQueryString } });
  app.setValidatorCompiler(() => () => true);
  app.setErrorHandler((error: { readonly message: string }, _request, reply) =>
    reply.code(400).send({ ...error, message: error.message }),
  );
  decodeParameters(app);
  app.get(path, { schema, config: { styles, names } }, ({ query, params, headers: own }) => ({
    query,
    params,
    headers: own,
    names: Object.keys(query as object),
  }));
  return (await app.inject({ url, headers })).json();
}

const integers = { type: "array", items: { type: "integer" } };
const point = { type: "object", properties: { x: { type: "number" }, y: { type: "integer" } } };

describe("a parameter of a query", () => {
  test.each([
    { title: "is a text", schema: { type: "string" }, query: "?value=1", value: "1" },
    { title: "is a number", schema: { type: "number" }, query: "?value=-1.5e3", value: -1500 },
    { title: "is a number of many digits", schema: { type: "number" }, query: "?value=12.25e%2B10", value: 12.25e10 },
    {
      title: "stays a text where a number is only its end",
      schema: { type: "number" },
      query: "?value=x1",
      value: "x1",
    },
    {
      title: "stays a text where a number is only its start",
      schema: { type: "number" },
      query: "?value=1x",
      value: "1x",
    },
    { title: "is a whole number", schema: { type: "integer" }, query: "?value=-12", value: -12 },
    { title: "stays a text where it is no whole number", schema: { type: "integer" }, query: "?value=01", value: "01" },
    { title: "is a boolean", schema: { type: "boolean" }, query: "?value=true", value: true },
    { title: "is a boolean that is false", schema: { type: "boolean" }, query: "?value=false", value: false },
    { title: "stays a text where it is no boolean", schema: { type: "boolean" }, query: "?value=yes", value: "yes" },
    {
      title: "is of any of its types",
      schema: { anyOf: [{ type: "integer" }, { type: "string" }] },
      query: "?value=7",
      value: 7,
    },
    { title: "is of the type of its values", schema: { enum: [1, 2] }, query: "?value=2", value: 2 },
    { title: "is of the type of its only value", schema: { const: true }, query: "?value=true", value: true },
    {
      title: "stays a text where it is its only value in another notation",
      schema: { type: "number", const: 10 },
      query: "?value=1e1",
      value: "1e1",
    },
    {
      title: "that is given twice is refused later",
      schema: { type: "integer" },
      query: "?value=1&value=2",
      value: ["1", "2"],
    },
    { title: "that is left out is its default", schema: { type: "integer", default: 5 }, query: "", value: 5 },
    { title: "is a list, name by name", schema: integers, query: "?value=1&value=2", value: [1, 2] },
    { title: "is a list of one", schema: integers, query: "?value=1", value: [1] },
    { title: "is a list of texts with commas", schema: { type: "array" }, query: "?value=a,b", value: ["a,b"] },
    {
      title: "is an object without a type",
      schema: { properties: { x: { type: "number" } } },
      query: "?x=1",
      value: { x: 1 },
    },
    { title: "is an object that is left out", schema: { ...point, default: { x: 7 } }, query: "?z=1", value: { x: 7 } },
    { title: "stays a text where it is no object", schema: point, query: "?value=a&x=1", value: "a" },
    {
      title: "is no object of members where its style is another",
      style: { style: "pipeDelimited", explode: true } as const,
      schema: point,
      query: "?x=1",
      value: undefined,
    },
    {
      title: "is texts and members at once, which is refused later",
      style: { style: "deepObject" } as const,
      schema: point,
      query: "?value=a&value[x]=1",
      value: ["a"],
    },
    {
      title: "with a bracket before its name is another one",
      style: { style: "deepObject" } as const,
      schema: point,
      query: "?]value[x]=1",
      value: undefined,
    },
    {
      title: "is a list of any of its types",
      schema: { oneOf: [integers, { type: "null" }] },
      query: "?value=1",
      value: [1],
    },
    {
      title: "is a list of an empty text",
      schema: { type: "array", items: { type: "string" } },
      query: "?value=",
      value: [""],
    },
    {
      title: "is an empty text beside a list",
      schema: { anyOf: [integers, { enum: [""] }] },
      query: "?value=",
      value: "",
    },
    {
      title: "is an empty text among the words beside a list",
      schema: { anyOf: [integers, { enum: ["all", ""] }, { type: "null" }] },
      query: "?value=",
      value: "",
    },
    {
      title: "is a list beside an empty text",
      schema: { anyOf: [integers, { enum: [""] }] },
      query: "?value=1",
      value: [1],
    },
    {
      title: "is a list that begins with an empty text",
      schema: { anyOf: [integers, { enum: [""] }] },
      query: "?value=&value=1",
      value: ["", 1],
    },
    {
      title: "is a list beside a word",
      schema: { anyOf: [{ enum: ["all"] }, { items: {}, type: "array" }] },
      query: "?value=",
      value: [""],
    },
    {
      title: "is a list between commas",
      style: { explode: false },
      schema: integers,
      query: "?value=1,2",
      value: [1, 2],
    },
    {
      title: "is a list between spaces",
      style: { style: "spaceDelimited", explode: false } as const,
      schema: integers,
      query: "?value=1%202",
      value: [1, 2],
    },
    {
      title: "is a list between pipes",
      style: { style: "pipeDelimited", explode: false } as const,
      schema: integers,
      query: "?value=1|2",
      value: [1, 2],
    },
    { title: "is an object, member by member", schema: point, query: "?x=1.5&y=2&z=3", value: { x: 1.5, y: 2 } },
    {
      title: "is an object between commas",
      style: { explode: false },
      schema: point,
      query: "?value=x,1.5,y,2",
      value: { x: 1.5, y: 2 },
    },
    {
      title: "is a text between commas",
      style: { explode: false },
      schema: { type: "string" },
      query: "?value=a,b",
      value: "a,b",
    },
    {
      title: "is an object in brackets",
      style: { style: "deepObject" } as const,
      schema: point,
      query: "?value[x]=1.5&value[y]=2",
      value: { x: 1.5, y: 2 },
    },
    {
      title: "is a text without brackets",
      style: { style: "deepObject" } as const,
      schema: { anyOf: [point, { type: "string" }] },
      query: "?value=a",
      value: "a",
    },
    {
      title: "is objects in objects",
      style: { style: "deepObject" } as const,
      schema: { properties: { at: point } },
      query: "?value[at][y]=2",
      value: { at: { y: 2 } },
    },
    {
      title: "is a list in an object, without numbers",
      style: { style: "deepObject" } as const,
      schema: { properties: { ids: integers } },
      query: "?value[ids][]=1&value[ids][]=2",
      value: { ids: [1, 2] },
    },
    {
      title: "is a list in an object, with numbers",
      style: { style: "deepObject" } as const,
      schema: { properties: { ids: integers } },
      query: "?value[ids][0]=1&value[ids][1]=2",
      value: { ids: [1, 2] },
    },
    {
      title: "is an object of all its schemas",
      style: { style: "deepObject" } as const,
      schema: { allOf: [point, { properties: { z: { type: "boolean" } } }] },
      query: "?value[y]=1&value[z]=true",
      value: { y: 1, z: true },
    },
    {
      title: "with brackets that do not close is another one",
      style: { style: "deepObject" } as const,
      schema: point,
      query: "?value[x=1",
      value: undefined,
    },
    {
      title: "is JSON",
      style: { style: "json" } as const,
      schema: point,
      query: "?value=%7B%22x%22%3A1%7D",
      value: { x: 1 },
    },
    {
      title: "stays a text where it is no JSON",
      style: { style: "json" } as const,
      schema: point,
      query: "?value=%7B",
      value: "{",
    },
    {
      title: "that is JSON twice is refused later",
      style: { style: "json" } as const,
      schema: point,
      query: "?value=1&value=2",
      value: ["1", "2"],
    },
  ])("$title", async ({ schema, query, value, style = {} }) => {
    const own = await given(
      { querystring: { properties: { value: schema } } },
      { url: `/${query}`, styles: { value: style } },
    );
    expect(own).toHaveProperty("query", value === undefined ? {} : { value });
  });

  test("that is left out is not there, not even as undefined", async () => {
    const own = await given({ querystring: { properties: { value: { type: "string" } } } }, {});
    expect(own).toHaveProperty("names", []);
  });

  test("that is not declared is left out", async () => {
    const own = await given(
      { querystring: { properties: { value: { type: "string" } } } },
      { url: "/?value=a&other=b" },
    );
    expect(own).toHaveProperty("query", { value: "a" });
  });
});

describe("a parameter of a path", () => {
  test.each([
    { title: "is a list", schema: integers, url: "/1,2", value: [1, 2] },
    { title: "is an object by turns", schema: point, url: "/x,1,y,2", value: { x: 1, y: 2 } },
    { title: "is an object by pairs", style: { explode: true }, schema: point, url: "/x=1,y=2", value: { x: 1, y: 2 } },
    { title: "is JSON", style: { style: "json" } as const, schema: point, url: "/%7B%22x%22%3A1%7D", value: { x: 1 } },
    { title: "is a label", style: { style: "label" } as const, schema: { type: "integer" }, url: "/.7", value: 7 },
    {
      title: "is a list of labels",
      style: { style: "label", explode: true } as const,
      schema: integers,
      url: "/.1.2",
      value: [1, 2],
    },
    {
      title: "is a matrix",
      style: { style: "matrix" } as const,
      schema: { type: "integer" },
      url: "/%3Bvalue=7",
      value: 7,
    },
    {
      title: "is a list in a matrix",
      style: { style: "matrix" } as const,
      schema: integers,
      url: "/%3Bvalue=1,2",
      value: [1, 2],
    },
    {
      title: "is a list of matrices",
      style: { style: "matrix", explode: true } as const,
      schema: integers,
      url: "/%3Bvalue=1%3Bvalue=2",
      value: [1, 2],
    },
    {
      title: "is one matrix where it is no list",
      style: { style: "matrix", explode: true } as const,
      schema: { type: "integer" },
      url: "/%3Bvalue=7",
      value: 7,
    },
    {
      title: "is a list of matrices, or null",
      style: { style: "matrix", explode: true } as const,
      schema: { anyOf: [integers, { type: "null" }] },
      url: "/%3Bvalue=1%3Bvalue=2",
      value: [1, 2],
    },
    {
      title: "is an object of matrices",
      style: { style: "matrix", explode: true } as const,
      schema: point,
      url: "/%3Bx=1%3By=2",
      value: { x: 1, y: 2 },
    },
  ])("$title", async ({ schema, url, value, style = {} }) => {
    const own = await given(
      { params: { properties: { value: schema } } },
      { path: "/:value", url, styles: { value: style } },
    );
    expect(own).toHaveProperty("params", { value });
  });

  test.each([
    { style: { style: "label" } as const, saw: 'It does not begin with "."' },
    { style: { style: "matrix" } as const, saw: 'It does not begin with ";value="' },
  ])("without what its style begins with is refused: $saw", async ({ style, saw }) => {
    const own = await given(
      { params: { properties: { value: integers } } },
      { path: "/:value", url: "/7", styles: { value: style } },
    );
    const message = expect.stringContaining(saw) as unknown;
    expect(own).toEqual({ name: "Failure", kind: "malformed-path", code: "malformed", pointer: "value", message });
  });

  test("may have a name that the router does not take", async () => {
    const own = await given(
      { params: { properties: { "an-item": { type: "integer" } } } },
      { path: "/:one", url: "/7", names: { "an-item": "one" } },
    );
    expect(own).toHaveProperty("params", { "an-item": 7 });
  });
});

describe("parameters of several places", () => {
  const one = { properties: { value: { type: "integer" } } };
  const two = { properties: { "X-One": { type: "integer" }, "X-Two": { type: "integer", default: 2 } } };

  test.each([
    {
      title: "a query and a path",
      schema: { querystring: one, params: one },
      seen: { query: { value: 1 }, params: { value: 7 } },
    },
    {
      title: "all of them",
      schema: { querystring: one, params: one, headers: two },
      seen: { query: { value: 1 }, params: { value: 7 }, headers: { "x-one": 3, "x-two": 2 } },
    },
    { title: "none of them", schema: {}, seen: { query: { value: ["1"] }, headers: { "x-one": "3" } } },
    { title: "no header", schema: { querystring: one }, seen: { query: { value: 1 }, headers: { "x-one": "3" } } },
  ])("are read: $title", async ({ schema, seen }) => {
    const own = await given(schema, { path: "/:value", url: "/7?value=1", headers: { "x-one": "3" } });
    expect(own).toMatchObject(seen);
  });

  test("are read before anything else looks at them", async () => {
    const app = fastify({ routerOptions: { querystringParser: parseQueryString } });
    app.setValidatorCompiler(() => () => true);
    decodeParameters(app);
    const seen: unknown[] = [];
    const preValidation = async ({ query }: { query: unknown }) => void seen.push(query);
    app.get("/", { schema: { querystring: one }, preValidation }, () => "");
    await app.inject("/?value=1");
    expect(seen).toEqual([{ value: 1 }]);
  });
});

describe("a parameter of a header", () => {
  test.each([
    { title: "is a list", schema: integers, text: "1, 2", value: [1, 2] },
    { title: "is an object by turns", schema: point, text: "x, 1, y, 2", value: { x: 1, y: 2 } },
    { title: "is a text with commas", schema: { type: "string" }, text: "a, b", value: "a, b" },
  ])("$title", async ({ schema, text, value }) => {
    const own = await given({ headers: { properties: { "X-Value": schema } } }, { headers: { "x-value": text } });
    expect(own).toMatchObject({ headers: { "x-value": value } });
  });
});

describe("a parameter that is a cookie", () => {
  test.each([
    { title: "is a number", schema: { type: "integer" }, text: "other=1; value=7", value: 7 },
    { title: "is a list", schema: integers, text: "value=1,2", value: [1, 2] },
    { title: "is a list, name by name", schema: integers, text: "value=1&value=2", value: [1, 2] },
    { title: "has its percent signs resolved", schema: { type: "string" }, text: "value=a%20b", value: "a b" },
    { title: "keeps percent signs that mean nothing", schema: { type: "string" }, text: "value=100%", value: "100%" },
    { title: "is the first of several", schema: { type: "integer" }, text: "value=1; value=2", value: 1 },
    { title: "that is left out is its default", schema: { type: "integer", default: 5 }, text: "other=1", value: 5 },
  ])("$title", async ({ schema, text, value }) => {
    const cookies = { properties: { value: schema } };
    const own = await given({ headers: { properties: { cookie: cookies } } }, { headers: { cookie: text } });
    expect(own).toMatchObject({ headers: { cookie: { value } } });
  });
});
