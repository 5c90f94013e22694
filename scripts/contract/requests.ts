import { isRecord } from "../../src/json.ts";
import type { Model, Operation, Parameter } from "../../src/model/model.ts";
import { flawsOf } from "./flaws.ts";
import { at } from "./original.ts";
import type { DocumentedOperation, DocumentedParameter } from "./original.ts";
import type { Random } from "./random.ts";
import type { Row, Rows } from "./rows.ts";
import type { Schemas } from "./schemas.ts";
import { madeValue } from "./values.ts";
import type { Fullness } from "./values.ts";

/** What an operation is sent. */
export interface Request {
  readonly operation: DocumentedOperation;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly mediaType: string | undefined;
  readonly body: unknown;
  /** The row that it is about, where it is about one. */
  readonly row: Row | undefined;
  readonly intent: "valid" | "invalid" | "other";
  readonly flaw?: string;
}

export interface Making {
  readonly model: Model;
  readonly schemas: Schemas;
  readonly rows: Rows;
  readonly random: Random;
}

/** A valid request; undefined where no valid body is found. */
export function validRequest(
  operation: DocumentedOperation,
  known: Operation | undefined,
  fullness: Fullness,
  making: Making,
): Request | undefined {
  const { random, schemas } = making;
  const { params, row } = pathParams(operation, known, making);
  const roles = new Map(known?.parameters.map((one) => [`${one.in} ${one.name}`, one]));
  let intent: Request["intent"] = "valid";
  const query: Record<string, unknown> = {};
  const headers: Record<string, unknown> = {};
  for (const parameter of operation.parameters) {
    // A header without a name is one that nobody can send.
    if (parameter.in !== "query" && (parameter.in !== "header" || parameter.name === "")) continue;
    const role = roles.get(`${parameter.in} ${parameter.name}`)?.role;
    const isWanted = fullness === "most" ? random.chance(0.6) : fullness === "some" && random.chance(0.3);
    if (!parameter.isRequired && (!isWanted || role?.kind === "cursor")) continue;
    const value = parameterValue(parameter, roles.get(`${parameter.in} ${parameter.name}`), known, making);
    if (value === undefined || schemas.mistakeIn(parameter.pointer, value) !== undefined) {
      if (parameter.isRequired) intent = "other";
      continue;
    }
    // What these may hold, their schema often does not say.
    if (role?.kind === "cursor" || role?.kind === "sort" || role?.kind === "direction") intent = "other";
    if (parameter.in === "query") query[parameter.name] = value;
    else if (!reserved.has(parameter.name.toLowerCase())) headers[parameter.name] = value;
  }
  const body = requestBody(operation, known, fullness, { making, params, row });
  if (body === undefined) return undefined;
  if (!isSayable(body)) intent = "other";
  return { operation, params, query, headers, ...body, row, intent };
}

/** A form has no way to say an object or a list of nothing. */
function isSayable({ mediaType = "", body }: Body): boolean {
  return !/form/.test(mediaType) || !/\{\}|\[\]|null/.test(JSON.stringify(body) ?? "");
}

/** OpenAPI 3: parameters of these names are ignored; what is sent under them is the client's own matter. */
const reserved = new Set(["accept", "content-type", "authorization", "host", "content-length", "connection"]);

interface Address {
  readonly params: Readonly<Record<string, unknown>>;
  readonly row: Row | undefined;
}

/** From the last to the first: what a row lies below is known from the row. */
function pathParams(operation: DocumentedOperation, known: Operation | undefined, making: Making): Address {
  const params: Record<string, unknown> = {};
  const { rows, model } = making;
  const inPath = known?.parameters.flatMap(({ role }) => (role.kind === "key" ? [role.field] : [])) ?? [];
  const isOfItem = known !== undefined && ["read", "replace", "update", "delete"].includes(known.kind);
  const keys = isOfItem && inPath.length === 0 ? keyOf(model, known.entity) : inPath;
  // What is created under a key of the client's choice has a new one.
  const isAboutRow = keys.length > 0 && known?.entity !== undefined && known.kind !== "create";
  const row = isAboutRow ? rows.pick(known.entity ?? "", keys) : undefined;
  let anchor: Row | undefined = row;
  for (const parameter of operation.parameters.filter((one) => one.in === "path").toReversed()) {
    const role = known?.parameters.find((one) => one.in === "path" && one.name === parameter.name)?.role;
    const field = role?.kind === "key" || role?.kind === "parent" ? role.field : undefined;
    let value = field === undefined ? undefined : anchor?.fields[field];
    if (anchor !== undefined && anchor !== row) value = anchor.params[parameter.name] ?? upward(anchor, role, model);
    if (role?.kind === "join") value ??= anchor?.joined?.[role.join];
    value ??= anchor?.params[parameter.name];
    if (value === undefined && (role?.kind === "parent" || role?.kind === "join")) {
      const wanted = role.kind === "parent" ? role.parentField : (keyOf(model, role.entity)[0] ?? role.field);
      const above = rows.pick(role.entity, [wanted]);
      value = above?.fields[wanted];
      anchor ??= above;
    }
    params[parameter.name] = value ?? randomValue(parameter, making) ?? "1";
  }
  return { params, row };
}

