import type { Json, Schema } from "../../../document/openapi.ts";
import type { Entity, Field } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf, operationsOf, storedFields, type PlanContext } from "../../context.ts";
import { withArticle } from "../doc.ts";
import { fieldNode } from "../entity-types.ts";
import { Imports } from "../imports.ts";
import { fitted, plainValue } from "../typed-values.ts";
import { knowsCallers, saysOwner, standsForCaller, subjectField } from "../ownership.ts";
import { hasCallersRow, rowGraph, type ReferenceField } from "./graph.ts";
import { fieldSample } from "./samples.ts";
import { shownSchemas } from "./shown-schemas.ts";
import { pathSchemas, uniqueCall, uniquesOf } from "./uniques.ts";

/** templates/project/src/testing/rows.ts.hbs */
export interface RowsView {
  readonly knowsCallers: boolean;
  readonly imports: readonly string[];
  readonly hasUniques: boolean;
  readonly uniques: readonly string[];
  readonly usesCount: boolean;
  readonly usesCycle: boolean;
  readonly sharesRows: boolean;
  readonly entities: readonly GivenView[];
  readonly joins: readonly {
    readonly doc: string;
    readonly name: string;
    readonly joined: string;
    readonly row: string;
    readonly description: string;
  }[];
  readonly hasJoins: boolean;
}

interface GivenView {
  readonly doc: string;
  readonly name: string;
  readonly parameters: string;
  readonly type: string;
  readonly variable: string;
  readonly members: readonly string[];
  readonly references: readonly string[];
  readonly hasOwn: boolean;
  /** The code that makes it, where there is one. */
  readonly makeOwn: string;
  readonly ownName: string;
  readonly ownDoc: string;
}

const repositoryFile = (entity: Entity, kind: string): string =>
  `../${entity.name.file}/${entity.name.file}.${kind}.ts`;

/** "givenAccount": makes a row of this entity for a test. */
export function givenName(entity: Entity): string {
  return `given${entity.name.type}`;
}

/** "callersCustomer": the row that stands for the caller. */
export function ownName(entity: Entity): string {
  return `callers${entity.name.type}`;
}

/** The code of a row made for a test. */
export function givenCall(entity: Entity, imports: Imports, change = "", owner = ""): string {
  imports.value(givenName(entity), "../testing/rows.ts");
  const parts = owner === "" ? [change] : [change === "" ? "{}" : change, owner];
  return `await ${givenName(entity)}(${parts.filter(Boolean).join(", ")})`;
}

/** The code of a row that others may refer to: the caller's own where it stands for the caller. */
export function referredCall(entity: Entity, context: PlanContext, imports: Imports): string {
  if (!hasCallersRow(entity, context)) return givenCall(entity, imports);
  imports.value(ownName(entity), "../testing/rows.ts");
  return `await ${ownName(entity)}()`;
}

/** The code, within that of an entity's rows, of the row that a field refers to. */
function referenceCall(entity: Entity, field: ReferenceField, context: PlanContext): string {
  const target = context.entity(field.references.entity);
  const graph = rowGraph(context);
  const owner = graph.takesOwner(entity) ? "owner" : "";
  if (hasCallersRow(target, context)) return `await ${ownName(target)}(${owner})`;
  const ownerArgument = graph.takesOwner(target) ? owner : "";
  const made = (others: string): string =>
    `${givenName(target)}(${[ownerArgument !== "" || others !== "" ? "{}" : "", ownerArgument, others].filter(Boolean).join(", ")})`;
  const own = made(graph.takesOthers(target) ? '"shared"' : "");
  if (!graph.takesOthers(entity) || !graph.isShareable(entity, field)) return `await ${own}`;
  const kept = ownerArgument === "" ? literal(target.name.type) : `\`${target.name.type} \${${ownerArgument}}\``;
  return `await referred(others, ${kept}, () => ${own})`;
}

