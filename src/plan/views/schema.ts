import type { Schema } from "../../document/openapi.ts";
import type { Name, Operation, Parameter } from "../../model/model.ts";
import { variableName } from "../../model/names.ts";
import { propertyKey } from "../../render/escape.ts";
import { fieldOf, operationsOf, type PlanContext } from "../context.ts";
import { inNamingOrder } from "../naming-order.ts";
import { allowsNull } from "../nullable.ts";
import { typeboxText } from "./typebox.ts";
import { nothing, typeNode, unionOf } from "./type-node.ts";
import { isFileOperation } from "./files.ts";
import { isCookieHeader } from "./requests.ts";
import { orUndefined, printedType } from "./types.ts";

/** templates/entity/schema.hbs: what requests of a home's operations are checked against. */
export interface SchemaView {
  readonly hasTypes: boolean;
  readonly parts: readonly { readonly name: string; readonly text: string }[];
  readonly operations: readonly { readonly name: string; readonly members: readonly string[] }[];
  /** What a list of patch operations may leave changed. */
  readonly changes: readonly { readonly name: string; readonly text: string }[];
}

const places = [
  { place: "path", member: "params", word: "params" },
  { place: "query", member: "querystring", word: "query" },
  { place: "header", member: "headers", word: "headers" },
] as const;

/** Parts that several operations share are written once, where the first of them needs it. */
export function schemaView(name: Name, context: PlanContext): SchemaView {
  const all = operationsOf(context, name.type);
  const names = new Map<string, string>();
  for (const operation of inNamingOrder(all)) {
    operationMembers(operation, context, (text, partName) => {
      if (!names.has(text)) names.set(text, partName);
      return partName;
    });
  }
  const parts = new Map<string, { readonly name: string; readonly text: string }>();
  const share = (text: string, partName: string): string => {
    const part = { name: names.get(text) ?? partName, text };
    parts.set(text, parts.get(text) ?? part);
    return part.name;
  };
  const operations = all.map((operation) => ({
    name: schemaName(operation),
    members: operationMembers(operation, context, share),
  }));
  const changes = all.flatMap((operation) => changesSchema(operation, context));
  return { hasTypes: parts.size + changes.length > 0, parts: [...parts.values()], operations, changes };
}

/** listAccountsSchema */
export function schemaName(operation: Operation): string {
  return `${operation.name}Schema`;
}

/** patchProfileChanges */
export function changesName(operation: Operation): string {
  return `${operation.name}Changes`;
}

/** Each member that the row may do without can be removed, which makes it null. */
function changesSchema(operation: Operation, context: PlanContext): SchemaView["changes"] {
  if (operation.variant !== "json-patch" || operation.entity === undefined) return [];
  const entity = context.entity(operation.entity);
  const members = (operation.body?.shape?.members ?? []).flatMap(({ target }) => {
    if (target.kind !== "field") return [];
    const field = fieldOf(entity, target.field);
    const schema = context.request(field.schema);
    const text = typeboxText(
      field.isStoredNotNull || allowsNull(schema) ? schema : { anyOf: [schema, { type: "null" }] },
    );
    return [`${propertyKey(field.name)}: Type.Optional(${text})`];
  });
  return [
    { name: changesName(operation), text: `Type.Object({ ${members.join(", ")} }, { additionalProperties: false })` },
  ];
}

function operationMembers(
  operation: Operation,
  context: PlanContext,
  share: (text: string, name: string) => string,
): readonly string[] {
  const parameters = places.flatMap(({ place, member, word }) => {
    const own = operation.parameters.filter((parameter) => parameter.in === place && !isCookieHeader(parameter));
    const members = [
      ...own.map((parameter) => parameterText(parameter, context)),
      ...(place === "header" ? cookieMember(operation, context) : []),
    ];
    if (members.length === 0) return [];
    return [`${member}: ${share(objectText(members), variableName(`${operation.name} ${word}`))}`];
  });
  if (operation.body === undefined) return parameters;
  // What a file holds is nobody's to check.
  if (isFileOperation(operation)) return [...parameters, "body: Type.Unknown()"];
  const schema = context.requestBody(operation.body);
  const depth = -(operation.body.shape?.wrap.length ?? 0);
  const body = typeboxText(schema, depth);
  // Whether a body may be missing is for http/media.ts to check; here it is only typed.
  const text = operation.body.isRequired ? body : `Type.Unsafe<${mayBeMissing(schema, depth)}>(${body})`;
  return [...parameters, `body: ${share(text, variableName(`${operation.name} body`))}`];
}

function mayBeMissing(schema: Schema, depth: number): string {
  return orUndefined(printedType(unionOf([typeNode(schema, depth), nothing])));
}

/** Cookies travel in one header, which is read as an object of them. */
function cookieMember(operation: Operation, context: PlanContext): readonly string[] {
  const cookies = operation.parameters.filter((parameter) => parameter.in === "cookie");
  if (cookies.length === 0) return [];
  return [`cookie: ${objectText(cookies.map((cookie) => parameterText(cookie, context)))}`];
}

function parameterText(parameter: Parameter, context: PlanContext): string {
  const text = typeboxText(parameterSchema(parameter, context));
  const key = propertyKey(parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name);
  return `${key}: ${parameter.isRequired || parameter.in === "path" ? text : `Type.Optional(${text})`}`;
}

function objectText(members: readonly string[]): string {
  return `Type.Object({ ${members.join(", ")} })`;
}

/**
 * With its default, which decoding fills in where the parameter is left out. One that is required has to be given all the
 * same, and business logic is asked only by who gives its parameter.
 */
function parameterSchema(parameter: Parameter, context: PlanContext): Schema {
  const schema = context.request(parameter.schema);
  const isUnset = parameter.schema.default === undefined || parameter.isRequired || parameter.role.kind === "slot";
  return isUnset ? schema : { ...schema, default: parameter.schema.default };
}