function keyOf({ entities }: Model, type: string | undefined): readonly string[] {
  return entities.find(({ name }) => name.type === type)?.key.fields ?? [];
}

/** The key of what a row belongs to. */
function upward(row: Row, role: Parameter["role"] | undefined, model: Model): unknown {
  if (role?.kind !== "parent") return undefined;
  const entity = model.entities.find(({ name }) => name.type === row.entity);
  const relation = entity?.relations.find(({ to, field }) => to === role.entity && field !== undefined);
  return relation?.field === undefined ? undefined : row.fields[relation.field];
}

function parameterValue(
  parameter: DocumentedParameter,
  modelled: Parameter | undefined,
  known: Operation | undefined,
  making: Making,
): unknown {
  const role = modelled?.role;
  const entity = known?.entity ?? "";
  if (role?.kind === "parent") return making.rows.pick(role.entity, [role.parentField])?.fields[role.parentField];
  if (role?.kind === "key") return making.rows.pick(entity, [role.field])?.fields[role.field];
  if (role?.kind === "value") {
    const reference = making.model.entities
      .find(({ name }) => name.type === entity)
      ?.fields.find(({ name }) => name === role.field)?.references;
    if (reference !== undefined) return making.rows.pick(reference.entity, [reference.field])?.fields[reference.field];
  }
  if (role?.kind === "sort") {
    const choice = making.random.pick(known?.list?.sort?.choices ?? [])?.value;
    if (choice !== undefined) return choice;
  }
  return randomValue(parameter, making);
}

function randomValue({ pointer }: { readonly pointer: string }, { schemas, random }: Making): unknown {
  for (let tries = 0; tries < 20; tries += 1) {
    const value = madeValue(at(schemas.root, pointer), { root: schemas.root, random, fullness: "some" });
    if (!isNothing(value) && schemas.mistakeIn(pointer, value) === undefined) return value;
  }
  return undefined;
}

/** A text or list of nothing is the same on the wire as nothing. */
function isNothing(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && (value.length === 0 || value.some(isNothing)));
}

interface Body {
  readonly mediaType: string | undefined;
  readonly body: unknown;
}

interface BodyMaking extends Address {
  readonly making: Making;
}

function requestBody(
  { body }: DocumentedOperation,
  known: Operation | undefined,
  fullness: Fullness,
  { making, params, row }: BodyMaking,
): Body | undefined {
  if (body === undefined || body.content.size === 0) return { mediaType: undefined, body: undefined };
  const types = [...body.content.keys()];
  const json = types.filter((type) => /\bjson\b/.test(type));
  const mediaType = json[0] ?? types.find((type) => /form/.test(type)) ?? types[0] ?? "application/json";
  const pointer = body.content.get(mediaType);
  const sent = mediaType.includes("*") ? "application/json" : mediaType;
  if (pointer === undefined) return { mediaType: sent, body: {} };
  const { schemas, random } = making;
  for (let tries = 0; tries < 40; tries += 1) {
    const wanted = tries < 20 ? fullness : "least";
    const made = madeValue(at(schemas.root, pointer), { root: schemas.root, random, fullness: wanted });
    if (schemas.mistakeIn(pointer, made) !== undefined) continue;
    const filled = withReferences(made, known, { making, params, row });
    if (schemas.mistakeIn(pointer, filled) === undefined) return { mediaType: sent, body: filled };
    return { mediaType: sent, body: made };
  }
  return undefined;
}

