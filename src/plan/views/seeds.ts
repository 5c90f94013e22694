import type { Json } from "../../document/openapi.ts";
import type { Entity, Field } from "../../model/model.ts";
import { wordsOf } from "../../model/names.ts";
import { memberAccess, propertyKey, valueLiteral } from "../../render/escape.ts";
import { conforms } from "../conforms.ts";
import { storedFields, type PlanContext } from "../context.ts";
import { withoutNull } from "../nullable.ts";
import { fieldNode } from "./entity-types.ts";
import { Imports } from "./imports.ts";
import { rowGraph } from "./tests/graph.ts";
import { commonSample, examplesOf, fieldSample, isKept } from "./tests/samples.ts";
import { fitted, plainValue } from "./typed-values.ts";

/** templates/project/src/seeds.ts.hbs */
export interface SeedsView {
  readonly imports: readonly string[];
  /** The type of a database's connection, under a name that no entity has. */
  readonly connection: string;
  readonly entities: readonly SeededView[];
  readonly hasReferences: boolean;
}

interface SeededView {
  readonly plural: string;
  readonly type: string;
  readonly variable: string;
  readonly isReferred: boolean;
  /** Rows as code. */
  readonly rows: readonly string[];
}

/** Enough for a second page to be asked for with a small limit, and few enough to read. */
const rowsEach = 5;

/** Whose rows they are: the caller whose credentials a development start prints. */
const seedSubject = "developer";

export function seedsView(context: PlanContext): SeedsView {
  const imports = new Imports();
  const isTaken = context.model.entities.some(({ name }) => name.type === "Connection");
  const connection = isTaken ? "DatabaseConnection" : "Connection";
  imports.type(isTaken ? `Connection as ${connection}` : connection, "./connection.ts");
  for (const name of ["Failure", "sqlState"]) imports.value(name, "./failure.ts");
  const order = rowGraph(context).deletionOrder.toReversed();
  const referred = new Set(
    order.flatMap((entity) =>
      rowGraph(context)
        .filled(entity)
        .map(({ references }) => references.entity),
    ),
  );
  return {
    entities: order.map((entity) => seeded(entity, referred, context, imports)),
    imports: imports.lines(),
    connection,
    hasReferences: referred.size > 0,
  };
}

function seeded(entity: Entity, referred: ReadonlySet<string>, context: PlanContext, imports: Imports): SeededView {
  const { type, variable, plural, file } = entity.name;
  imports.type(type, `./${file}/${file}.contract.ts`);
  imports.type(`${type}Values`, `./${file}/${file}.contract.ts`);
  imports.value(`${type}Repository`, `./${file}/${file}.repository.ts`);
  imports.value(`${variable}Rows`, `./${file}/${file}.repository.ts`);
  const count = ownField(entity) === undefined ? rowsEach : 1;
  return {
    plural,
    type,
    variable,
    isReferred: referred.has(type),
    rows: Array.from({ length: count }, (_, turn) => rowCode(entity, turn, context)),
  };
}

function ownField({ owner }: Entity): string | undefined {
  return owner?.relations.length === 0 ? owner.field : undefined;
}

function rowCode(entity: Entity, turn: number, context: PlanContext): string {
  const members = storedFields(entity).flatMap((field) => memberCode(entity, field, turn, context));
  const references = rowGraph(context)
    .filled(entity)
    .map((field) => {
      const target = context.entity(field.references.entity);
      return `${propertyKey(field.name)}: pick(${target.name.plural}, ${turn})${memberAccess(field.references.field)}`;
    });
  return `{ ${[...members, ...references].join(", ")} }`;
}

const leftToDatabase: readonly Field["role"][] = ["created-at", "updated-at", "version", "soft-delete"];

function memberCode(entity: Entity, field: Field, turn: number, context: PlanContext): readonly string[] {
  const isKey = entity.key.fields.includes(field.name);
  const isLeft = (isKey && entity.key.generated !== "client") || leftToDatabase.includes(field.role);
  if (isLeft || field.references !== undefined) return [];
  const value = field.name === ownField(entity) ? ownValue(field) : seedValue(entity, field, turn, context);
  if (value !== undefined)
    return [`${propertyKey(field.name)}: ${valueLiteral(fitted(value, fieldNode(field, context)))}`];
  if (!field.isStoredNotNull) return [];
  return [`${propertyKey(field.name)}: ${valueLiteral(plainValue(fieldNode(field, context)))}`];
}

function ownValue(field: Field): Json | undefined {
  return field.type.kind === "text" ? seedSubject : undefined;
}

/** The document's own examples by turns, then values within its constraints; a text says what it is. */
function seedValue(entity: Entity, field: Field, turn: number, context: PlanContext): Json | undefined {
  const isUnique = [...entity.unique, entity.key.fields].some((names) => names.length === 1 && names[0] === field.name);
  const schema = withoutNull(context.resolved(field.schema));
  const isGood = (value: Json): boolean => value !== null && conforms(schema, value) && isKept(field.type, value);
  const examples = examplesOf(field.schema, context).filter(isGood);
  const mayRepeat = !isUnique && (field.type.kind !== "text" || schema.pattern !== undefined);
  const example = examples[turn] ?? (mayRepeat ? examples[0] : undefined);
  if (example !== undefined) return example;
  const words = wordsOf(field.name).join(" ");
  const named = `${words.slice(0, 1).toUpperCase()}${words.slice(1)} ${turn + 1}`;
  const isFree = field.type.kind === "text" && schema.format === undefined && schema.pattern === undefined;
  if (isFree && isGood(named)) return named;
  return commonSample([schema], field, turn) ?? fieldSample(field, context);
}
