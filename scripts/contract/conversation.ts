import type { Model, Operation } from "../../src/model/model.ts";
import { contradictionIn } from "./contradictions.ts";
import { judge } from "./judge.ts";
import type { Exchange, Violation } from "./judge.ts";
import type { DocumentedOperation, Original } from "./original.ts";
import { probesOf } from "./probes.ts";
import { seeded } from "./random.ts";
import { invalidRequests, validRequest } from "./requests.ts";
import type { Making, Request } from "./requests.ts";
import { knownRows } from "./rows.ts";
import type { Row } from "./rows.ts";
import { readSchemas } from "./schemas.ts";
import { send } from "./send.ts";
import type { Target, Twist } from "./send.ts";
import { storyMistakes } from "./stories.ts";

/** What an operation was asked and what it answered, in numbers. */
export interface Tally {
  readonly operation: string;
  readonly kind: string;
  valid: number;
  invalid: number;
  other: number;
  succeeded: number;
  /** Answers by status. */
  readonly statuses: Map<number, number>;
}

export interface Conversation {
  readonly tallies: readonly Tally[];
  readonly violations: readonly Violation[];
  /** Operations of which no valid request could be made. */
  readonly unasked: readonly string[];
  /** Where the document asks for what no service can do, by operation. */
  readonly contradictions: ReadonlyMap<string, string>;
}

export interface Asked {
  readonly original: Original;
  readonly model: Model;
  /** Rows that are in place before. */
  readonly stored: readonly Row[];
  readonly target: Target;
  readonly seed: number;
  readonly rounds: number;
}

/**
 * Talks to a service about everything that its document describes: creates, lists, reads, changes and deletes, several
 * rounds of it, with valid requests and with such as are wrong in one place; and judges every answer by the document.
 */
export async function converse(asked: Asked): Promise<Conversation> {
  const { original, model, target, seed, rounds } = asked;
  const random = seeded(seed);
  const answers = readSchemas(original, "response");
  const making: Making = {
    model,
    schemas: readSchemas(original, "request"),
    rows: knownRows(model, random, asked.stored),
    random,
  };
  const modelled = new Map(model.operations.map((one) => [`${one.method.toUpperCase()} ${one.path}`, one]));
  const tallies = new Map<string, Tally>();
  const violations: Violation[] = [];
  const taken = new Set<string>();
  const unasked = new Set<string>();
  const contradictions = new Map<string, string>();

  const ask = async (request: Request, twist?: Twist): Promise<Exchange> => {
    const { operation } = request;
    const known = modelled.get(operation.title);
    const exchange = await send(target, request, twist);
    const tally = tallies.get(operation.title) ?? newTally(operation.title, kindOf(known));
    tallies.set(operation.title, tally);
    tally[request.intent] += 1;
    tally.statuses.set(exchange.status, (tally.statuses.get(exchange.status) ?? 0) + 1);
    // What a valid request has put there is shown as it is, even where the answer's own schema is a narrower one.
    if (request.intent !== "invalid" && exchange.status < 300)
      for (const text of scalarsOf([request.body, request.query, parsed(twist?.payload), searched(twist)]))
        taken.add(text);
    const found = judge(exchange, answers, { isOpen: isOpen(known, request, twist), taken });
    const contradiction = contradictionIn(request, exchange, known, { original, model, answers });
    if (contradiction !== undefined) contradictions.set(operation.title, contradiction);
    // Whether a patch can be applied depends on what it is applied to.
    const mayRefuse = contradiction !== undefined || known?.variant === "json-patch";
    violations.push(...found.filter(({ kind }) => !mayRefuse || kind !== "a valid request refused"));
    if (exchange.status >= 200 && exchange.status < 400 && twist === undefined) tally.succeeded += 1;
    return exchange;
  };

  const askValid = async (operation: DocumentedOperation, turn: number): Promise<void> => {
    const known = modelled.get(operation.title);
    const fullness = turn === 0 ? "least" : turn === 1 ? "most" : "some";
    // A row may be gone with the one that it belonged to; another one is asked for then.
    for (let tries = 0; tries < 5; tries += 1) {
      const request = validRequest(operation, known, fullness, making);
      if (request === undefined) return void unasked.add(operation.title);
      const exchange = await ask(request);
      if (exchange.status === 404 && request.row !== undefined) making.rows.forget(request.row);
      // What others refer to is kept; another row may go.
      else if (exchange.status !== 409 || known?.kind !== "delete") {
        await follow(request, exchange, known);
        return;
      }
    }
  };

  const follow = async (request: Request, exchange: Exchange, known: Operation | undefined): Promise<void> => {
    if (exchange.status >= 300 || known === undefined) return;
    const rows = remembered(request, exchange, known, making);
    if (known.kind === "delete" && request.row !== undefined) making.rows.forget(request.row);
    const context = { request, exchange, known, rows, original, modelled, ask };
    for (const [kind, detail] of await storyMistakes(context))
      violations.push({ operation: request.operation.title, kind, detail, exchange });
  };

  const ordered = inOrder(original.operations, modelled);
  // What is there already is asked for before anything else, or nothing could be made that belongs to it.
  for (const operation of ordered) if (isPlainList(operation, modelled)) await askValid(operation, 0);
  for (let round = 0; round < rounds; round += 1) {
    for (const operation of ordered) {
      const kind = modelled.get(operation.title)?.kind ?? "custom";
      const times = kind === "create" ? 5 : kind === "custom" || kind === "delete" ? 2 : 3;
      for (let turn = 0; turn < times; turn += 1) await askValid(operation, turn);
      // What a delete leaves is little to be wrong about: it is asked last, and once more with what is not valid.
      for (const request of wrongRequests(operation, modelled.get(operation.title), making)) await ask(request);
    }
  }
  for (const operation of original.operations) {
    const request = validRequest(operation, modelled.get(operation.title), "least", making);
    if (request === undefined) continue;
    for (const twist of twistsOf(operation, original)) await askTwisted(request, twist, ask, violations);
    for (const { title, twist } of probesOf(request, random))
      await ask({ ...request, intent: "other", flaw: title }, twist);
  }
  return { tallies: [...tallies.values()], violations, unasked: [...unasked], contradictions };
}