/** The code that makes the row that stands for its owner. */
function makeOwn(entity: Entity, context: PlanContext): string {
  if (standsForCaller(entity)) return `${givenName(entity)}({}, owner)`;
  const name = subjectField(entity, context);
  if (name === undefined) return "";
  const isText = !["integer", "integer-enum", "number", "decimal"].includes(fieldOf(entity, name).type.kind);
  return `${givenName(entity)}({ ${propertyKey(name)}: ${isText ? "owner" : "Number(owner)"} })`;
}

export function rowsView(context: PlanContext): RowsView {
  const imports = new Imports();
  const { entities, joins } = context.model;
  const uniques = entities
    .flatMap((entity) => [...uniquesOf(entity, context).values()])
    .map(({ name, code }) => `${name}: ${code}`);
  const givens = entities.map((entity) => givenView(entity, context, imports));
  if (joins.length > 0) imports.value("JoinRepository", "../join.ts");
  for (const join of joins) imports.value(join.name, "../joins.table.ts");
  if (uniques.some((code) => code.includes("randomUUID("))) imports.value("randomUUID", "node:crypto");
  imports.value("database", "./database.ts");
  const { sharesRows } = rowGraph(context);
  if (sharesRows) imports.value("sharedRows", "./database.ts");
  if (entities.some((entity) => rowGraph(context).takesOwner(entity) || hasCallersRow(entity, context)))
    imports.value("caller", "./callers.ts");
  const isKnown = knowsCallers(context);
  if (isKnown && entities.some((entity) => hasCallersRow(entity, context))) imports.value("callerOf", "./callers.ts");
  return {
    imports: imports.lines(),
    knowsCallers: isKnown,
    hasUniques: uniques.length > 0,
    uniques,
    usesCount: uniques.some((code) => code.includes("count()")),
    usesCycle: uniques.some((code) => code.includes("cycle(")),
    sharesRows,
    entities: givens,
    hasJoins: joins.length > 0,
    joins: joins.map((join) => ({
      doc: `/** Joins ${withArticle(context.entity(join.left.entity).name.words)} with ${withArticle(context.entity(join.right.entity).name.words)}. */`,
      name: joinName(join.name),
      joined: joinedName(join.name),
      row: join.name,
      description: `{ table: ${join.name}, left: ${literal(join.left.property)}, right: ${literal(join.right.property)} }`,
    })),
  };
}

