import type { Json, Schema } from "../../../document/openapi.ts";
import { withoutNull } from "../../nullable.ts";
import type { Entity, Parameter } from "../../../model/model.ts";
import { commentText, literal, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { namesRow } from "../operations/keys.ts";
import { isLinking } from "../operations/runner.ts";
import { conforms } from "../../conforms.ts";
import { isMarkedExact } from "../../exact.ts";
import { typeOf } from "../../sample.ts";
import { violations } from "../../violations.ts";
import { arrange, expectRefusal, expectStatus, send } from "./items.ts";
import type { RequestPlan } from "./requests.ts";
import { commonSample } from "./samples.ts";
import { pointer } from "./shown.ts";
import { refusal } from "./statuses.ts";
import { shortCode } from "./text-code.ts";
import { caseTest, plainTest, type TestHome, type TestView } from "./test-view.ts";
import { bodyPointer } from "./sent.ts";
import { mostUniques } from "./uniques.ts";

const most = 40;

/** Tests that parameters are held to their schemas, and that a path leads to what is there only. */
export function parameterTests(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (!plan.isValid) return [];
  return [
    ...acceptedValues(plan, home),
    ...refusedParts(plan, home, "query"),
    ...refusedParts(plan, home, "header"),
    ...refusedParts(plan, home, "cookie"),
    ...malformedPaths(plan, home),
    ...unknownPaths(plan, home),
    ...missingParts(plan, home),
  ];
}

/** Texts that a parameter's schema refuses once they are decoded; each is checked. */
function refusedTexts(
  name: string,
  schema: Schema,
): readonly { readonly title: string; readonly text: string | number | boolean }[] {
  const bare = withoutNull(schema);
  const item = bare.type === "array" && bare.items !== undefined ? withoutNull(bare.items) : bare;
  const given = violations(name, item).flatMap(({ title, keyword, value }) =>
    typeof value === "bigint" || typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [{ title: `${title} (${keyword})`, text: typeof value === "bigint" ? String(value) : value }]
      : [],
  );
  const others =
    bare.type === "array" || given.length > 0 ? [] : [{ title: `${name} of another type`, text: "not-a-value" }];
  const notations = typeOf(item) === "integer" ? ["1e1", "0x10"] : [];
  const odd = notations.map((text) => ({ title: `${name} written as ${text}`, text }));
  return [...given, ...odd, ...others].filter(({ text }, at, all) => {
    const isFirst = all.findIndex((one) => String(one.text) === String(text)) === at;
    return isFirst && String(text) !== "" && (isBeyond(item, text) || !isAccepted(item, String(text)));
  });
}

/** More digits than 64 bits have, which a number does not tell from fewer. */
function isBeyond(schema: Schema, text: string | number | boolean): boolean {
  if (!isMarkedExact(schema) || typeof text !== "string" || !/^-?\d{16,}$/.test(text)) return false;
  return BigInt.asIntN(64, BigInt(text)) !== BigInt(text);
}

/** Whether a text, read as each of the schema's types, may be valid. */
export function isAccepted(schema: Schema, text: string): boolean {
  if ((schema.anyOf ?? schema.oneOf ?? schema.allOf ?? schema.$ref) !== undefined) return true;
  // A number may be as large as it likes, though a sample of ours never is.
  if ([schema.type].flat().includes("number") && Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER) return true;
  const readings = [
    text,
    ...(/^-?\d+(\.\d+)?$/.test(text) ? [Number(text)] : []),
    ...(text === "true" || text === "false" ? [text === "true"] : []),
  ];
  return readings.some((value) => conforms(schema, value));
}

/** Every value of a closed list is taken; that each leads to the right rows is for the tests of filters and orders. */
function acceptedValues(plan: RequestPlan, home: TestHome): readonly TestView[] {
  if (plan.operation.kind !== "list") return [];
  const cases = plan.operation.parameters
    .filter((one) => one.in === "query" && one.style === "form" && ["filter", "sort"].includes(one.role.kind))
    .flatMap(({ name, schema }) => {
      const bare = withoutNull(home.context.request(schema));
      const values = (bare.type === "array" ? withoutNull(bare.items ?? {}) : bare).enum ?? [];
      return values
        .filter((value) => typeof value === "string" && value !== "")
        .map((value) => `{ query: { ${propertyKey(name)}: ${shortCode(value)} } }`);
    });
  const has = plan.members.some((member) => member.startsWith("query:"));
  return caseTest("takes $query in the query", cases.slice(0, most), "{ query }", [
    ...arrange(plan, home),
    expectStatus(
      send(plan, has ? "{ ...request, query: { ...request.query, ...query } }" : "{ ...request, query }"),
      plan,
      plan.operation.success.status,
    ),
  ]);
}

const refusedPlaces = {
  query: { part: "query", words: "in the query" },
  header: { part: "headers", words: "in a header" },
  cookie: { part: "cookies", words: "in a cookie" },
} as const;

function refusedParts(plan: RequestPlan, home: TestHome, place: keyof typeof refusedPlaces): readonly TestView[] {
  const { part, words } = refusedPlaces[place];
  const parameters = plan.operation.parameters.filter((one) => one.in === place && !["deepObject"].includes(one.style));
  const cases = parameters.flatMap((parameter) => {
    const schema = home.context.request(parameter.schema);
    if (isStructured(schema)) return [];
    const texts = refusedTexts(parameter.name, schema).filter(
      ({ text }) => place === "query" || /^[!-~]+$/.test(String(text)),
    );
    const own = texts.map(
      ({ title, text }) =>
        `{ title: ${literal(commentText(title))}, ${part}: { ${propertyKey(parameter.name)}: ${shortCode(place === "query" ? text : String(text))} } }`,
    );
    const isSingle =
      place === "query" && (withoutNull(schema).type === "integer" || withoutNull(schema).type === "boolean");
    return [
      ...own,
      ...(isSingle
        ? [
            `{ title: ${literal(`${commentText(parameter.name)} twice`)}, query: { ${propertyKey(parameter.name)}: ${repeated(schema)} } }`,
          ]
        : []),
    ];
  });
  const has = plan.members.some((member) => member.startsWith(`${part}:`));
  const isNamed = place === "query" && parameters.every(({ name }) => isPlainName(name));
  return caseTest(`refuses $title ${words}`, cases.slice(0, most), `{ ${part} }`, [
    ...arrange(plan, home),
    ...expectRefusal(
      plan,
      home,
      refusal(plan.operation, "parameter"),
      isNamed ? `Object.keys(${part}).join()` : undefined,
      has ? `{ ...request, ${part}: { ...request.${part}, ...${part} } }` : `{ ...request, ${part} }`,
    ),
  ]);
}

/** Others are escaped where an error names them. */
function isPlainName(name: string): boolean {
  return /^[\w-]+$/.test(name);
}

function isStructured(schema: Schema): boolean {
  const inner = schema.type === "array" ? (schema.items ?? {}) : schema;
  return withoutNull(inner).type === "object" || inner.properties !== undefined || inner.type === undefined;
}

function repeated(schema: Schema): string {
  const value = commonSample([withoutNull(schema)], undefined) ?? 1;
  return valueLiteral([value, value]);
}

/** Headers that a request has without being asked. */
const alwaysSent = ["authorization", "content-length", "content-type", "cookie", "host", "user-agent"];

function missingParts(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const credentials = home.context.model.security.schemes.flatMap((scheme) =>
    scheme.kind === "api-key" ? [scheme.parameter.toLowerCase()] : [],
  );
  const required = plan.operation.parameters.flatMap((one) => {
    const isSent = one.in !== "query" && [...alwaysSent, ...credentials].includes(one.name.toLowerCase());
    return one.isRequired && one.in !== "path" && !isSent ? [{ ...refusedPlaces[one.in], name: one.name }] : [];
  });
  return required.map(({ part, words, name }) =>
    plainTest(`refuses a request without ${commentText(name)} ${words}`, [
      ...arrange(plan, home),
      expectStatus(
        send(plan, `without(request, [${literal(pointer([part, name]))}])`),
        plan,
        refusal(plan.operation, "parameter"),
      ),
    ]),
  );
}

function malformedPaths(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const names = plan.operation.parameters.flatMap((one) => (one.in === "path" ? [one.name] : []));
  const cases = plan.operation.parameters
    .filter((one) => one.in === "path")
    .flatMap((parameter) => {
      const schema = withoutNull(home.context.request(parameter.schema));
      const wide = schema.format === "int32" ? ["2147483648"] : [];
      const texts = [...wide, "not-a-key", "~", "1.5", "99999999999999999999", "0x10"].filter(
        (text) =>
          !isAccepted(schema, text) &&
          !isOtherPath(plan, home, parameter, text) &&
          !(parameter.style === "label" && text.includes(".")),
      );
      return texts
        .slice(0, 3 + wide.length)
        .map((text) => `{ name: ${literal(parameter.name)}, value: ${literal(text)} }`);
    });
  return caseTest("refuses $value for $name in the path", cases, "{ name, value }", [
    ...arrange(plan, home),
    ...expectRefusal(
      plan,
      home,
      refusal(plan.operation, "path"),
      names.every(isPlainName) ? "name" : undefined,
      "{ ...request, params: { ...request.params, [name]: value } }",
    ),
  ]);
}

/** Another path of the document may have this very text where the parameter stands. */
function isOtherPath(plan: RequestPlan, home: TestHome, parameter: Parameter, text: string): boolean {
  const path = plan.operation.path.replace(`{${parameter.name}}`, () => text);
  return home.context.model.operations.some((operation) => operation.path === path);
}

/** A key of the parameter's type that no row has, as code; undefined where any text may be one that we cannot tell apart. */
export function unknownKey(schema: Schema): string | undefined {
  const bare = withoutNull(schema);
  if (bare.format === "uuid") return "randomUUID()";
  const candidates = [
    2_147_480_000,
    987_654,
    9_876,
    "00000000-0000-4000-8000-00000000dead",
    "unknown-0",
    "unknown",
    "XX",
  ];
  const found = candidates.find((value) => conforms(bare, value)) ?? unusedSample(bare);
  return found === undefined ? undefined : valueLiteral(found);
}

/** A value that no row of a test has: their unique members take the first samples. */
function unusedSample(schema: Schema): Json | undefined {
  const used = new Set(Array.from({ length: mostUniques }, (_, turn) => commonSample([schema], undefined, turn)));
  const later = Array.from({ length: mostUniques }, (_, turn) => commonSample([schema], undefined, mostUniques + turn));
  return later.find((value) => value !== undefined && !used.has(value));
}

function unknownPaths(plan: RequestPlan, home: TestHome): readonly TestView[] {
  const { operation } = plan;
  // What is left out of the service looks for no row.
  if (operation.kind === "custom" && operation.slot === undefined && !isLinking(operation)) return [];
  const isLookedUp =
    operation.kind !== "custom" ||
    isLinking(operation) ||
    (home.entity !== undefined && namesRow(operation, home.entity, home.context));
  const creates = operation.variant === "upsert" || operation.kind === "create";
  return operation.parameters.flatMap((parameter) => {
    const { role } = parameter;
    const isKey = role.kind === "key" && !creates && operation.kind !== "list" && isLookedUp;
    const isParent = role.kind === "parent" || role.kind === "join";
    if (parameter.in !== "path" || (!isKey && !isParent)) return [];
    const key = unknownKey(home.context.request(parameter.schema));
    if (key === undefined) return [];
    return [
      plainTest(`answers ${refusal(operation, "missing")} where there is no such ${wordsOf(parameter, home.entity)}`, [
        ...arrange(plan, home),
        ...elsewhere(plan, parameter, key),
        expectStatus(send(plan, "unknown"), plan, refusal(operation, "missing")),
      ]),
    ];
  });
}

/** `const unknown = …`: the request with another key in its path, and in its body where that repeats it. */
function elsewhere(plan: RequestPlan, parameter: Parameter, key: string): readonly string[] {
  const { role, name } = parameter;
  const repeated = plan.body?.members.find(
    ({ code, write }) =>
      code !== undefined &&
      role.kind === "key" &&
      (write?.target.kind === "key" || write?.target.kind === "field") &&
      write.target.field === role.field,
  );
  const params = (code: string): string =>
    `{ ...request, params: { ...request.params, ${propertyKey(name)}: ${code} } }`;
  if (repeated === undefined) return [`const unknown = ${params(key)};`];
  const at = literal(bodyPointer(plan, repeated.name));
  const number = typeof repeated.value === "number" ? unknownKey(repeated.schema) : undefined;
  // A path may hold as text what a body holds as a number.
  if (number !== undefined && /^["r]/.test(key))
    return [`const key = ${number};`, `const unknown = changed(${params("String(key)")}, ${at}, key);`];
  return [`const key = ${key};`, `const unknown = changed(${params("key")}, ${at}, key);`];
}

function wordsOf(parameter: Parameter, entity: Entity | undefined): string {
  const { role } = parameter;
  if (role.kind === "key" && entity?.key.fields.length === 1 && entity.key.fields[0] === role.field)
    return entity.name.words;
  return parameter.name;
}
