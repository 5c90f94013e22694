import type { Schema } from "../../document/openapi.ts";
import type { Model, Operation, Parameter } from "../../model/model.ts";
import { literal, propertyKey, valueLiteral } from "../../render/escape.ts";
import { conforms } from "../conforms.ts";
import type { PlanContext } from "../context.ts";
import { isExact } from "../exact.ts";
import { hasFiles, isFileOperation } from "./files.ts";
import { chosenType } from "./accepts.ts";
import { operationErrors, operationStatuses } from "./errors.ts";
import { routePath } from "./route-path.ts";
import { isBodyOptional, mediaKind, mediaOf, mediaTypesOf, usualMedia, type MediaKind } from "./media.ts";

/** templates/project/src/http/media.ts, parameters.ts, validation.ts, docs.ts */
export interface HttpView {
  /** Integers of 64 bits keep every digit. */
  readonly isExact: boolean;
  /** Some operation keeps a file of a row. */
  readonly hasFiles: boolean;
  /** Of files, some come as bodies of their own. */
  readonly takesBytes: boolean;
  readonly takesForms: boolean;
  /** Of JSON bodies too. */
  readonly exactJson: boolean;
  readonly docsPath: string;
  readonly documentPath: string;
  readonly healthPath: string;
  readonly readyPath: string;
  /** Some schema is circular or large, and refers to the served document. */
  readonly refersToDocument: boolean;
  readonly hasJson: boolean;
  readonly hasForms: boolean;
  readonly hasMultipart: boolean;
  readonly hasTypedForms: boolean;
  readonly hasText: boolean;
  readonly hasBytes: boolean;
  readonly decodesText: boolean;
  readonly usesFailure: boolean;
  /** Bodies that may be larger than others: files. */
  readonly hasUploads: boolean;
  /** Literals of a media type, or of a list of them. */
  readonly jsonTypes: string;
  /** Literal of the first of them. */
  readonly jsonType: string;
  readonly textTypes: string;
  readonly byteTypes: string;
  /** Operations differ in the media types that they take. */
  readonly choosesMedia: boolean;
  readonly usualMedia: string;
  readonly hasOptionalBodies: boolean;
  readonly needsBodies: boolean;
  readonly hasRouteSettings: boolean;
  /** Literals of patterns that take time without bound where an engine backtracks, and of what RE2 calls them. */
  readonly linearPatterns: readonly { readonly pattern: string; readonly expression: string }[];
  readonly hasLinearPatterns: boolean;
  /** Literals of those that only an engine which backtracks can match. */
  readonly cappedPatterns: string;
  readonly hasCappedPatterns: boolean;
}

export function httpView(context: PlanContext): HttpView {
  const { model } = context;
  const types = [...new Set(model.operations.flatMap(mediaTypesOf))];
  const of = (kind: MediaKind): readonly string[] => types.filter((type) => mediaKind(type) === kind);
  const choosesMedia = model.operations.some((operation) => mediaOf(operation, model) !== undefined);
  const hasOptionalBodies = model.operations.some(isBodyOptional);
  const needsBodies = hasNullableBodies(context);
  const decodesText = of("json").length + of("form").length + of("text").length > 0;
  const hasTypedForms = of("form").length + of("multipart").length > 0;
  return {
    isExact: isExact(context),
    hasFiles: hasFiles(context),
    takesForms: hasFiles(context) && of("multipart").length > 0,
    takesBytes: hasFiles(context) && of("bytes").length > 0,
    exactJson: isExact(context) && of("json").length > 0,
    ...servicePaths(model),
    refersToDocument: refersToDocument(context),
    hasJson: of("json").length > 0,
    hasForms: of("form").length > 0,
    hasMultipart: of("multipart").length > 0,
    hasTypedForms,
    hasText: of("text").length > 0,
    hasBytes: of("bytes").length > 0,
    decodesText,
    usesFailure: decodesText || of("multipart").length > 0 || needsBodies || hasOptionalBodies,
    hasUploads: hasUploads(model),
    jsonTypes: oneOrList(of("json")),
    jsonType: literal(of("json")[0] ?? "application/json"),
    textTypes: oneOrList(of("text")),
    byteTypes: oneOrList(of("bytes")),
    choosesMedia,
    usualMedia: valueLiteral(usualMedia(model)),
    hasOptionalBodies,
    needsBodies,
    hasRouteSettings: choosesMedia || hasOptionalBodies || hasFiles(context),
    ...slowPatterns(context),
  };
}

/** Which part of a form is its file; "" where the body is. */
function formPart({ body }: Operation): string {
  return body?.mediaTypes[0] === "multipart/form-data" ? (Object.keys(body.schema.properties ?? {})[0] ?? "") : "";
}

type PatternViews = Pick<HttpView, "linearPatterns" | "hasLinearPatterns" | "cappedPatterns" | "hasCappedPatterns">;

/** Of the patterns that requests are checked with. */
function slowPatterns(context: PlanContext): PatternViews {
  const { slowPatterns: all } = context.document;
  const asked = all.length === 0 ? "" : JSON.stringify(requestSchemas(context));
  const used = all.filter(({ pattern }) => asked.includes(JSON.stringify(pattern)) || refersToDocument(context));
  const linear = used.flatMap(({ pattern, linear: text }) =>
    text === undefined ? [] : [{ pattern: literal(pattern), expression: literal(text) }],
  );
  const capped = used.filter((one) => one.linear === undefined).map(({ pattern }) => pattern);
  return {
    linearPatterns: linear,
    hasLinearPatterns: linear.length > 0,
    cappedPatterns: valueLiteral(capped),
    hasCappedPatterns: capped.length > 0,
  };
}

