import type { Entity, Name, Operation } from "../../model/model.ts";
import { literal } from "../../render/escape.ts";
import { operationsOf, type PlanContext } from "../context.ts";
import { isTagged, mayBeKnown } from "./conditional.ts";
import { isFileOperation } from "./files.ts";
import { routeConfigCode } from "./http.ts";
import { Imports } from "./imports.ts";
import { mediaKind } from "./media.ts";
import { routePath } from "./route-path.ts";
import { answerOf } from "./routes/answer.ts";
import { bodyCode } from "./routes/body.ts";
import { besides, type RouteDraft } from "./routes/draft.ts";
import { fileStatements } from "./routes/file.ts";
import { headersCode } from "./routes/headers.ts";
import { schemaName } from "./schema.ts";
import { securityCode } from "./security.ts";
import { answerRows } from "./answers.ts";

/** templates/entity/routes.hbs */
export interface RoutesView {
  readonly imports: readonly string[];
  readonly name: string;
  readonly routes: readonly RouteView[];
}

interface RouteView {
  readonly method: string;
  readonly path: string;
  readonly options: string;
  readonly statements: readonly string[];
}

export function routesView(name: Name, entity: Entity | undefined, context: PlanContext): RoutesView {
  const imports = new Imports();
  imports.type("App", "../app.ts");
  const routes = operationsOf(context, name.type).map((operation) =>
    routeView({ name, entity, operation, context, imports }),
  );
  return { imports: imports.lines(), name: `${name.variable}Routes`, routes };
}

function routeView(draft: RouteDraft): RouteView {
  const { operation, entity } = draft;
  const options = routeOptions(draft);
  const isFile = entity !== undefined && isFileOperation(operation);
  const answer = isFile ? { name: "", statements: [] } : answerOf(draft);
  return {
    method: operation.method,
    path: literal(routePath(operation.path, (name) => pathValues(operation, name)).path),
    options: options.length === 0 ? "" : `{ ${options.join(", ")} }, `,
    statements: isFile
      ? fileStatements(draft, entity)
      : withoutUnusedNames([...answer.statements, ...knownVersion(draft, answer.name), replyCode(draft, answer.name)]),
  };
}

function pathValues({ parameters }: Operation, name: string): readonly unknown[] | undefined {
  return parameters.find((one) => one.in === "path" && one.name === name)?.schema.enum;
}

function routeOptions(draft: RouteDraft): readonly string[] {
  const { operation, context, imports } = draft;
  const hasSchema = operation.body !== undefined || operation.parameters.length > 0;
  const security = securityCode(operation, context.model);
  if (security !== undefined) imports.value("authenticated", "../http/authentication.ts");
  const config = routeConfigCode(operation, context);
  // Fastify answers HEAD by itself where there is GET, unless the document says how.
  const hasHead =
    operation.method === "get" &&
    context.model.operations.some(({ method, path }) => method === "head" && samePlace(path, operation.path));
  return [
    ...(hasSchema ? [`schema: ${imports.value(schemaName(operation), besides(draft, "schema"))}`] : []),
    ...(security === undefined ? [] : [`onRequest: ${security}`]),
    ...(config === undefined ? [] : [`config: ${config}`]),
    ...(hasHead ? ["exposeHeadRoute: false"] : []),
  ];
}

/** Paths that differ in the names of their parameters alone are one place. */
function samePlace(left: string, right: string): boolean {
  return left.replaceAll(/\{[^}]*\}/g, "{}") === right.replaceAll(/\{[^}]*\}/g, "{}");
}

/** Who has what is there already is told so. */
function knownVersion({ operation, context, imports }: RouteDraft, row: string): readonly string[] {
  if (row === "" || !mayBeKnown(operation) || !isTagged(operation, context)) return [];
  const isKnown = imports.value("isKnown", "../http/versions.ts");
  const tag = `${imports.value("tagOf", "../http/versions.ts")}(${row})`;
  return [
    `if (${isKnown}(request.raw.headers, ${tag})) return reply.code(304).header("etag", ${tag}).header("cache-control", "private, no-cache").send();`,
  ];
}

function replyCode(draft: RouteDraft, row: string): string {
  const { status, mediaType, shape } = draft.operation.success;
  const start = `return reply.code(${status})${headersCode(draft, row)}`;
  if (mediaType === undefined || shape === undefined) return `${start}.send();`;
  const body = bodyCode(draft, row);
  if (!/json|\*\/\*/.test(mediaType)) {
    const type = mediaType.includes("*") ? "application/octet-stream" : mediaType;
    return `${start}.type(${literal(type)}).send(${isBinary(draft) ? `Buffer.from(${body}, "base64")` : body});`;
  }
  if (shape.kind === "value" || mayBeScalar(draft))
    return `${start}.type("application/json").send(JSON.stringify(${body}));`;
  const type = mediaType.replace("*/*", "application/json");
  return `${start}${mediaType === "application/json" ? "" : `.type(${literal(type)})`}.send(${body});`;
}

/** Bytes travel through the service as Base64 text. */
function isBinary({ operation, context }: RouteDraft): boolean {
  const { schema, mediaType = "" } = operation.success;
  if (schema === undefined || mediaKind(mediaType.split(";")[0]?.trim().toLowerCase() ?? "") !== "bytes") return false;
  const { type, format } = context.resolved(schema);
  return type === "string" && format === "binary";
}

/** Fastify sends a text as it is, so that what may be one is written as JSON before. */
function mayBeScalar({ operation, context }: RouteDraft): boolean {
  const { schema, shape } = operation.success;
  if (operation.kind !== "custom" || answerRows(shape) !== undefined) return false;
  const types = schema === undefined ? [] : [context.resolved(schema).type ?? []].flat();
  return types.length === 0 || types.some((type) => type !== "object" && type !== "array");
}

/** An answer of which nothing is said needs no name. */
function withoutUnusedNames(statements: readonly string[]): readonly string[] {
  return statements.map((statement, at) => {
    const name = /^const (\w+) = /.exec(statement)?.[1];
    const rest = statements.slice(at + 1).join("\n");
    const isUsed = name === undefined || new RegExp(`\\b${name}\\b`).test(rest);
    return isUsed ? statement : statement.slice(`const ${name} = `.length);
  });
}
