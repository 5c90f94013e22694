import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** Files in forms and as bodies: whatever their bytes are, and no larger than allowed. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/a-file-is-taken-in-and-given-back.yaml", { isEcho: true });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

const bytes = Buffer.from([0, 255, 254, 13, 10, 45, 45, 128, 34]);
const boundary = "between";

function part(disposition: string, content: Buffer | string): Buffer {
  const head = `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from("\r\n")]);
}

const end = Buffer.from(`--${boundary}--\r\n`);
const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
const title = part('name="title"', "A dot");
const file = (content: Buffer) => part('name="content"; filename="../../dot.png"', content);

test("a form's file is stored byte by byte, beside its typed fields", async () => {
  const body = Buffer.concat([title, part('name="width"', "3"), file(bytes), end]);
  const created = await service.call("POST /pictures", { headers, body });
  expect(created).toMatchObject({ status: 201, body: { title: "A dot", width: 3, content: bytes.toString("base64") } });
  const read = await service.call(`GET ${created.headers["location"] ?? ""}`);
  expect(read.body).toEqual(created.body);
});

test.each([
  { title: "a form without its file", body: Buffer.concat([title, end]), status: 400 },
  {
    title: "a field below its minimum",
    body: Buffer.concat([title, part('name="width"', "0"), file(bytes), end]),
    status: 400,
  },
  { title: "a form without an end", body: Buffer.concat([title, file(bytes)]), status: 400 },
  { title: "a form of nothing", body: Buffer.from("nothing"), status: 400 },
  { title: "a file that is too large", body: Buffer.concat([title, file(Buffer.alloc(2001)), end]), status: 413 },
  {
    title: "files that are too large together",
    body: Buffer.concat([title, file(Buffer.alloc(1500)), file(Buffer.alloc(1500)), end]),
    status: 413,
  },
  {
    title: "a member called __proto__",
    body: Buffer.concat([title, part('name="__proto__"', "1"), file(bytes), end]),
    status: 400,
  },
])("$title: $status", async ({ body, status }) => {
  const call = await service.withApp({ uploadLimit: 2000 });
  const answer = await call("POST /pictures", { headers, body });
  expect(answer.status, answer.text).toBe(status);
});

test("a form without a boundary is refused", async () => {
  const answer = await service.call("POST /pictures", {
    headers: { "content-type": "multipart/form-data" },
    body: title,
  });
  expect(answer.status, answer.text).toBe(400);
});

test("a body of bytes reaches business logic as Base64, and its answer leaves as bytes", async () => {
  const octets = { "content-type": "application/octet-stream" };
  const answer = await service.call("POST /echo", { headers: octets, body: Buffer.from("plain bytes") });
  expect(answer).toMatchObject({ status: 200, headers: octets, text: "plain bytes" });
});
