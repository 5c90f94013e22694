import { standsForCaller } from "../ownership.ts";
import type { Entity, Field } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf, isOnly } from "../../context.ts";
import { capacityOf, expectStatus, givenRow, makeRequest, readerOf, routeOf, rowParams, send } from "./items.ts";
import { unchanged } from "./logic-calls.ts";
import { unknownKey } from "./parameters.ts";
import { keyField } from "./about-row.ts";
import { isNumeric } from "./spellings.ts";
import { rowVariable, type BodyMember, type RequestPlan } from "./requests.ts";
import { hasCallersRow, rowGraph } from "./graph.ts";
import { givenCall } from "./rows.ts";
import { expectation, shownBy, shownNothing } from "./shown.ts";
import { refusal } from "./statuses.ts";
import { caseTest, plainTest, type TestHome, type TestView } from "./test-view.ts";
import { bodyPointer } from "./sent.ts";

/** Tests of what rows say of each other: references that dangle, values that are taken, rows that others need. */
export function relationTests(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  switch (plan.operation.kind) {
    case "create":
      return [...dangling(plan, entity, home), ...takenOnCreate(plan, entity)];
    case "replace":
    case "update":
      return [...dangling(plan, entity, home), ...takenOnChange(plan, entity, home)];
    case "delete":
      return referenced(plan, entity, home);
    default:
      return [];
  }
}

function dangling(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  const cases = (plan.body?.members ?? []).flatMap((member) => {
    const found = danglingValue(member, entity, home);
    return found === undefined
      ? []
      : [
          `{ name: ${literal(member.name)}, at: ${literal(bodyPointer(plan, member.name, ...found.path))}, value: ${found.code} }`,
        ];
  });
  const make = `${plan.name}(${plan.item === undefined ? "" : rowVariable(plan.item)})`;
  return caseTest("refuses $name of what does not exist", cases, "{ at, value }", [
    ...(plan.item === undefined ? [] : [givenRow(plan.item, home)]),
    `const request = changed(await ${make}, at, value);`,
    ...unchanged(plan, home, [expectStatus(send(plan), plan, refusal(plan.operation, "dangling"))]),
  ]);
}

function danglingValue(
  member: BodyMember,
  entity: Entity,
  home: TestHome,
): { readonly path: readonly string[]; readonly code: string } | undefined {
  const target = member.write?.target;
  if (member.code !== undefined && target?.kind === "joined-keys") {
    const key = unknownKey(member.schema.items ?? {});
    return key === undefined || target.path.length > 0 ? undefined : { path: [], code: `[${key}]` };
  }
  if (member.code === undefined || (target?.kind !== "field" && target?.kind !== "related-key")) return undefined;
  const field = fieldOf(entity, target.field);
  if (field.references === undefined || !isForeignKey(field, home)) return undefined;
  const path = target.kind === "related-key" ? target.path : [];
  const schema = path.reduce((inner, name) => inner.properties?.[name] ?? {}, member.schema);
  const said = Object.keys(schema).length === 0 ? home.context.resolved(field.schema) : schema;
  const code = isNumeric(field) && !conforms(said, 1) ? '"2147480000"' : unknownKey(said);
  return code === undefined ? undefined : { path, code };
}

/** A reference to something that identifies a row. */
function isForeignKey(field: Field, { context }: TestHome): boolean {
  if (field.references === undefined) return false;
  const { entity: type, field: name } = field.references;
  const target = context.entity(type);
  return [target.key.fields, ...target.unique].some((set) => isOnly(set, name));
}

/** Sets of unique members that a body can say. */
function sentSets(plan: RequestPlan, entity: Entity): readonly (readonly BodyMember[])[] {
  const sets = [...(entity.key.generated === "client" ? [entity.key.fields] : []), ...entity.unique];
  return sets.flatMap((names) => {
    const members = names.map((name) =>
      plan.body?.members.find(
        ({ code, write }) =>
          code !== undefined &&
          (write?.target.kind === "field" || write?.target.kind === "key") &&
          write.target.field === name,
      ),
    );
    const known = members.filter((member) => member !== undefined);
    return known.length === names.length ? [known] : [];
  });
}

const words = (members: readonly BodyMember[]): string => members.map(({ name }) => name).join(" and ");

function takenOnCreate(plan: RequestPlan, entity: Entity): readonly TestView[] {
  if (plan.operation.variant === "upsert") return [];
  const bySet = standsForCaller(entity)
    ? []
    : sentSets(plan, entity).map((members) => {
        const copied = members.reduce((code, { name }) => {
          const at = bodyPointer(plan, name);
          return `changed(${code}, ${literal(at)}, first.body${[...(plan.body?.wrap ?? []), name].map(memberAccess).join("")})`;
        }, `await ${plan.name}()`);
        return plainTest(`refuses a second ${entity.name.words} with the same ${words(members)}`, [
          `const first = await ${plan.name}();`,
          expectStatus(send(plan, "first"), plan, plan.operation.success.status),
          `const second = ${copied};`,
          expectStatus(send(plan, "second"), plan, refusal(plan.operation, "conflict")),
        ]);
      });
  const isOnePerCaller = standsForCaller(entity) && entity.unique.some((set) => isOnly(set, entity.owner?.field));
  if (!isOnePerCaller) return bySet;
  return [
    ...bySet,
    plainTest(`refuses a second ${entity.name.words} of one caller`, [
      `const first = await ${plan.name}();`,
      expectStatus(send(plan, "first"), plan, plan.operation.success.status),
      `const second = await ${plan.name}();`,
      expectStatus(send(plan, "second"), plan, refusal(plan.operation, "conflict")),
    ]),
  ];
}

