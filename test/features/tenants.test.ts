import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type Answer, type RunningService } from "../support/service.ts";

/** Rows belong to whoever has the claim of their tenant, whatever the subject; a scope lifts that where the document says so. */
let service: RunningService;
let call: RunningService["call"];

interface Grant {
  readonly claims?: Readonly<Record<string, string>>;
  readonly scopes?: readonly string[];
}
let issue: (subject: string, grant: Grant) => Promise<{ readonly headers: Record<string, string> }>;

beforeAll(async () => {
  service = await startService("specs/features/rows-belong-to-the-callers-tenant.yaml");
  const file = pathToFileURL(join(service.folder, "src/http/authentication.ts")).href;
  const { openCredentials } = (await import(/* @vite-ignore */ file)) as {
    openCredentials(environment: object): { issue: typeof issue };
  };
  const credentials = openCredentials({});
  issue = (subject, grant) => credentials.issue(subject, grant);
  call = await service.withApp({ credentials });
}, 180_000);

afterAll(() => service[Symbol.asyncDispose]());

type Caller = (request: string, body?: object) => Promise<Answer>;

async function callerOf(subject: string, grant: Grant): Promise<Caller> {
  const { headers } = await issue(subject, grant);
  return (request, body) => call(request, { headers, ...(body && { body }) });
}

const idOf = ({ body }: Answer): number => (body as { readonly id: number }).id;
const idsOf = ({ body }: Answer): readonly number[] => (body as readonly { readonly id: number }[]).map(({ id }) => id);

test("two tenants share a service, and neither learns of the other's rows by any way", async () => {
  const ada = await callerOf("ada", { claims: { tenant_id: "acme" } });
  const bob = await callerOf("bob", { claims: { tenant_id: "acme" } });
  // The same subject in another tenant is somebody else.
  const eve = await callerOf("ada", { claims: { tenant_id: "evil" } });
  const project = await ada("POST /projects", { name: "one" });
  expect(project).toMatchObject({ status: 201, body: { tenantId: "acme" } });
  const task = await bob("POST /tasks", { projectId: idOf(project), title: "first" });
  expect(task.status, task.text).toBe(201);
  const theirs = await eve("POST /projects", { name: "two" });
  const own = await eve("POST /tasks", { projectId: idOf(theirs), title: "mine" });

  for (const one of [ada, bob]) {
    expect(idsOf(await one("GET /projects"))).toEqual([idOf(project)]);
    expect(idsOf(await one("GET /tasks"))).toEqual([idOf(task)]);
    expect((await one(`GET /tasks/${idOf(task)}`)).body).toMatchObject({ project: { name: "one" } });
  }
  expect(idsOf(await eve("GET /projects"))).toEqual([idOf(theirs)]);
  expect(idsOf(await eve(`GET /tasks?projectId=${idOf(project)}`))).toEqual([]);
  const hidden = [
    await eve(`GET /projects/${idOf(project)}`),
    await eve(`DELETE /projects/${idOf(project)}`),
    await eve(`GET /projects/${idOf(project)}/tasks`),
    await eve(`GET /tasks/${idOf(task)}`),
    await eve(`PATCH /tasks/${idOf(task)}`, { title: "taken" }),
    await eve(`PATCH /tasks/${idOf(task)}`, { projectId: idOf(theirs) }),
    await eve(`DELETE /tasks/${idOf(task)}`),
  ];
  expect(hidden.map(({ status }) => status)).toEqual(hidden.map(() => 404));
  const named = [
    await eve("POST /tasks", { projectId: idOf(project), title: "in theirs" }),
    await eve(`PATCH /tasks/${idOf(own)}`, { projectId: idOf(project) }),
  ];
  expect(named.map(({ status }) => status)).toEqual([409, 409]);
  expect((await eve("POST /projects", { name: "three", tenantId: "acme" })).status).toBe(400);
  expect((await ada(`GET /tasks/${idOf(task)}`)).body).toMatchObject({ title: "first", projectId: idOf(project) });
});

test("who has no tenant reaches nothing, and can make nothing", async () => {
  const nobody = await callerOf("ada", { claims: {} });
  expect((await nobody("GET /projects")).body).toEqual([]);
  expect(await nobody("POST /projects", { name: "none" })).toMatchObject({ status: 403 });
});

test("a scope lifts the condition of the rows that name it, and of no others", async () => {
  const ada = await callerOf("ada", { claims: { tenant_id: "lifted" } });
  const project = await ada("POST /projects", { name: "one" });
  const task = await ada("POST /tasks", { projectId: idOf(project), title: "first" });
  const auditor = await callerOf("auditor", { claims: { tenant_id: "auditors" }, scopes: ["tasks:all"] });
  expect(await auditor(`GET /tasks/${idOf(task)}`)).toMatchObject({ status: 200 });
  expect(idsOf(await auditor("GET /tasks"))).toContain(idOf(task));
  expect(await auditor(`GET /projects/${idOf(project)}`)).toMatchObject({ status: 404 });
});

test("a subject may own several rows, with the claim that is the subject", async () => {
  const [ada, bob] = [await callerOf("ada", {}), await callerOf("bob", {})];
  const ids = [idOf(await ada("POST /stickers", { text: "a" })), idOf(await ada("POST /stickers", { text: "b" }))];
  expect(idsOf(await ada("GET /stickers"))).toEqual(ids);
  expect((await bob("GET /stickers")).body).toEqual([]);
});
