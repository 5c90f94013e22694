import { rm } from "node:fs/promises";
import { hanging, label } from "../src/cli/layout.ts";
import { runToEnd, startService } from "./service.ts";
import type { Service } from "./service.ts";

/**
 * `npm run demo`: a service from specs/ledger.yaml by the command line itself, which type-checks it and runs its tests;
 * then the service on its embedded database, and three requests against it. Stays up in a terminal until Ctrl-C, which
 * ends it with 0 (with 130 before it listens), and ends by itself where there is no terminal.
 */
const out = ".scaffold/demo/ledger";
const wantedPort = 3000;

const leave = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave.abort());
process.exitCode = await demo(leave.signal);

async function demo(signal: AbortSignal): Promise<number> {
  await rm(out, { recursive: true, force: true });
  const { exitCode } = await runToEnd(["bin/scaffold.js", "crud", "specs/ledger.yaml", "--out", out], { signal });
  if (exitCode !== 0) return exitCode;
  const service = await startService(out, { port: wantedPort, signal }).catch(complain);
  if (service === undefined) return signal.aborted ? 130 : 1;
  try {
    return await show(service, signal);
  } catch (cause) {
    complain(cause);
    return 1;
  } finally {
    await service.stop();
  }
}

async function show(service: Service, signal: AbortSignal): Promise<number> {
  const token = service.token();
  if (token === undefined) throw new Error(`The service printed no token.\n${service.log()}`);
  await showRequests(service.address, token);
  const taken = service.port === wantedPort ? "" : `   (${wantedPort} is taken)`;
  print("Listens", `${service.address}/v1${taken}`);
  print("API page", `${service.address}/docs`);
  print("Token", token);
  if (!process.stdout.isTTY) return 0;
  print("Stop", "Ctrl-C");
  await Promise.race([service.ended, new Promise<void>((done) => signal.addEventListener("abort", () => done()))]);
  if (!signal.aborted) throw new Error(`The service ended by itself.\n${service.log()}`);
  // The terminal shows ^C where the cursor is.
  console.log("");
  return 0;
}

/** The caller registers, opens an account, and lists what is theirs. */
async function showRequests(address: string, token: string): Promise<void> {
  console.log("");
  await call("POST", "/customers", { name: "Ada Lovelace", email: "ada@example.com", kind: "person" });
  await call("POST", "/accounts", { name: "Household", currency: "EUR" });
  await call("GET", "/accounts");
  console.log("");

  async function call(method: string, path: string, body?: object): Promise<void> {
    const response = await fetch(`${address}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    print(method, `/v1${path}${body ? `  ${spaced(body)}` : ""}`);
    print(String(response.status), spaced(JSON.parse(answer)));
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}.`);
  }
}

/** JSON on one line that a terminal can break between members. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, " ");
}

function print(name: string, text: string): void {
  const columns = process.stdout.isTTY ? process.stdout.columns : Infinity;
  const [first = "", ...more] = hanging(text, label("").length, columns);
  console.log([label(name) + first, ...more.map((line) => label("") + line)].join("\n"));
}

function complain(cause: unknown): undefined {
  if (!leave.signal.aborted) console.error(`\n${cause instanceof Error ? cause.message : String(cause)}`);
}
