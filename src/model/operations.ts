import type { Document } from "../document/document.ts";
import { methods } from "../document/openapi.ts";
import type { MediaType, Method, OperationObject, Parameter, PathItem } from "../document/openapi.ts";
import type { DeclaredParameter } from "./classified.ts";
import { UniqueNames, variableName } from "./names.ts";
import { joinPointer as below } from "../diagnostic/pointer.ts";
import { isRecord, memberOf } from "./schemas.ts";
import type { Located, SchemaReader } from "./schemas.ts";

/** One operation as the document has it, read once: nothing in it is a judgement. */
export interface Call {
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly pointer: string;
  readonly object: OperationObject;
  /** The path without version, `api` prefixes, suffixes and slashes at the end. */
  readonly segments: readonly Segment[];
  readonly parameters: readonly DeclaredParameter[];
  readonly responses: readonly DeclaredResponse[];
  readonly request?: DeclaredBody;
}

export interface Segment {
  readonly text: string;
  /** Names of the parameters in it, in order; a segment with text around them is still an argument. */
  readonly parameters: readonly string[];
}

export interface DeclaredResponse {
  readonly status: number;
  readonly pointer: string;
  readonly content?: { readonly mediaType: string; readonly body?: Located };
}

export interface DeclaredBody {
  readonly isRequired: boolean;
  readonly mediaTypes: readonly string[];
  readonly body?: Located;
  readonly pointer: string;
}

/** Every operation of the document, in its order. */
export function readCalls(document: Document, reader: SchemaReader): readonly Call[] {
  const names = new UniqueNames();
  return Object.entries(document.root.paths ?? {}).flatMap(([path, item]) => {
    const pointer = below("", "paths", path);
    const target = isRecord(item) ? pathItem(item, pointer, reader) : undefined;
    if (!target || !path.startsWith("/")) return [];
    return methods.flatMap((method) => {
      const object = target.item[method];
      if (!isRecord(object)) return [];
      return [
        readCall(
          { method, path, object, item: target.item, itemPointer: target.pointer, pointer: below(pointer, method) },
          reader,
          names,
        ),
      ];
    });
  });
}

function pathItem(item: PathItem, pointer: string, reader: SchemaReader): { item: PathItem; pointer: string } {
  if (item.$ref === undefined) return { item, pointer };
  const target = reader.target(item.$ref);
  return target ? { item: { ...(target.schema as PathItem), ...item }, pointer: target.pointer } : { item, pointer };
}

interface Found {
  readonly method: Method;
  readonly path: string;
  readonly pointer: string;
  readonly object: OperationObject;
  readonly item: PathItem;
  readonly itemPointer: string;
}

function readCall(found: Found, reader: SchemaReader, names: UniqueNames): Call {
  const { method, path, object, pointer } = found;
  const request = readRequest(found, reader);
  const parameters = readParameters(found, reader);
  const segments = segmentsOf(withoutExtension(path, parameters, reader));
  return {
    name: names.take(callName(found, segments)),
    method,
    path,
    pointer,
    object,
    segments,
    parameters,
    responses: readResponses(object, pointer, reader),
    ...(request && { request }),
  };
}

/** The operationId without its generator's noise, else the method's verb and the words of the path. */
function callName({ method, object }: Found, segments: readonly Segment[]): string {
  const id =
    typeof object.operationId === "string"
      ? object.operationId.replace(/Using(GET|POST|PUT|PATCH|DELETE)(_\d+)?$/, "")
      : "";
  const byId = variableName(id);
  if (/[a-z]/i.test(id)) return byId;
  const words = segments.map((segment) =>
    segment.parameters.length > 0 ? `by ${segment.parameters.join(" and ")}` : segment.text,
  );
  return variableName(`${method} ${words.join(" ")}`);
}

/**
 * What counts of a path. Query, fragment, a closing slash, `.json` and `.{format}` are no part of it; `api`, `rest` and
 * version segments at its start name no resource.
 */
