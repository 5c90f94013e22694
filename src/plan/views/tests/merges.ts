import type { Entity } from "../../../model/model.ts";
import { literal, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { isMerged } from "../merged-values.ts";
import { isShownAsStored } from "../shown-values.ts";
import { expectStatus, givenRow, send } from "./items.ts";
import { rowVariable, type BodyMember, type RequestPlan } from "./requests.ts";
import { commonSample } from "./samples.ts";
import { bodyPointer, shownRow } from "./sent.ts";
import { pointer } from "./shown.ts";
import { plainTest, type TestHome, type TestView } from "./test-view.ts";

/** Tests that a merge patch of one member inside of a value leaves the value's others as they are. */
export function mergeTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const { item, body } = plan;
  const shown = shownRow(plan, entity);
  if (item === undefined || body === undefined || shown === undefined) return [];
  return body.members.flatMap((member) => {
    const [first, second] = innerMembers(member, plan, home);
    if (first === undefined || second === undefined || member.write?.target.kind !== "field") return [];
    const { field: name } = member.write.target;
    const place = shown.members.find(({ field }) => field === name);
    if (place === undefined || !isShownAsStored(fieldOf(entity, name), home.context)) return [];
    const request = ({ code }: InnerMember): string =>
      `changed(await ${plan.name}(${rowVariable(item)}), ${literal(bodyPointer(plan, member.name))}, { ${code} })`;
    return [
      plainTest(`changes ${second.name} inside of ${member.name}, and nothing else of it`, [
        givenRow(item, home),
        expectStatus(send(plan, request(first)), plan, plan.operation.success.status),
        `const response = ${send(plan, request(second))};`,
        expectStatus("response", plan, plan.operation.success.status),
        `expect(valueAt(response, ${literal(shown.at + pointer(place.path))})).toHold({ ${first.code}, ${second.code} });`,
      ]),
    ];
  });
}

interface InnerMember {
  readonly name: string;
  /** `city: "text"` */
  readonly code: string;
}

/** Members of a value that a patch may name alone, with a value for each. */
function innerMembers(
  member: BodyMember,
  { operation, body }: RequestPlan,
  { context }: TestHome,
): readonly InnerMember[] {
  if (body === undefined || member.write === undefined || !isMerged(member.write, operation, context)) return [];
  const whole = Object.fromEntries(
    body.members.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
  return Object.entries(withoutNull(member.schema).properties ?? {}).flatMap(([name, schema]) => {
    const value = commonSample([withoutNull(schema)], undefined);
    const isPlain = value !== undefined && typeof value !== "object";
    if (!isPlain || !conforms(body.schema, { ...whole, [member.name]: { [name]: value } })) return [];
    return [{ name, code: `${propertyKey(name)}: ${valueLiteral(value)}` }];
  });
}
