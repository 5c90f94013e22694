import { readFileSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import { packageFolder } from "../../src/package.ts";
import { temporaryHost } from "../support/host.ts";

/**
 * What a service does because of annotations: one document that has them all, its service generated once, and called as
 * clients call it. What is read off each annotation alone is in specs/features.
 */
const document = "specs/features/annotations-are-obeyed.yaml";

const secret = "what the tests and the service both know";

interface Service {
  inject(request: object): Promise<{ readonly statusCode: number; readonly body: string }>;
  close(): Promise<void>;
}
interface Rows {
  readonly rows: readonly Readonly<Record<string, string>>[];
}
interface Database {
  connected<Result>(work: (own: { command(sql: string): Promise<Rows> }) => Promise<Result>): Promise<Result>;
}

let host: Awaited<ReturnType<typeof temporaryHost>>;
let database: Database;
let service: Service;

beforeAll(async () => {
  host = await temporaryHost({ "package.json": "{}", "library.yaml": readFileSync(document, "utf8") });
  await symlink(join(packageFolder, "node_modules"), join(host.cwd, "node_modules"));
  expect(await runCli(host, ["crud", "library.yaml", "--out", "out", "--no-verify"])).toBe(0);
  const load = async (file: string) =>
    (await import(/* @vite-ignore */ pathToFileURL(join(host.cwd, "out/src", file)).href)) as Record<string, Function>;
  const [{ buildApp }, { openDatabase }, { openCredentials }] = await Promise.all([
    load("app.ts"),
    load("database.ts"),
    load("http/authentication.ts"),
  ]);
  database = await (openDatabase?.({}) as Promise<Database>);
  const credentials: unknown = openCredentials?.({ JWT_SECRET: secret });
  service = await (buildApp?.({ database, credentials }) as Promise<Service>);
}, 180_000);

afterAll(async () => {
  await service.close();
  await host[Symbol.asyncDispose]();
});

beforeEach(() =>
  database.connected(async ({ command }) => {
    for (const table of ["loans", "books", "shelves", "cardholders"]) await command(`DELETE FROM ${table}`);
  }),
);

/** Calls the service as somebody; answers the status, and the body as JSON. */
async function call(request: string, body?: object, subject = "ada") {
  const [method = "", url = ""] = request.split(" ");
  const token = await new SignJWT({ sub: subject, exp: 4_000_000_000 })
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(secret));
  const answer = await service.inject({
    method,
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { payload: body }),
  });
  const json: unknown = answer.body === "" ? undefined : JSON.parse(answer.body);
  return { status: answer.statusCode, body: json as { readonly id: number } & Readonly<Record<string, unknown>> };
}

async function created(path: string, body: object, subject?: string): Promise<number> {
  const answer = await call(`POST ${path}`, body, subject);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
  return answer.body.id;
}

const shelf = (code = "A") => created("/shelves", { code, room: "north" });
const book = async (more: object = {}) => created("/books", { title: "Emma", shelf: "A", ...more });
const rows = async (sql: string) => (await database.connected(({ command }) => command(sql))).rows;

describe("x-entity", () => {
  test("table and key: rows are in the table of that name, by that key", async () => {
    await shelf();
    await created("/readers", { card: "1" });
    expect(await call("GET /shelves/A")).toMatchObject({ status: 200, body: { code: "A", room: "north" } });
    expect(await call("POST /shelves", { code: "A", room: "south" })).toMatchObject({ status: 409 });
    expect(await rows(`SELECT "cardNumber" FROM cardholders`)).toHaveLength(1);
  });

  test("owner: rows are their caller's, who is put down on create, and nobody else sees them", async () => {
    await shelf();
    const ada = await created("/readers", { card: "1" });
    await created("/readers", { card: "2" }, "bob");
    const loan = await created("/loans", { bookId: await book() });
    expect(await call(`GET /loans/${loan}`)).toMatchObject({ status: 200, body: { readerId: ada } });
    expect(await call(`GET /loans/${loan}`, undefined, "bob")).toMatchObject({ status: 404 });
    expect(await call("GET /loans", undefined, "bob")).toMatchObject({ status: 200, body: [] });
    expect(await call(`GET /readers/${ada}`, undefined, "bob")).toMatchObject({ status: 404 });
  });

  test("owner null: whoever may call reaches every row", async () => {
    await shelf();
    expect(await call("GET /shelves/A", undefined, "bob")).toMatchObject({ status: 200 });
  });

  test("softDelete, a date-time: DELETE sets it, reads leave the row out, and the row stays", async () => {
    await shelf();
    const id = await book();
    expect(await call(`DELETE /books/${id}`)).toMatchObject({ status: 204 });
    expect(await call(`GET /books/${id}`)).toMatchObject({ status: 404 });
    expect(await call("GET /books")).toMatchObject({ status: 200, body: [] });
    expect(await call(`DELETE /books/${id}`)).toMatchObject({ status: 404 });
    await created("/readers", { card: "1" });
    expect(await call("POST /loans", { bookId: id })).toMatchObject({ status: 409 });
    expect(await rows("SELECT id FROM books WHERE removed_at IS NOT NULL")).toHaveLength(1);
  });

  test("softDelete, a boolean: DELETE sets it, and the key stays taken", async () => {
    await shelf();
    expect(await call("DELETE /shelves/A")).toMatchObject({ status: 204 });
    expect(await call("GET /shelves/A")).toMatchObject({ status: 404 });
    expect(await call("POST /shelves", { code: "A", room: "south" })).toMatchObject({ status: 409 });
    expect(await rows("SELECT code FROM shelves WHERE is_gone")).toHaveLength(1);
  });
});

