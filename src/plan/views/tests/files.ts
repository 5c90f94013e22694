import type { Entity, Operation } from "../../../model/model.ts";
import { literal } from "../../../render/escape.ts";
import { operationsOf } from "../../context.ts";
import { mayBeKnown } from "../conditional.ts";
import { arrange, expectStatus, routeOf, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { isClosed } from "./security.ts";
import { refusal } from "./statuses.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that a file of a row comes back as it was put, to those alone who may see the row, and no larger than allowed. */
export function fileTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  if (!plan.isValid || home.entity === undefined) return [];
  if (operation.body === undefined) {
    const missing = refusal(operation, "missing");
    return [
      plainTest(`answers ${missing} where nobody has put a file`, [
        ...arrange(plan, home),
        expectStatus(send(plan), plan, missing),
      ]),
    ];
  }
  const others = operationsOf(home.context, home.entity.name.type).filter(
    ({ path, name }) => path === operation.path && name !== operation.name,
  );
  const download = others.find(({ method }) => method === "get");
  if (download === undefined) return [];
  return [
    plainTest("keeps a file byte by byte, and gives it back", [
      ...arrange(plan, home),
      ...keeps(plan, download),
      ...replaces(plan, download),
      ...hides(plan, download, home.entity),
      ...removes(plan, download, others),
    ]),
    plainTest("refuses a file that is too large, and keeps the one that is there", [
      ...arrange(plan, home),
      `const one = ${fileCode(plan, 'Buffer.from("one")')};`,
      expectStatus(send(plan, "one"), plan, operation.success.status),
      `const large = ${fileCode(plan, "Buffer.alloc(10_485_761)")};`,
      expectStatus(send(plan, "large"), plan, 413),
      `const shown = ${get(download)};`,
      'expect(shown.body).toBe("one");',
    ]),
  ];
}

function keeps(plan: RequestPlan, download: Operation): readonly string[] {
  return [
    "const content = Buffer.from([0, 255, 254, 13, 10, 45, 45, 128, 34]);",
    `const file = ${fileCode(plan, "content")};`,
    expectStatus(send(plan, "file"), plan, plan.operation.success.status),
    `const shown = ${get(download)};`,
    `expect(shown).toMatchResponse(${routeOf(download)}, ${download.success.status});`,
    "expect(shown.rawPayload).toEqual(content);",
    'expect(shown.headers["content-disposition"]).toMatch(/^attachment/);',
    'expect(shown.headers["content-length"]).toBe(String(content.length));',
  ];
}

function replaces(plan: RequestPlan, download: Operation): readonly string[] {
  const tag = '{ params: request.params, headers: { "if-none-match": String(shown.headers["etag"]) } }';
  return [
    ...(mayBeKnown({ ...download, kind: "read" })
      ? [`expect(await client.send(${routeOf(download)}, ${tag})).toMatchResponse(${routeOf(download)}, 304);`]
      : []),
    `const other = ${fileCode(plan, 'Buffer.alloc(600_000, "other")')};`,
    expectStatus(send(plan, "other"), plan, plan.operation.success.status),
    `const after = ${get(download)};`,
    'expect(after.rawPayload.equals(Buffer.alloc(600_000, "other"))).toBe(true);',
    'expect(after.headers["etag"]).not.toBe(shown.headers["etag"]);',
  ];
}

function hides(plan: RequestPlan, download: Operation, entity: Entity): readonly string[] {
  if (entity.owner === undefined || !isClosed(download)) return [];
  const hidden = refusal(download, "hidden");
  return [`expect(${get(download, "stranger")}).toMatchResponse(${routeOf(download)}, ${hidden});`];
}

function removes(plan: RequestPlan, download: Operation, others: readonly Operation[]): readonly string[] {
  const removal = others.find(({ method }) => method === "delete");
  if (removal === undefined) return [];
  const remove = `await client.send(${routeOf(removal)}, { params: request.params })`;
  return [
    `expect(${remove}).toMatchResponse(${routeOf(removal)}, ${removal.success.status});`,
    `expect(${get(download)}).toMatchResponse(${routeOf(download)}, ${refusal(download, "missing")});`,
  ];
}

function get(download: Operation, client = "client"): string {
  return `await ${client}.send(${routeOf(download)}, { params: request.params })`;
}

/** The request with a file, as its operation takes it. */
function fileCode({ operation }: RequestPlan, content: string): string {
  const [type = ""] = operation.body?.mediaTypes ?? [];
  const name = Object.keys(operation.body?.schema.properties ?? {})[0] ?? "";
  const form = type.startsWith("multipart/") ? `, ${literal(name)}` : "";
  return `{ ...request, ...fileRequest(${content}, ${literal(type)}${form}) }`;
}
