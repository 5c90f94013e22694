import type { Json, Schema } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import { commentText, literal } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { typeOf } from "../../sample.ts";
import { boundaries, isWide, violations, type SentValue } from "../../violations.ts";
import { saidByForm } from "./form-values.ts";
import { arrange, expectRefusal, expectStatus, givenRow, send } from "./items.ts";
import { isJson, rowVariable, type RequestPlan } from "./requests.ts";
import { isKept, rawMember } from "./samples.ts";
import { refusal } from "./statuses.ts";
import { shortCode } from "./text-code.ts";
import { caseTest, placeName, plainTest, type TestHome, type TestView } from "./test-view.ts";
import { bodyPointer, shownRow } from "./sent.ts";
import { ownSubjectField } from "../ownership.ts";
import { commonSample, examplesOf } from "./samples.ts";
import { expectation, shownNothing, type ShownMember } from "./shown.ts";

/** One change of a valid body. */
interface Change {
  readonly title: string;
  readonly path: readonly string[];
  /** Undefined: the member is left out. */
  readonly value: SentValue | undefined;
}

const most = 60;

/** Tests that a body is held to its schema, keyword by keyword, and that what it just allows is taken. */
export function bodyTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (plan.operation.body === undefined || !plan.isValid) return [];
  return [
    ...refusesChanges(plan, home),
    ...acceptsBounds(plan, home),
    ...unreadable(plan, home),
    ...unstorable(plan, home),
    ...otherMedia(plan, home),
    ...noBody(plan, home),
  ];
}

function refusesChanges(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (plan.body === undefined) return [];
  const cases = bodyChanges(plan, home).slice(0, most);
  const make = `${plan.name}(${plan.item === undefined ? "" : rowVariable(plan.item)})`;
  // A name with other characters is escaped in a pointer.
  const isNamed = cases.every(
    ({ path }) => path.length > 0 && /^[\w-]+$/.test([...(plan.body?.wrap ?? []), ...path][0] ?? ""),
  );
  return caseTest(
    "refuses $title",
    cases.map(({ title, path, value }) => {
      const code = value === undefined ? "undefined" : shortCode(value);
      return `{ title: ${literal(commentText(title))}, at: ${literal(bodyPointer(plan, ...path))}, value: ${code} }`;
    }),
    "{ at, value }",
    [
      ...(plan.item === undefined ? [] : [givenRow(plan.item, home)]),
      `const request = changed(await ${make}, at, value);`,
      ...expectRefusal(plan, home, refusal(plan.operation, "body"), isNamed ? 'at.split("/")[2]' : undefined),
    ],
  );
}

/** Changes after which the body is not valid any more: each is checked against the schema. */
function bodyChanges(plan: RequestPlan, home: TestHome): readonly Change[] {
  const { body, operation } = plan;
  if (body === undefined) return [];
  const sample = sampleBody(plan);
  const isForm = !/json|\*\/\*/.test(operation.body?.mediaTypes[0] ?? "");
  const place = placeName(operation);
  const found: Change[] = [];
  const add = (change: Change, schema: Schema): void => {
    if (isForm && (change.value === null || typeof change.value === "object")) return;
    // In a form, one text is a list of one.
    if (isForm && typeOf(schema) === "array" && typeof change.value === "string") return;
    if (isForm && typeOf(schema) === "string" && typeof change.value !== "string" && change.value !== undefined) return;
    if (change.value !== undefined && isWide(change.value)) {
      found.push(change);
      return;
    }
    const sent = replaced(sample, change.path, change.value);
    if (!conforms(body.schema, isForm ? (saidByForm(sent) ?? {}) : sent)) found.push(change);
  };
  const visit = (schema: Schema, path: readonly string[], value: Json): void => {
    const record = isRecord(value) ? value : undefined;
    const where = (name: string): string => [place, ...path, name].join(".");
    for (const name of schema.required ?? []) {
      if (record !== undefined && Object.hasOwn(record, name)) {
        add(
          {
            title: `a body without ${[...path, name].join(".")} (${where(name)} required)`,
            path: [...path, name],
            value: undefined,
          },
          {},
        );
      }
    }
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      for (const violation of violations([...path, name].join("."), member)) {
        add(
          {
            title: `${violation.title} (${where(name)} ${violation.keyword})`,
            path: [...path, name],
            value: violation.value ?? null,
          },
          member,
        );
      }
      const inner = record === undefined || !Object.hasOwn(record, name) ? undefined : record[name];
      if (path.length < 1 && inner !== undefined && member.properties !== undefined && isRecord(inner))
        visit(member, [...path, name], inner);
    }
    if ((schema.minProperties ?? 0) > 0) {
      add({ title: `too few members (${[place, ...path].join(".")} minProperties)`, path, value: {} }, {});
    }
    if (schema.additionalProperties === false) {
      add(
        {
          title: `a member that is not known (${[place, ...path].join(".")} additionalProperties)`,
          path: [...path, "notKnown"],
          value: "unknown",
        },
        {},
      );
    }
  };
  visit(body.schema, [], sample);
  return [...found, ...readOnlyChanges(plan, home, place)];
}

