import { readFileSync } from "node:fs";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import type { Database } from "../database.ts";

/** Serves the document at /openapi.json, and a page to read and try it at /docs. */
export async function serveDocs(app: FastifyInstance, basePath: string): Promise<void> {
  const text = readFileSync(new URL("../../openapi.json", import.meta.url), "utf8");
  const document = { ...(JSON.parse(text) as object), servers: [{ url: basePath || "/" }] };
  await app.register(swagger, { mode: "static", specification: { document: document as never } });
  // Without the bar that loads documents from elsewhere.
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    uiConfig: { layout: "BaseLayout" },
    staticCSP: "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
  });
  app.get("/openapi.json", async () => document);
}

/** `/health` says that the process runs, `/ready` that its database answers. */
export function serveHealth(app: FastifyInstance, database: Database): void {
  app.get("/health", async () => ({ status: "ok" }));
  app.get("/ready", async () => {
    await database.connected((connection) => connection.command("SELECT 1"));
    return { status: "ok" };
  });
}
