import type { Json, Schema } from "../../../document/openapi.ts";
import type { Entity, Field, Operation } from "../../../model/model.ts";
import { typeName } from "../../../model/names.ts";
import { valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf, operationsOf, type PlanContext } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { unwrapped } from "../bodies.ts";
import { fieldNode } from "../entity-types.ts";
import type { Imports } from "../imports.ts";
import { plainValue } from "../typed-values.ts";
import { commonSample, examplesOf, isKept } from "./samples.ts";

/** How a member gets another value for each row, because rows may not share one. */
export interface Unique {
  /** The member of `unique` in testing/rows.ts. */
  readonly name: string;
  /** A function as code. */
  readonly code: string;
  /** How many different values there are. */
  readonly count: number;
}

/** How many samples a unique member takes by turns, where no pattern makes endless ones. */
export const mostUniques = 60;

/**
 * The field that tells the rows of a unique set apart: the first one that is no reference, and the last one of a key,
 * because lists lie below those before it; undefined where all are references.
 */
export function distinguishing(entity: Entity, names: readonly string[]): Field | undefined {
  const ordered = names === entity.key.fields ? names.toReversed() : names;
  const fields = ordered.map((name) => fieldOf(entity, name)).filter((field) => field.column !== undefined);
  const free = fields.filter((field) => field.references === undefined && field.role !== "subject");
  return free.find((field) => field.type.kind !== "enum" && field.type.kind !== "boolean") ?? free[0];
}

/** Sets of members that no two rows share, the key included where a client gives it. */
export function uniqueSets(entity: Entity): readonly (readonly string[])[] {
  const isGiven = entity.key.generated === "client";
  return [...(isGiven ? [entity.key.fields] : []), ...entity.unique];
}

/** By field name. */
export function uniquesOf(entity: Entity, context: PlanContext): ReadonlyMap<string, Unique> {
  const found = new Map<string, Unique>();
  for (const names of uniqueSets(entity)) {
    const field = distinguishing(entity, names);
    if (field !== undefined && !found.has(field.name)) found.set(field.name, uniqueOf(entity, field, context));
  }
  return found;
}

function uniqueOf(entity: Entity, field: Field, context: PlanContext): Unique {
  const name = `${entity.name.variable}${typeName(field.name)}`;
  const own = withoutNull(context.resolved(field.schema));
  // What a path or a body says otherwise cannot always be met as well.
  for (const schemas of [[own, ...bodySchemas(entity, field, context)], [own]]) {
    const isGood = (value: Json): boolean =>
      schemas.every((schema) => conforms(schema, value)) && isKept(field.type, value);
    for (const { code, sample } of patterns(schemas)) {
      if ([1, 2, 9, 10, 99_999].every((count) => isGood(sample(count))))
        return { name, code, count: Number.POSITIVE_INFINITY };
    }
    const list = samplesOf(schemas, field, context);
    const literals = `${valueLiteral(list)}${field.type.kind === "enum" ? " as const" : ""}`;
    if (list.length > 0) return { name, code: `cycle(${literals})`, count: list.length };
  }
  return { name, code: `cycle(${valueLiteral([plainValue(fieldNode(field, context))])})`, count: 1 };
}

function samplesOf(schemas: readonly Schema[], field: Field, context: PlanContext): readonly Json[] {
  const examples = examplesOf(field.schema, context);
  const values = new Map<string, Json>();
  for (let turn = 0; turn < mostUniques; turn += 1) {
    const value = commonSample(schemas, field, turn, examples);
    if (value !== undefined) values.set(JSON.stringify(value), value);
  }
  return [...values.values()];
}

/** The member's schema in each body and path that can set it. */
function bodySchemas(entity: Entity, field: Field, context: PlanContext): readonly Schema[] {
  return operationsOf(context, entity.name.type).flatMap((operation) => {
    const { body } = operation;
    const inBody = body?.shape?.members.find(({ target }) => target.kind === "field" && target.field === field.name);
    const properties =
      body === undefined ? {} : unwrapped(context.requestBody(body), body.shape?.wrap ?? []).properties;
    const member = inBody === undefined ? undefined : properties?.[inBody.name];
    return [...(member === undefined ? [] : [withoutNull(member)]), ...pathSchemas(operation, field, context)];
  });
}

/** The schemas of path parameters that name rows by a member: what a row holds there must be something they accept. */
export function pathSchemas({ parameters }: Operation, { name }: Field, context: PlanContext): readonly Schema[] {
  return parameters.flatMap(({ role, schema, in: place }) => {
    const names = role.kind === "key" || role.kind === "parent" || role.kind === "filter" || role.kind === "value";
    return place === "path" && names && role.field === name ? [withoutNull(context.request(schema))] : [];
  });
}

interface Pattern {
  readonly code: string;
  readonly sample: (count: number) => Json;
}

function patterns(schemas: readonly Schema[]): readonly Pattern[] {
  const lowest = Math.max(0, ...schemas.map((schema) => Math.ceil(schema.minimum ?? schema.exclusiveMinimum ?? 0)));
  return [
    { code: "() => `text ${count()}`", sample: (count) => `text ${count}` },
    { code: "() => `person${count()}@example.com`", sample: (count) => `person${count}@example.com` },
    { code: "() => `https://example.com/${count()}`", sample: (count) => `https://example.com/${count}` },
    { code: "() => `text-${count()}`", sample: (count) => `text-${count}` },
    { code: "() => randomUUID()", sample: (count) => `7d0c8e5a-4b1f-4c6d-9e2a-${String(count).padStart(12, "0")}` },
    {
      code: lowest === 0 ? "() => count()" : `() => ${lowest} + count()`,
      sample: (count) => lowest + count,
    },
  ];
}

/** The call that gives a new value: unique.customerEmail() */
export function uniqueCall(unique: Unique, imports: Imports | undefined): string {
  imports?.value("unique", "../testing/rows.ts");
  return `unique.${unique.name}()`;
}
