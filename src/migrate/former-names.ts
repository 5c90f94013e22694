import type { Entity, Join, Model } from "../model/model.ts";
import { columnName, nameOf, tableName, variableName, wordsOf } from "../model/names.ts";
import type { FormerNames } from "./renames.ts";

/**
 * What the model says tables and columns were called (`x-renamed-from`). A former name may be that of the schema or the
 * property, or of the table or the column itself, where an annotation had named it; what no snapshot has is harmless.
 */
export function formerNames({ entities, joins }: Model): FormerNames {
  const tables = [
    ...entities.map(({ table, renamedFrom = [] }) => [table, renamedFrom.flatMap(asTable)] as const),
    ...joins.map((join) => [join.table, formerJoinTables(join, entities)] as const),
  ];
  const columns = [
    ...entities.map((entity) => [entity.table, formerColumns(entity)] as const),
    ...joins.map((join) => [join.table, formerJoinColumns(join, entities)] as const),
  ];
  return { tables: Object.fromEntries(tables), columns: Object.fromEntries(columns) };
}

function asTable(name: string): readonly string[] {
  return [tableName(wordsOf(nameOf(wordsOf(name)).type)), name];
}

function formerColumns({ fields }: Entity): Readonly<Record<string, readonly string[]>> {
  const pairs = fields.flatMap(({ column, renamedFrom }) =>
    column === undefined || renamedFrom === undefined
      ? []
      : [[column, renamedFrom.flatMap((name) => [columnName(name), name])] as const],
  );
  return Object.fromEntries(pairs);
}

/** A join is named for the entities that it joins. */
function formerJoinTables({ name, left, right }: Join, entities: readonly Entity[]): readonly string[] {
  const [ours, theirs] = [nameOfEntity(left.entity, entities), nameOfEntity(right.entity, entities)];
  const rest = name.slice(ours.variable.length);
  const lefts = [ours.variable, ...formerEntityNames(left.entity, entities).map(({ variable }) => variable)];
  const rights = [
    rest,
    ...formerEntityNames(right.entity, entities)
      .filter(() => rest.toLowerCase() === theirs.plural.toLowerCase())
      .map(({ plural }) => plural),
  ];
  return lefts.flatMap((one) => rights.map((other) => tableName(wordsOf(variableName(`${one} ${other}`)))));
}

function formerJoinColumns(
  { left, right }: Join,
  entities: readonly Entity[],
): Readonly<Record<string, readonly string[]>> {
  const sides = [left, right].map(({ entity, column }) => {
    const former = formerEntityNames(entity, entities).map(({ variable }) => columnName(`${variable} id`));
    return [column, former] as const;
  });
  return Object.fromEntries(sides);
}

function nameOfEntity(type: string, entities: readonly Entity[]): Entity["name"] {
  return entities.find(({ name }) => name.type === type)?.name ?? nameOf(wordsOf(type));
}

function formerEntityNames(type: string, entities: readonly Entity[]): readonly Entity["name"][] {
  const { renamedFrom = [] } = entities.find(({ name }) => name.type === type) ?? {};
  return renamedFrom.map((name) => nameOf(wordsOf(name)));
}
