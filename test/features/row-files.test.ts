import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startService, type Answer, type RunningService } from "../support/service.ts";

/** Files of rows: kept byte by byte with their type and name, taken in part by part, seen by who sees the row. */
let service: RunningService;
let call: RunningService["call"];
let folder: string;
let credentials: { issue(name: string): Promise<{ headers: Record<string, string> }> };
const headersOf = new Map<string, Readonly<Record<string, string>>>();

/** The store that the team's extension puts in place, where a test has one. */
const another: { files?: object } = {};
Object.assign(globalThis, { anotherStore: another });
const extension = "const { files } = globalThis.anotherStore; if (files) app.decorate('files', files);";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "row-files-"));
  vi.stubEnv("TMPDIR", folder);
  service = await startService("specs/features/a-file-of-a-row-is-stored.yaml", {
    extended: (text) => text.replace(/(register\([^)]*\)[^{]*\{)/, `$1 ${extension}`).replace("_app", "app"),
  });
  const file = pathToFileURL(join(service.folder, "src/http/authentication.ts")).href;
  const { openCredentials } = (await import(/* @vite-ignore */ file)) as {
    openCredentials(environment: object): typeof credentials;
  };
  credentials = openCredentials({});
  for (const name of ["ada", "bob"]) headersOf.set(name, (await credentials.issue(name)).headers);
  call = await service.withApp({ credentials, uploadLimit: 2_000_000 });
}, 180_000);

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** What was taken in is thrown away once its request is answered. */
const nothingLeft = () =>
  vi.waitFor(async () => expect((await readdir(folder)).filter((name) => name.startsWith("upload-"))).toEqual([]));
const ask = (request: string, more: Record<string, string> = {}, name = "ada"): Promise<Answer> =>
  call(request, { headers: { ...headersOf.get(name), ...more } });
const put = (request: string, type: string, body: unknown, name = "ada"): Promise<Answer> =>
  call(request, { headers: { ...headersOf.get(name), "content-type": type }, body });

async function newAlbum(): Promise<number> {
  const { body } = await call("POST /albums", { headers: { ...headersOf.get("ada") }, body: { title: "one" } });
  return (body as { readonly id: number }).id;
}

function form(name: string, fileName: string, content: string, type = "application/pdf"): string {
  const head = `--x\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\ncontent-type: ${type}`;
  return `${head}\r\n\r\n${content}\r\n--x--\r\n`;
}
const formType = "multipart/form-data; boundary=x";

test("a file keeps its bytes and its type, and has a version", async () => {
  const id = await newAlbum();
  expect(await ask(`GET /albums/${id}/cover`)).toMatchObject({ status: 404 });
  expect(await put(`PUT /albums/${id}/cover`, "image/jpeg; q=1", Buffer.from("a jpeg"))).toMatchObject({ status: 204 });
  const shown = await ask(`GET /albums/${id}/cover`);
  expect(shown).toMatchObject({
    status: 200,
    text: "a jpeg",
    headers: { "content-type": "image/jpeg", "content-length": "6", "content-disposition": "attachment" },
  });
  const again = await ask(`GET /albums/${id}/cover`, { "if-none-match": shown.headers["etag"] ?? "" });
  expect(again).toMatchObject({ status: 304, text: "" });
  expect(await ask(`HEAD /albums/${id}/cover`)).toMatchObject({ status: 200, text: "" });
});

test("a large file is kept in parts, replaced as a whole, and gone with its row", async () => {
  const id = await newAlbum();
  const large = Buffer.alloc(1_500_000, "0123456789");
  await put(`PUT /albums/${id}/cover`, "image/png", large);
  const parts = await service.rows(`SELECT length(content) AS size FROM albums_files WHERE row_key = ${id}`);
  expect(parts.length).toBeGreaterThan(3);
  expect((await ask(`GET /albums/${id}/cover`)).text).toBe(large.toString());
  await put(`PUT /albums/${id}/cover`, "image/png", Buffer.from("small"));
  expect((await ask(`GET /albums/${id}/cover`)).text).toBe("small");
  await ask(`DELETE /albums/${id}`);
  expect(await service.rows(`SELECT part FROM albums_files WHERE row_key = ${id}`)).toEqual([]);
});

