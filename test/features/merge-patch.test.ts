import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** A merge patch says what changes inside of a value that one column holds (RFC 7396). */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/merge-patch-changes-what-is-inside-of-a-value.yaml");
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

const headers = { "content-type": "application/merge-patch+json" };
const address = { street: "Mill Lane", city: "York", position: { north: 53.9, east: -1.1 } };

async function newPlace(): Promise<string> {
  const { body } = await service.call("POST /places", { body: { name: "Mill", address, labels: ["old"] } });
  return String((body as { readonly id: number }).id);
}

test.each<{ title: string; patch: object; expected: object }>([
  {
    title: "changes a member inside",
    patch: { address: { street: "Hill Lane" } },
    expected: { address: { ...address, street: "Hill Lane" } },
  },
  {
    title: "removes a member inside",
    patch: { address: { position: { east: null } } },
    expected: { address: { ...address, position: { north: 53.9 } } },
  },
  { title: "replaces a list", patch: { labels: ["new"] }, expected: { address, labels: ["new"] } },
  { title: "leaves alone what it does not name", patch: { name: "Inn" }, expected: { name: "Inn", address } },
])("a patch $title", async ({ patch, expected }) => {
  const id = await newPlace();
  const { status, body } = await service.call(`PATCH /places/${id}`, { headers, body: patch });
  expect({ status, body }).toMatchObject({ status: 200, body: expected });
  expect(await service.call(`GET /places/${id}`)).toMatchObject({ body });
});

test("a patch removes a value as a whole, and makes one where there is none", async () => {
  const id = await newPlace();
  const { body } = await service.call(`PATCH /places/${id}`, { headers, body: { address: null } });
  expect(body).not.toHaveProperty("address");
  const again = await service.call(`PATCH /places/${id}`, {
    headers,
    body: { address: { city: "Hull", street: null } },
  });
  expect(again.body).toMatchObject({ address: { city: "Hull" } });
  expect((again.body as { readonly address: object }).address).toEqual({ city: "Hull" });
});

test("no patch of two at once is lost", async () => {
  const id = await newPlace();
  const streets = Array.from({ length: 8 }, (_, at) => ({ address: { [at % 2 === 0 ? "street" : "city"]: `n${at}` } }));
  const answers = await Promise.all(streets.map((body) => service.call(`PATCH /places/${id}`, { headers, body })));
  expect(answers.map(({ status }) => status)).toEqual(streets.map(() => 200));
  const { body } = await service.call(`GET /places/${id}`);
  const shown = { street: expect.stringMatching(/^n\d$/) as string, city: expect.stringMatching(/^n\d$/) as string };
  expect(body).toMatchObject({ address: { ...shown, position: address.position } });
});