/** Read-only members are refused, whatever they hold. */
function readOnlyChanges(plan: RequestPlan, home: TestHome, place: string): readonly Change[] {
  const { body, operation } = plan;
  if (body === undefined || home.context.options.readOnly !== "refuse") return [];
  return body.members.flatMap(({ name, schema }) => {
    const isRefused = schema.not !== undefined && Object.keys(schema.not).length === 0;
    const raw =
      isRefused && operation.body !== undefined ? rawMember(operation.body.schema, name, home.context) : undefined;
    const value =
      raw === undefined
        ? undefined
        : commonSample([withoutNull(home.context.resolved(raw))], undefined, 0, examplesOf(raw, home.context));
    return value === undefined
      ? []
      : [{ title: `${name}, which is read-only (${place}.${name} readOnly)`, path: [name], value }];
  });
}

function sampleBody(plan: RequestPlan): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    (plan.body?.members ?? []).flatMap(({ name, code, value }) =>
      code === undefined || value === undefined ? [] : [[name, value]],
    ),
  );
}

/** The body with another value at a path. */
export function replaced(body: Json, path: readonly string[], value: Json | undefined): Json {
  const [first, ...rest] = path;
  if (first === undefined) return value ?? null;
  const record = isRecord(body) ? body : {};
  const inner = rest.length === 0 ? value : replaced(record[first] ?? {}, rest, value);
  const others = Object.entries(record).filter(([name]) => name !== first);
  return Object.fromEntries([...others, ...(inner === undefined ? [] : [[first, inner] as const])]);
}

function acceptsBounds(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { body, operation } = plan;
  const entity = home.entity;
  if (body === undefined || operation.kind === "custom" || entity === undefined) return [];
  const answer = shownRow(plan, entity);
  // A bare key says nothing of what was stored.
  const shown = answer?.entity === "" ? undefined : answer;
  const sample = sampleBody(plan);
  const isForm = !/json|\*\/\*/.test(operation.body?.mediaTypes[0] ?? "");
  const cases = body.members.flatMap(({ name, schema, write, code }) => {
    const target = write?.target;
    if (isForm || code === undefined || target?.kind !== "field") return [];
    const field = fieldOf(entity, target.field);
    if (field.column === undefined || field.references !== undefined || entity.key.fields.includes(field.name))
      return [];
    if (home.entity !== undefined && field.name === ownSubjectField(home.entity)) return [];
    const seen = field.origin === "write" ? undefined : shown?.members.find((one) => one.field === field.name);
    // That null clears, in a change, is another test.
    const takesNull = !field.isStoredNotNull && operation.kind !== "update";
    // An answer may be stricter than the body: what it cannot show is not sent.
    const showable = seen === undefined ? {} : withoutNull(home.context.resolved(field.schema));
    const keeps = (value: Json): boolean =>
      value === null ? takesNull : isKept(field.type, value) && conforms(showable, value);
    const fits = (value: SentValue): boolean =>
      // Integers that no number holds fit the member's schema, and no other way of asking can tell.
      isWide(value) || (keeps(value) && conforms(body.schema, replaced(sample, [name], value)));
    return boundaries(schema)
      .filter(({ value }) => fits(value))
      .map(({ title, value }) => {
        const code = (member: ShownMember): string => (value === null ? shownNothing(member) : shortCode(value));
        const expected = seen === undefined ? "{}" : expectation([{ path: seen.path, code: code(seen) }]);
        return `{ title: ${literal(commentText(`${name} of ${title}`))}, at: ${literal(bodyPointer(plan, name))}, value: ${shortCode(value)}, shown: ${expected} }`;
      });
  });
  const make = `${plan.name}(${plan.item === undefined ? "" : rowVariable(plan.item)})`;
  return caseTest(
    "accepts $title",
    cases.slice(0, most),
    shown === undefined ? "{ at, value }" : "{ at, value, shown }",
    [
      ...(plan.item === undefined ? [] : [givenRow(plan.item, home)]),
      `const request = changed(await ${make}, at, value);`,
      `const response = ${send(plan)};`,
      expectStatus("response", plan, operation.success.status),
      ...(shown === undefined ? [] : [`expect(valueAt(response, ${literal(shown.at)})).toHold(shown);`]),
    ],
  );
}

