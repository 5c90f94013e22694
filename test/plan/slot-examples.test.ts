import { expect, test } from "vitest";
import type { Json } from "../../src/document/openapi.ts";
import { inferModel } from "../../src/model/infer.ts";
import { planContext, type PlanContext } from "../../src/plan/context.ts";
import { slotTestsView, untestedExamples } from "../../src/plan/views/tests/slot-tests.ts";
import { documentOf, owner, pet, petPaths } from "../model/pets.ts";

type Tree = Record<string, Json>;

/** Pets with one rule that has one example, on creating or deleting a pet or on the schema. */
function contextWith(on: "create" | "delete" | "schema", rule: Tree, example: Tree): PlanContext {
  const paths = petPaths() as Record<string, Record<string, Tree>>;
  const rules = { "x-business-rules": [{ rule: "It holds.", ...rule, examples: [example] }] };
  const pets = paths["/pets"] ?? {};
  const item = paths["/pets/{id}"] ?? {};
  const ruled = {
    ...paths,
    "/pets": on === "create" ? { ...pets, post: { ...pets["post"], ...rules } } : pets,
    "/pets/{id}": on === "delete" ? { ...item, delete: { ...item["delete"], ...rules } } : item,
  };
  const document = documentOf(ruled, { Pet: { ...pet, ...(on === "schema" ? rules : {}) }, Owner: owner });
  const model = inferModel(document, { name: "pets" }).value;
  return planContext(document, model, { readOnly: "refuse", openRules: "pass", omit: [], port: 3000 });
}

function testsOf(context: PlanContext): readonly { readonly title: string; readonly lines: readonly string[] }[] {
  const pets = context.entity("Pet");
  return slotTestsView(pets.name, context)?.slots.flatMap(({ tests }) => tests) ?? [];
}

const fresh = { id: "pet.create.fresh", refuse: { stale: 409 } };
const weight = { id: "pet.weight", kind: "field", field: "weight" };

test.each<{
  title: string;
  on: "create" | "delete" | "schema";
  rule: Tree;
  example: Tree;
  name: string;
  lines: RegExp;
}>([
  {
    title: "a rule is asked with a whole body",
    on: "create",
    rule: fresh,
    example: { when: { body: { name: "Ada" } }, expect: "accept" },
    name: "example 1: accepts",
    lines:
      /isFresh\(\{ owner_id: \d+, name: "Ada" \}, context\)\);\nexpect\(verdict\)\.toMatchObject\(\{ accepted: true \}\);$/,
  },
  {
    title: "a refusal names its code",
    on: "delete",
    rule: { id: "pet.delete.kept", refuse: { kept: 409 } },
    example: { given: { pets: [{ id: 3 }] }, expect: { refuse: "kept" } },
    name: "example 1: refuses with kept",
    lines:
      /await givenPet\(\{ id: 3 \}\);\n.*isKept\(await existing\(context\.unscoped\.pets, 3\), context\)\);\n.*code: "kept"/,
  },
  {
    title: "a computed member is asked for one row",
    on: "schema",
    rule: weight,
    example: { given: { pets: [{ id: 3 }] }, when: { key: 3 }, expect: { value: 7 } },
    name: "example 1: answers 7",
    lines:
      /weight\(\[await existing\(context\.unscoped\.pets, 3\)\], context\)\);\nexpect\(answers\)\.toEqual\(\[7\]\);$/,
  },
  {
    title: "a computed member is asked for several rows at once, each with its answer",
    on: "schema",
    rule: weight,
    example: {
      given: { pets: [{ id: 3 }, { id: 4 }] },
      expect: {
        rows: {
          pets: [
            { id: 4, weight: 1 },
            { id: 3, weight: 7 },
          ],
        },
      },
    },
    name: "example 1: answers for 2 pets",
    lines:
      /\[await existing\(context\.unscoped\.pets, 4\), await existing\(context\.unscoped\.pets, 3\)\].*\n.*toEqual\(\[1, 7\]\);$/,
  },
  {
    title: "a title of the document's own names the test",
    on: "create",
    rule: fresh,
    example: { title: "young ones may come", when: { body: {} }, expect: "accept" },
    name: "young ones may come",
    lines: /isFresh/,
  },
])("$title", ({ on, rule, example, name, lines }) => {
  const context = contextWith(on, rule, example);
  expect(untestedExamples(context)).toEqual([]);
  const [only] = testsOf(context);
  expect(only?.title).toBe(JSON.stringify(name));
  expect(only?.lines.join("\n")).toMatch(lines);
});

test.each<{ title: string; rule?: Tree; on?: "create" | "schema"; example: Tree; saw: string }>([
  {
    title: "rows of an unknown collection",
    example: { given: { cats: [] }, expect: "accept" },
    saw: '"cats" is no list of rows of an entity.',
  },
  {
    title: "a row with an unknown property",
    example: { given: { pets: [{ wings: 2 }] }, expect: "accept" },
    saw: '"wings" is no property of pets.',
  },
  {
    title: "a row with a value that its column cannot hold",
    example: { given: { pets: [{ id: "three" }] }, expect: "accept" },
    saw: '"id" of pets cannot be "three".',
  },
  {
    title: "a body with an unknown member",
    example: { when: { body: { wings: 2 } }, expect: "accept" },
    saw: '"wings" is no member of the body.',
  },
  {
    title: "a body with a wrong value",
    example: { when: { body: { name: 2 } }, expect: "accept" },
    saw: '"name" cannot be 2.',
  },
  {
    title: "a code that the rule does not have",
    example: { expect: { refuse: "old" } },
    saw: '"old" is no code that the rule refuses with.',
  },
  {
    title: "an expectation of another kind of rule",
    example: { expect: { value: 3 } },
    saw: 'It expects neither "accept" nor { refuse: code }.',
  },
  {
    title: "no row to compute a member of",
    on: "schema",
    rule: weight,
    example: { expect: { value: 3 } },
    saw: "It does not say which row it is about: when.key is missing.",
  },
  {
    title: "an effect of which nothing is seen",
    rule: { id: "pet.create.greet", kind: "effect" },
    example: { expect: {} },
    saw: "It expects no { rows }.",
  },
])(
  "of an example with $title no test is made, and the run says why",
  ({ on = "create", rule = fresh, example, saw }) => {
    const context = contextWith(on, rule, example);
    expect(testsOf(context)).toEqual([]);
    expect(untestedExamples(context)).toMatchObject([
      {
        severity: "warning",
        code: "annotation/invalid",
        place: { pointer: expect.stringMatching(/x-business-rules\/0\/examples\/0$/) },
        saw: `${saw} No test is made of the example.`,
      },
    ]);
  },
);
