import { expect, test } from "vitest";
import type { Json, OpenApi } from "../../src/document/openapi.ts";
import { servedDocument } from "../../src/plan/views/served.ts";

const [lowest, highest] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

test.each<{ title: string; schema: Json; served: Json }>([
  {
    title: "an integer is bounded",
    schema: { type: "integer" },
    served: { type: "integer", minimum: lowest, maximum: highest },
  },
  {
    title: "an int32 has its bounds by its format",
    schema: { type: "integer", format: "int32" },
    served: { type: "integer", format: "int32" },
  },
  {
    title: "bounds of the document stay",
    schema: { type: "integer", format: "int64", minimum: 1 },
    served: { type: "integer", format: "int64", minimum: 1, maximum: highest },
  },
  {
    title: "bounds beyond what a number can hold come in",
    schema: { type: ["integer", "null"], exclusiveMinimum: 0, maximum: 2 ** 63 },
    served: { type: ["integer", "null"], exclusiveMinimum: 0, maximum: highest },
  },
  {
    title: "a closed list says it all",
    schema: { type: "integer", enum: [1, 2] },
    served: { type: "integer", enum: [1, 2] },
  },
  { title: "a number is no integer", schema: { type: "number" }, served: { type: "number" } },
  {
    title: "examples are data",
    schema: { type: "object", examples: [{ type: "integer" }], default: { type: "integer" } },
    served: { type: "object", examples: [{ type: "integer" }], default: { type: "integer" } },
  },
  {
    title: "members may be called like keywords",
    schema: { type: "object", properties: { type: { type: "string" }, example: { type: "integer" } } },
    served: {
      type: "object",
      properties: { type: { type: "string" }, example: { type: "integer", minimum: lowest, maximum: highest } },
    },
  },
])("in the served document $title", ({ schema, served }) => {
  const root = { openapi: "3.1.0", components: { schemas: { It: schema } } } as OpenApi;
  expect(JSON.parse(servedDocument(root))).toEqual({ openapi: "3.1.0", components: { schemas: { It: served } } });
});
