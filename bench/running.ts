import { spawn } from "node:child_process";
import { SignJWT } from "jose";
import { freePort } from "../scripts/port.ts";

/** What the services that are measured know, and those that call them. */
const secret = "what all services of a measurement and their callers know";

/** The headers of a caller's requests that have JSON. */
export async function headersOf(subject: string): Promise<Readonly<Record<string, string>>> {
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(subject)
    .setExpirationTime("2h")
    .sign(new TextEncoder().encode(secret));
  return { authorization: `Bearer ${token}`, "content-type": "application/json" };
}

/** A service that runs as a process of its own, as in production. */
export interface Running extends AsyncDisposable {
  readonly port: number;
  readonly address: string;
  readonly processId: number;
  /** Tells it to end. Its exit code. */
  terminate(): Promise<number | null>;
}

interface Start {
  readonly cwd: string;
  readonly file: string;
  /** The URL of its database. */
  readonly database: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
}

/** Starts a service, and waits until `/ready` answers 200. */
export async function started({ cwd, file, database, settings = {}, nodeArguments = [] }: Start): Promise<Running> {
  const port = await freePort(0);
  const child = spawn(process.execPath, [...nodeArguments, file], {
    cwd,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      DATABASE_URL: database,
      JWT_SECRET: secret,
      NODE_ENV: "production",
      LOG_LEVEL: "fatal",
      ...settings,
    },
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  const terminate = async (): Promise<number | null> => {
    child.kill("SIGTERM");
    return ended;
  };
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 900 && child.exitCode === null; tries += 1) {
    const response = await fetch(`${address}/ready`).catch(() => undefined);
    if (response?.ok === true)
      return {
        port,
        address,
        processId: child.pid ?? 0,
        terminate,
        [Symbol.asyncDispose]: async () => void (await terminate()),
      };
    await pause(100);
  }
  await terminate();
  throw new Error(`${file} did not become ready.`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
