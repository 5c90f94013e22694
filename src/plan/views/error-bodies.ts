import type { ErrorShape } from "../../model/model.ts";
import { propertyKey, valueLiteral } from "../../render/escape.ts";

/** Code that builds an error body from `ErrorFacts` of templates/project/src/http/errors.ts. */
export interface ErrorBodyCode {
  /** The destructured parameter: `{ title, status }`. */
  readonly parameters: string;
  readonly expression: string;
  readonly usesFieldMap: boolean;
  /** Facts of the error, and of its violations, that the code takes. */
  readonly uses: ReadonlySet<string>;
}

/** RFC 9457, with a code and the list of what is wrong as extension members. */
export const problemDetails: ErrorShape = {
  kind: "object",
  members: [
    { name: "type", isRequired: true, shape: { kind: "constant", value: "about:blank" } },
    { name: "title", isRequired: true, shape: { kind: "title" } },
    { name: "status", isRequired: true, shape: { kind: "status" } },
    { name: "detail", isRequired: true, shape: { kind: "detail" } },
    { name: "code", isRequired: true, shape: { kind: "code" } },
    {
      name: "errors",
      isRequired: false,
      shape: {
        kind: "array",
        items: {
          kind: "object",
          members: [
            { name: "pointer", isRequired: true, shape: { kind: "pointer" } },
            { name: "message", isRequired: true, shape: { kind: "message" } },
          ],
        },
      },
    },
  ],
};

/** Where a part of a body stands, and what code has used there. */
interface Scope {
  /** Names that the code takes from the facts of the whole error. */
  readonly used: Set<string>;
  /** Inside of a list: names that it takes from one violation. */
  readonly inner?: Set<string>;
  /** All that code has used in any list. */
  readonly seen: Set<string>;
  /** Whether something else of the body says what is wrong. */
  readonly isToldElsewhere: boolean;
  readonly isRequired: boolean;
}

export function errorBodyCode(shape: ErrorShape): ErrorBodyCode {
  const [used, seen] = [new Set<string>(), new Set<string>()];
  const text = expression(explains(shape) ? shape : withDetailAsTitle(shape), {
    used,
    seen,
    isToldElsewhere: false,
    isRequired: true,
  });
  return {
    parameters: used.size === 0 ? "_facts: ErrorFacts" : `{ ${[...used].join(", ")} }: ErrorFacts`,
    expression: text.startsWith("{") ? `(${text})` : text,
    usesFieldMap: seen.has("byField"),
    uses: new Set([...used, ...seen]),
  };
}

/** Whether it has a place for what is particular about this error. */
function explains(shape: ErrorShape): boolean {
  if (shape.kind === "object") return shape.members.some((member) => explains(member.shape));
  if (shape.kind === "array" || shape.kind === "field-map") return explains(shape.items);
  return shape.kind === "message" || shape.kind === "detail";
}

function withDetailAsTitle(shape: ErrorShape): ErrorShape {
  if (shape.kind === "title") return { kind: "detail" };
  if (shape.kind !== "object") return shape;
  const members = shape.members.map((member) => ({ ...member, shape: withDetailAsTitle(member.shape) }));
  return { kind: "object", members };
}

function expression(shape: ErrorShape, scope: Scope): string {
  switch (shape.kind) {
    case "object":
      return objectCode(shape.members, scope);
    case "array":
      return arrayCode(shape.items, scope);
    case "field-map":
      return fieldMapCode(shape.items, scope);
    case "constant":
      return valueLiteral(shape.value);
    default:
      return leafCode(shape.kind, scope);
  }
}

type ObjectMembers = Extract<ErrorShape, { readonly kind: "object" }>["members"];

function objectCode(members: ObjectMembers, scope: Scope): string {
  const isTold = scope.isToldElsewhere || members.some(({ shape }) => shape.kind !== "array" && tells(shape));
  const texts = members.map(({ name, isRequired, shape }) => {
    const key = propertyKey(name);
    const code = expression(shape, { ...scope, isRequired, isToldElsewhere: isTold });
    return key === code ? key : `${key}: ${code}`;
  });
  return `{ ${texts.join(", ")} }`;
}

