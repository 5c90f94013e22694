import type { Entity } from "../../../model/model.ts";
import { literal } from "../../../render/escape.ts";
import { arrange, expectStatus, send } from "./items.ts";
import { rowVariable, type RequestPlan } from "./requests.ts";
import { shownRow } from "./sent.ts";
import { shownOfRow } from "./shown.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** A row that is there is read as it is. */
export function readTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  const shown = shownRow(plan, entity);
  const row = rowVariable(entity);
  return [
    plainTest(`shows ${entity.name.words === "" ? "the row" : `a stored ${entity.name.words}`} as it is`, [
      ...arrange(plan, home),
      `const response = ${send(plan)};`,
      expectStatus("response", plan, plan.operation.success.status),
      ...(shown === undefined || shown.members.length === 0
        ? []
        : [`expect(valueAt(response, ${literal(shown.at)})).toHold(${shownOfRow(shown, entity, row, home.context)});`]),
    ]),
  ];
}