function parsed(payload = "null"): unknown {
  try {
    return JSON.parse(payload) as unknown;
  } catch {
    return null;
  }
}

/** The values that a search of one's own asks for. */
function searched(twist: Twist = {}): readonly string[] {
  return [...new URLSearchParams(twist.search).values()];
}

function isPlainList({ title, path }: DocumentedOperation, modelled: ReadonlyMap<string, Operation>): boolean {
  return modelled.get(title)?.kind === "list" && !path.includes("{");
}

/** What needs business logic for every call is left to it, whatever else it is. */
function kindOf(known: Operation | undefined): string {
  if (known === undefined) return "unknown";
  return known.parameters.some(({ role, isRequired }) => role.kind === "slot" && isRequired) ? "custom" : known.kind;
}

function scalarsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [JSON.stringify(value)];
  return Object.values(value).flatMap(scalarsOf);
}

function newTally(operation: string, kind: string): Tally {
  return { operation, kind, valid: 0, invalid: 0, other: 0, succeeded: 0, statuses: new Map() };
}

/** Business logic that nobody has written answers 501: a custom operation's, or a filter's that is used. */
function isOpen(known: Operation | undefined, { query }: Request, { search = "" }: Twist = {}): boolean {
  if (known === undefined || known.kind === "custom") return true;
  const given = new Set([
    ...Object.keys(query),
    ...new URLSearchParams(search.replaceAll(/%(?![\da-f]{2})/gi, "")).keys(),
  ]);
  return known.parameters.some(
    ({ role, name }) => role.kind === "slot" && [...given].some((one) => isNamed(one, name)),
  );
}

/** `a`, `a[]` and `a[b]` */
function isNamed(given: string, name: string): boolean {
  return given === name || given.startsWith(`${name}[`);
}

function remembered({ params }: Request, exchange: Exchange, known: Operation, { rows }: Making): readonly Row[] {
  try {
    const body: unknown = exchange.body === "" ? undefined : JSON.parse(exchange.body);
    return rows.remember(known, params, { body, location: exchange.headers.get("location") });
  } catch {
    return [];
  }
}

