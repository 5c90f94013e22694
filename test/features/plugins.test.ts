import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** What the config asks for and the environment turns on: plugins, and where PostgreSQL keeps the tables. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/a-version-is-named-and-compared.yaml", {
    config: {
      plugins: ["cors", "rate-limit", "metrics", "tracing"],
      database: { schema: "library", tablePrefix: "app_" },
    },
  });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

const origin = "https://app.example.com";

test("plugins are off until the environment turns them on", async () => {
  const { status, headers } = await service.call("GET /pages", { headers: { origin } });
  expect(status).toBe(200);
  expect(Object.keys(headers).filter((name) => /^(access-control|x-ratelimit)/.test(name))).toEqual([]);
  expect(await service.call("GET /metrics")).toMatchObject({ status: 404 });
});

test("CORS lets in the pages of the origins that are named, and no others", async () => {
  const call = await service.withApp({ environment: { CORS_ORIGINS: `${origin}, https://other.example.com` } });
  const asked = { "access-control-request-method": "PATCH", "access-control-request-headers": "if-match" };
  const preflight = await call("OPTIONS /pages/1", { headers: { origin, ...asked } });
  expect(preflight).toMatchObject({ status: 204, headers: { "access-control-allow-origin": origin } });
  expect(preflight.headers["access-control-allow-methods"]).toContain("PATCH");
  const read = await call("GET /pages", { headers: { origin } });
  expect(read.headers["access-control-expose-headers"]).toContain("etag");
  const stranger = await call("GET /pages", { headers: { origin: "https://evil.example.com" } });
  expect(stranger.headers["access-control-allow-origin"]).toBeUndefined();
  expect(await call("OPTIONS /pages/1")).toMatchObject({ status: 204, headers: { allow: expect.any(String) } });
});

test("a limit of requests answers 429 as a problem, and lets health checks pass", async () => {
  const call = await service.withApp({ environment: { RATE_LIMIT: "2" } });
  const statuses = [];
  for (const path of ["/pages", "/pages", "/pages", "/health"]) statuses.push((await call(`GET ${path}`)).status);
  expect(statuses).toEqual([200, 200, 429, 200]);
  const refused = await call("GET /pages");
  expect(refused).toMatchObject({ body: { status: 429, code: "too-many-requests" } });
  expect(refused.headers["retry-after"]).toBeDefined();
});

test("metrics count what was asked, by route and not by address", async () => {
  const call = await service.withApp({ environment: { METRICS: "on" } });
  await call("GET /pages/4711");
  const { status, text } = await call("GET /metrics");
  expect(status).toBe(200);
  expect(text).toContain('route="/pages/:id"');
  expect(text).not.toContain("4711");
});

test("a span of each request goes to the collector, under the caller's trace, without its query", async () => {
  const received: string[] = [];
  const collector = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part) => (text += String(part)));
    request.on("end", () => {
      received.push(`${request.url ?? ""} ${text}`);
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  await new Promise<void>((done) => void collector.listen(0, "127.0.0.1", done));
  const { port } = collector.address() as AddressInfo;
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  const call = await service.withApp({ environment });
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  await call("GET /pages/4712?key=secret", { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
  await call("GET /health");
  await service.closeApps();
  await new Promise((done) => collector.close(done));
  const sent = received.join("\n");
  expect(sent).toMatch(/^\/v1\/traces /);
  for (const part of [trace, '"/pages/:id"', '"/pages/4712"']) expect(sent).toContain(part);
  expect(sent).not.toMatch(/secret|health/);
});

test("tables are in the schema of the config, under its prefix, and so is what was migrated", async () => {
  expect(await service.call("POST /pages", { body: { text: "one" } })).toMatchObject({ status: 201 });
  const tables = await service.rows(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'library' ORDER BY table_name",
  );
  expect(tables).toEqual([{ table_name: "__drizzle_migrations" }, { table_name: "app_page_entities" }]);
});
