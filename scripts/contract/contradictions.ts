import { isRecord } from "../../src/json.ts";
import type { Model, Operation, ReadShape } from "../../src/model/model.ts";
import type { Exchange } from "./judge.ts";
import { at, escaped } from "./original.ts";
import type { DocumentedResponse, Node, Original } from "./original.ts";
import type { Request } from "./requests.ts";
import type { Schemas } from "./schemas.ts";

/** What a document must say for a contradiction in it to be found. */
export interface Said {
  readonly original: Original;
  readonly model: Model;
  /** Its schemas as answers have to keep them. */
  readonly answers: Schemas;
}

/**
 * Why a valid request had to be refused: it gives a member a value that the document lets requests say, and that no answer
 * which shows the member may have there: a text where an answer has a number. No service can keep such a document's word
 * on both sides. Undefined where the document leaves a way. Ranges (`pattern`, `maximum`) are none of this: what is out of
 * them is stored and shown as it is. A closed list of words is: its column takes no other.
 */
export function contradictionIn(
  request: Request,
  { status }: Pick<Exchange, "status">,
  known: Operation | undefined,
  said: Said,
): string | undefined {
  if (request.intent !== "valid" || (status !== 400 && status !== 422) || known?.entity === undefined) return undefined;
  for (const { name, field, value } of writtenIn(request, known)) {
    const teller = said.model.operations.find(
      (other) => other.entity === known.entity && cannotShow(other, field, value, said),
    );
    if (teller === undefined) continue;
    const title = `${teller.method.toUpperCase()} ${teller.path}`;
    return `${name} may be ${JSON.stringify(value).slice(0, 60)}, and ${title} can show no such value`;
  }
  return undefined;
}

interface WrittenValue {
  readonly name: string;
  readonly field: string;
  readonly value: unknown;
}

/** What a request sets: by members of its body, or by parameters where it has none. */
function writtenIn({ body, query }: Request, { body: known, parameters }: Operation): readonly WrittenValue[] {
  let sent: unknown = body;
  for (const name of known?.shape?.wrap ?? []) sent = isRecord(sent) ? sent[name] : undefined;
  const members = isRecord(sent) ? sent : {};
  const inBody = (known?.shape?.members ?? []).flatMap(({ name, target }) =>
    target.kind === "field" ? [{ name, field: target.field, value: members[name] }] : [],
  );
  const inQuery = parameters.flatMap(({ name, role }) =>
    role.kind === "value" ? [{ name, field: role.field, value: query[name] }] : [],
  );
  return [...inBody, ...inQuery].filter(({ value }) => value !== undefined && value !== null);
}

/** Whether an operation's answer has the field, and may not have this value in it. */
function cannotShow({ method, path, success }: Operation, field: string, value: unknown, said: Said): boolean {
  const { original, answers } = said;
  const operation = original.operations.find((one) => one.path === path && one.method === method.toUpperCase());
  const pointer = operation && jsonPointer(operation.responses.get(String(success.status)));
  if (pointer === undefined || success.shape === undefined) return false;
  const pointers = shownAt(pointer, success.shape, field, original.root);
  const taken = new Set(scalarsOf(value));
  return pointers.length > 0 && pointers.every((one) => answers.mistakeIn(one, value, taken, true) !== undefined);
}

function jsonPointer(response: DocumentedResponse | undefined): string | undefined {
  return [...(response?.content ?? [])].find(([type]) => /\bjson\b/.test(type))?.[1];
}

function scalarsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [JSON.stringify(value)];
  return Object.values(value).flatMap(scalarsOf);
}

/** Where in an answer's schema a field of the row is described: more than one place where there are choices. */
function shownAt(pointer: string, shape: ReadShape, field: string, root: Node): readonly string[] {
  switch (shape.kind) {
    case "rows":
      return partsOf(pointer, root).flatMap((part) =>
        isRecord(at(root, `${part}/items`)) ? shownAt(`${part}/items`, shape.items, field, root) : [],
      );
    case "row":
    case "object":
      return shape.members.flatMap(({ name, source }) => {
        if (source.kind === "field" && source.field === field) return membersAt(pointer, name, root);
        if (source.kind !== "shape" || shape.kind !== "object") return [];
        return membersAt(pointer, name, root).flatMap((inner) => shownAt(inner, source.shape, field, root));
      });
    case "value":
      return shape.source.kind === "field" && shape.source.field === field ? [pointer] : [];
    case "row-map":
    case "slot":
      return [];
  }
}

function membersAt(pointer: string, name: string, root: Node): readonly string[] {
  return partsOf(pointer, root)
    .map((part) => `${part}/properties/${escaped(name)}`)
    .filter((member) => at(root, member) !== undefined);
}

/** A schema once its references are followed, and the parts that it is made of. */
function partsOf(pointer: string, root: Node, depth = 0): readonly string[] {
  const node = at(root, pointer);
  if (!isRecord(node) || depth > 10) return [];
  const reference = node["$ref"];
  if (typeof reference === "string" && reference.startsWith("#"))
    return partsOf(decodeURIComponent(reference.slice(1)), root, depth + 1);
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const inner = node[keyword];
    return Array.isArray(inner)
      ? inner.flatMap((_, index) => partsOf(`${pointer}/${keyword}/${index}`, root, depth + 1))
      : [];
  });
  return [pointer, ...parts];
}