describe("x-field", () => {
  test("unique: a second row with the value is refused", async () => {
    await created("/readers", { card: "1" });
    expect(await call("POST /readers", { card: "1" }, "bob")).toMatchObject({ status: 409 });
  });

  test("type: a number is kept as numeric, and comes back as it was", async () => {
    await shelf();
    const id = await book({ price: 0.29 });
    expect(await call(`GET /books/${id}`)).toMatchObject({ body: { price: 0.29 } });
    expect(await rows("SELECT price FROM books WHERE price = 0.29::numeric")).toHaveLength(1);
  });

  test("references: what does not exist is refused, and null is a plain value", async () => {
    await shelf();
    expect(await call("POST /books", { title: "Emma", shelf: "B" })).toMatchObject({ status: 409 });
    expect(await book({ readerId: 999 })).toBeGreaterThan(0);
  });

  test("references, unscoped: a request may name another's row; without it, only a row of the caller's", async () => {
    await shelf();
    await created("/readers", { card: "1" });
    const bob = await created("/readers", { card: "2" }, "bob");
    const bookId = await book();
    expect(await call("POST /loans", { bookId, heirId: bob })).toMatchObject({ status: 201 });
    expect(await call("POST /loans", { bookId, guestId: bob })).toMatchObject({ status: 409 });
  });

  test("onDelete cascade: the row goes with the one that it refers to", async () => {
    await shelf();
    await created("/readers", { card: "1" });
    const bob = await created("/readers", { card: "2" }, "bob");
    const loan = await created("/loans", { bookId: await book(), heirId: bob });
    expect(await call(`DELETE /readers/${bob}`, undefined, "bob")).toMatchObject({ status: 204 });
    expect(await call(`GET /loans/${loan}`)).toMatchObject({ status: 404 });
  });

  test("onDelete: the owner of a row cannot go while the row is there", async () => {
    await shelf();
    const ada = await created("/readers", { card: "1" });
    await created("/loans", { bookId: await book() });
    expect(await call(`DELETE /readers/${ada}`)).toMatchObject({ status: 409 });
  });

  test("onDelete, of each kind, is that of the database", async () => {
    const found = await rows(
      `SELECT conname AS name, confdeltype AS act FROM pg_constraint WHERE contype = 'f' AND conrelid IN ('loans'::regclass, 'books'::regclass)`,
    );
    const acts = found.map(({ name = "", act = "" }) => `${name.split("_id_")[0]} ${act}`);
    expect(acts.toSorted().filter((one) => !one.startsWith("books_shelf"))).toEqual([
      "books_sequel_of_books n",
      "loans_book r",
      "loans_guest n",
      "loans_heir c",
      "loans_reader r",
    ]);
  });

  test("index: the column has one", async () => {
    const found = await rows(
      "SELECT indexname FROM pg_indexes WHERE tablename = 'shelves' AND indexdef LIKE '%(room)%'",
    );
    expect(found).toHaveLength(1);
  });

  test("computed: true keeps nothing, false keeps a column", async () => {
    const columns = (table: string) =>
      rows(`SELECT column_name AS name FROM information_schema.columns WHERE table_name = '${table}'`);
    expect((await columns("loans")).map(({ name }) => name)).not.toContain("days_left");
    expect((await columns("books")).map(({ name }) => name)).toContain("loan_count");
  });
});

describe("x-operation", () => {
  test("kind: a POST that is said to be an update is one", async () => {
    await shelf();
    expect(await call("POST /shelves/A/move", { room: "south" })).toMatchObject({
      status: 200,
      body: { room: "south" },
    });
    expect(await call("GET /shelves/A")).toMatchObject({ body: { room: "south" } });
    expect(await call("POST /shelves/B/move", { room: "south" })).toMatchObject({ status: 404 });
  });

  test("kind and entity: a POST that is said to be a list of something is one", async () => {
    await shelf();
    const answer = await call("POST /scans");
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 200, body: [{ code: "A" }] });
  });

  test("ignore: the operation is routed, and answers 501", async () => {
    await shelf();
    expect(await call("POST /shelves/A/dust")).toMatchObject({ status: 501 });
  });
});

describe("x-renamed-from", () => {
  test("the next migration renames the table and the column, and is safe", async () => {
    const renamed = readFileSync(document, "utf8")
      .replace("title: { type: string", "name: { x-renamed-from: title, type: string")
      .replace("[title, shelf]", "[name, shelf]")
      .replace("    Book:\n", "    Book:\n      x-renamed-from: Volume\n")
      .replace("table: cardholders", "table: members")
      .replace("    Reader:\n", "    Reader:\n      x-renamed-from: cardholders\n");
    await host.files.write("library.yaml", renamed);
    host.printed.out = "";
    expect(await runCli(host, ["crud", "library.yaml", "--out", "out", "--no-verify", "--dry-run", "--json"])).toBe(0);
    const { migration } = JSON.parse(host.printed.out) as { migration: { name: string; statements: number } };
    expect(migration.name).toBe("0001_rename_book_title_to_name_and_rename_cardholders_to_members");
  });
});
