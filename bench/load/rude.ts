import { connect } from "node:net";
import { pause, started, type Running } from "../running.ts";
import { send } from "./clients.ts";
import { locked, rowsOf } from "./postgres.ts";
import { expectThat } from "./promises.ts";
import { expectConserved, writesOf, type Place } from "./transfers.ts";

/** In milliseconds: what has not ended by then does not end. */
const patience = 45_000;

/** Who sends a body byte by byte is sent away after a while, and holds up neither the others nor an end in order. */
export async function slow({ cwd, postgres }: Place): Promise<void> {
  const database = await postgres.createDatabase("slow");
  const service = await started({ cwd, file: "src/server.ts", database, settings: { REQUEST_TIMEOUT: "4" } });
  const ask = await writesOf(database, () => []);
  const slowOnes = Array.from({ length: 50 }, () => trickled(service, ask(0, 0)));
  await pause(500);
  const others = await Promise.all(Array.from({ length: 20 }, (_, turn) => send(service.address, ask(1, turn))));
  expectThat(
    others.every(({ status = 500 }) => status < 500),
    "slow bodies: others are not served meanwhile",
  );
  const ends = await Promise.all(slowOnes);
  const [first = ""] = ends;
  console.log(`50 slow bodies: ${first.split("\r\n", 1).join()}; 20 requests beside them were answered`);
  expectThat(
    ends.every((text) => text === "" || text.startsWith("HTTP/1.1 408 ")),
    `slow bodies: somebody was answered ${ends.find((text) => !text.startsWith("HTTP/1.1 408 "))}`,
  );
  const last = trickled(service, ask(0, 0));
  await pause(500);
  const code = await Promise.race([service.terminate(), pause(patience).then(() => "not at all")]);
  expectThat(code === 0, `a slow body while the service is told to end: it ended with ${code}`);
  await last;
  await expectConserved("slow bodies", database, others);
}

/** Who goes away in the middle leaves nothing half-done and no connection in use behind. */
export async function disconnected({ cwd, postgres }: Place): Promise<void> {
  const database = await postgres.createDatabase("disconnected");
  const settings = { DATABASE_POOL_SIZE: "4" };
  await using service = await started({ cwd, file: "src/server.ts", database, settings });
  const ask = await writesOf(database, () => []);
  for (let turn = 0; turn < 50; turn += 1) {
    const text = requestText(ask(0, turn));
    // In the head, in the body, and when the answer could come at any moment.
    for (const share of [0.3, 0.95, 1]) await abandoned(service, text.slice(0, Math.floor(text.length * share)));
  }
  const lock = await locked(database, "accounts");
  // Twice as many as there are connections: some are in their transaction, the others wait for one.
  await Promise.all(Array.from({ length: 8 }, (_, turn) => abandoned(service, requestText(ask(2, turn)), 500)));
  await lock.letGo();
  const others = await Promise.all(Array.from({ length: 40 }, (_, turn) => send(service.address, ask(1, turn))));
  console.log(`158 clients went away in the middle; ${others.length} requests after them were answered`);
  expectThat(
    others.every(({ status = 500 }) => status < 500),
    "disconnected clients: others are not served afterwards",
  );
  const busy = await rowsOf(
    database,
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()",
  );
  expectThat(busy.length === 0, `disconnected clients: ${busy.length} connections are still in use`);
  await expectConserved("disconnected clients", database, others);
}

type Asked = Parameters<typeof send>[1];

function requestText({ method, path, headers, body }: Asked): string {
  const text = JSON.stringify(body);
  const all = { ...headers, host: "localhost", "content-length": Buffer.byteLength(text) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${text}`;
}

/** Sends a request, its body one byte in half a second. What came back until the connection was closed. */
function trickled({ port }: Running, asked: Asked): Promise<string> {
  const [head = "", body = ""] = requestText(asked).split(/(?<=\r\n\r\n)/);
  return new Promise((done) => {
    let received = "";
    let sent = 0;
    const socket = connect(port, "127.0.0.1", () => socket.write(head));
    const timer = setInterval(() => void (socket.writable && socket.write(body.charAt(sent++))), 500);
    const tooLong = setTimeout(() => {
      received ||= "nothing, and was kept waiting";
      socket.destroy();
    }, patience);
    socket.setEncoding("utf8").on("data", (text) => (received += String(text)));
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(timer);
      clearTimeout(tooLong);
      done(received);
    });
  });
}

/** Sends a text, and goes away after so many milliseconds. */
function abandoned({ port }: Running, text: string, ms = 0): Promise<void> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(text, () => setTimeout(() => socket.destroy(), ms));
    });
    socket.on("error", () => {});
    socket.on("close", () => done());
  });
}
