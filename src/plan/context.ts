import type { PluginName } from "../config/define.ts";
import type { Document } from "../document/document.ts";
import type { Schema } from "../document/openapi.ts";
import type { Body, Entity, Field, Join, Model, Operation, Relation, Slot } from "../model/model.ts";
import { nameOf, wordsOf } from "../model/names.ts";
import type { CelLibrary } from "./cel/library.ts";
import { hiddenPaths } from "./hidden.ts";
import { remembered, rememberedByName } from "./remember.ts";
import { requestSchema } from "./request-schema.ts";

/** What of the configuration decides about files and code. */
export interface PlanOptions {
  /** `number` (default), or `bigint`: integers of format int64 keep every digit. */
  readonly int64?: "number" | "bigint";
  /** `refuse` (default) or `ignore`: read-only members in a request. */
  readonly readOnly: "refuse" | "ignore";
  /** Whether a rule that nobody has filled lets pass or refuses. */
  readonly openRules: "pass" | "refuse";
  /** Names of package-level artifacts that are not written. */
  readonly omit: readonly string[];
  /** Where the service listens unless PORT is set. */
  readonly port: number;
  /** Plugins of Fastify that the service can be started with. */
  readonly plugins?: readonly PluginName[];
  /** The schema of PostgreSQL in which tables are; undefined: the first one of the search path. */
  readonly databaseSchema?: string | undefined;
  /** Before the name of each table; the model's tables have it already. */
  readonly tablePrefix?: string | undefined;
  /** Where a slot is stated in CEL. */
  readonly cel?: CelLibrary | undefined;
}

/** The model with its lookups, handed to every view. */
export interface PlanContext {
  readonly document: Document;
  readonly model: Model;
  readonly options: PlanOptions;
  readonly entity: (typeName: string) => Entity;
  readonly join: (name: string) => Join;
  readonly slot: (id: string) => Slot;
  /** Resolved for requests: read-only members refused. */
  readonly request: (schema: Schema) => Schema;
  /** The same of a body; keys by which it names other rows are accepted. */
  readonly requestBody: (body: Body) => Schema;
  /** Paths of write-only members inside of a value. */
  readonly hidden: (schema: Schema) => readonly (readonly string[])[];
  /** Resolved for types of stored values and answers: read-only members kept. */
  readonly resolved: (schema: Schema) => Schema;
  /** The same, less the members that a value may do without. */
  readonly least: (schema: Schema) => Schema;
  /** Resolved for answers that business logic makes: what is only written is left out. */
  readonly answered: (schema: Schema) => Schema;
}

export function planContext(document: Document, inferred: Model, options: PlanOptions): PlanContext {
  const model = withHomes(inferred);
  const entities = new Map(model.entities.map((entity) => [entity.name.type, entity]));
  const joins = new Map(model.joins.map((join) => [join.name, join]));
  const slots = new Map(model.slots.map((slot) => [slot.id, slot]));
  const isExact = options.int64 === "bigint";
  return {
    document,
    model,
    options,
    entity: (name) => found(entities.get(name), name),
    join: (name) => found(joins.get(name), name),
    slot: (id) => found(slots.get(id), id),
    request: remembered((schema) => requestSchema(document.root, schema, { isExact, readOnly: options.readOnly })),
    requestBody: remembered((body) =>
      requestSchema(document.root, body.schema, { isExact, readOnly: options.readOnly, named: namedKeys(body) }),
    ),
    hidden: remembered((schema) => hiddenPaths(schema, document.root)),
    resolved: remembered((schema) => requestSchema(document.root, schema, { isExact, readOnly: "keep" })),
    least: remembered((schema) =>
      requestSchema(document.root, schema, { isExact, readOnly: "keep", optional: "leave out" }),
    ),
    answered: remembered((schema) =>
      requestSchema(document.root, schema, { isExact, readOnly: "keep", writeOnly: "leave out" }),
    ),
  };
}

function namedKeys({ shape }: Body): readonly (readonly string[])[] {
  return (shape?.members ?? []).flatMap(({ name, target }) =>
    target.kind === "related-key" || target.kind === "joined-keys"
      ? [[...(shape?.wrap ?? []), name, ...target.path]]
      : [],
  );
}

/**
 * Operations and slots without an entity get the type name of their group as their home. A group that is named like an
 * entity shares the entity's folder, and groups that come to the same name share one.
 */
function withHomes(model: Model): Model {
  const types = new Map<string, string>();
  for (const { name } of model.groups) types.set(name.type, name.type);
  const home = (group: string): string => types.get(group) ?? nameOf(wordsOf(group)).type;
  const entities = new Set(model.entities.map(({ name }) => name.type));
  const groups = new Map(model.groups.map((group) => [group.name.type, group]));
  return {
    ...model,
    groups: [...groups.values()].filter(({ name }) => !entities.has(name.type)),
    operations: model.operations.map((operation) =>
      operation.entity === undefined && operation.group !== undefined
        ? { ...operation, group: home(operation.group) }
        : operation,
    ),
    slots: model.slots.map((slot) => (entities.has(slot.home) ? slot : { ...slot, home: home(slot.home) })),
  };
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The model names "${name}", which it does not hold.`);
  return value;
}

export function fieldOf(entity: Entity, name: string): Field {
  return found(
    entity.fields.find((field) => field.name === name),
    `${entity.name.type}.${name}`,
  );
}

export function relationOf(entity: Entity, name: string): Relation {
  return found(
    entity.relations.find((relation) => relation.name === name),
    `${entity.name.type}.${name}`,
  );
}

export function storedFields(entity: Entity): readonly Field[] {
  return entity.fields.filter((field) => field.column !== undefined);
}

/**
 * Members of the row that business logic sees: all that is stored, less what is never returned. A reference that only
 * writes name is read all the same, because what it refers to is shown.
 */
export function readableFields(entity: Entity): readonly Field[] {
  return storedFields(entity).filter((field) => field.origin !== "write" || field.references !== undefined);
}

/** The row leaves such a member out where it has no value. */
export function isLeftOut(field: Field): boolean {
  return !field.isStoredNotNull && !field.isNullable;
}

/** Whether a set of members is this one alone: a key or a unique member, not part of one. */
export function isOnly(names: readonly string[], name: string | undefined): boolean {
  return names.length === 1 && names[0] === name;
}

/** The entity's operations, in the document's order. */
export const operationsOf = rememberedByName((context: PlanContext, home): readonly Operation[] =>
  context.model.operations.filter((operation) => (operation.entity ?? operation.group) === home),
);

export function slotsOf(context: PlanContext, home: string): readonly Slot[] {
  return context.model.slots.filter((slot) => slot.home === home);
}
