import type { ErrorConvention, ErrorShape, Failure, Model, Operation } from "../../model/model.ts";
import { variableName } from "../../model/names.ts";
import { literal, propertyKey } from "../../render/escape.ts";
import { errorBodyCode, problemDetails } from "./error-bodies.ts";
import { challenge } from "./security.ts";

/** templates/project/src/http/errors.ts, errors.test.ts */
export interface ErrorsView {
  /** `"not-found": 404` */
  readonly statuses: readonly string[];
  /** The same as cases of a test: literals. */
  readonly kinds: readonly { readonly kind: string; readonly status: number }[];
  /** Statuses of the same. */
  readonly malformed: number;
  readonly malformedPath: number;
  readonly invalid: number;
  /** Literal of the media type of the API's own errors. */
  readonly standardType: string;
  /** What the body of those has a place for: `saysPart` is which part of the request is to blame. */
  readonly saysTitle: boolean;
  readonly saysCode: boolean;
  readonly saysDetail: boolean;
  readonly saysPart: boolean;
  /** It has a list of what is wrong, and leaves an empty one out. */
  readonly hasSparseList: boolean;
  readonly bodies: readonly BodyView[];
  readonly hasOtherBodies: boolean;
  readonly hasFieldMaps: boolean;
  /** What bodies tell, besides status, title, code and detail. */
  readonly tellsErrors: boolean;
  readonly tellsViolations: boolean;
  /** Either of them. */
  readonly tellsParts: boolean;
  readonly tellsField: boolean;
  readonly tellsRequest: boolean;
  readonly tellsInstance: boolean;
  readonly tellsTime: boolean;
  /** The type of one violation, the name of their list, and the parameter that facts of the request come from. */
  readonly violationType: string;
  readonly parts: string;
  readonly requestParameter: string;
  /** Some bodies are plain texts. */
  readonly hasTexts: boolean;
  /** Literal of the header WWW-Authenticate; "" where nothing asks for credentials. */
  readonly challenge: string;
  readonly words: string;
}

interface BodyView {
  readonly name: string;
  readonly mediaType: string;
  readonly parameters: string;
  readonly expression: string;
}

/** As in templates/project/src/failure.ts. */
export type FailureKind =
  | "malformed"
  | "malformed-path"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "invalid"
  | "not-implemented"
  | "contended"
  | "unavailable";

export type Statuses = Readonly<Partial<Record<FailureKind, number>>>;

export function errorsView(model: Model): ErrorsView {
  const bodies = errorBodies(model);
  const codes = bodies.map((body) => ({ ...body, code: errorBodyCode(body.shape) }));
  return {
    statuses: Object.entries(apiStatuses(model)).map(([kind, status]) => `${propertyKey(kind)}: ${status}`),
    kinds: Object.entries(apiStatuses(model)).map(([kind, status]) => ({ kind: literal(kind), status })),
    malformed: apiStatuses(model).malformed,
    malformedPath: apiStatuses(model)["malformed-path"],
    invalid: apiStatuses(model).invalid,
    standardType: literal(standardBody(model.errors).mediaType),
    ...saidByStandard(model),
    bodies: codes.map(({ name, mediaType, code }) => ({
      name,
      mediaType: literal(mediaType),
      parameters: code.parameters,
      expression: code.expression,
    })),
    hasOtherBodies: bodies.length > 1,
    ...toldFacts(new Set(codes.flatMap(({ code }) => [...code.uses]))),
    hasFieldMaps: codes.some(({ code }) => code.usesFieldMap),
    hasTexts: bodies.some(({ mediaType }) => !isJson(mediaType)),
    challenge: challenge(model),
    words: model.errors.kind === "problem" ? "as problem details (RFC 9457)" : "in the document's own schema",
  };
}

function saidByStandard(model: Model) {
  const { uses, expression } = errorBodyCode(standardBody(model.errors).shape);
  const told = toldFacts(new Set(errorBodies(model).flatMap(({ shape }) => [...errorBodyCode(shape).uses])));
  return {
    saysTitle: uses.has("title"),
    saysCode: uses.has("code"),
    saysDetail: uses.has("detail"),
    // Where some body lists what is wrong, the detail of the others does not say where it is.
    saysPart: uses.has("pointer") || uses.has("field") || (!told.tellsParts && uses.has("detail")),
    hasSparseList: expression.includes("errors.length === 0 ? undefined"),
  };
}

