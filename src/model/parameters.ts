import type { ClassifiedOperation, DeclaredParameter, EntityDraft } from "./classified.ts";
import { filterRole } from "./filters.ts";
import { joinFilter } from "./join-filter.ts";
import type { Parameter, ParameterRole } from "./model.ts";
import { memberKey, nounKey, wordsOf } from "./names.ts";
import { ignoredRole, isProjection, pagingRole } from "./paging.ts";
import type { ListParameter } from "./paging.ts";
import { fieldNamed } from "./scope.ts";
import type { Scope } from "./scope.ts";
import type { View } from "./schemas.ts";

/** The id of the filter slot of an operation's parameter. */
export type FilterSlots = (operation: ClassifiedOperation, parameter: string, pointer: string) => string;

/** Every parameter of an operation with what it means. */
export function parametersOf(
  operation: ClassifiedOperation,
  scope: Scope,
  filterSlot: FilterSlots,
): readonly Parameter[] {
  return operation.parameters.map((declared) => {
    const { parameter, pointer } = declared;
    const name = parameter.name ?? "";
    const place = parameter.in ?? "query";
    const schema = schemaOf(declared);
    const view = scope.reader.view(schema);
    const style = isJson(parameter) ? "json" : (parameter.style ?? usualStyle(place, view));
    return {
      name,
      in: place,
      pointer,
      schema: schema.schema,
      isRequired: place === "path" || parameter.required === true,
      style,
      explode: parameter.explode ?? style === "form",
      role: roleOf({ operation, declared, name, view, scope, filterSlot }),
      ...(parameter.description !== undefined && { description: parameter.description }),
    };
  });
}

/**
 * The members of an exploded object stand in a query as parameters of their own. Where the document names none of them,
 * nothing would tell them from others, and they are read in brackets.
 */
function usualStyle(place: string, { kind, members }: View): string {
  if (place === "query" && kind === "object" && members.size === 0) return "deepObject";
  return place === "query" || place === "cookie" ? "form" : "simple";
}

/** A parameter with a media type is a text of that type (OpenAPI 3.1.1, Parameter Object, content). */
function isJson({ content = {} }: DeclaredParameter["parameter"]): boolean {
  return Object.keys(content).some((type) => /[/+]json\b/i.test(type));
}

/** A parameter's schema, or that of its one content; without either, any text. */
function schemaOf({ parameter, pointer }: DeclaredParameter): {
  schema: NonNullable<typeof parameter.schema>;
  pointer: string;
} {
  const [content] = Object.values(parameter.content ?? {});
  return { schema: parameter.schema ?? content?.schema ?? { type: "string" }, pointer: `${pointer}/schema` };
}

interface Case {
  readonly operation: ClassifiedOperation;
  readonly declared: DeclaredParameter;
  readonly name: string;
  readonly view: View;
  readonly scope: Scope;
  readonly filterSlot: FilterSlots;
}

function roleOf(found: Case): ParameterRole {
  const { operation, declared, scope } = found;
  const entity = operation.entity === undefined ? undefined : scope.entities.get(operation.entity);
  switch (declared.parameter.in) {
    case "path":
      return pathRole(found, entity);
    case "header":
    case "cookie":
      return headerRole(found);
    default:
      return queryRole(found, entity);
  }
}

/**
 * On a custom operation an argument that also addresses an item of its subject is that item's key. On a list one that
 * addresses nothing stored narrows it; what it means is a filter slot's to say, unless it is a member's own name. An
 * argument that narrows a list is kept in the rows that are made below it, and must be theirs where one is meant.
 */