/** "joinVetSpecialties": joins two rows. */
export function joinName(name: string): string {
  return `join${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** "joinedVetSpecialties": the keys of what a row is joined with. */
export function joinedName(name: string): string {
  return `joined${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function givenView(entity: Entity, context: PlanContext, imports: Imports): GivenView {
  const { type, variable, words } = entity.name;
  const graph = rowGraph(context);
  imports.type(type, repositoryFile(entity, "contract"));
  imports.type(`${type}Values`, repositoryFile(entity, "contract"));
  imports.value(`${variable}Rows`, repositoryFile(entity, "repository"));
  imports.value(`${type}Repository`, repositoryFile(entity, "repository"));
  imports.value(fixtureName(entity), repositoryFile(entity, "fixtures"));
  const takesOwner = graph.takesOwner(entity);
  return {
    doc: `/** ${sentence(withArticle(words))} in the table, with all that it refers to${takesOwner ? "; the caller's, where nothing else is said" : ""}. */`,
    name: givenName(entity),
    parameters: [
      `change: ${type}Values = {}`,
      ...(takesOwner ? ["owner = caller"] : []),
      ...(graph.takesOthers(entity) ? ['others: Others = "own"'] : []),
    ].join(", "),
    type,
    variable,
    members: memberCodes(entity, context),
    references: referenceMembers(entity, context),
    hasOwn: hasCallersRow(entity, context),
    makeOwn: makeOwn(entity, context),
    ownName: ownName(entity),
    ownDoc: `/** The ${words} that stands for a caller. */`,
  };
}

/** "validAccountRow": what the team says about valid rows. */
function fixtureName(entity: Entity): string {
  return `valid${entity.name.type}Row`;
}

export function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

const leftToDatabase: readonly Field["role"][] = ["created-at", "updated-at", "version", "soft-delete"];

/** The members of a row; those that it may do without are left out where the row's answers would not allow them together. */
function memberCodes(entity: Entity, context: PlanContext): readonly string[] {
  const fields = storedFields(entity);
  const values = fields.flatMap((field) => {
    const value = rowValue(entity, field, context);
    return value === undefined ? [] : [[field.name, value] as const];
  });
  const isAllowed = entity.readSchemas
    .map((name) => conditionsOf(context.resolved({ $ref: `#/components/schemas/${name}` })))
    .every((conditions) => conforms(conditions, Object.fromEntries(values)));
  const kept = isAllowed ? fields : fields.filter(({ isStoredNotNull }) => isStoredNotNull);
  return kept.flatMap((field) => memberCode(entity, field, context));
}

/** What a schema says of its members together. */
function conditionsOf({ if: when, then: so, else: otherwise, dependentRequired, dependentSchemas }: Schema): Schema {
  return {
    ...(when !== undefined && { if: when, ...(so && { then: so }), ...(otherwise && { else: otherwise }) }),
    ...(dependentRequired && { dependentRequired }),
    ...(dependentSchemas && { dependentSchemas }),
  };
}

function memberCode(entity: Entity, field: Field, context: PlanContext): readonly string[] {
  if (saysOwner(entity) && field.name === entity.owner?.field)
    return [`${propertyKey(field.name)}: ${field.type.kind === "integer" ? "Number(owner)" : "owner"}`];
  const isKey = entity.key.fields.includes(field.name);
  if (isKey && entity.key.generated !== "client") return [];
  if (field.references !== undefined) return [];
  if (leftToDatabase.includes(field.role)) return [];
  const unique = uniquesOf(entity, context).get(field.name);
  if (unique !== undefined) return [`${propertyKey(field.name)}: ${uniqueCall(unique, undefined)}`];
  const value = rowValue(entity, field, context);
  if (value === undefined) {
    const plain = valueLiteral(plainValue(fieldNode(field, context)));
    return field.isStoredNotNull ? [`${propertyKey(field.name)}: ${plain}`] : [];
  }
  return [`${propertyKey(field.name)}: ${valueLiteral(fitted(value, fieldNode(field, context)))}`];
}

function rowValue(entity: Entity, field: Field, context: PlanContext): Json | undefined {
  const inPaths = operationsOf(context, entity.name.type).flatMap((one) => pathSchemas(one, field, context));
  return fieldSample(field, context, 0, [...inPaths, ...shownSchemas(entity, field, context)]);
}

function referenceMembers(entity: Entity, context: PlanContext): readonly string[] {
  return rowGraph(context)
    .filled(entity)
    .map((field) => {
      const row = referenceCall(entity, field, context);
      const given = `change${memberAccess(field.name)}`;
      return `${propertyKey(field.name)}: ${given} === undefined ? (${row})${memberAccess(field.references.field)} : ${given}`;
    });
}

/** templates/entity/fixtures.hbs */
export interface FixturesView {
  readonly imports: readonly string[];
  readonly functions: readonly { readonly doc: string; readonly name: string; readonly type: string }[];
}

export function fixturesView(entity: Entity, bodyType: string | undefined, context: PlanContext): FixturesView {
  const imports = new Imports();
  const contract = `./${entity.name.file}.contract.ts`;
  imports.type(`${entity.name.type}Values`, contract);
  if (bodyType !== undefined) imports.type(bodyType, contract);
  const { words } = entity.name;
  const hasCreate =
    bodyType !== undefined && operationsOf(context, entity.name.type).some(({ kind }) => kind === "create");
  return {
    imports: imports.lines(),
    functions: [
      {
        doc: `/** Members that a valid ${words} in the table has, where the document cannot say it. */`,
        name: fixtureName(entity),
        type: `${entity.name.type}Values`,
      },
      ...(hasCreate
        ? [
            {
              doc: `/** Members that the body of a valid new ${words} has, where the document cannot say it. */`,
              name: newFixtureName(entity),
              type: `Partial<${bodyType}>`,
            },
          ]
        : []),
    ],
  };
}

export function newFixtureName(entity: Entity): string {
  return `validNew${entity.name.type}`;
}
