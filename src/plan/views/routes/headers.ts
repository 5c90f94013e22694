import { literal, memberAccess } from "../../../render/escape.ts";
import { locationCode } from "../addresses.ts";
import { isTagged, mayBeKnown } from "../conditional.ts";
import { shownRow } from "../shape-registry.ts";
import type { RouteDraft } from "./draft.ts";

/** The calls that set the headers of a success; `row` names what the operation answered, "" where it has no name. */
export function headersCode(draft: RouteDraft, row: string): string {
  const { operation } = draft;
  return `${operation.success.headers
    .map(({ name, source }) => {
      const header = (value: string): string => `.header(${literal(name.toLowerCase())}, ${value})`;
      switch (source.kind) {
        case "location": {
          const address = row === "" ? undefined : rowAddress(draft, row, source.path);
          return address === undefined ? "" : header(`app.prefix + ${address}`);
        }
        case "total":
          return operation.kind === "list" ? header(`String(${row}.total)`) : "";
        case "request-id":
          return header("request.id");
        case "answer":
          return header(row);
        case "neutral":
          return header(literal(source.value));
        default:
          return "";
      }
    })
    .join("")}${versionHeaders(draft, row)}`;
}

/** A version that can be asked about may be kept, and is asked about each time. */
function versionHeaders({ operation, context, imports }: RouteDraft, row: string): string {
  if (row === "" || !isTagged(operation, context)) return "";
  const tag = `.header("etag", ${imports.value("tagOf", "../http/versions.ts")}(${row}))`;
  return mayBeKnown(operation) ? `${tag}.header("cache-control", "private, no-cache")` : tag;
}

/** The address of the row that an operation answered, as code; undefined where not all that it is made of is at hand. */
export function rowAddress(draft: RouteDraft, row: string, path: string): string | undefined {
  const code = answeredAddress(draft, row, path);
  if (code !== undefined) draft.imports.value("addressOf", "../http/addresses.ts");
  return code;
}

/** Whether an answer shows all that its row's address is made of. */
export function isLocated(draft: Answering, path: string): boolean {
  return answeredAddress(draft, "row", path) !== undefined;
}

type Answering = Pick<RouteDraft, "operation" | "entity">;

function answeredAddress(draft: Answering, row: string, path: string): string | undefined {
  const { operation, entity } = draft;
  const members = pathMembers(draft);
  if (entity === undefined || operation.kind === "custom" || !showsFields(draft, path, members)) return undefined;
  return locationCode(path, entity, row, members);
}

/** A shown row may lack what its address is made of. */
function showsFields({ operation }: Answering, path: string, given: ReadonlyMap<string, string>): boolean {
  const shape = shownRow(operation.success.shape);
  if (shape === undefined) return true;
  const shown = new Set([...shape.members.map(({ name }) => name), ...given.keys()]);
  return [...path.matchAll(/\{([^}]+)\}/g)].every(([, name]) => shown.has(name ?? ""));
}

/** Members of the row that the request's own path says, and that its answer may not show. */
function pathMembers({ operation }: Answering): ReadonlyMap<string, string> {
  const shown = shownRow(operation.success.shape)?.members.map(({ name }) => name);
  const members = operation.parameters.flatMap(({ role, name, in: place }) => {
    const isHidden = role.kind === "key" && shown?.includes(role.field) === false;
    if (place !== "path" || (role.kind !== "parent" && role.kind !== "value" && !isHidden)) return [];
    return [[role.field, `request.params${memberAccess(name)}`] as const];
  });
  return new Map(members);
}
