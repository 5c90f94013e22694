import type { Header, Response } from "../document/openapi.ts";
import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import type { HeaderSource, Success } from "./model.ts";
import { memberKey } from "./names.ts";
import { neutralValue } from "./neutral.ts";
import { resolved } from "./operations.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { Scope } from "./scope.ts";
import { isRecord } from "./schemas.ts";
import { isRedirect } from "./sites.ts";

/**
 * The documented headers of a success that can be filled. What is created has a location wherever it can be read
 * (RFC 9110 §15.3.2), documented or not.
 */
export function responseHeaders(operation: ClassifiedOperation, status: number, scope: Scope): Success["headers"] {
  const declared = declaredHeaders(operation, scope).flatMap(([name, header, pointer]) => {
    const source = sourceOf(name, header, pointer, operation, scope);
    return source ? [{ name, source }] : [];
  });
  const hasLocation = declared.some(({ name }) => memberKey(name) === "location");
  if (isRedirect(status) && operation.kind === "custom")
    return [
      ...declared.filter(({ name }) => memberKey(name) !== "location"),
      { name: "Location", source: { kind: "answer" } },
    ];
  const path =
    status === 201 && operation.kind === "create" && !hasLocation ? locationPath(operation, scope) : undefined;
  return path === undefined ? declared : [...declared, { name: "Location", source: { kind: "location", path } }];
}

function declaredHeaders(
  { object, pointer, response }: ClassifiedOperation,
  scope: Scope,
): readonly (readonly [string, Header, string])[] {
  const responses = isRecord(object.responses) ? object.responses : {};
  const code = Object.keys(responses).find(
    (key) =>
      key === String(response.status) ||
      (response.status === 0 && key === "default") ||
      (response.status === 2 && /^2XX$/i.test(key)),
  );
  const node = code === undefined ? undefined : responses[code];
  if (code === undefined || !isRecord(node)) return [];
  const target = resolved<Response>(node, joinPointer(pointer, "responses", code), scope.reader);
  if (!target || !isRecord(target.node.headers)) return [];
  return Object.entries(target.node.headers).flatMap(([name, header]) => {
    const found = isRecord(header)
      ? resolved<Header>(header, joinPointer(target.pointer, "headers", name), scope.reader)
      : undefined;
    return found ? [[name, found.node, found.pointer] as const] : [];
  });
}

function sourceOf(
  name: string,
  header: Header,
  pointer: string,
  operation: ClassifiedOperation,
  scope: Scope,
): HeaderSource | undefined {
  const key = memberKey(name);
  if (key === "location" || key === "contentlocation") {
    const path = locationPath(operation, scope);
    if (path !== undefined) return { kind: "location", path };
  }
  if (
    operation.kind === "list" &&
    /^x?(pagination)?(total|totalcount|totalelements|totalitems|resultcount|count)$/.test(key)
  )
    return { kind: "total" };
  if (operation.kind === "list" && key === "link") return { kind: "link" };
  if (/^x?(request|correlation|trace)id$/.test(key)) return { kind: "request-id" };
  if (key === "etag") return { kind: "etag" };
  if (header.required !== true) return undefined;
  const value = neutralValue(
    { schema: header.schema ?? { type: "string" }, pointer: joinPointer(pointer, "schema") },
    scope.reader,
  );
  return { kind: "neutral", value: typeof value === "string" ? value : JSON.stringify(value) };
}

/** The path of the operation that reads, else changes, the row, with the fields that its arguments equal. */
function locationPath(operation: ClassifiedOperation, scope: Scope): string | undefined {
  const entity = operation.entity === undefined ? undefined : scope.entities.get(operation.entity);
  if (!entity) return undefined;
  const addressed = scope.classified.operations.filter((other) => other.entity === operation.entity);
  const paths = ["read", "replace", "update", "delete"]
    .flatMap((kind) => addressed.filter((other) => other.kind === kind))
    .map((other) => filledPath(other, entity));
  return paths.find((path) => path !== undefined);
}

/** Undefined where an argument is no field of the row, or the path has none that is its key. */
function filledPath({ path, pathRoles }: ClassifiedOperation, entity: EntityDraft): string | undefined {
  const fields = new Map(
    pathRoles.flatMap(({ name, role }) =>
      role.kind === "key" || role.kind === "parent" || role.kind === "filter" ? [[name, role.field] as const] : [],
    ),
  );
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
  const isWhole =
    names.every((name) => fields.has(name)) && entity.key.fields.every((field) => [...fields.values()].includes(field));
  return isWhole && names.length > 0
    ? path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => `{${fields.get(name) ?? name}}`)
    : undefined;
}