function pathRole(found: Case, entity: EntityDraft | undefined): ParameterRole {
  const { operation, declared, name, filterSlot } = found;
  const own = operation.pathRoles.find((one) => one.name === name)?.role ?? { kind: "input" };
  const addressed = operation.kind === "custom" && own.kind === "input" ? addressedRole(found) : undefined;
  const role = addressed ?? own;
  const stored = role.kind === "filter" && entity ? fieldNamed(entity, role.field) : undefined;
  const isKnown = role.kind !== "filter" || stored !== undefined;
  if (stored?.column !== undefined && operation.kind === "create") return { kind: "value", field: stored.name };
  if (stored?.column !== undefined && (isAboutItem(operation) || addressed)) return { kind: "key", field: stored.name };
  if (operation.kind !== "list" || !entity || (isKnown && role.kind !== "input")) return role;
  const field = fieldNamed(entity, name);
  if (field?.column !== undefined && !entity.key.fields.includes(field.name)) return listRole(found, entity);
  return { kind: "slot", slot: filterSlot(operation, name, declared.pointer) };
}

function isAboutItem({ kind }: ClassifiedOperation): boolean {
  return kind === "read" || kind === "replace" || kind === "update" || kind === "delete";
}

/** `/cards/{cardId}/freeze` is about the card of `/cards/{cardId}`; arguments are compared by where they stand. */
function addressedRole(found: Case): ParameterRole | undefined {
  const { operation, name, scope } = found;
  if (operation.entity === undefined) return undefined;
  const template = shapeOf(operation.path);
  const position = argumentNames(operation.path).indexOf(name);
  const above = scope.classified.operations
    .filter((other) => other.entity === operation.entity && /^(read|replace|update|delete)$/.test(other.kind))
    .filter((other) => template.startsWith(`${shapeOf(other.path)}/`) && hasKey(other))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  const argument = above && argumentNames(above.path)[position];
  if (above === undefined || argument === undefined || !isSameArgument(found, argument, above)) return undefined;
  return above.pathRoles.find((one) => one.name === argument)?.role;
}

/**
 * By another name an argument at the same place may be another one: a text for a number, or the first of two
 * (`/articles/{id}` and `/articles/{username}/{slug}`).
 */
function isSameArgument(
  { operation, declared, name, scope }: Case,
  other: string,
  above: ClassifiedOperation,
): boolean {
  if (memberKey(name) === memberKey(other)) return true;
  const isFollowed = shapeOf(operation.path).startsWith(`${shapeOf(above.path)}/{}`);
  const twin = above.parameters.find(({ parameter }) => parameter.in === "path" && parameter.name === other);
  const kinds = [declared, twin].map(
    (one) => one && scope.reader.view({ schema: one.parameter.schema ?? {}, pointer: one.pointer }).kind,
  );
  return !isFollowed && (kinds[0] === kinds[1] || kinds.includes("any"));
}

function hasKey({ pathRoles }: ClassifiedOperation): boolean {
  return pathRoles.some(({ role }) => role.kind === "key");
}

function shapeOf(path: string): string {
  return path.replaceAll(/\{[^}]+\}/g, "{}").replace(/\/$/, "");
}

function argumentNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");
}

const headerReasons: Readonly<Record<string, string>> = {
  authorization: "it is a credential; a security scheme would have it enforced",
  ifmatch: "a change compares it with the version that is there",
  ifnonematch: "a read compares it with the version that is there",
  ifmodifiedsince: "it asks for a cached answer; none is kept",
  accept: "the server negotiates it",
  contenttype: "the server negotiates it",
  idempotencykey: "requests with the same one are done once",
};

function headerRole({ operation, name, view }: Case): ParameterRole {
  const why = Object.hasOwn(headerReasons, memberKey(name)) ? headerReasons[memberKey(name)] : undefined;
  if (why !== undefined) return { kind: "ignored", why };
  const ignored = ignoredRole(name.replace(/^x-/i, ""), view);
  if (ignored) return ignored;
  return operation.kind === "custom"
    ? { kind: "input" }
    : { kind: "ignored", why: "nothing that is stored depends on it" };
}

