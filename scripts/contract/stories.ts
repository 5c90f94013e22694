import { isRecord } from "../../src/json.ts";
import type { Operation } from "../../src/model/model.ts";
import type { Exchange } from "./judge.ts";
import type { DocumentedOperation, Original } from "./original.ts";
import type { Request } from "./requests.ts";
import type { Row } from "./rows.ts";

/** A write that succeeded, and how to ask what it led to. */
export interface Written {
  readonly request: Request;
  readonly exchange: Exchange;
  readonly known: Operation;
  readonly rows: readonly Row[];
  readonly original: Original;
  readonly modelled: ReadonlyMap<string, Operation>;
  ask(request: Request): Promise<Exchange>;
}

type Mistake = readonly [kind: string, detail: string];

/** What a service must show after a write: what was created or changed at its address, and nothing after a delete. */
export async function storyMistakes(written: Written): Promise<readonly Mistake[]> {
  const { known } = written;
  if (known.kind === "create") return [...keptMistakes(written, written.exchange), ...(await addressMistakes(written))];
  if (known.kind === "replace" || known.kind === "update")
    return [...keptMistakes(written, written.exchange), ...(await readMistakes(written))];
  if (known.kind === "delete") return goneMistakes(written);
  return [];
}

/** What an answer shows under the names of what was sent has to be what was sent. */
function keptMistakes({ request, known }: Written, { status, body }: Exchange): readonly Mistake[] {
  const shape = known.body?.shape;
  if (shape === undefined || shape.held !== undefined || body === "" || status >= 300) return [];
  if (!/\bjson\b/.test(request.mediaType ?? "")) return [];
  let sent: unknown = request.body;
  for (const name of shape.wrap) sent = isRecord(sent) ? sent[name] : undefined;
  if (!isRecord(sent)) return [];
  const shown = rowOf(parsed(body), known);
  if (shown === undefined) return [];
  return shape.members.flatMap(({ name, target }): readonly Mistake[] => {
    if (target.kind !== "field" || sent[name] === undefined || shown[target.field] === undefined) return [];
    if (isSame(sent[name], shown[target.field])) return [];
    // A document may take null where no answer can show it: what was there stays then.
    if (sent[name] === null) return [];
    return [
      ["a value that was changed on its way", `${name}: ${text(sent[name])} became ${text(shown[target.field])}`],
    ];
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 120);
}

/** Fields of the operation's own row in an answer. */
function rowOf(body: unknown, { success }: Operation): Readonly<Record<string, unknown>> | undefined {
  let shape = success.shape;
  let value = body;
  while (shape?.kind === "object") {
    const member = shape.members.find(({ source }) => source.kind === "shape");
    if (member?.source.kind !== "shape" || !isRecord(value)) return undefined;
    value = value[member.name];
    shape = member.source.shape;
  }
  if (shape?.kind !== "row" || !isRecord(value)) return undefined;
  const fields: Record<string, unknown> = {};
  for (const { name, source } of shape.members)
    if (source.kind === "field" && Object.hasOwn(value, name)) fields[source.field] = value[name];
  return fields;
}

/** Dates of one instant are the same, however they are written. */
function isSame(sent: unknown, shown: unknown): boolean {
  if (JSON.stringify(sent) === JSON.stringify(shown)) return true;
  if (typeof sent === "string" && typeof shown === "string" && /^\d{4}-\d\d-\d\dT/.test(sent))
    return Date.parse(sent) === Date.parse(shown);
  if (isRecord(sent) && isRecord(shown)) {
    const names = new Set([...Object.keys(sent), ...Object.keys(shown)]);
    return [...names].every(
      (name) => sent[name] === undefined || shown[name] === undefined || isSame(sent[name], shown[name]),
    );
  }
  if (Array.isArray(sent) && Array.isArray(shown))
    return sent.length === shown.length && sent.every((item, at) => isSame(item, shown[at]));
  const isScalar = typeof sent === "string" || typeof sent === "number" || typeof sent === "boolean";
  return isScalar && (String(sent) === String(shown) || isSameDecimal(String(sent), String(shown)));
}

/**
 * `-0` and `0`, `.5` and `0.5`, `1.` and `1`, `-01.5` and `-1.5` are one number, which a decimal that travels as text may
 * spell so. Zeros in front of digits alone and plus signs are none of this: of a text that is no number they are a part.
 */
function isSameDecimal(sent: string, shown: string): boolean {
  const plain = (text: string): string | undefined => {
    const [, sign = "", whole = "", part = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
    if (whole + part === "") return undefined;
    const isNumber = text.includes(".") || text.startsWith("-");
    const front = isNumber ? whole.replace(/^0+(?=\d)/, "") : whole;
    const digits = `${front === "" ? "0" : front}${part === "" ? "" : `.${part}`}`;
    return `${Number(digits) === 0 ? "" : sign}${digits}`;
  };
  return plain(sent) !== undefined && plain(sent) === plain(shown);
}

async function addressMistakes(written: Written): Promise<readonly Mistake[]> {
  const { rows, exchange, original, modelled } = written;
  const location = exchange.headers.get("location");
  const [row] = rows;
  const read = row === undefined ? undefined : readOf(written);
  const mistakes: Mistake[] = [];
  if (location !== null) {
    const path = new URL(location, exchange.url).pathname.slice(original.basePath.length);
    const operation = operationAt(path, original);
    if (operation !== undefined && !needsMore(operation) && modelled.get(operation.title)?.kind === "read") {
      const params = paramsIn(path, operation.path);
      const found = await written.ask(plain(operation, params, row));
      if (found.status !== 200 && found.status !== 501)
        mistakes.push(["a created item that is not at its address", `${found.status} at ${location}`]);
      else mistakes.push(...keptMistakes({ ...written, known: asRead(written, modelled.get(operation.title)) }, found));
    }
  } else if (read !== undefined) mistakes.push(...(await readMistakes(written)));
  return mistakes;
}

/** The body is that of the write, and the answer that of the read. */
function asRead({ known }: Written, read: Operation | undefined): Operation {
  return read === undefined ? known : { ...known, success: read.success };
}

function plain(
  operation: DocumentedOperation,
  params: Readonly<Record<string, unknown>>,
  row: Row | undefined,
): Request {
  return { operation, params, query: {}, headers: {}, mediaType: undefined, body: undefined, row, intent: "other" };
}

function operationAt(path: string, { operations }: Original): DocumentedOperation | undefined {
  const fitting = operations.filter((one) => one.method === "GET" && pathPattern(one.path).test(path));
  return fitting.toSorted((left, right) => left.path.split("{").length - right.path.split("{").length)[0];
}

function pathPattern(path: string): RegExp {
  const parts = path
    .split(/(\{[^}]+\})/)
    .map((part) => (part.startsWith("{") ? "([^/]+)" : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
  return new RegExp(`^${parts.join("")}$`);
}

function paramsIn(path: string, template: string): Readonly<Record<string, unknown>> {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
  const values = pathPattern(template).exec(path)?.slice(1) ?? [];
  return Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(values[at] ?? "")]));
}

