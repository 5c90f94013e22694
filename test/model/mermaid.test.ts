import { expect, test } from "vitest";
import { toMermaid } from "../../src/model/mermaid.ts";
import { list, petModel } from "./pets.ts";

test("a model is drawn with its tables, keys and foreign keys", () => {
  const drawn = toMermaid(petModel({ answer: list("Pet") })).split("\n");
  expect(drawn[0]).toBe("erDiagram");
  expect(drawn).toContain("  Pet {");
  expect(drawn).toEqual(expect.arrayContaining([expect.stringMatching(/^ {4}\w+ id PK$/)]));
  expect(drawn).toEqual(expect.arrayContaining([expect.stringMatching(/^ {2}Owner \|[|o]--o\{ Pet : owner_id$/)]));
});

test("nothing but words, marks and lines reaches a diagram", () => {
  const [, ...lines] = toMermaid(petModel({ answer: list("Pet") }))
    .trimEnd()
    .split("\n");
  for (const line of lines) {
    expect(line).toMatch(/^ {2}(\w+ \{|\}|\w+ [|o}]{2}--[|o{]{2} \w+ : \w+| {2}\w+ \w+( (PK|FK|UK)(, (PK|FK|UK))*)?)$/);
  }
});