test("a body that has no length is cut off where it grows too large, and nothing is left of it", async () => {
  const id = await newAlbum();
  let sent = 0;
  const endless = Readable.from(
    (function* () {
      for (; sent < 40_000_000; sent += 65_536) yield Buffer.alloc(65_536);
    })(),
  );
  expect(await put(`PUT /albums/${id}/cover`, "image/png", endless)).toMatchObject({ status: 413 });
  expect(await put(`PUT /albums/${id}/cover`, "image/png", Buffer.alloc(2_000_001))).toMatchObject({ status: 413 });
  expect(await ask(`GET /albums/${id}/cover`)).toMatchObject({ status: 404 });
  await nothingLeft();
});

test.each([
  ["a name that leads elsewhere", "../../etc/passwd", 'attachment; filename="passwd"'],
  ["a name of other letters", "übersicht.pdf", "filename*=UTF-8''%C3%BCbersicht.pdf"],
  ["a name that would end the header", 'a"; x=%0d%0ay', 'attachment; filename="a'],
  ["a name of points", "..", "attachment"],
])("%s is made safe", async (_title, name, disposition) => {
  const id = await newAlbum();
  const sent = await put(`POST /albums/${id}/booklet`, formType, form("file", name.replaceAll('"', '\\"'), "a text"));
  expect(sent.status, sent.text).toBe(201);
  const { headers, text } = await ask(`GET /albums/${id}/booklet`);
  expect(text).toBe("a text");
  expect(headers["content-disposition"]).toContain(disposition);
  expect(headers["content-disposition"]).not.toMatch(/[\r\n]|\.\.|%0d/);
  expect(headers["content-type"]).toBe("application/octet-stream");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("others see no file of a row that they do not see, and put none", async () => {
  const id = await newAlbum();
  await put(`PUT /albums/${id}/cover`, "image/png", Buffer.from("mine"));
  const theirs = [
    await ask(`GET /albums/${id}/cover`, {}, "bob"),
    await ask(`DELETE /albums/${id}/cover`, {}, "bob"),
    await put(`PUT /albums/${id}/cover`, "image/png", Buffer.from("theirs"), "bob"),
    await put(`POST /albums/${id}/booklet`, formType, form("file", "a", "theirs"), "bob"),
  ];
  expect(theirs.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect((await ask(`GET /albums/${id}/cover`)).text).toBe("mine");
  await nothingLeft();
});

test.each([
  ["another type than the document has", "image/gif", "gif", 415],
  ["a form of another part", formType, form("other", "a", "b"), 415],
])("%s is refused", async (_title, type, body, status) => {
  const id = await newAlbum();
  expect(await put(`PUT /albums/${id}/cover`, type, body)).toMatchObject({ status });
});

test("no body at all is refused", async () => {
  const id = await newAlbum();
  expect(await ask(`PUT /albums/${id}/cover`)).toMatchObject({ status: 400 });
});

test("another store takes the place of the database", async () => {
  const id = await newAlbum();
  const places: object[] = [];
  const kept = {
    mediaType: "image/png",
    fileName: null,
    size: 5,
    version: "v",
    content: () => Readable.from(["there"]),
  };
  another.files = {
    write: async (place: object) => void places.push(place),
    read: async () => kept,
    remove: async () => false,
  };
  const elsewhere = await service.withApp({ credentials });
  delete another.files;
  const headers = { ...headersOf.get("ada"), "content-type": "image/png" };
  expect(await elsewhere(`PUT /albums/${id}/cover`, { headers, body: "here" })).toMatchObject({ status: 204 });
  expect(places).toEqual([{ entity: "albums", key: id, name: "cover" }]);
  expect(await elsewhere(`GET /albums/${id}/cover`, { headers })).toMatchObject({ status: 200, text: "there" });
  expect(await elsewhere(`DELETE /albums/${id}/cover`, { headers })).toMatchObject({ status: 404 });
  expect(await ask(`GET /albums/${id}/cover`)).toMatchObject({ status: 404 });
});

test("a form without its part, with another one, or cut off is refused", async () => {
  const id = await newAlbum();
  const bodies = [form("other", "a", "b"), "--x--\r\n", form("file", "a", "b").slice(0, -8)];
  const answers = await Promise.all(bodies.map((body) => put(`POST /albums/${id}/booklet`, formType, body)));
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(await ask(`GET /albums/${id}/booklet`)).toMatchObject({ status: 404 });
  await nothingLeft();
});
