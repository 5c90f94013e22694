import { judge } from "../contract/judge.ts";
import type { DocumentedOperation, Original } from "../contract/original.ts";
import { readSchemas } from "../contract/schemas.ts";

/** A request of a collection and its answer. */
export interface Called {
  readonly method: string;
  /** Below the path that the API is mounted at. */
  readonly path: string;
  readonly sent: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Tells why an assertion does not hold, where its document says so: the collection asks what the document does not
 * allow, wants a status that the document does not have, or speaks of a row that nobody has made. Undefined where the
 * service is to blame. Answers are to be shown in the order in which they came.
 */
export function reasonsBy(original: Original): (called: Called, message: string) => string | undefined {
  const [requests, responses] = [readSchemas(original, "request"), readSchemas(original, "response")];
  let seen = "";
  return (called, message) => {
    const { method, path, sent, status, headers, body } = called;
    const answers = seen;
    seen += `${body}\n`;
    const isRefused = status >= 400 && status < 500;
    const operation = original.operations.find((one) => one.method === method && isAt(one, path));
    if (operation === undefined)
      return isRefused ? `the document has no ${method} ${path}, of which a variable may be empty` : undefined;
    const mistake = bodyMistake(operation, sent, requests);
    const intent = mistake === undefined ? "valid" : "invalid";
    const exchange = { operation, intent, method, url: path, sent, status, headers, body } as const;
    const [violation] = judge(exchange, responses, { isOpen: false, taken: new Set() });
    if (violation !== undefined) return undefined;
    if (mistake !== undefined) return `the document does not allow what is sent: ${mistake}`;
    const unknown = path.split("/").find((part) => /\d/.test(part) && !answers.includes(part));
    if (status === 404 && unknown !== undefined) return `no earlier answer tells of ${unknown}: it may be sample data`;
    const [, wanted = ""] = /status code (\d{3}) but got \d{3}$/.exec(message) ?? [];
    const isWanted = operation.responses.has(wanted) || operation.responses.has(`${wanted.charAt(0)}XX`);
    return wanted !== "" && !isWanted && !isRefused && operation.responses.has(String(status))
      ? `the document has ${status} for ${operation.title}, and no ${wanted}`
      : undefined;
  };
}

function isAt({ path: template }: DocumentedOperation, path: string): boolean {
  const [wanted, given] = [template.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.includes("{") ? given[index] !== "" : part === given[index]))
  );
}

function bodyMistake(
  { body }: DocumentedOperation,
  sent: string | undefined,
  schemas: ReturnType<typeof readSchemas>,
): string | undefined {
  const pointer = body?.content.get("application/json");
  if (sent === undefined || pointer === undefined) return undefined;
  try {
    return schemas.mistakeIn(pointer, JSON.parse(sent));
  } catch {
    return "it is no JSON";
  }
}