const turns = ["create", "list", "read", "replace", "update", "custom", "delete"];

/** What is made comes first, from the outside in; deletes last, the deepest first. */
function inOrder(
  operations: readonly DocumentedOperation[],
  modelled: ReadonlyMap<string, Operation>,
): readonly DocumentedOperation[] {
  const turn = ({ title }: DocumentedOperation): number => turns.indexOf(modelled.get(title)?.kind ?? "custom");
  const depth = ({ path }: DocumentedOperation): number => path.split("{").length;
  return operations.toSorted((left, right) => {
    const between = turn(left) - turn(right);
    if (between !== 0) return between;
    return turns[turn(left)] === "delete" ? depth(right) - depth(left) : depth(left) - depth(right);
  });
}

function wrongRequests(
  operation: DocumentedOperation,
  known: Operation | undefined,
  making: Making,
): readonly Request[] {
  const request = validRequest(operation, known, "some", making);
  return request === undefined ? [] : invalidRequests(request, 8, making);
}

/** A twist, and the statuses that answer it; any of them. */
interface Expected {
  readonly title: string;
  readonly twist: Twist;
  readonly statuses: readonly number[];
}

/** What HTTP has an answer to, whatever the document says. */
function twistsOf(operation: DocumentedOperation, { operations }: Original): readonly Expected[] {
  const { path, method, body, isOpen: needsNothing } = operation;
  const served = operations.filter((one) => sameShape(one.path, path)).map((one) => one.method);
  const missing = ["DELETE", "PATCH", "PUT", "POST"].find((one) => !served.includes(one));
  const twists: Expected[] = [];
  if (!needsNothing) twists.push({ title: "without credentials", twist: { isAnonymous: true }, statuses: [401, 403] });
  if (missing !== undefined && method !== "HEAD")
    twists.push({ title: `with the method ${missing}`, twist: { method: missing }, statuses: [405, 404, 401] });
  if (method === "GET" && !served.includes("HEAD"))
    twists.push({ title: "with HEAD", twist: { method: "HEAD" }, statuses: [] });
  // A body of GET has no meaning (RFC 9110, 9.3.1), and clients send none.
  const types = method === "GET" || method === "HEAD" ? [] : [...(body?.content.keys() ?? [])];
  if (types.length > 0 && types.every((type) => /^application\/[\w.+-]*json/.test(type))) {
    // The very body that is right otherwise: nothing but its name is wrong.
    twists.push({ title: "in another media type", twist: { mediaType: "text/csv" }, statuses: [415, 404, 501] });
    const broken = [400, 422, 404, 501];
    const mediaType = types[0] ?? "application/json";
    twists.push({ title: "with half of a body", twist: { mediaType, payload: '{"a": [1, ' }, statuses: broken });
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    twists.push({ title: "with a deep body", twist: { mediaType, payload: deep }, statuses: [...broken, 413] });
    const polluting = '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}';
    twists.push({ title: "with keys of prototypes", twist: { mediaType, payload: polluting }, statuses: [] });
  }
  return twists;
}

/** Paths that differ in the names of their parameters alone are one. */
function sameShape(one: string, other: string): boolean {
  return one.replaceAll(/\{[^}]+\}/g, "{}") === other.replaceAll(/\{[^}]+\}/g, "{}");
}

async function askTwisted(
  request: Request,
  { title, twist, statuses }: Expected,
  ask: (request: Request, twist: Twist) => Promise<Exchange>,
  violations: Violation[],
): Promise<void> {
  const exchange = await ask({ ...request, intent: "other", flaw: title }, twist);
  // Of an alternative of credentials that our own do not open, nothing more can be asked.
  if (exchange.status === 401 || exchange.status === 403) return;
  if (statuses.length > 0 && !statuses.includes(exchange.status))
    violations.push({
      operation: request.operation.title,
      kind: `an unexpected answer to a request ${title.replace(/ [A-Z]+$/, "")}`,
      detail: `${exchange.status} ${exchange.body.slice(0, 200)}`,
      exchange,
    });
}