/** Members that name other rows name some that there are. */
function withReferences(made: unknown, known: Operation | undefined, { making, params, row }: BodyMaking): unknown {
  const shape = known?.body?.shape;
  if (shape === undefined || known === undefined) return made;
  const entity = making.model.entities.find(({ name }) => name.type === known.entity);
  const copy = structuredClone(made);
  let inner: unknown = copy;
  for (const name of shape.wrap) inner = isRecord(inner) ? inner[name] : undefined;
  if (!isRecord(inner)) return made;
  for (const { name, target } of shape.members) {
    if (!Object.hasOwn(inner, name)) continue;
    if (target.kind === "key") {
      const parameter = known.parameters.find(({ role }) => role.kind === "key" && role.field === target.field);
      const key = row?.fields[target.field] ?? (parameter === undefined ? undefined : params[parameter.name]);
      if (key !== undefined) Reflect.set(inner, name, key);
    }
    if (target.kind === "field" || target.kind === "related-key") {
      const reference = entity?.fields.find((field) => field.name === target.field)?.references;
      if (reference === undefined || inner[name] === null) continue;
      const key = making.rows.pick(reference.entity, [reference.field])?.fields[reference.field];
      if (key !== undefined) put(inner, target.kind === "field" ? [name] : [name, ...target.path], key);
    }
    if (target.kind === "joined-keys") {
      const to = entity?.relations.find((relation) => relation.name === target.relation)?.to ?? "";
      const field = making.model.entities.find((one) => one.name.type === to)?.key.fields[0] ?? "";
      const key = making.rows.pick(to, [field])?.fields[field];
      const sent: unknown = inner[name];
      if (!Array.isArray(sent)) continue;
      const named = key === undefined ? [] : sent.slice(0, 1).map((item: unknown) => put(item, target.path, key));
      Reflect.set(inner, name, named);
    }
  }
  return copy;
}

/** Sets what lies at a path; the value itself where there is no path. */
function put(holder: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (!isRecord(holder)) return value;
  const inner = rest.length > 0 && !isRecord(holder[name]) ? {} : holder[name];
  Reflect.set(holder, name, put(inner, rest, value));
  return holder;
}

/** Requests that are wrong in one place each, by the document's own schemas. */
export function invalidRequests(valid: Request, most: number, { schemas, random }: Making): readonly Request[] {
  const { operation, mediaType, body } = valid;
  const found: Request[] = [];
  const pointer = mediaType === undefined ? undefined : operation.body?.content.get(mediaType);
  // A body of DELETE has no meaning of its own (RFC 9110, 9.3.5), and OpenAPI 3.0 has it ignored.
  if (pointer !== undefined && operation.method !== "DELETE" && /\bjson\b/.test(mediaType ?? "")) {
    for (const { flaw, value } of flawsOf(at(schemas.root, pointer), body, schemas.root, random))
      if (schemas.mistakeIn(pointer, value) !== undefined)
        found.push({ ...valid, body: value, intent: "invalid", flaw: `body ${flaw}` });
  }
  for (const parameter of operation.parameters) {
    for (const text of ["not-valid", "1.5", "", "99999999999999999999", "-1", "0", "\u0000"]) {
      if (!isRefusable(parameter, text, schemas)) continue;
      const flaw = `${parameter.in} ${parameter.name} is ${JSON.stringify(text)}`;
      const place = parameter.in === "path" ? "params" : parameter.in === "query" ? "query" : "headers";
      if (
        place === "headers" &&
        (parameter.name === "" || text === "" || text === "\u0000" || reserved.has(parameter.name.toLowerCase()))
      )
        continue;
      if (parameter.in === "cookie" || (parameter.in === "path" && text === "")) continue;
      found.push({ ...valid, [place]: { ...valid[place], [parameter.name]: text }, intent: "invalid", flaw });
    }
    if (parameter.isRequired && parameter.in === "query") {
      const { [parameter.name]: _, ...query } = valid.query;
      found.push({ ...valid, query, intent: "invalid", flaw: `query ${parameter.name} left out` });
    }
  }
  return shuffled(found, random).slice(0, most);
}

/** Whether no reading of a text is what a parameter's schema allows. */
function isRefusable({ pointer, mediaType }: DocumentedParameter, text: string, schemas: Schemas): boolean {
  if (mediaType !== undefined || at(schemas.root, pointer) === undefined) return false;
  const readings: unknown[] = [text, [text], text === "" ? [] : text];
  const number = Number(text);
  if (text !== "" && Number.isFinite(number)) readings.push(number, [number]);
  return readings.every((value) => schemas.mistakeIn(pointer, value) !== undefined);
}

function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  return items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ item }) => item);
}
