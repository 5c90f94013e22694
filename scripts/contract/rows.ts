import { isRecord } from "../../src/json.ts";
import type { Model, Operation, ReadShape } from "../../src/model/model.ts";
import type { Random } from "./random.ts";

/** A row that an answer has shown. */
export interface Row {
  readonly entity: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Path parameters of the request that showed it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Keys of rows that join tables join it with, by the name of the join; of those that were in place before. */
  readonly joined?: Readonly<Record<string, unknown>> | undefined;
}

/** What is known to be stored, from answers alone. */
export interface Rows {
  remember(operation: Operation, params: Readonly<Record<string, unknown>>, answer: Answer): readonly Row[];
  forget(row: Row): void;
  pick(entity: string, has: readonly string[]): Row | undefined;
}

export interface Answer {
  readonly body: unknown;
  readonly location: string | null;
}

/** `stored`: rows that are there before anything is asked. */
export function knownRows(model: Model, random: Random, stored: readonly Row[]): Rows {
  const known = new Map<string, Row[]>();
  const keyOf = ({ entity, fields }: Row): string => {
    const key = model.entities.find(({ name }) => name.type === entity)?.key.fields ?? [];
    return JSON.stringify(key.map((field) => fields[field]));
  };
  const remember = (row: Row): void => {
    const rows = known.get(row.entity) ?? [];
    const same = rows.findIndex((other) => keyOf(other) === keyOf(row));
    const before = rows[same];
    const next = {
      ...before,
      ...row,
      fields: { ...before?.fields, ...row.fields },
      params: { ...before?.params, ...row.params },
    };
    known.set(row.entity, [...rows.filter((_, at) => at !== same), next].slice(-40));
  };
  for (const row of stored) remember(row);
  return {
    remember(operation, params, { body, location }) {
      const shape = operation.success.shape;
      const found = shape === undefined ? [] : rowsIn(shape, body);
      const given = fieldsOfParams(operation, params);
      const rows = found.map(({ entity, fields }) => ({
        entity,
        fields: entity === operation.entity ? { ...given, ...fields } : fields,
        params: entity === operation.entity ? params : {},
      }));
      const located = locatedRow(operation, location, model.api.basePath);
      if (located !== undefined && operation.entity !== undefined) {
        const own = rows.find(({ entity }) => entity === operation.entity);
        rows.unshift({ entity: operation.entity, fields: { ...given, ...located, ...own?.fields }, params });
      }
      for (const row of rows) remember(row);
      return rows;
    },
    forget(row) {
      known.set(
        row.entity,
        (known.get(row.entity) ?? []).filter((other) => keyOf(other) !== keyOf(row)),
      );
    },
    pick(entity, has) {
      return random.pick(
        (known.get(entity) ?? []).filter(({ fields }) => has.every((field) => isValue(fields[field]))),
      );
    },
  };
}

function isValue(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function fieldsOfParams(operation: Operation, params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const pairs = operation.parameters.flatMap(({ name, in: place, role }) =>
    place === "path" && (role.kind === "key" || role.kind === "parent") ? [[role.field, params[name]] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** What the address of a created row says of it: /owners/{ownerId}/pets/{id}. */
function locatedRow(
  { success }: Operation,
  location: string | null,
  base: string,
): Record<string, unknown> | undefined {
  const source = success.headers.map((header) => header.source).find(({ kind }) => kind === "location");
  if (source?.kind !== "location" || location === null) return undefined;
  const parts = new URL(location, "http://localhost").pathname.slice(base.length).split("/");
  const pairs = source.path.split("/").flatMap((part, at) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    return name === undefined ? [] : [[name, decodeURIComponent(parts[at] ?? "")] as const];
  });
  return Object.fromEntries(pairs);
}

function rowsIn(shape: ReadShape, value: unknown): { entity: string; fields: Record<string, unknown> }[] {
  if (shape.kind === "rows") return Array.isArray(value) ? value.flatMap((item) => rowsIn(shape.items, item)) : [];
  if (shape.kind === "row-map")
    return isRecord(value) ? Object.values(value).flatMap((item) => rowsIn(shape.items, item)) : [];
  if (!isRecord(value) || (shape.kind !== "row" && shape.kind !== "object")) return [];
  const fields: Record<string, unknown> = {};
  const inner: { entity: string; fields: Record<string, unknown> }[] = [];
  for (const { name, source } of shape.members) {
    if (source.kind === "field" && isValue(value[name])) fields[source.field] = value[name];
    if (source.kind === "related" || source.kind === "shape") inner.push(...rowsIn(source.shape, value[name]));
  }
  return shape.kind === "row" ? [{ entity: shape.entity, fields }, ...inner] : inner;
}
