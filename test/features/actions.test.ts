import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startService, type Answer, type RunningService } from "../support/service.ts";

/** An operation of business logic is done once for each Idempotency-Key, and on no other version than If-Match names. */
let service: RunningService;
let call: RunningService["call"];

interface Page {
  readonly id: number;
  readonly text: string;
}
interface Pages {
  read(id: number): Promise<Page>;
  update(id: number, values: { readonly text: string }): Promise<Page>;
}
interface Context {
  transaction<Result>(work: (own: { readonly pages: Pages }) => Promise<Result>): Promise<Result>;
  refuse(code: string): object;
}
interface Request {
  readonly params: { readonly id: number };
  readonly body: { readonly words?: string };
}

let times = 0;
/** What the body does after its first transaction. */
let afterwards = async (_context: Context): Promise<void> => {};

async function publish({ params, body }: Request, context: Context): Promise<unknown> {
  times += 1;
  if (body.words === undefined) return context.refuse("wordless");
  const page = await context.transaction(async (own) => {
    const { text } = await own.pages.read(params.id);
    return own.pages.update(params.id, { text: `${text} ${body.words ?? ""}` });
  });
  await afterwards(context);
  return page;
}

beforeAll(async () => {
  service = await startService("specs/features/an-action-is-done-once-on-the-expected-version.yaml");
  const file = pathToFileURL(join(service.folder, "src/logic.ts")).href;
  const { ownLogic } = (await import(/* @vite-ignore */ file)) as { ownLogic: Record<string, object> };
  const logic = Object.fromEntries(
    Object.entries(ownLogic).map(([home, own]) => [home, { ...own, publishPage: publish }]),
  );
  call = await service.withApp({ logic });
}, 180_000);

beforeEach(() => {
  times = 0;
  afterwards = async () => {};
});

afterAll(() => service[Symbol.asyncDispose]());

async function newPage(): Promise<number> {
  const { body } = await call("POST /pages", { body: { text: "start" } });
  return (body as Page).id;
}

function ask(id: number, headers: Readonly<Record<string, string>>, body: object = { words: "on" }): Promise<Answer> {
  return call(`POST /pages/${id}/publish`, { headers, body });
}

const textOf = async (id: number): Promise<string> => ((await call(`GET /pages/${id}`)).body as Page).text;

test("what is asked again with its key is answered as before, and not done again", async () => {
  const id = await newPage();
  const first = await ask(id, { "idempotency-key": "again" });
  const second = await ask(id, { "idempotency-key": "again" });
  expect(second).toMatchObject({ status: 200, text: first.text });
  expect({ times, text: await textOf(id) }).toEqual({ times: 1, text: "start on" });
  expect(await ask(id, { "idempotency-key": "again" }, { words: "off" })).toMatchObject({ status: 422 });
  expect(await ask(id, { "idempotency-key": "other" })).toMatchObject({ status: 200 });
});

test("of many at once one is done, and the others are told so or answered alike", async () => {
  const id = await newPage();
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(id, { "idempotency-key": "many" })));
  expect(times).toBe(1);
  expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
  expect(await textOf(id)).toBe("start on");
});

test("what is refused, or fails before anything is committed, can be asked again with its key", async () => {
  const id = await newPage();
  expect(await ask(id, { "idempotency-key": "free" }, {})).toMatchObject({ status: 422, body: { code: "wordless" } });
  expect(await ask(id, { "idempotency-key": "free" })).toMatchObject({ status: 200 });
});

test("what fails after a commit is never done again", async () => {
  const id = await newPage();
  afterwards = () => Promise.reject(new Error("The mail server is gone."));
  expect(await ask(id, { "idempotency-key": "half" })).toMatchObject({ status: 500 });
  expect(await ask(id, { "idempotency-key": "half" })).toMatchObject({ status: 409, body: { code: "in-progress" } });
  expect({ times, text: await textOf(id) }).toEqual({ times: 1, text: "start on" });
});

test("an action on another version than the expected one is not done, and business logic is not asked", async () => {
  const id = await newPage();
  const { headers } = await call(`GET /pages/${id}`);
  expect(await ask(id, { "if-match": '"another"' })).toMatchObject({ status: 412, body: { code: "changed" } });
  expect(times).toBe(0);
  expect(await ask(id, { "if-match": headers["etag"] ?? "" })).toMatchObject({ status: 200 });
  expect(await ask(id, { "if-match": headers["etag"] ?? "" })).toMatchObject({ status: 412 });
  expect(await ask(4711, { "if-match": "*" })).toMatchObject({ status: 404 });
  expect(await textOf(id)).toBe("start on");
});

test("of many actions on one version at once, one is done", async () => {
  const id = await newPage();
  const { headers } = await call(`GET /pages/${id}`);
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(id, { "if-match": headers["etag"] ?? "" })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array<number>(7).fill(412)]);
  expect(await textOf(id)).toBe("start on");
});

test("only the first transaction is compared: what follows sees what it changed itself", async () => {
  const id = await newPage();
  const { headers } = await call(`GET /pages/${id}`);
  afterwards = (context) =>
    context.transaction(async ({ pages }) => void (await pages.update(id, { text: "the end" })));
  expect(await ask(id, { "if-match": headers["etag"] ?? "" })).toMatchObject({ status: 200 });
  expect(await textOf(id)).toBe("the end");
});