function queryRole(found: Case, entity: EntityDraft | undefined): ParameterRole {
  const { operation, name, view, scope } = found;
  if (isCredential(name, scope)) return { kind: "ignored", why: "it is a credential" };
  if (operation.kind === "custom") return { kind: "input" };
  if (!entity) return { kind: "input" };
  if (operation.kind === "list") return listRole(found, entity);
  return (
    ignoredUnlessField(found, entity) ??
    ignoredRole(name, view) ?? { kind: "ignored", why: "nothing that is stored depends on it" }
  );
}

function isCredential(name: string, { document }: Scope): boolean {
  const schemes = Object.values(document.root.components?.securitySchemes ?? {});
  return schemes.some((scheme) => "in" in scheme && scheme.in === "query" && scheme.name === name);
}

function listRole(found: Case, entity: EntityDraft): ParameterRole {
  const { operation, declared, name, view, scope, filterSlot } = found;
  const parameter = { name, view };
  const description = declared.parameter.description ?? "";
  const field = fieldNamed(entity, name);
  const isOther = field?.column === undefined || isProjection(name);
  const ignored = isOther ? (ignoredRole(name, view) ?? shownRole(found, entity)) : undefined;
  return (
    pagingRole(parameter, entity, queryParameters(found)) ??
    ignored ??
    filterRole(parameter, description, entity, scope.reader) ??
    joinFilter(parameter, entity, scope.entities, scope.classified.joins) ?? {
      kind: "slot",
      slot: filterSlot(operation, name, declared.pointer),
    }
  );
}

/** `include_pets=true` chooses whether pets are shown; `include_archived` chooses rows. */
function shownRole({ name, view, scope }: Case, entity: EntityDraft): ParameterRole | undefined {
  const [verb = "", ...rest] = wordsOf(name);
  const wanted = nounKey(rest.join(""));
  const isShowing = view.kind === "boolean" && /^(include|inline|with|embed|expand|show|return|load)$/i.test(verb);
  const names = [
    ...entity.fields.filter(({ type }) => type.kind === "json").map((field) => field.name),
    ...[...scope.entities.values()].map((other) => other.name.type),
  ];
  return isShowing && names.some((one) => nounKey(one) === wanted)
    ? { kind: "ignored", why: "it chooses which members are shown; all of them are" }
    : undefined;
}

function queryParameters({ operation, scope }: Case): readonly ListParameter[] {
  const inQuery = operation.parameters.filter(({ parameter }) => parameter.in === "query");
  return inQuery.map((one) => ({ name: one.parameter.name ?? "", view: scope.reader.view(schemaOf(one)) }));
}

/** On an item's operation a query parameter may be its key, and on a write without a body the value of a field. */
function ignoredUnlessField({ operation, name, view }: Case, entity: EntityDraft): ParameterRole | undefined {
  const field = fieldNamed(entity, name) ?? ownKey(name, entity);
  if (!field || field.column === undefined) return undefined;
  const isKey = entity.key.fields.includes(field.name);
  const isInPath = operation.pathRoles.some(({ role }) => role.kind === "key");
  if (isKey && !isInPath && operation.kind !== "create") return { kind: "key", field: field.name };
  const state =
    operation.kind === "create"
      ? field.onCreate
      : operation.kind === "update" || operation.kind === "replace"
        ? field.onUpdate
        : "refused";
  const isSettable =
    operation.request === undefined &&
    state !== "refused" &&
    (field.type.kind === "json" || (view.kind !== "array" && view.kind !== "object"));
  return isSettable ? { kind: "value", field: field.name } : undefined;
}

/** `roomId` in a query asks for the room of that id. */
function ownKey(
  name: string,
  { name: { variable }, key, fields }: EntityDraft,
): EntityDraft["fields"][number] | undefined {
  const [only, ...others] = key.fields;
  const isOwn = only !== undefined && others.length === 0 && memberKey(name) === memberKey(`${variable}${only}`);
  return isOwn ? fields.find((field) => field.name === only) : undefined;
}
