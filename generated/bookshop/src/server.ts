import { buildApp } from "./app.ts";
import { openDatabase } from "./database.ts";

const { DATABASE_URL, DATABASE_POOL_SIZE, DATA_DIR, BASE_PATH, PORT, HOST, LOG_LEVEL, NODE_ENV, REQUEST_TIMEOUT } =
  process.env;
const isProduction = NODE_ENV === "production";
if (isProduction && DATABASE_URL === undefined) {
  throw new Error("DATABASE_URL is not set: a production service does not start without it.");
}

const database = await openDatabase({
  url: DATABASE_URL,
  dataDir: DATA_DIR ?? ".data",
  poolSize: Number(DATABASE_POOL_SIZE ?? 10),
});
const app = await buildApp({
  database,
  ...(BASE_PATH === undefined ? {} : { basePath: BASE_PATH.replace(/\/+$/, "") }),
  requestTimeout: Number(REQUEST_TIMEOUT ?? 60) * 1_000,
  logger: {
    level: LOG_LEVEL ?? "info",
    redact: ["req.headers.authorization", "req.headers.cookie"],
  },
});

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop());
const address = await app.listen({
  port: Number(PORT ?? 3000),
  host: HOST ?? (isProduction ? "0.0.0.0" : "127.0.0.1"),
});
app.log.info(`The API page is at ${address}/docs`);
app.log.warn("The document asks for no credentials: everybody can read and change everything.");

/** Answers what has been asked, takes in nothing new, and lets go of the database. */
async function stop(): Promise<void> {
  // A connection that is kept for further requests is in nobody's way once its last answer is sent.
  const idle = setInterval(() => app.server.closeIdleConnections(), 100);
  // Nobody watches over late requests any more, and Docker kills after ten seconds: who still sends by then is cut off.
  const deadline = setTimeout(() => app.server.closeAllConnections(), 8_000);
  await app.close();
  clearInterval(idle);
  clearTimeout(deadline);
  await database.close();
}
