import type { ClassifiedOperation, DeclaredParameter, EntityDraft } from "./classified.ts";
import { filterRole } from "./filters.ts";
import type { Parameter, ParameterRole } from "./model.ts";
import { memberKey } from "./names.ts";
import { ignoredRole, pagingRole } from "./paging.ts";
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
    const style = parameter.style ?? (place === "query" || place === "cookie" ? "form" : "simple");
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
      return operation.pathRoles.find(({ name }) => name === found.name)?.role ?? pathRole(found, entity);
    case "header":
    case "cookie":
      return headerRole(found);
    default:
      return queryRole(found, entity);
  }
}

/** An argument of a path that addresses nothing stored narrows a list, and is handed to a custom operation. */
function pathRole(found: Case, entity: EntityDraft | undefined): ParameterRole {
  if (found.operation.kind !== "list" || !entity) return { kind: "input" };
  return listRole(found, entity);
}

const headerReasons: Readonly<Record<string, string>> = {
  authorization: "it is a credential; a security scheme would have it enforced",
  ifmatch: "it is an expected version; none is kept",
  ifnonematch: "it asks for a cached answer; none is kept",
  ifmodifiedsince: "it asks for a cached answer; none is kept",
  accept: "the server negotiates it",
  contenttype: "the server negotiates it",
  idempotencykey: "it marks a repeated request; none is kept",
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
  const ignored = field?.column === undefined ? ignoredRole(name, view) : undefined;
  return (
    pagingRole(parameter, entity) ??
    ignored ??
    filterRole(parameter, description, entity, scope.reader) ?? {
      kind: "slot",
      slot: filterSlot(operation, name, declared.pointer),
    }
  );
}

/** On an item's operation a query parameter may be its key, and on a write without a body the value of a field. */
function ignoredUnlessField({ operation, name, view }: Case, entity: EntityDraft): ParameterRole | undefined {
  const field = fieldNamed(entity, name);
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