function segmentsOf(path: string): readonly Segment[] {
  const plain = (path.split(/[?#]/)[0] ?? "").replace(/\.(json|xml|\{format\})$/, "");
  const texts = plain
    .split("/")
    .filter((text) => text !== "")
    .flatMap((text) => odataSegments(text.replace(/\.json$/, "")));
  const first = texts.findIndex((text) => !/^(api|rest|v\d+([._-]\d+)*|\d{4}-\d{2}(-\d{2})?|latest)$/i.test(text));
  return texts.slice(Math.max(0, first === -1 ? texts.length - 1 : first)).map((text) => ({
    text,
    parameters: [...text.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ""),
  }));
}

/** `/lamps{extension}`, where the extension is one of `.json` and `.xml`: it says how the answer is written. */
function withoutExtension(path: string, parameters: readonly DeclaredParameter[], reader: SchemaReader): string {
  const name = /[^/]\{([^}]+)\}$/.exec(path)?.[1];
  const declared = parameters.find(({ parameter }) => parameter.in === "path" && parameter.name === name);
  const schema = declared?.parameter.schema;
  const values = declared && schema ? (reader.view({ schema, pointer: declared.pointer }).schema.enum ?? []) : [];
  const isExtension = values.length > 0 && values.every((value) => typeof value === "string" && /^\.\w+$/.test(value));
  return isExtension ? path.replace(/\{[^}]+\}$/, "") : path;
}

/** `Products({key})` addresses an item as `Products/{key}` does. */
function odataSegments(text: string): readonly string[] {
  const match = /^([A-Za-z]\w*)\((.*)\)$/.exec(text);
  if (!match?.[1]) return [text];
  const key = /\{[^}]+\}/.exec(match[2] ?? "");
  return key ? [match[1], key[0]] : [match[1]];
}

/**
 * `pageable: { page, size, sort }` in a query is written as three parameters (OpenAPI 3.1.1, Style Values: an exploded
 * form), and means what they mean.
 */
function spread(declared: DeclaredParameter, reader: SchemaReader): readonly DeclaredParameter[] {
  const { parameter, pointer } = declared;
  const { in: place, schema, style = "form", explode = true } = parameter;
  const view = schema && reader.view({ schema, pointer });
  const members = [...(view?.kind === "object" && view.values === undefined ? view.members : [])];
  const isPlain = members.every(([, member]) => !/^(object|union)$/.test(reader.view(member).kind));
  // Of an object that may be left out, a required member is required beside the others only.
  const isWhole = parameter.required !== true && (view?.required.size ?? 0) > 0;
  if (place !== "query" || style !== "form" || !explode || members.length === 0 || !isPlain || isWhole)
    return [declared];
  return members.map(([name, member]) => ({
    parameter: {
      name,
      in: place,
      required: parameter.required === true && view?.required.has(name) === true,
      schema: member.schema,
    },
    pointer: member.pointer,
  }));
}

/** Headers that no parameter describes: bodies and answers do (OpenAPI 3.1.1, Parameter Object, `name`). */
const saidElsewhere = /^(accept|content-type)$/i;

/** A credential that a security scheme asks for is no parameter besides (the same, `Authorization`). */
function isSaidElsewhere(name: string, { root }: SchemaReader): boolean {
  if (!/^authorization$/i.test(name)) return saidElsewhere.test(name);
  const schemes = memberOf(memberOf(root, "components"), "securitySchemes");
  return Object.values(isRecord(schemes) ? schemes : {}).some((scheme) => {
    const type = memberOf(scheme, "type");
    const isNamedSo = /^authorization$/i.test(String(memberOf(scheme, "name")));
    return type === "http" || type === "oauth2" || type === "openIdConnect" || (type === "apiKey" && isNamedSo);
  });
}

function readParameters(found: Found, reader: SchemaReader): readonly DeclaredParameter[] {
  const all = new Map<string, DeclaredParameter>();
  const declared = [
    ...located(found.item.parameters, below(found.itemPointer, "parameters")),
    ...located(found.object.parameters, below(found.pointer, "parameters")),
  ];
  for (const { node, pointer } of declared) {
    const target = resolved<Parameter>(node, pointer, reader);
    if (target?.node.name === undefined || target.node.in === undefined) continue;
    if (target.node.in === "header" && isSaidElsewhere(target.node.name, reader)) continue;
    for (const one of spread({ parameter: target.node, pointer: target.pointer }, reader))
      all.set(`${one.parameter.in} ${one.parameter.name}`, one);
  }
  for (const name of undeclared(found.path, all)) {
    all.set(`path ${name}`, {
      parameter: { name, in: "path", required: true, schema: { type: "string" } },
      pointer: found.pointer,
    });
  }
  return [...all.values()];
}