function contentType(plan: RequestPlan): string {
  const [type = "application/json"] = plan.operation.body?.mediaTypes ?? [];
  return type.includes("*") ? "application/json" : (type.split(";")[0]?.trim() ?? type);
}

function unreadable(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (!isJson(plan)) return [];
  return caseTest("cannot read $title", ["...unreadableBodies"], "{ payload }", [
    ...arrange(plan, home),
    `const headers = { "content-type": ${literal(contentType(plan))} };`,
    expectStatus(
      send(plan, `{ ...request, body: undefined, payload, headers${headersOf(plan)} }`),
      plan,
      refusal(plan.operation, "unreadable"),
    ),
  ]);
}

/** Texts that are JSON, and that no database stores and prints again, in a body that is valid otherwise. */
function unstorable(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (!isJson(plan)) return [];
  const member = plan.body?.members.find(({ schema, value }) => typeof value === "string" && isAnyText(schema));
  if (member === undefined) return [];
  const make = `${plan.name}(${plan.item === undefined ? "" : rowVariable(plan.item)})`;
  const cases = ['{ title: "a NUL", value: "a\\u0000" }', '{ title: "half of a surrogate pair", value: "a\\ud800" }'];
  return caseTest(`refuses $title in ${commentText(member.name)}`, cases, "{ value }", [
    ...(plan.item === undefined ? [] : [givenRow(plan.item, home)]),
    `const request = changed(await ${make}, ${literal(bodyPointer(plan, member.name))}, value);`,
    expectStatus(send(plan), plan, refusal(plan.operation, "unreadable")),
  ]);
}

function isAnyText({ type, format, pattern, enum: values, minLength = 0, maxLength = 2 }: Schema): boolean {
  return type === "string" && (format ?? pattern ?? values) === undefined && minLength <= 2 && maxLength >= 2;
}

function headersOf(plan: RequestPlan): string {
  return plan.members.some((member) => member.startsWith("headers:")) ? ": { ...request.headers, ...headers }" : "";
}

function otherMedia(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const types = plan.operation.body?.mediaTypes ?? [];
  if (types.some((type) => type.includes("*"))) return [];
  const other =
    ["application/x-unheard-of", "text/x-unheard-of"].find((type) => !types.includes(type)) ?? "text/x-unheard-of";
  return [
    plainTest("answers 415 to another media type", [
      ...arrange(plan, home),
      `const headers = { "content-type": ${literal(other)} };`,
      expectStatus(
        send(plan, `{ ...request, body: undefined, payload: "text", headers${headersOf(plan)} }`),
        plan,
        415,
      ),
    ]),
  ];
}

function noBody(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (plan.operation.body?.isRequired !== true) return [];
  if (plan.body !== undefined && (plan.body.schema.required ?? []).length === 0 && !isJson(plan)) return [];
  return [
    plainTest(`refuses a request without a body (${placeName(plan.operation)} required)`, [
      ...arrange(plan, home),
      expectStatus(send(plan, "{ ...request, body: undefined }"), plan, refusal(plan.operation, "body")),
    ]),
  ];
}
