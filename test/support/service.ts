import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runCli } from "../../src/cli/program.ts";
import { packageFolder } from "../../src/package.ts";
import { temporaryHost } from "./host.ts";

/** What a generated service answered; a body that is JSON is parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly text: string;
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; a text or bytes as they are. */
  readonly body?: unknown;
}

/** A service that is generated from a document, and called as clients call it, without a port. */
export interface RunningService extends AsyncDisposable {
  /** `call("POST /things", { body: { … } })` */
  call(request: string, sent?: Sent): Promise<Answer>;
  /** The same over another app, which is built with these options. */
  withApp(options: object): Promise<RunningService["call"]>;
  /** Another app, which listens on this port. */
  listening(options: object): Promise<number>;
  /** Ends the apps that `withApp` and `listening` have built. */
  closeApps(): Promise<void>;
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The generated package. */
  readonly folder: string;
}

interface App {
  inject(request: object): Promise<{
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly body: string;
  }>;
  listen(options: object): Promise<string>;
  close(): Promise<void>;
}
interface Database {
  connected(work: (own: { command(sql: string): Promise<{ rows: never[] }> }) => Promise<unknown>): Promise<unknown>;
  close(): Promise<void>;
}

interface ServiceOptions {
  /** What scaffold.config.json says. */
  readonly config?: object;
  /** Every operation of business logic answers with what it was asked. */
  readonly isEcho?: true;
  /** The URL of a PostgreSQL database; default: one that is embedded. */
  readonly database?: string;
  /** What a team makes of src/extensions.ts. */
  readonly extended?: (text: string) => string;
}

/** Generates the service of a document of specs/features, and starts it on an empty database, in memory where none is named. */
export async function startService(document: string, options: ServiceOptions = {}): Promise<RunningService> {
  const host = await temporaryHost({
    "package.json": "{}",
    "scaffold.config.json": JSON.stringify(options.config ?? {}),
    "api.yaml": await readFile(document, "utf8"),
  });
  await symlink(join(packageFolder, "node_modules"), join(host.cwd, "node_modules"));
  const exitCode = await runCli(host, ["crud", "api.yaml", "--out", "out", "--no-verify"]);
  if (exitCode !== 0) throw new Error(`scaffold ended with ${exitCode}: ${host.printed.error}`);
  const folder = join(host.cwd, "out");
  if (options.extended) {
    const file = join(folder, "src/extensions.ts");
    await writeFile(file, options.extended(await readFile(file, "utf8")));
  }
  const load = async (file: string) =>
    (await import(/* @vite-ignore */ pathToFileURL(join(folder, "src", file)).href)) as Record<string, Function>;
  const [{ buildApp }, { openDatabase }] = await Promise.all([load("app.ts"), load("database.ts")]);
  const database = await (openDatabase?.({ url: options.database }) as Promise<Database>);
  const logic = options.isEcho === true ? echoOf((await load("logic.ts"))["ownLogic"]) : undefined;
  const apps: App[] = [];
  const built = async (more: object): Promise<App> => {
    const app = await (buildApp?.({ database, ...(logic && { logic }), ...more }) as Promise<App>);
    apps.push(app);
    return app;
  };
  const withApp = async (more: object): Promise<RunningService["call"]> => {
    const app = await built(more);
    return async (request, { headers = {}, body } = {}) => {
      const [method = "", url = ""] = request.split(" ");
      const answer = await app.inject({ method, url, headers, ...(body !== undefined && { payload: body }) });
      const isJson = answer.headers["content-type"]?.includes("json") === true && answer.body !== "";
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: isJson ? (JSON.parse(answer.body) as unknown) : answer.body,
        text: answer.body,
      };
    };
  };
  return {
    folder,
    call: await withApp({}),
    withApp,
    async listening(more) {
      const app = await built(more);
      return Number(new URL(await app.listen({ port: 0, host: "127.0.0.1" })).port);
    },
    async rows(sql) {
      return database.connected(async ({ command }) => (await command(sql)).rows) as Promise<never[]>;
    },
    async closeApps() {
      for (const app of apps.splice(1)) await app.close();
    },
    async [Symbol.asyncDispose]() {
      for (const app of apps) await app.close();
      await database.close();
      await host[Symbol.asyncDispose]();
    },
  };
}

function echoOf(logic: object | undefined): object {
  // A body that is a text is what such an operation is about.
  const echo = async (request: { readonly body?: unknown }) =>
    typeof request.body === "string" ? request.body : request;
  const homes = Object.entries<object>(Object.fromEntries(Object.entries(logic ?? {})));
  return Object.fromEntries(
    homes.map(([home, functions]) => [home, Object.fromEntries(Object.keys(functions).map((name) => [name, echo]))]),
  );
}
