import type { Entity } from "../../../model/model.ts";
import { expectStatus, givenRow, hasOthers, makeRequest, readerOf, routeOf, rowParams, send } from "./items.ts";
import { rowVariable, type RequestPlan } from "./requests.ts";
import { givenCall } from "./rows.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** A row that is deleted is gone, and no other. */
export function deleteTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  const reader = readerOf(entity, home.context);
  const row = rowVariable(entity);
  const hasOther = reader !== undefined && hasOthers(entity, plan, home);
  const params = reader === undefined ? "" : rowParams(reader, row, home.context);
  return [
    plainTest(`deletes the ${entity.name.words}, once, and no other`, [
      ...(hasOther ? [`const other = ${givenCall(entity, home.imports)};`] : []),
      givenRow(entity, home),
      makeRequest(plan),
      expectStatus(send(plan), plan, plan.operation.success.status),
      ...(reader === undefined
        ? []
        : [
            `expect(await client.send(${routeOf(reader)}, { params: ${params} })).toMatchResponse(${routeOf(reader)}, 404);`,
          ]),
      expectStatus(send(plan), plan, 404),
      ...(!hasOther
        ? []
        : [
            `expect(await client.send(${routeOf(reader)}, { params: ${rowParams(reader, "other", home.context)} })).toMatchResponse(${routeOf(reader)}, ${reader.success.status});`,
          ]),
    ]),
  ];
}
