import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import type { Field, ListConvention, Pagination, Parameter, ReadMember, ReadShape, Sort } from "./model.ts";
import { wordsOf } from "./names.ts";
import { fieldNamed } from "./scope.ts";
import type { Scope } from "./scope.ts";

/** Rows on a page where the document says neither a default nor a maximum. */
const usualLimit = 20;
/** Rows on a page at most where the document states no maximum, paged or not: no request reads a whole table. */
const usualMaximum = 1000;

/** How a list is cut into pages and ordered. `shape` is its answer, which may show pages that no parameter asks for. */
export function listConvention(
  operation: ClassifiedOperation,
  parameters: readonly Parameter[],
  shape: ReadShape | undefined,
  scope: Scope,
): ListConvention | undefined {
  const entity = operation.entity === undefined ? undefined : scope.entities.get(operation.entity);
  if (operation.kind !== "list" || !entity) return undefined;
  const sort = sortOf(parameters, entity, scope);
  return { pagination: paginationOf(parameters, shape, scope), ...(sort && { sort }), order: stableOrder(entity) };
}

function paginationOf(parameters: readonly Parameter[], shape: ReadShape | undefined, scope: Scope): Pagination {
  const named = (kind: Parameter["role"]["kind"]) => parameters.find(({ role }) => role.kind === kind);
  const cursors = parameters.filter(({ role }) => role.kind === "cursor");
  const forward = cursors.find(({ role }) => role.kind === "cursor" && role.isBackward !== true);
  const backward = cursors.find(({ role }) => role.kind === "cursor" && role.isBackward === true);
  const [limit, offset, page] = [named("limit"), named("offset"), named("page")];
  const cursor = forward ?? backward;
  const style = cursor
    ? "cursor"
    : page
      ? "page"
      : offset
        ? "offset"
        : limit
          ? "offset"
          : showsPages(shape)
            ? "env-only"
            : "none";
  return {
    style,
    ...(limit && { limit: limit.name }),
    ...(offset && { offset: offset.name }),
    ...(page && { page: page.name }),
    ...(cursor && { cursor: cursor.name }),
    ...(forward && backward && { cursorBefore: backward.name }),
    ...limitsOf(limit, style, scope),
    firstPage: page ? firstPage(page, scope) : 1,
  };
}

function limitsOf(
  limit: Parameter | undefined,
  style: Pagination["style"],
  scope: Scope,
): Pick<Pagination, "defaultLimit" | "maximumLimit"> {
  if (!limit)
    return style === "none" || style === "env-only"
      ? { defaultLimit: usualMaximum, maximumLimit: usualMaximum }
      : { defaultLimit: usualLimit, maximumLimit: usualMaximum };
  const { schema } = scope.reader.view({ schema: limit.schema, pointer: limit.pointer });
  const prose = limit.description ?? "";
  const maximum =
    positive(schema.maximum) ??
    said(
      prose,
      /\b(?:max(?:imum)?(?: value| allowed| number| size)?(?: is| of|:)?|up to|at most|no more than|capped at|between 1 and|1 and)\s*`?(\d{1,6})\b/i,
    );
  const stated = positive(schema.default) ?? said(prose, /\bdefaults?(?: value)?(?: is| to|:| of)?\s*`?(\d{1,6})\b/i);
  const maximumLimit = Math.max(maximum ?? usualMaximum, stated ?? 1);
  return { defaultLimit: stated ?? Math.min(usualLimit, maximumLimit), maximumLimit };
}

function positive(value: unknown): number | undefined {
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined;
}

function said(prose: string, pattern: RegExp): number | undefined {
  return positive(pattern.exec(prose)?.[1]);
}

/** Pages count from 1 unless the default, the least value or the description says 0. */
function firstPage(page: Parameter, scope: Scope): 0 | 1 {
  const { schema } = scope.reader.view({ schema: page.schema, pointer: page.pointer });
  if (schema.default !== undefined) return Number(schema.default) === 0 ? 0 : 1;
  if (schema.minimum !== undefined) return schema.minimum <= 0 ? 0 : 1;
  return /\b(zero|0)[- ](based|index)|\bstart(s|ing)? (at|from|with) (0|zero)\b|\b0\.\.n\b/i.test(
    page.description ?? "",
  )
    ? 0
    : 1;
}

/** The answer tells where a page ends, though no parameter chooses one. A total alone is only a count. */
function showsPages(shape: ReadShape | undefined): boolean {
  return shape?.kind === "object" && shape.members.some(isPageMember);
}

function isPageMember({ source }: ReadMember): boolean {
  switch (source.kind) {
    case "page":
      return source.value !== "total" && source.value !== "count";
    case "link":
      return source.to === "next" || source.to === "previous" || source.to === "last";
    case "shape":
      return showsPages(source.shape);
    default:
      return false;
  }
}

