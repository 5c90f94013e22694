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

test("behind a proxy that is trusted each caller has a limit of their own, and a caller who is none cannot pose as one", async () => {
  const from = (caller: string) => ({ headers: { "x-forwarded-for": caller } });
  const trusting = await service.withApp({ environment: { RATE_LIMIT: "1", TRUST_PROXY: "10.0.0.0/8, 127.0.0.1" } });
  const statuses = [];
  for (const caller of ["192.0.2.1", "192.0.2.2", "192.0.2.1"])
    statuses.push((await trusting("GET /pages", from(caller))).status);
  const other = await service.withApp({ environment: { RATE_LIMIT: "1", TRUST_PROXY: "10.0.0.0/8" } });
  for (const caller of ["192.0.2.1", "192.0.2.2"]) statuses.push((await other("GET /pages", from(caller))).status);
  expect(statuses).toEqual([200, 200, 429, 200, 429]);
});

test("metrics count what was asked, by route and not by address", async () => {
  const call = await service.withApp({ environment: { METRICS: "on" } });
  await call("GET /pages/4711");
  const { status, text } = await call("GET /metrics");
  expect(status).toBe(200);
  expect(text).toContain('route="/pages/:id"');
  // Some number among the metrics may have these digits.
  expect(text).not.toContain("/4711");
});

test("a span of each request and of its statements goes to the collector, under the caller's trace, without their values", async () => {
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
  const spans = JSON.parse(received.join("").slice("/v1/traces ".length)) as object;
  expect(statementsOf(spans, trace)).toEqual([
    expect.stringMatching(/^select .* from "app_page_entities" where .*\$1/),
  ]);
  expect(sent).not.toMatch(/secret|health/);
});

interface Span {
  readonly traceId: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** The texts of the statements that the spans of a trace are about, wherever they are in what was exported. */
function statementsOf(node: unknown, trace: string): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  if (!("traceId" in node)) return Object.values(node).flatMap((one) => statementsOf(one, trace));
  const { traceId, attributes } = node as Span;
  const texts = attributes.filter(({ key }) => key === "db.query.text").map(({ value }) => value.stringValue ?? "");
  return traceId === trace ? texts : [];
}

test("tables are in the schema of the config, under its prefix, and so is what was migrated", async () => {
  expect(await service.call("POST /pages", { body: { text: "one" } })).toMatchObject({ status: 201 });
  const tables = await service.rows(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'library' ORDER BY table_name",
  );
  expect(tables).toEqual([{ table_name: "__drizzle_migrations" }, { table_name: "app_page_entities" }]);
});
