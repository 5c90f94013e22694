import fc from "fast-check";
import { expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import type { FieldType, Model } from "../../src/model/model.ts";
import { memoryHost } from "../support/host.ts";

/** The law: the model inferred from the document that is printed is the model that the specification says. */

const nouns = ["Customer", "Invoice", "CreditNote", "Shelf", "Book", "Employee", "Category"] as const;
const fieldNames = ["title", "label", "weight", "level", "isOpen", "dueOn", "seenAt", "homepage", "details"] as const;
const typed: readonly (readonly [line: string, kind: FieldType["kind"]])[] = [
  ["text 1..40", "text"],
  ["integer 0..9", "integer"],
  ["money", "integer"],
  ["decimal(8,2)", "decimal-text"],
  ["number", "number"],
  ["boolean", "boolean"],
  ["low | high", "enum"],
  ["date", "date"],
  ["datetime", "date-time"],
  ["uuid", "uuid"],
  ["json", "json"],
  ["text[]", "json"],
];

interface Drawn {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: (typeof typed)[number]; readonly mark: string }[];
  readonly parents: readonly { readonly to: string; readonly isOptional: boolean }[];
}

const drawn: fc.Arbitrary<readonly Drawn[]> = fc
  .uniqueArray(fc.constantFrom(...nouns), { minLength: 1, maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name, at) =>
        fc.record({
          name: fc.constant(name),
          fields: fc.uniqueArray(
            fc.record({
              name: fc.constantFrom(...fieldNames),
              type: fc.constantFrom(...typed),
              mark: fc.constantFrom("", "optional", "nullable", "immutable"),
            }),
            { selector: ({ name: field }) => field, minLength: 1, maxLength: 5 },
          ),
          // Earlier ones only, so that rows can be made one after the other.
          parents: fc.uniqueArray(
            fc.record({ to: fc.constantFrom(name, ...names.slice(0, at)), isOptional: fc.boolean() }),
            { selector: ({ to }) => to, maxLength: 2 },
          ),
        }),
      ),
    ),
  )
  .map((entities) =>
    entities.map((entity) => ({
      ...entity,
      parents: entity.parents.map((parent) => ({
        ...parent,
        isOptional: parent.isOptional || parent.to === entity.name,
      })),
    })),
  );

function written(entities: readonly Drawn[]): string {
  const one = ({ name, fields, parents }: Drawn) => [
    name,
    {
      fields: Object.fromEntries(fields.map(({ name: field, type: [line], mark }) => [field, `${line} ${mark}`])),
      relationships: Object.fromEntries(
        parents.map(({ to, isOptional }) => [`the${to}`, `belongs to ${to}${isOptional ? " optional" : ""}`]),
      ),
    },
  ];
  return JSON.stringify({ entities: Object.fromEntries(entities.map(one)) });
}

async function inferred(text: string): Promise<Model> {
  const host = memoryHost({ "shop.json": text });
  expect({ code: await runCli(host, ["spec", "shop.json", "-o", "openapi.yaml"]), ...host.printed }).toMatchObject({
    code: 0,
    error: "",
  });
  expect({ code: await runCli(host, ["model", "openapi.yaml"]), error: host.printed.error }).toMatchObject({ code: 0 });
  return JSON.parse(host.printed.out) as Model;
}

test("what a specification says is what is inferred from its document", async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (entities) => {
      const model = await inferred(written(entities));
      expect(model.entities.map(({ name }) => name.type).toSorted()).toEqual(
        entities.map(({ name }) => name).toSorted(),
      );
      expect(model.operations.filter(({ kind }) => kind === "custom")).toEqual([]);
      for (const { name, fields, parents } of entities) {
        const entity = model.entities.find((one) => one.name.type === name);
        const columns = entity?.fields.map((field) => [field.name, field.type.kind, field.isStoredNotNull]);
        const expected = fields.map(({ name: field, type: [, kind], mark }) => [
          field,
          kind,
          !/optional|nullable/.test(mark),
        ]);
        expect(columns).toEqual(expect.arrayContaining(expected));
        const keys = entity?.fields
          .filter(({ references }) => references)
          .map((field) => [field.references?.entity, field.isStoredNotNull]);
        expect(new Set(keys?.map(String))).toEqual(
          new Set(parents.map(({ to, isOptional }) => String([to, !isOptional]))),
        );
        expect(columns).toHaveLength(1 + fields.length + parents.length);
      }
    }),
    { numRuns: 25, seed: 11 },
  );
});