/** Whether a text for people stands in it, outside of lists of violations. */
function tells(shape: ErrorShape): boolean {
  if (shape.kind === "object") return shape.members.some((member) => tells(member.shape));
  return shape.kind === "message" || shape.kind === "detail" || shape.kind === "title";
}

/** One item for each violation; inside of a violation, one item. */
function arrayCode(items: ErrorShape, scope: Scope): string {
  if (scope.inner !== undefined) return `[${expression(items, { ...scope, isRequired: true })}]`;
  const each = eachCode(items, scope);
  return listCode(items, scope, (list) => `${list}.map(${each})`);
}

function fieldMapCode(items: ErrorShape, scope: Scope): string {
  const field: ErrorShape = { kind: "field" };
  if (scope.inner !== undefined) {
    scope.inner.add("field");
    return `{ [field]: ${expression(items, { ...scope, isRequired: true })} }`;
  }
  if (items.kind === "array") {
    const each = eachCode(items.items, scope);
    scope.seen.add("byField").add("field");
    return listCode(field, scope, (list) => `byField(${list}, (own) => own.map(${each}))`);
  }
  const pair = eachCode(items, scope, (text) => `[field, ${text}]`, ["field"]);
  return listCode(field, scope, (list) => `Object.fromEntries(${list}.map(${pair}))`);
}

/**
 * A list that names fields holds only what is wrong with fields, and is left out or empty where the whole is to blame
 * and something else tells it; every other list has at least one entry.
 */
function listCode(
  items: ErrorShape,
  { used, isToldElsewhere, isRequired }: Scope,
  code: (list: string) => string,
): string {
  if (!isToldElsewhere || !namesField(items)) {
    used.add("violations");
    return code("violations");
  }
  used.add("errors");
  return isRequired ? code("errors") : `errors.length === 0 ? undefined : ${code("errors")}`;
}

function namesField(shape: ErrorShape): boolean {
  if (shape.kind === "object") return shape.members.some((member) => namesField(member.shape));
  if (shape.kind === "array") return namesField(shape.items);
  return shape.kind === "field" || shape.kind === "pointer" || shape.kind === "field-map";
}

/** The function from one violation to what a list says of it. */
function eachCode(
  item: ErrorShape,
  { used, seen }: Scope,
  wrap: (text: string) => string = (text) => text,
  known: readonly string[] = [],
): string {
  const inner = new Set(known);
  const text = wrap(expression(item, { used, seen, inner, isToldElsewhere: true, isRequired: true }));
  for (const name of inner) seen.add(name);
  const parameters = inner.size === 0 ? "()" : `({ ${[...inner].join(", ")} })`;
  return `${parameters} => ${text.startsWith("{") ? `(${text})` : text}`;
}

type LeafKind = Exclude<ErrorShape["kind"], "object" | "array" | "field-map" | "constant">;

const factOf: Readonly<Record<LeafKind, string>> = {
  message: "detail",
  detail: "detail",
  title: "title",
  code: "code",
  status: "status",
  "status-text": "title",
  type: "",
  instance: "instance",
  timestamp: "timestamp",
  "request-id": "requestId",
  field: "violations",
  pointer: "violations",
};

const violationFact: Partial<Readonly<Record<LeafKind, string>>> = {
  message: "message",
  detail: "message",
  field: "field",
  pointer: "pointer",
};

/** Inside of a list, what a violation does not say itself is said of the whole error. */
function leafCode(kind: LeafKind, { used, seen, inner }: Scope): string {
  if (kind === "type" && inner === undefined) return '"about:blank"';
  const own = inner === undefined ? undefined : violationFact[kind];
  if (own !== undefined) {
    inner?.add(own);
    return own;
  }
  const fact = kind === "type" ? "code" : factOf[kind];
  used.add(fact);
  if (fact === "violations") seen.add(kind);
  return fact === "violations" ? `violations[0]?.${kind} ?? ""` : fact;
}
