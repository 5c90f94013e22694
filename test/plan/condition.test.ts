import { PgDialect, integer, pgTable, text } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { conditionOn } from "../../generated/ledger/src/condition.ts";
import type { RowCondition } from "../../generated/ledger/src/contract.ts";

interface Pet {
  readonly name: string;
  readonly weight: number | null;
}

const pets = pgTable("pets", { name: text("name"), weight: integer("weight") });

/** Every service has this module as it is in the twin. */
function sqlOf(condition: RowCondition<Pet>): string {
  return new PgDialect().sqlToQuery(conditionOn(pets, condition).sql).sql.replaceAll('"pets".', "").replaceAll('"', "");
}

test.each<{ title: string; condition: RowCondition<Pet>; sql: string }>([
  { title: "nothing said lets every row through", condition: {}, sql: "true" },
  { title: "one of no conditions lets no row through", condition: { anyOf: [] }, sql: "false" },
  { title: "all of no conditions lets every row through", condition: { allOf: [] }, sql: "true" },
  {
    title: "one of several lets every row through where one of them says nothing",
    condition: { anyOf: [{}, { name: { equals: "Ada" } }] },
    sql: "(true or name = $1)",
  },
  {
    title: "all that is said of a member holds",
    condition: { weight: { atLeast: 1, below: 5 } },
    sql: "(weight >= $1 and weight < $2)",
  },
  {
    title: "a member without a value can be asked for",
    condition: { weight: { isNull: true } },
    sql: "weight is null",
  },
])("$title", ({ condition, sql }) => {
  expect(sqlOf(condition)).toBe(sql);
});

const [a, b, c]: readonly RowCondition<Pet>[] = [
  { name: { equals: "Ada" } },
  { weight: { below: 5 } },
  { name: { not: "Bo" } },
];

test.each<{ title: string; one: RowCondition<Pet>; other: RowCondition<Pet> }>([
  {
    title: "groups end elsewhere",
    one: { anyOf: [{ name: { equals: "Ada" }, weight: { below: 5 } }, { name: { not: "Bo" } }] },
    other: { anyOf: [{ name: { equals: "Ada" } }, { weight: { below: 5 }, name: { not: "Bo" } }] },
  },
  {
    title: "groups lie in each other elsewhere",
    one: { anyOf: [{ allOf: [a ?? {}, b ?? {}] }, c ?? {}] },
    other: { anyOf: [a ?? {}, { allOf: [b ?? {}, c ?? {}] }] },
  },
  { title: "one asks for all, one for any", one: { anyOf: [a ?? {}] }, other: { allOf: [a ?? {}] } },
])("conditions whose text differs have no statement in common: $title", ({ one, other }) => {
  expect(conditionOn(pets, one).shape).not.toBe(conditionOn(pets, other).shape);
});

test("values have places of their own, so that one statement can hold several conditions", () => {
  expect(conditionOn(pets, { name: { equals: "Ada" }, weight: { below: 5 } }, "$1.").values).toEqual({
    "$1.0": "Ada",
    "$1.1": 5,
  });
});
