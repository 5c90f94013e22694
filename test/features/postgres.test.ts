import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type Postgres } from "../support/postgres.ts";
import { startService, type RunningService } from "../support/service.ts";

/** What becomes of requests when the database, its network or their own clients go away in the middle. */
let postgres: Postgres;
let network: Network;
let service: RunningService;
let url: string;

beforeAll(async () => {
  postgres = await startPostgres();
  url = await postgres.createDatabase("faults");
  network = await startNetwork(Number(new URL(url).port));
  const throughNetwork = new URL(url);
  [throughNetwork.hostname, throughNetwork.port] = ["127.0.0.1", String(network.port)];
  service = await startService("specs/features/put-with-a-client-key-is-an-upsert.yaml", {
    database: throughNetwork.href,
  });
}, 180_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  network.close();
  await postgres.stop();
});

test("a connection that breaks under a request answers 503, and the next request has another one", async () => {
  await using table = await lockedTable();
  const broken = service.call("PUT /labels/broken", { body: { colour: "red" } });
  await table.isWaitedFor();
  network.cut();
  expect(await broken).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
  await table.letGo();
  expect(await service.call("PUT /labels/next", { body: { colour: "red" } })).toMatchObject({ status: 200 });
});

test("a request whose client goes away is done to its end, and gives its connection back", async () => {
  await using table = await lockedTable();
  const client = connect(await service.listening({}), "127.0.0.1");
  client.write(requestOf("PUT /labels/left", '{"colour":"blue"}'));
  await table.isWaitedFor();
  client.destroy();
  await table.letGo();
  await expect.poll(() => service.call("GET /labels/left")).toMatchObject({ status: 200, body: { colour: "blue" } });
  const inUse =
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()";
  await expect.poll(() => service.rows(inUse)).toEqual([]);
});

test("who does not send a request to its end is told so after a while", async () => {
  const client = connect(await service.listening({ requestTimeout: 100 }), "127.0.0.1");
  client.write(requestOf("PUT /labels/slow", '{"colour":"blue"}').slice(0, -1));
  expect(await text(client)).toMatch(/^HTTP\/1.1 408 /);
  expect(await service.call("GET /labels/slow")).toMatchObject({ status: 404 });
});

test("a service that is told to end answers what it was asked before, and ends", async () => {
  await using table = await lockedTable();
  const server = spawn(process.execPath, ["src/server.ts"], {
    cwd: service.folder,
    env: {
      ...process.env,
      NODE_ENV: "development",
      DATABASE_URL: url,
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "close");
  const client = connect(await portOf(server.stdout), "127.0.0.1");
  client.write(requestOf("PUT /labels/last", '{"colour":"green"}'));
  await table.isWaitedFor();
  server.kill("SIGTERM");
  await table.letGo();
  // The client would send further requests, and does not close the connection itself.
  expect(await text(client)).toMatch(/^HTTP\/1.1 200 /);
  expect(await ended).toEqual([0, null]);
  expect(await service.call("GET /labels/last")).toMatchObject({ status: 200, body: { colour: "green" } });
});

/** From the line of the log that says where the service listens. */
async function portOf(log: Readable): Promise<number> {
  for await (const line of createInterface(log)) {
    const [, port] = /at http:\/\/127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (port !== undefined) return Number(port);
  }
  throw new Error("The service has ended.");
}

function requestOf(request: string, body: string): string {
  const [method, path] = request.split(" ");
  return `${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

interface LockedTable extends AsyncDisposable {
  /** Until a request of the service waits for the lock. */
  isWaitedFor(): Promise<void>;
  letGo(): Promise<void>;
}

/** Keeps the service from its rows. Past the network, which may be cut. */
async function lockedTable(): Promise<LockedTable> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("BEGIN; LOCK TABLE labels IN ACCESS EXCLUSIVE MODE");
  let isHeld = true;
  const letGo = async (): Promise<void> => {
    if (isHeld) await client.query("ROLLBACK");
    isHeld = false;
  };
  return {
    async isWaitedFor() {
      const waiting = "SELECT FROM pg_locks WHERE NOT granted";
      await expect.poll(async () => (await client.query(waiting)).rowCount, { timeout: 60_000 }).toBeGreaterThan(0);
    },
    letGo,
    async [Symbol.asyncDispose]() {
      await letGo();
      await client.end();
    },
  };
}

interface Network {
  readonly port: number;
  /** Breaks all connections that there are. */
  cut(): void;
  close(): void;
}

/** A port that passes everything on to another one. */
async function startNetwork(target: number): Promise<Network> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    close() {
      cut();
      server.close();
    },
  };
}