/** The operation that reads what another one, at the same path, has written. */
function readOf({ request, original, modelled }: Written): DocumentedOperation | undefined {
  return original.operations.find(
    ({ path, method, title }) =>
      path === request.operation.path && method === "GET" && modelled.get(title)?.kind === "read",
  );
}

function needsMore({ parameters }: DocumentedOperation): boolean {
  return parameters.some(({ in: place, isRequired }) => isRequired && (place === "query" || place === "header"));
}

async function readMistakes(written: Written): Promise<readonly Mistake[]> {
  const { request, modelled } = written;
  const read = readOf(written);
  if (read === undefined || needsMore(read)) return [];
  const found = await written.ask(plain(read, request.params, request.row));
  if (found.status !== 200)
    return found.status === 501 ? [] : [["a written item that cannot be read", String(found.status)]];
  return keptMistakes({ ...written, known: asRead(written, modelled.get(read.title)) }, found);
}

async function goneMistakes(written: Written): Promise<readonly Mistake[]> {
  const { request, exchange } = written;
  const read = readOf(written);
  if (read === undefined || needsMore(read) || request.row === undefined) return [];
  // A deletion that waits, or that answers what is left, keeps something to read.
  if (exchange.status === 202) return [];
  const found = await written.ask(plain(read, request.params, undefined));
  return found.status === 404 || found.status === 410
    ? []
    : [["a deleted item that can be read", String(found.status)]];
}