/** What requests are checked with. */
function requestSchemas(context: PlanContext): readonly Schema[] {
  return context.model.operations.flatMap(({ body, parameters }) => [
    ...(body === undefined ? [] : [context.requestBody(body)]),
    ...parameters.map(({ schema }) => context.request(schema)),
  ]);
}

/** `acceptBodies, allowMissingBodies`: what app.ts uses of media.ts; "" where no operation has a body. */
export function mediaNames(context: PlanContext): string {
  const { model } = context;
  if (!hasBodies(model)) return "";
  return [
    "acceptBodies",
    ...(model.operations.some(isBodyOptional) ? ["allowMissingBodies"] : []),
    ...(hasNullableBodies(context) ? ["refuseMissingBodies"] : []),
    ...(model.operations.some((operation) => mediaOf(operation, model) !== undefined) ? ["refuseOtherMedia"] : []),
  ].join(", ");
}

export function hasUploads(model: Model): boolean {
  return model.operations.flatMap(mediaTypesOf).some((type) => ["multipart", "bytes"].includes(mediaKind(type)));
}

/** Fastify validates null where there is no body, which the schema of a body that is required may accept. */
function hasNullableBodies(context: PlanContext): boolean {
  return context.model.operations.some(
    (operation) =>
      operation.body !== undefined &&
      !isBodyOptional(operation) &&
      !isFileOperation(operation) &&
      conforms(context.requestBody(operation.body), null),
  );
}

export function hasBodies(model: Model): boolean {
  return model.operations.some(({ body }) => body !== undefined);
}

function oneOrList(types: readonly string[]): string {
  return types.length === 1 ? literal(types.join("")) : valueLiteral(types);
}

/**
 * What an operation's route is told besides its schema, as code for `config`: statuses, error bodies, media types and
 * names and styles of parameters, each where it is not as usual. Undefined where all is as usual.
 */
export function routeConfigCode(operation: Operation, context: PlanContext): string | undefined {
  const { model } = context;
  const produced = chosenType(operation, context);
  const statuses = Object.entries(operationStatuses(operation, model)).map(
    ([kind, status]) => `${propertyKey(kind)}: ${status}`,
  );
  const errors = operationErrors(operation, model).map(([status, name]) => `${status}: ${literal(name)}`);
  const media = mediaOf(operation, model);
  const names = routePath(operation.path).names.map(([name, word]) => `${propertyKey(name)}: ${literal(word)}`);
  const styles = operation.parameters.flatMap((parameter) => styleCode(parameter) ?? []);
  const members = [
    ...(isFileOperation(operation) && operation.body !== undefined
      ? [`keepsFile: ${literal(formPart(operation))}`]
      : []),
    ...(statuses.length === 0 ? [] : [`statuses: { ${statuses.join(", ")} }`]),
    ...(errors.length === 0 ? [] : [`errors: { ${errors.join(", ")} }`]),
    ...(media === undefined ? [] : [`media: ${valueLiteral(media)}`]),
    ...(isBodyOptional(operation) ? ["isBodyOptional: true"] : []),
    ...(produced === undefined ? [] : [`produces: ${literal(produced)}`]),
    ...(names.length === 0 ? [] : [`names: { ${names.join(", ")} }`]),
    ...(styles.length === 0 ? [] : [`styles: { ${styles.join(", ")} }`]),
  ];
  return members.length === 0 ? undefined : `{ ${members.join(", ")} }`;
}

/** `tags: { style: "pipeDelimited", explode: false }`, where it matters and is not as usual. */
function styleCode({ name, in: place, schema, style, explode }: Parameter): string | undefined {
  if (place === "cookie") return undefined;
  const isUsual = place === "query" ? style === "form" && explode : style === "simple" && !explode;
  const types = [schema.type ?? []].flat();
  const isScalar = types.length > 0 && types.every((type) => type !== "array" && type !== "object");
  if (isUsual || (isScalar && style !== "label" && style !== "matrix" && style !== "json")) return undefined;
  const key = place === "header" ? name.toLowerCase() : name;
  const members = [
    ...(style === (place === "query" ? "form" : "simple") ? [] : [`style: ${literal(style)}`]),
    ...(explode === (place === "query") ? [] : [`explode: ${String(explode)}`]),
  ];
  return `${propertyKey(key)}: { ${members.join(", ")} }`;
}

/** Our own paths move under `/-/` where the document has them, or a path that they would hide. */
export function servicePaths(model: Model): Pick<HttpView, "docsPath" | "documentPath" | "healthPath" | "readyPath"> {
  return {
    docsPath: freePath(model, "/docs"),
    documentPath: freePath(model, "/openapi.json"),
    healthPath: freePath(model, "/health"),
    readyPath: freePath(model, "/ready"),
  };
}

/** A path of ours, where the document leaves it. */
export function freePath(model: Model, path: string): string {
  const { basePath } = model.api;
  const taken = model.operations.flatMap((operation) => [operation.path, `${basePath}${operation.path}`]);
  return taken.some((one) => isHidden(one.split("/"), path)) ? `/-${path}` : path;
}

function isHidden([, first = "", ...rest]: readonly string[], path: string): boolean {
  const isSame = `/${first}` === path || (first.startsWith("{") && rest.length === 0);
  return isSame && (rest.length === 0 || path === "/docs");
}

function refersToDocument(context: PlanContext): boolean {
  return requestSchemas(context).some((schema) => JSON.stringify(schema).includes('"openapi.json#'));
}
