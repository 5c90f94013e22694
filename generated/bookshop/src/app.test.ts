import { describe, expect, test } from "vitest";
import { buildApp } from "./app.ts";
import { client } from "./testing/client.ts";
import { database } from "./testing/database.ts";
import { document } from "./testing/document.ts";

describe("the service", () => {
  test("shows the document that it keeps, and its own address in it", async () => {
    const app = await buildApp({ database, basePath: "/elsewhere" });
    const response = await app.inject("/openapi.json");
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ ...document, servers: [{ url: "/elsewhere" }] });
  });

  test("has the document's own address where it is mounted at the top", async () => {
    const app = await buildApp({ database, basePath: "" });
    expect((await app.inject("/openapi.json")).json()).toMatchObject({ servers: [{ url: "/" }] });
  });

  test("has a page to read the document, which loads nothing from elsewhere", async () => {
    const page = await client.inject({ url: "/docs" });
    expect(page.statusCode).toBe(200);
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.headers["content-security-policy"]).toContain("default-src 'self'");
    const settings = await client.inject({ url: "/docs/static/swagger-initializer.js" });
    expect(settings.body).toContain("BaseLayout");
    expect((await client.inject({ url: "/docs/json" })).json()).toHaveProperty("paths", document.paths);
  });

  test("says that it runs, and that its database answers", async () => {
    for (const url of ["/health", "/ready"]) {
      const response = await client.inject({ url });
      expect(response.statusCode).toBe(200);
      expect(response.json()).toEqual({ status: "ok" });
    }
  });

  test("says that its database does not answer, and that it runs all the same", async () => {
    const lost = Object.assign(new Error("The connection is lost."), { code: "ECONNRESET" });
    const app = await buildApp({ database: { ...database, connected: () => Promise.reject(lost) } });
    expect((await app.inject("/health")).statusCode).toBe(200);
    const response = await app.inject("/ready");
    expect(response.statusCode).toBe(503);
    expect(response.headers["retry-after"]).toBe("1");
    expect(response.body).not.toContain(lost.message);
  });

  test("answers 404 where there is nothing at all", async () => {
    expect((await client.inject({ url: "/nothing/is/here" })).statusCode).toBe(404);
  });

  test("keeps browsers and caches from making more of an answer than it is", async () => {
    const { headers } = await client.inject({ url: "/health" });
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
  });

  test.each([
    { title: "keeps the caller's id", given: "a.1_B:2-c", isKept: true },
    { title: "keeps the caller's longest id", given: "a".repeat(64), isKept: true },
    { title: "makes an id where the caller's is too long", given: "a".repeat(65), isKept: false },
    { title: "makes an id where the caller's is empty", given: "", isKept: false },
    { title: "makes an id where the caller's begins with what no log can hold", given: " a\tb", isKept: false },
    { title: "makes an id where the caller's ends with what no log can hold", given: "a\u00e9", isKept: false },
  ])("$title of a request", async ({ given, isKept }) => {
    const { headers } = await client.inject({ url: "/health", headers: { "x-request-id": given } });
    const id = String(headers["x-request-id"]);
    expect(id).toMatch(/^[\w.:-]{1,64}$/);
    expect(id === given).toBe(isKept);
  });
});
