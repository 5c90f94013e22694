import type { PageValue, ReadMember, ReadShape, ReadSource } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { addressPath } from "../addresses.ts";
import { countsRows } from "../key-cursor.ts";
import { hiddenMapKey } from "../shape-registry.ts";
import type { RouteDraft } from "./draft.ts";
import { rowAddress } from "./headers.ts";

const linksFile = "../http/links.ts";

/** The body of a success as code; `row` names what the operation answered, "" where it has no name. */
export function bodyCode(draft: RouteDraft, row: string): string {
  const { kind, success } = draft.operation;
  return kind === "custom" ? row || "null" : shapeCode(draft, success.shape, row);
}

function shapeCode(draft: RouteDraft, shape: ReadShape | undefined, row: string): string {
  switch (shape?.kind) {
    case "row":
      return row;
    case "rows":
      if (draft.operation.kind === "list") return listCode(draft, shape.items, row);
      if (row === "") return "[]";
      return `[${shape.items.kind === "value" ? sourceCode(draft, shape.items.source, row) : row}]`;
    case "row-map":
      if (hiddenMapKey(shape) !== undefined) return `Object.fromEntries(${row}.items)`;
      return `Object.fromEntries(${row}.items.map((item) => [String(item${memberAccess(shape.keyField)}), item]))`;
    case "object":
      return `{ ${shape.members.map((member) => `${propertyKey(member.name)}: ${memberCode(draft, member, row)}`).join(", ")} }`;
    case "value":
      return sourceCode(draft, shape.source, row);
    default:
      return row || "null";
  }
}

function listCode(draft: RouteDraft, items: ReadShape, row: string): string {
  if (items.kind !== "value") return `${row}.items`;
  return `${row}.items.map((item) => ${sourceCode(draft, items.source, "item")})`;
}

function memberCode(draft: RouteDraft, member: ReadMember, row: string): string {
  const code = sourceCode(draft, member.source, row);
  if (member.source.kind === "link" && member.source.to !== "self" && member.isNullable)
    return code === "undefined" ? "null" : `${code} ?? null`;
  return member.source.kind === "page" && !member.isNullable ? withoutNull(code, member.isRequired) : code;
}

/** Where a page has no neighbour, and null cannot be shown: nothing, or the empty cursor where something must be. */
function withoutNull(code: string, isRequired: boolean): string {
  const nothing = isRequired ? '""' : "undefined";
  if (code === "null") return nothing;
  if (code.endsWith(".nextCursor")) return `${code} ?? ${nothing}`;
  return code.replace(/ : null$/, " : undefined");
}

function sourceCode(draft: RouteDraft, source: ReadSource, row: string): string {
  switch (source.kind) {
    case "shape":
      return shapeCode(draft, source.shape, row);
    case "constant":
    case "neutral":
      return valueLiteral(source.value);
    case "page":
      return row === "" ? "undefined" : pageCode(draft, source.value, row);
    case "field":
      if (row === "") return "undefined";
      return source.isText === true
        ? `String(${row}${memberAccess(source.field)})`
        : `${row}${memberAccess(source.field)}`;
    case "link":
      return source.to === "self"
        ? selfLink(draft, source.form, row)
        : otherPageLink(draft, source.to, source.form, row);
    case "related":
    case "related-keys":
    case "count":
    case "slot":
      return "undefined";
  }
}

type LinkForm = Extract<ReadSource, { kind: "link" }>["form"];

function selfLink(draft: RouteDraft, form: LinkForm, row: string): string {
  const { operation, entity, context, imports } = draft;
  const isRow = operation.kind !== "list" && entity !== undefined && row !== "";
  const path = isRow ? addressPath(entity, context) : undefined;
  const address = path === undefined ? undefined : rowAddress(draft, row, path);
  const target = address === undefined ? "request.url" : `app.prefix + ${address}`;
  if (form === "path") return target;
  const code = `${imports.value("linkTo", linksFile)}(request, ${target})`;
  return form === "string" ? code : `{ href: ${code} }`;
}

function otherPageLink({ operation, entity, imports }: RouteDraft, to: string, form: LinkForm, row: string): string {
  if (operation.kind !== "list" || operation.list === undefined) return "undefined";
  const { cursor, page, offset } = operation.list.pagination;
  const parameter = cursor ?? page ?? offset;
  if (parameter === undefined) return "undefined";
  const isText = cursor !== undefined && !(entity && countsRows(operation, entity));
  const kind = isText ? "cursor" : page !== undefined && cursor === undefined ? "page" : "offset";
  const link = imports.value("pageLink", linksFile);
  const code = `${link}(request, ${row}, ${literal(to)}, ${literal(kind)}, ${literal(parameter)})`;
  return form === "object" ? `${imports.value("linkObject", linksFile)}(${code})` : code;
}

function pageCode({ operation, entity }: RouteDraft, value: PageValue, page: string): string {
  const isCounted = value === "next-cursor" && entity !== undefined && countsRows(operation, entity);
  return isCounted ? `${page}.hasMore ? ${page}.offset + ${page}.limit : null` : pageCodes[value](page);
}

const pageCodes: Readonly<Record<PageValue, (page: string) => string>> = {
  total: (page) => `${page}.total`,
  count: (page) => `${page}.items.length`,
  limit: (page) => `${page}.limit`,
  offset: (page) => `${page}.offset`,
  page: (page) => `${page}.page`,
  pages: (page) => `Math.ceil(${page}.total / Math.max(${page}.limit, 1))`,
  "has-more": (page) => `${page}.hasMore`,
  "next-cursor": (page) => `${page}.nextCursor`,
  "previous-cursor": () => "null",
  "next-page": (page) => `${page}.hasMore ? ${page}.page + 1 : null`,
  "previous-page": (page) => `${page}.offset > 0 ? ${page}.page - 1 : null`,
  "has-previous": (page) => `${page}.offset > 0`,
  "is-first": (page) => `${page}.offset === 0`,
  "is-last": (page) => `!${page}.hasMore`,
};