function takenOnChange(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (plan.item === undefined || capacityOf(entity, home) < 2) return [];
  return sentSets(plan, entity)
    .filter((members) => members.length === 1 && !members.some(({ write }) => write?.target.kind === "key"))
    .flatMap((members) => {
      const [member] = members;
      if (member?.write?.target.kind !== "field" || entity.key.fields.includes(member.write.target.field)) return [];
      const { field } = member.write.target;
      return [
        plainTest(`refuses the ${words(members)} of another ${entity.name.words}`, [
          `const other = ${givenCall(entity, home.imports)};`,
          givenRow(entity, home),
          `const request = changed(await ${plan.name}(${rowVariable(entity)}), ${literal(bodyPointer(plan, member.name))}, other${memberAccess(field)});`,
          expectStatus(send(plan), plan, refusal(plan.operation, "conflict")),
        ]),
      ];
    });
}

/** What becomes of rows that refer to a deleted one. */
function referenced(plan: RequestPlan, entity: Entity, home: TestHome): readonly TestView[] {
  if (entity.softDelete !== undefined || plan.item === undefined) return [];
  return home.context.model.entities.flatMap((other) =>
    other.fields.flatMap((field) => {
      if (field.references?.entity !== entity.name.type || field.column === undefined || !isForeignKey(field, home))
        return [];
      if (other === entity || entity.key.fields[0] === undefined) return [];
      if (isKeptByOwnRow(entity, other, field)) return [];
      return [referencedTest(plan, entity, other, field, home)];
    }),
  );
}

/** Rows of a caller keep the row that stands for the caller, whatever else refers to it. */
function isKeptByOwnRow(entity: Entity, other: Entity, field: Field): boolean {
  const step = other.relations.find(({ name }) => name === other.owner?.relations[0]);
  const owning = other.fields.find(({ name }) => name === step?.field);
  return (
    standsForCaller(entity) &&
    owning !== undefined &&
    owning !== field &&
    owning.references?.entity === entity.name.type &&
    owning.references.onDelete === "restrict"
  );
}

/** A ticket keeps the caller who asked for it, who is nobody to delete when it is about the one who sees to it. */
function isTiedOtherwise(entity: Entity, other: Entity, field: Field, { context }: TestHome): boolean {
  if (field.references?.onDelete === "restrict" || !hasCallersRow(entity, context)) return false;
  return rowGraph(context)
    .filled(other)
    .some(
      ({ name, references }) =>
        name !== field.name && references.entity === entity.name.type && references.onDelete === "restrict",
    );
}

function referencedTest(plan: RequestPlan, entity: Entity, other: Entity, field: Field, home: TestHome): TestView {
  const row = rowVariable(entity);
  const change = `{ ${propertyKey(field.name)}: ${row}${memberAccess(field.references?.field ?? keyField(entity))} }`;
  const start = [
    isTiedOtherwise(entity, other, field, home)
      ? `const ${row} = ${givenCall(entity, home.imports)};`
      : givenRow(entity, home),
    `const dependent = ${givenCall(other, home.imports, change)};`,
    makeRequest(plan),
  ];
  const whole = readerOf(other, home.context);
  // What is read below a row is gone from there with it.
  const isBelow = whole?.parameters.some(({ role }) => role.kind === "parent" && role.field === field.name) === true;
  const isParted = field.references?.onDelete !== "restrict" && field.references?.onDelete !== "cascade";
  const reader = isBelow && isParted ? undefined : whole;
  const read =
    reader === undefined
      ? ""
      : `await client.send(${routeOf(reader)}, { params: ${rowParams(reader, "dependent", home.context)} })`;
  const unused = reader === undefined ? start.map((line) => line.replace("const dependent = ", "")) : start;
  const what = `${other.name.words} refers to by ${field.name}`;
  switch (field.references?.onDelete) {
    case "restrict":
      return plainTest(`keeps a ${entity.name.words} that a ${what}`, [
        ...unused,
        expectStatus(send(plan), plan, refusal(plan.operation, "conflict")),
        ...(reader === undefined
          ? []
          : [`expect(${read}).toMatchResponse(${routeOf(reader)}, ${reader.success.status});`]),
      ]);
    case "cascade":
      return plainTest(`deletes each ${other.name.words} with it (${field.name})`, [
        ...unused,
        expectStatus(send(plan), plan, plan.operation.success.status),
        ...(reader === undefined ? [] : [`expect(${read}).toMatchResponse(${routeOf(reader)}, 404);`]),
      ]);
    default: {
      const seen = reader === undefined ? undefined : shownBy(reader);
      const member = seen?.members.find((one) => one.field === field.name);
      return plainTest(`parts each ${other.name.words} from it (${field.name})`, [
        ...unused,
        expectStatus(send(plan), plan, plan.operation.success.status),
        ...(reader === undefined || seen === undefined
          ? []
          : [
              `const read = ${read};`,
              `expect(read).toMatchResponse(${routeOf(reader)}, ${reader.success.status});`,
              ...(member === undefined
                ? []
                : [
                    `expect(valueAt(read, ${literal(seen.at)})).toHold(${expectation([{ path: member.path, code: shownNothing(member) }])});`,
                  ]),
            ]),
      ]);
    }
  }
}
