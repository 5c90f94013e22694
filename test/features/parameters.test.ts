import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type RunningService } from "../support/service.ts";

/** How values of parameters are written, in each place, style and explode of OpenAPI; business logic is told of them typed. */
let service: RunningService;

beforeAll(async () => {
  service = await startService("specs/features/every-style-of-a-parameter-is-read.yaml", { isEcho: true });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

test.each([
  { query: "form=1&form=2", means: { form: [1, 2] } },
  { query: "commas=1,2", means: { commas: [1, 2] } },
  { query: "spaces=1%202", means: { spaces: [1, 2] } },
  { query: "pipes=1|2", means: { pipes: [1, 2] } },
  { query: "pipes=1%7C2", means: { pipes: [1, 2] } },
  { query: "x=1&y=2", means: { spread: { x: 1, y: 2 } } },
  { query: "flat=x,3,y,4", means: { flat: { x: 3, y: 4 } } },
  { query: "deep[name]=a&deep[open]=true", means: { deep: { name: "a", open: true } } },
  { query: "deep%5Bat%5D%5Bx%5D=5", means: { deep: { at: { x: 5 } } } },
  { query: "deep[tags][]=u&deep[tags][]=v", means: { deep: { tags: ["u", "v"] } } },
  { query: "json=%7B%22open%22%3Atrue%7D", means: { json: { open: true } } },
  { query: "odd[name]=1.5", means: { "odd[name]": 1.5 } },
  { query: "free=a/b?c", means: { free: "a/b?c" } },
  { query: "free=%F0%9F%98%80", means: { free: "😀" } },
  { query: "maybe=4&either=7", means: { maybe: 4, either: 7 } },
  { query: "either=all&nobody=knows", means: { either: "all" } },
])("?$query is read", async ({ query, means }) => {
  const answer = await service.call(`GET /in-query?${query}`);
  expect(answer.body, answer.text).toEqual({ query: means });
});

test.each([
  "flag=TRUE",
  "flag=1",
  "flag=",
  "flag=true&flag=false",
  "form=a",
  "form=",
  "form=1&form=2&form=3&form=4",
  "commas=1,,2",
  "y=1",
  "deep=5",
  "deep[at]=5",
  "deep[other]=5",
  "deep[__proto__][x]=1",
  "json=5",
  "json={",
  "maybe=",
  "maybe=1e1",
  "either=none",
  "free=%00",
  "free=%ff",
  "free=%zz",
])("?%s is refused", async (query) => {
  expect(await service.call(`GET /in-query?${query}`)).toMatchObject({ status: 400 });
});

test("in a path, label and matrix are read as simple is", async () => {
  const { body } = await service.call("GET /in-path/1/1,2/x=1,y=2/.3/.4.5/;matrix=ab/;matrices=6;matrices=7");
  expect(body).toEqual({
    params: {
      simple: 1,
      list: [1, 2],
      exploded: { x: 1, y: 2 },
      label: 3,
      labels: [4, 5],
      matrix: "ab",
      matrices: [6, 7],
    },
  });
});

test.each([
  "/in-path/01/1/x=1/.3/.4/;matrix=ab/;matrices=6",
  "/in-path/1/1/x=1/3/.4/;matrix=ab/;matrices=6",
  "/in-path/1/1/x=1/.3/.4/ab/;matrices=6",
  "/in-path/1/1/x=1/.3/.4/;matrix=ab/;others=6",
  "/in-path/1/1/y=1/.3/.4/;matrix=ab/;matrices=6",
])("%s is refused", async (path) => {
  expect(await service.call(`GET ${path}`)).toMatchObject({ status: 400 });
});

test("headers and cookies are read, whatever the case of a header's name", async () => {
  const headers = { "X-COUNT": "1", "x-list": "1, 2", "x-point": "x=1,y=2", cookie: "other=1; size=4; sizes=1,2" };
  const { body } = await service.call("GET /in-headers", { headers });
  expect(body).toMatchObject({
    headers: { "x-count": 1, "x-list": [1, 2], "x-point": { x: 1, y: 2 } },
    cookies: { size: 4, sizes: [1, 2] },
  });
});

test.each<{ title: string; headers: Record<string, string> }>([
  { title: "a header below its minimum", headers: { "x-count": "0", cookie: "size=1" } },
  { title: "a header that is missing", headers: { cookie: "size=1" } },
  { title: "a header's list with a text", headers: { "x-count": "1", "x-list": "1,b", cookie: "size=1" } },
  { title: "a cookie below its minimum", headers: { "x-count": "1", cookie: "size=0" } },
  { title: "a cookie that is missing", headers: { "x-count": "1", cookie: "sizes=1" } },
  { title: "no cookies at all", headers: { "x-count": "1" } },
])("$title is refused", async ({ headers }) => {
  expect(await service.call("GET /in-headers", { headers })).toMatchObject({ status: 400 });
});
