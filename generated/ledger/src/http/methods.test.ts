import fastify, { type FastifyInstance } from "fastify";
import { expect, test } from "vitest";
import { refuseOtherMethods } from "./methods.ts";

async function serviceOf(register: (app: FastifyInstance) => void, prefix = ""): Promise<FastifyInstance> {
  const app = fastify({ exposeHeadRoutes: false });
  await app.register(async (api) => refuseOtherMethods(api, () => register(api)), { prefix });
  return app;
}

const kinds = { params: { type: "object", properties: { kind: { enum: ["mail", "post"] } } } };
const app = await serviceOf((api) => {
  api.get("/kinds/:kind", { schema: kinds }, () => "");
  api.put("/kinds/mail", () => "");
  api.post("/kinds/other", () => "");
  api.get("/items/:item", () => "");
  api.delete("/items/:other_name", () => "");
  api.get("/items/all", () => "");
  api.get("/items/:item/kinds/:kind", { schema: kinds }, () => "");
  api.put("/items/:other/kinds/mail", () => "");
  api.put("/items/mail/kinds", () => "");
  api.get("/colons::", () => "");
  api.post("/colons:item", () => "");
  api.route({ url: "/anything", method: api.supportedMethods, handler: () => "" });
});

test.each([
  { title: "that are there", url: "/items/all", allow: "GET, OPTIONS" },
  { title: "of paths that differ in a parameter's name", url: "/items/1", allow: "DELETE, GET, OPTIONS" },
  { title: "of a path that names it by a closed list too", url: "/kinds/mail", allow: "GET, OPTIONS, PUT" },
  { title: "of no path that would not name it", url: "/kinds/other", allow: "OPTIONS, POST" },
  {
    title: "of a path that names its end, whatever other parameters are called",
    url: "/items/1/kinds/mail",
    allow: "GET, OPTIONS, PUT",
  },
  { title: "of no longer path", url: "/items/mail/kinds", allow: "OPTIONS, PUT" },
  { title: "of a path with a colon of its own", url: "/colons:", allow: "GET, OPTIONS" },
])("a path answers other methods with those $title", async ({ url, allow }) => {
  const refused = await app.inject({ method: "PATCH", url });
  expect(refused.statusCode).toBe(405);
  expect(refused.headers["allow"]).toBe(allow);
  expect(refused.body).toContain("This path does not have this method.");
  const asked = await app.inject({ method: "OPTIONS", url });
  expect(asked.statusCode).toBe(204);
  expect(asked.headers["allow"]).toBe(allow);
  expect(asked.body).toBe("");
});

test("a path that has all methods refuses none", async () => {
  expect((await app.inject({ method: "OPTIONS", url: "/anything" })).statusCode).toBe(200);
});

test("a prefix is one path with and without a slash", async () => {
  const mounted = await serviceOf((api) => {
    api.get("/", () => "");
    api.get("/items", () => "");
  }, "/api");
  for (const url of ["/api", "/api/", "/api/items"]) {
    const refused = await mounted.inject({ method: "PATCH", url });
    expect(refused.statusCode).toBe(405);
    expect(refused.headers["allow"]).toBe("GET, OPTIONS");
  }
});
