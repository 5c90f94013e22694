import type { Document } from "../../src/document/document.ts";
import type { OpenApi, OperationObject, PathItem, Schema } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";

/** A loaded document of these paths and schemas. */
export function documentOf(
  paths: Readonly<Record<string, PathItem>>,
  schemas: Readonly<Record<string, Schema>> = {},
  more: Partial<OpenApi> = {},
): Document {
  const root: OpenApi = {
    openapi: "3.1.0",
    info: { title: "Test", version: "1" },
    paths,
    components: { schemas },
    ...more,
  };
  return {
    file: "test.yaml",
    version: "3.1.0",
    root,
    sources: [],
    moves: [{ at: "", file: "test.yaml", pointer: "" }],
    overlays: 0,
    slowPatterns: [],
  };
}

export function modelOf(...document: Parameters<typeof documentOf>): Model {
  return inferModel(documentOf(...document), {}).value;
}

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export function listOf(items: Schema): Schema {
  return { type: "array", items };
}

/** An operation that answers and takes JSON. */
export function operation(answer?: Schema, body?: Schema, status = 200): OperationObject {
  return {
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: {
      [status]: answer ? { content: { "application/json": { schema: answer } } } : { description: "Done." },
    },
  };
}

export function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: "object", properties, required };
}

/** "GET /pets" → "list Pet". */
export function kindsOf(model: Model): Readonly<Record<string, string>> {
  return Object.fromEntries(
    model.operations.map(({ method, path, kind, entity }) => [
      `${method.toUpperCase()} ${path}`,
      `${kind} ${entity ?? "-"}`,
    ]),
  );
}