/** Oldest first where a creation time is kept, ties and all else by key, so that a page boundary never moves. */
function stableOrder(entity: EntityDraft): ListConvention["order"] {
  const created = entity.fields.find(
    (field) => field.role === "created-at" && field.column !== undefined && field.isStoredNotNull,
  );
  const isCounted = entity.key.generated === "identity";
  const first = created && !isCounted ? [created.name] : [];
  return [...first, ...entity.key.fields].map((field) => ({ field, direction: "asc" as const }));
}

function sortOf(parameters: readonly Parameter[], entity: EntityDraft, scope: Scope): Sort | undefined {
  const sort = parameters.find(({ role }) => role.kind === "sort");
  const direction = parameters.find(({ role }) => role.kind === "direction");
  if (!sort) return direction && orderOnly(direction, entity, scope);
  const view = scope.reader.view({ schema: sort.schema, pointer: sort.pointer });
  const items = view.kind === "array" && view.items ? scope.reader.view(view.items) : view;
  const values = (items.schema.enum ?? []).filter((value) => typeof value === "string");
  const choices =
    values.length > 0
      ? values.flatMap((value) => choiceOf(value, entity))
      : openChoices(sort, view.schema.default, entity);
  return {
    parameter: sort.name,
    ...(direction && { direction: direction.name }),
    format: formatOf(choices.map(({ value }) => value)),
    choices,
    isList:
      view.kind === "array" ||
      (values.length === 0 && /comma[- ]separated|\bfields\b.*,/i.test(sort.description ?? "")),
  };
}

/** `order=desc` without a field turns the stable order round. */
function orderOnly(parameter: Parameter, entity: EntityDraft, scope: Scope): Sort {
  const { schema } = scope.reader.view({ schema: parameter.schema, pointer: parameter.pointer });
  const field = stableOrder(entity)[0]?.field ?? entity.key.fields[0] ?? "id";
  const values = schema.enum?.filter((value) => typeof value === "string") ?? ["asc", "desc"];
  return {
    parameter: parameter.name,
    format: "plain",
    choices: values.map((value) => ({ value, field, direction: /^(desc|-)/i.test(value) ? "desc" : "asc" })),
    isList: false,
  };
}

/** `name`, `-name`, `+name`, `name:desc`, `name,desc`, `name_desc`, `name desc`, `nameDesc`, `desc(name)`. */
function choiceOf(value: string, entity: EntityDraft): Sort["choices"] {
  const match = /^(?<sign>[+-])?(?<name>.+?)(?:[:,._ -]?(?<direction>asc|desc|ascending|descending))?$/i.exec(value);
  const { sign = "", name = value, direction = "" } = match?.groups ?? {};
  const whole = sign === "" ? sortable(value, entity) : undefined;
  const field = whole ?? sortable(name, entity);
  if (!field) return [];
  const isDown = !whole && (sign === "-" || /^desc/i.test(direction));
  return [{ value, field: field.name, direction: isDown ? "desc" : "asc" }];
}

function sortable(name: string, entity: EntityDraft): Field | undefined {
  const [word = ""] = wordsOf(name);
  const field =
    fieldNamed(entity, name) ??
    (/^(newest|oldest|recent|created|date)$/i.test(word) && wordsOf(name).length === 1
      ? entity.fields.find(({ role }) => role === "created-at")
      : undefined);
  return field && isSortable(field) ? field : undefined;
}

function isSortable(field: Field): boolean {
  return (
    field.column !== undefined && field.type.kind !== "json" && field.type.kind !== "bytes" && field.origin !== "write"
  );
}

/** Without a closed list every scalar column may be named, in the form that the description or the default shows. */
function openChoices({ description = "", schema }: Parameter, preset: unknown, entity: EntityDraft): Sort["choices"] {
  const shown = [description, preset, schema.example, schema.pattern]
    .filter((text) => typeof text === "string")
    .join(" ");
  const separator = /\w(:|,)\s?(asc|desc)\b/i.exec(shown)?.[1];
  const fields = entity.fields.filter(isSortable).map(({ name }) => name);
  return fields.flatMap((field): Sort["choices"] => {
    const plain = { value: field, field, direction: "asc" as const };
    if (separator === undefined) return [plain, { value: `-${field}`, field, direction: "desc" }];
    return [
      plain,
      { value: `${field}${separator}asc`, field, direction: "asc" },
      { value: `${field}${separator}desc`, field, direction: "desc" },
    ];
  });
}

function formatOf(values: readonly string[]): Sort["format"] {
  if (values.some((value) => /^[+-]/.test(value))) return "minus";
  return values.some((value) => /[:,](asc|desc)$/i.test(value)) ? "colon" : "plain";
}