function toldFacts(uses: ReadonlySet<string>) {
  return {
    violationType: uses.has("field") ? "FieldViolation" : "Violation",
    parts: uses.has("field") ? "parts" : "errors",
    requestParameter: uses.has("requestId") || uses.has("instance") ? "request" : "_request",
    tellsErrors: uses.has("errors"),
    tellsViolations: uses.has("violations"),
    tellsParts: uses.has("errors") || uses.has("violations"),
    tellsField: uses.has("field"),
    tellsRequest: uses.has("requestId"),
    tellsInstance: uses.has("instance"),
    tellsTime: uses.has("timestamp"),
  };
}

/** The statuses of the protocol, where no operation says anything. */
const protocolStatuses: Readonly<Record<FailureKind, number>> = {
  malformed: 400,
  "malformed-path": 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  invalid: 400,
  "not-implemented": 501,
  contended: 503,
  unavailable: 503,
};

interface StatusRule {
  readonly kind: FailureKind;
  /** Whether the operation can fail so. */
  readonly when: (operation: Operation) => boolean;
  /** The first that the operation documents is used; where it documents none of them, the protocol's own. */
  readonly choices: readonly number[];
  /** Any request can be wrong so, whatever its operation says of queries and paths. */
  readonly isAnywhere?: true;
}

/**
 * Kinds of failures for which documents choose between several statuses. A conflict is none of them: what contradicts
 * other rows is valid by the document, and a status that is documented for invalid requests would say that it is not.
 */
const rules: readonly StatusRule[] = [
  {
    kind: "malformed",
    when: ({ body, parameters }) => body !== undefined || parameters.some((parameter) => parameter.in !== "path"),
    choices: [400, 422],
    isAnywhere: true,
  },
  {
    kind: "malformed-path",
    when: ({ parameters }) => parameters.some((parameter) => parameter.in === "path"),
    choices: [400, 422, 404],
    isAnywhere: true,
  },
  { kind: "invalid", when: ({ body }) => body !== undefined, choices: [422, 400] },
  { kind: "contended", when: ({ kind, slots }) => kind === "custom" || slots.length > 0, choices: [409] },
];

/** What an operation's own documentation says; a range or a default leaves it to the other operations. */
function documentedStatuses(operation: Operation): Statuses {
  const found = rules.flatMap((rule) => (rule.when(operation) ? documentedStatus(rule, operation) : []));
  return Object.fromEntries(found);
}

function documentedStatus(
  { kind, choices }: StatusRule,
  operation: Operation,
): readonly (readonly [FailureKind, number])[] {
  const documented = statusesIn(operation);
  const chosen = choices.find((status) => documented.has(status));
  if (chosen === undefined && isOpen(operation)) return [];
  return [[kind, chosen ?? protocolStatuses[kind]]];
}

function statusesIn({ failures }: Operation): ReadonlySet<number> {
  return new Set(failures.map(({ status }) => status));
}

function isOpen(operation: Operation): boolean {
  const documented = statusesIn(operation);
  return documented.has(0) || documented.has(4);
}

const knownStatuses = new WeakMap<Model, Readonly<Record<FailureKind, number>>>();

/** What most operations that can fail so document. */
export function apiStatuses(model: Model): Readonly<Record<FailureKind, number>> {
  const known = knownStatuses.get(model) ?? majority(model);
  knownStatuses.set(model, known);
  return known;
}

function majority(model: Model): Readonly<Record<FailureKind, number>> {
  const said = model.operations.map(documentedStatuses);
  const chosen = rules.flatMap(({ kind, choices }) => {
    const votes = said.flatMap((statuses) => statuses[kind] ?? []);
    const candidates = [protocolStatuses[kind], ...choices];
    const counts = candidates.map((status) => votes.filter((vote) => vote === status).length);
    const winner = candidates[counts.indexOf(Math.max(...counts))];
    return winner === undefined ? [] : [[kind, winner] as const];
  });
  return { ...protocolStatuses, ...Object.fromEntries(chosen) };
}

