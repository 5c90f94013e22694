import { describe, expect, test } from "vitest";
import { usedFunctions, usesOf } from "../../src/plan/uses.ts";
import { generate } from "../support/generate.ts";
import { documentOf, list, owner, pet, petPaths, query } from "../model/pets.ts";

function importing(path: string, ...imports: readonly string[]) {
  return {
    path,
    class: "generated" as const,
    content: { kind: "template" as const, template: "x", view: { imports } },
  };
}

test("what files import is known by the path of the file that it is in", () => {
  const uses = usesOf([
    importing("src/pet/pet.routes.ts", 'import { type ListedPage, shownListing } from "../paging.ts";'),
    importing(
      "src/pet/pet.operations.ts",
      'import { listRows } from "../paging.ts";',
      'import { eq } from "drizzle-orm";',
    ),
    importing("src/pet/pet.shapes.ts", 'import type { Pet } from "./pet.contract.ts";'),
  ]);
  expect([...uses].map(([path, names]) => [path, [...names]])).toEqual([
    ["src/paging.ts", ["ListedPage", "shownListing", "listRows"]],
    ["src/pet/pet.contract.ts", ["Pet"]],
  ]);
});

test("a function is there too where only another one of its module needs it", () => {
  const uses = usesOf([importing("src/pet/pet.shapes.ts", 'import { within } from "../convert.ts";')]);
  expect(usedFunctions(uses, "src/convert.ts")).toMatchObject({ within: true, membersOf: true, listOf: false });
});

describe("a service has of the shared modules what it uses, and nothing else", () => {
  const shared = ["src/failure.ts", "src/paging.ts", "src/statements.ts", "src/convert.ts", "src/http/links.ts"];
  const address = { type: "string", format: "uri" };
  const linked = { type: "object", properties: { items: list("Pet"), self: address } };
  const paged = { type: "object", properties: { items: list("Pet"), self: address, next: address } };
  const page = { type: "object", properties: { items: list("Pet"), next: { type: ["string", "null"] } } };
  const counted = { type: "object", properties: { items: list("Pet"), total: { type: "integer" } } };
  const limit = query("limit", { type: "integer" });

  test.each([
    { title: "lists as bare arrays", options: {} },
    { title: "pages by cursor", options: { parameters: [limit, query("cursor")], answer: page } },
    {
      title: "pages by number, counted and sorted",
      options: {
        parameters: [
          limit,
          query("page", { type: "integer" }),
          query("sort", { type: "string", enum: ["name", "-name"] }),
        ],
        answer: counted,
      },
    },
    { title: "lists with their own address", options: { answer: linked } },
    { title: "pages with addresses", options: { parameters: [limit, query("cursor")], answer: paged } },
    {
      title: "pages by offset",
      options: { parameters: [limit, query("offset", { type: "integer" })], answer: counted },
    },
  ])("$title", async ({ options }) => {
    const document = documentOf(petPaths(options), { Pet: pet, Owner: owner }).root;
    const { files } = await generate(JSON.stringify(document));
    const exported = files
      .filter(({ path }) => shared.includes(path))
      .flatMap(({ path, content }) =>
        [...content.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name = ""]) => ({ path, name })),
      );
    const unused = exported.filter(
      ({ path, name }) => !files.some((file) => file.path !== path && new RegExp(`\\b${name}\\b`).test(file.content)),
    );
    expect(exported.length).toBeGreaterThan(5);
    expect(unused).toEqual([]);
  });
});
