import { isRecord } from "../json.ts";
import type { ClassifiedOperation, EntityDraft } from "./classified.ts";

/** The parts of a path below a row by which one of its files is known, by the names of the operations on it. */
export type Files = ReadonlyMap<string, string>;

/**
 * Operations on a file of a row: at one path below the row's own, bytes are put and got, and perhaps deleted, and nothing
 * else is said. Business logic has no part in it, unless a rule or `x-operation: { kind: custom }` says so.
 */
export function filesOf(operations: readonly ClassifiedOperation[], entities: ReadonlyMap<string, EntityDraft>): Files {
  const files = new Map<string, string>();
  const byPath = Map.groupBy(operations, ({ path }) => path);
  for (const [path, all] of byPath) {
    const name = fileName(path);
    const hasBoth = all.some(isDownload) && all.some(isUpload);
    const row = operations.find(
      (one) => name !== undefined && one.path === path.slice(0, -name.length - 1) && hasKey(one, entities),
    );
    if (name === undefined || row === undefined || !hasBoth || !all.every((one) => isOfRow(one, row))) continue;
    if (!all.every((one) => isDownload(one) || isUpload(one) || isRemoval(one))) continue;
    for (const one of all) files.set(one.name, name);
  }
  return files;
}

/** `cover` of `/albums/{id}/cover`. */
function fileName(path: string): string | undefined {
  return /^[^{}]*\{[^{}]+\}\/([\w.~-]+(?:\/[\w.~-]+)*)$/.exec(path)?.[1];
}

/** Whether the path of an operation names a row by its key, and nothing else. */
function hasKey({ entity = "", pathRoles }: ClassifiedOperation, entities: ReadonlyMap<string, EntityDraft>): boolean {
  const key = entities.get(entity)?.key.fields ?? [];
  const [only, ...others] = pathRoles;
  return others.length === 0 && only?.role.kind === "key" && key.length === 1 && only.role.field === key[0];
}

/** About the row whose path it goes on from, and handled by nobody. */
function isOfRow(
  { kind, entity, isLeftOut, object, parameters, response }: ClassifiedOperation,
  row: ClassifiedOperation,
): boolean {
  const annotation: unknown = object["x-operation"];
  const isStated = isRecord(annotation) && annotation["kind"] !== undefined;
  if (kind !== "custom" || entity !== row.entity || isLeftOut === true) return false;
  if (isStated || object["x-business-rules"] !== undefined) return false;
  if (!isSuccess(response)) return false;
  return parameters.every(({ parameter }) => parameter.in === "path" || parameter.in === "header");
}

function isDownload({ method, response }: ClassifiedOperation): boolean {
  return method === "get" && response.mediaType !== undefined && isBytes(response.mediaType) && isFile(response.schema);
}

function isUpload({ method, request, response }: ClassifiedOperation): boolean {
  if ((method !== "put" && method !== "post") || request === undefined || response.mediaType !== undefined)
    return false;
  if (request.mediaTypes.every(isBytes)) return isFile(request.schema);
  const members = Object.values(request.schema?.properties ?? {});
  const isForm = request.mediaTypes.length === 1 && request.mediaType === "multipart/form-data";
  return isForm && request.schema?.$ref === undefined && members.length === 1 && members.every(isFile);
}

/** Where the document says nothing of it, the protocol's own. */
function isSuccess({ status }: ClassifiedOperation["response"]): boolean {
  return status === 0 || (status >= 200 && status < 300);
}

function isRemoval({ method, request, response }: ClassifiedOperation): boolean {
  return method === "delete" && request === undefined && response.mediaType === undefined;
}

function isBytes(mediaType: string): boolean {
  const type = (mediaType.split(";")[0] ?? "").trim().toLowerCase();
  return (
    /^(image|audio|video|application|font)\/[\w.+-]+$/.test(type) &&
    !/[/+](json|xml|yaml|x-www-form-urlencoded)$/.test(type)
  );
}

function isFile(schema: { readonly type?: unknown; readonly format?: unknown } | undefined): boolean {
  return schema === undefined || Object.keys(schema).length === 0 || schema.format === "binary";
}