function undeclared(path: string, declared: ReadonlyMap<string, unknown>): readonly string[] {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
  return names.filter((name) => !declared.has(`path ${name}`));
}

function located(list: unknown, pointer: string): readonly { node: object; pointer: string }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((node: unknown, index) => (isRecord(node) ? [{ node, pointer: below(pointer, index) }] : []));
}

/** Follows references of parameters, responses, bodies and headers; undefined where one dangles. */
export function resolved<T extends object>(
  node: object,
  pointer: string,
  reader: SchemaReader,
): { node: T; pointer: string } | undefined {
  let current: { node: object; pointer: string } = { node, pointer };
  for (let steps = 0; steps < 20; steps += 1) {
    const reference: unknown = Reflect.get(current.node, "$ref");
    if (typeof reference !== "string") return current as { node: T; pointer: string };
    const target = reader.target(reference);
    if (!target) return undefined;
    current = { node: target.schema, pointer: target.pointer };
  }
  return undefined;
}

function readResponses(object: OperationObject, pointer: string, reader: SchemaReader): readonly DeclaredResponse[] {
  if (!isRecord(object.responses)) return [];
  return Object.entries(object.responses).flatMap(([code, node]): readonly DeclaredResponse[] => {
    const status = statusOf(code);
    if (status === undefined || !isRecord(node)) return [];
    const target = resolved<{ content?: Readonly<Record<string, MediaType>> }>(
      node,
      below(pointer, "responses", code),
      reader,
    );
    if (!target) return [{ status, pointer: below(pointer, "responses", code) }];
    const content = bestContent(target.node.content, target.pointer);
    return [{ status, pointer: target.pointer, ...(content && { content }) }];
  });
}

/** 0 for `default`, 2 to 5 for ranges such as 4XX. */
function statusOf(code: string): number | undefined {
  if (code === "default") return 0;
  if (/^[1-5]XX$/i.test(code)) return Number(code[0]);
  return /^[1-5]\d\d$/.test(code) ? Number(code) : undefined;
}

function readRequest({ object, pointer }: Found, reader: SchemaReader): DeclaredBody | undefined {
  if (!isRecord(object.requestBody)) return undefined;
  const target = resolved<{ required?: boolean; content?: Readonly<Record<string, MediaType>> }>(
    object.requestBody,
    below(pointer, "requestBody"),
    reader,
  );
  if (!target) return undefined;
  const best = bestContent(target.node.content, target.pointer);
  const mediaTypes = Object.keys(target.node.content ?? {}).sort((a, b) => mediaRank(a) - mediaRank(b));
  return {
    isRequired: target.node.required === true,
    mediaTypes,
    pointer: target.pointer,
    ...(best?.body && !isFormOfNothing(mediaTypes[0], best.body, reader) && { body: best.body }),
  };
}

/** A form is an object, whatever its schema calls it: one that says "a text" says nothing of its members. */
function isFormOfNothing(mediaType = "", body: Located, reader: SchemaReader): boolean {
  return /^(multipart\/|application\/x-www-form-urlencoded)/.test(mediaType) && reader.view(body).kind === "string";
}

function bestContent(
  content: Readonly<Record<string, MediaType>> | undefined,
  pointer: string,
): DeclaredResponse["content"] | undefined {
  const [best] = Object.entries(isRecord(content) ? (content as Readonly<Record<string, MediaType>>) : {}).sort(
    ([a], [b]) => mediaRank(a) - mediaRank(b),
  );
  if (!best) return undefined;
  const [mediaType, media] = best;
  const at = below(pointer, "content", mediaType, "schema");
  return {
    mediaType,
    ...(isRecord(media) && isRecord(media.schema) && { body: { schema: media.schema, pointer: at } }),
  };
}

/** JSON, then its dialects, then forms, then anything, then XML, then files. */
function mediaRank(mediaType: string): number {
  const plain = mediaType.toLowerCase().split(";")[0]?.trim() ?? "";
  const index = mediaOrder.findIndex((pattern) => pattern.test(plain));
  return index === -1 ? mediaOrder.length : index;
}

const mediaOrder = [
  /^application\/json$/,
  /^application\/(merge-patch|vnd\.api|hal|ld)\+json$/,
  /\+json$|^text\/json$/,
  /^application\/json-patch/,
  /^\*\/\*$/,
  /^application\/x-www-form-urlencoded$/,
  /^multipart\//,
  /xml$/,
];
