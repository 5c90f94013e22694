import { rm } from "node:fs/promises";
import { runToEnd, startService } from "./service.ts";

/**
 * `npm run demo`: a service from specs/ledger.yaml by the command line itself, which type-checks it and runs its tests;
 * then the service on its embedded database, and three requests against it. Stays up in a terminal until Ctrl-C, and
 * ends by itself where there is none.
 */
const out = ".scaffold/demo/ledger";

await rm(out, { recursive: true, force: true });
const { exitCode } = await runToEnd(["bin/scaffold.js", "crud", "specs/ledger.yaml", "--out", out]);
if (exitCode !== 0) process.exit(exitCode);

const service = await startService(out);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void service.stop());
try {
  const token = service.token();
  if (token === undefined) throw new Error(`The service printed no token.\n${service.log()}`);
  await show(service.address, token);
  console.log(`\n  Listens    ${service.address}/v1\n  API page   ${service.address}/docs\n  Token      ${token}\n`);
  if (process.stdout.isTTY) {
    console.log("  Ctrl-C stops it.\n");
    await service.ended;
  }
} finally {
  await service.stop();
}

/** The caller registers, opens an account, and lists what is theirs. */
async function show(address: string, token: string): Promise<void> {
  console.log("");
  await call("POST", "/customers", { name: "Ada Lovelace", email: "ada@example.com", kind: "person" });
  await call("POST", "/accounts", { name: "Household", currency: "EUR" });
  await call("GET", "/accounts");

  async function call(method: string, path: string, body?: object): Promise<void> {
    const response = await fetch(`${address}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    console.log(`  ${method.padEnd(5)} /v1${path.padEnd(12)} ${response.status}  ${text}`);
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}.`);
  }
}
