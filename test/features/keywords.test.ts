import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** Each keyword of JSON Schema decides over a request, whichever way it is combined with others. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/every-keyword-of-a-schema-is-obeyed.yaml");
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

test.each([
  { keyword: "required", good: { kind: "letter" }, bad: {} },
  { keyword: "enum", good: { kind: "letter" }, bad: { kind: "bag" } },
  { keyword: "readOnly", good: { kind: "letter" }, bad: { kind: "letter", id: 7 } },
  { keyword: "additionalProperties", good: { kind: "letter" }, bad: { kind: "letter", colour: "red" } },
  { keyword: "type", good: { weight: 5 }, bad: { weight: "5" } },
  { keyword: "minimum", good: { weight: 0 }, bad: { weight: -5 } },
  { keyword: "exclusiveMaximum", good: { kind: "box", weight: 995 }, bad: { kind: "box", weight: 1000 } },
  { keyword: "multipleOf", good: { weight: 10 }, bad: { weight: 12 } },
  { keyword: "minLength", good: { label: "AB" }, bad: { label: "A" } },
  { keyword: "maxLength", good: { label: "ABCDEFGH" }, bad: { label: "ABCDEFGHI" } },
  { keyword: "pattern", good: { label: "A1" }, bad: { label: "a1" } },
  { keyword: "dependentRequired", good: { depth: 1, width: 1 }, bad: { depth: 1 } },
  { keyword: "dependentSchemas", good: { width: 1, weight: 5 }, bad: { width: 1, weight: 0 } },
  { keyword: "if and then", good: { kind: "box", weight: 200 }, bad: { kind: "box" } },
  { keyword: "else", good: { kind: "letter", weight: 100 }, bad: { kind: "letter", weight: 200 } },
  { keyword: "contains", good: { stamps: ["paid"] }, bad: { stamps: ["red"] } },
  { keyword: "minContains", good: { stamps: ["paid", "red"] }, bad: { stamps: [] } },
  { keyword: "maxItems", good: { stamps: ["paid", "a", "b", "c"] }, bad: { stamps: ["paid", "a", "b", "c", "d"] } },
  { keyword: "uniqueItems", good: { stamps: ["paid", "a"] }, bad: { stamps: ["paid", "a", "a"] } },
  { keyword: "prefixItems", good: { route: ["north", 1] }, bad: { route: [1, "north"] } },
  { keyword: "items after prefixItems", good: { route: ["north"] }, bad: { route: ["north", 1, 2] } },
  { keyword: "propertyNames", good: { notes: { ab: "any" } }, bad: { notes: { abc: "any" } } },
  { keyword: "minProperties", good: { notes: { ab: "any" } }, bad: { notes: {} } },
  {
    keyword: "maxProperties",
    good: { notes: { aa: "", ab: "", ac: "" } },
    bad: { notes: { aa: "", ab: "", ac: "", ad: "" } },
  },
  {
    keyword: "additionalProperties, a schema",
    good: { notes: { ab: "short" } },
    bad: { notes: { ab: "much too long" } },
  },
  { keyword: "oneOf, by none", good: { size: 3 }, bad: { size: 4 } },
  { keyword: "oneOf, by both", good: { size: 5 }, bad: { size: 15 } },
  { keyword: "not", good: { alias: 1 }, bad: { alias: "one" } },
  { keyword: "anyOf", good: { contact: { phone: "1" } }, bad: { contact: { fax: "1" } } },
  { keyword: "format", good: { contact: { mail: "a@b.example" } }, bad: { contact: { mail: "none" } } },
  {
    keyword: "unevaluatedProperties",
    good: { contact: { mail: "a@b.example", phone: "1" } },
    bad: { contact: { mail: "a@b.example", fax: "1" } },
  },
])("$keyword decides", async ({ keyword, good, bad }) => {
  const isWhole = keyword === "required";
  const accepted = await service.call("POST /parcels", { body: { kind: "letter", ...good } });
  expect(accepted.body, accepted.text).toMatchObject(good);
  expect(accepted.status).toBe(201);
  const refused = await service.call("POST /parcels", { body: isWhole ? bad : { kind: "letter", ...bad } });
  expect(refused.status, refused.text).toBe(422);
});

test("what was stored is shown as it was sent", async () => {
  const sent = { kind: "box", weight: 45, route: ["north", 7], notes: { ab: "é" }, size: 9 };
  const { headers } = await service.call("POST /parcels", { body: sent });
  expect((await service.call(`GET ${headers["location"] ?? ""}`)).body).toMatchObject(sent);
});