/** The statuses of an operation's failures, where they differ from those of the API. */
export function operationStatuses(operation: Operation, model: Model): Statuses {
  const usual = apiStatuses(model);
  const documented = statusesIn(operation);
  const own = rules.flatMap((rule) => {
    // A query that nobody documents can be wrong all the same, and a usual status be one that means nothing here.
    const isStrange = rule.isAnywhere === true && usual[rule.kind] === 422 && !documented.has(422);
    return rule.when(operation) || isStrange ? documentedStatus(rule, operation) : [];
  });
  return Object.fromEntries(own.filter(([kind, status]) => usual[kind] !== status));
}

/** One body that errors of this API can have. */
interface ErrorBody {
  readonly name: string;
  readonly mediaType: string;
  readonly shape: ErrorShape;
}

const knownBodies = new WeakMap<Model, readonly ErrorBody[]>();

/** The API's own error body first, then those of single failures. */
function errorBodies(model: Model): readonly ErrorBody[] {
  const known = knownBodies.get(model);
  if (known !== undefined) return known;
  const bodies: ErrorBody[] = [{ name: "standard", ...standardBody(model.errors) }];
  for (const operation of model.operations) {
    for (const failure of operation.failures) {
      const body = bodyOf(failure, model);
      if (bodies.some((other) => isSame(other, body))) continue;
      bodies.push({ name: freeName(failure, operation, bodies), ...body });
    }
  }
  knownBodies.set(model, bodies);
  return bodies;
}

/** Which body an operation's errors have, by status, where it is not the API's own: `{ 404: "plainError" }` as pairs. */
export function operationErrors(operation: Operation, model: Model): readonly (readonly [string, string])[] {
  const bodies = errorBodies(model);
  const named = operation.failures.map((failure) => {
    const body = bodyOf(failure, model);
    return [statusKey(failure.status), bodies.find((other) => isSame(other, body))?.name ?? "standard"] as const;
  });
  const isWide = named.some(([key, name]) => !/^\d+$/.test(key) && name !== "standard");
  return named.filter(([, name]) => isWide || name !== "standard");
}

function statusKey(status: number): string {
  if (status === 0) return "default";
  return status < 10 ? `${status}XX` : String(status);
}

/** Whether the API's own errors have words for the part of a request that is to blame. */
export function tellsParts(model: Model): boolean {
  const { uses } = errorBodyCode(standardBody(model.errors).shape);
  return uses.has("errors") || uses.has("violations") || uses.has("detail");
}

function standardBody(errors: ErrorConvention): Omit<ErrorBody, "name"> {
  return { mediaType: errors.mediaType, shape: errors.shape ?? problemDetails };
}

/** A failure without a body of its own has the API's; of media types that we can't write, JSON is left. */
function bodyOf({ mediaType, shape }: Failure, { errors }: Model): Omit<ErrorBody, "name"> {
  const standard = standardBody(errors);
  if (mediaType === undefined) return standard;
  const bare = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  const isText = bare.startsWith("text/") && !isJson(bare);
  if (isText) return { mediaType: bare, shape: shape ?? { kind: "message" } };
  return { mediaType: isJson(bare) ? bare : "application/json", shape: shape ?? standard.shape };
}

function isJson(mediaType: string): boolean {
  return mediaType.includes("json");
}

function isSame(left: Omit<ErrorBody, "name">, right: Omit<ErrorBody, "name">): boolean {
  return left.mediaType === right.mediaType && JSON.stringify(left.shape) === JSON.stringify(right.shape);
}

/** Named for its schema, else for the operation and status that it was first seen at. */
function freeName(failure: Failure, operation: Operation, bodies: readonly ErrorBody[]): string {
  const schema = failure.schema?.$ref?.split("/").at(-1);
  const plain = variableName(schema ?? `${operation.name} ${statusKey(failure.status)}`);
  const taken = new Set(bodies.map(({ name }) => name));
  let name = plain;
  for (let number = 2; taken.has(name); number += 1) name = `${plain}${number}`;
  return name;
}
