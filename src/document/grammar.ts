import { isObject, isText, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";

/** What a node of an OpenAPI document is. Sources: OpenAPI 2.0, 3.0, 3.1 and 3.2; JSON Schema 2020-12. */
export type NodeKind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "requestBody"
  | "response"
  | "header"
  | "mediaType"
  | "encoding"
  | "example"
  | "link"
  | "callback"
  | "securityScheme"
  | "schema";

/** How a member holds nodes: itself, in a list, or in a map; the names of a patterned map exclude extensions. */
interface Rule {
  readonly kind: NodeKind;
  readonly holds: "one" | "list" | "map" | "patterned";
}

const one = (kind: NodeKind): Rule => ({ kind, holds: "one" });
const list = (kind: NodeKind): Rule => ({ kind, holds: "list" });
const map = (kind: NodeKind): Rule => ({ kind, holds: "map" });
const patterned = (kind: NodeKind): Rule => ({ kind, holds: "patterned" });

const operations = Object.fromEntries(
  ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].map((method) => [
    method,
    one("operation"),
  ]),
);

const grammar: Readonly<Record<NodeKind, Readonly<Record<string, Rule>>>> = {
  document: {
    paths: patterned("pathItem"),
    webhooks: map("pathItem"),
    components: one("components"),
    // OpenAPI 2.0
    parameters: map("parameter"),
    responses: map("response"),
    definitions: map("schema"),
    securityDefinitions: map("securityScheme"),
  },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples: map("example"),
    requestBodies: map("requestBody"),
    headers: map("header"),
    securitySchemes: map("securityScheme"),
    links: map("link"),
    callbacks: map("callback"),
    pathItems: map("pathItem"),
    mediaTypes: map("mediaType"),
  },
  pathItem: { parameters: list("parameter"), ...operations, additionalOperations: map("operation") },
  operation: {
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: patterned("response"),
    callbacks: map("callback"),
  },
  parameter: { schema: one("schema"), content: map("mediaType"), examples: map("example"), items: one("schema") },
  requestBody: { content: map("mediaType") },
  response: { headers: map("header"), content: map("mediaType"), links: map("link"), schema: one("schema") },
  header: { schema: one("schema"), content: map("mediaType"), examples: map("example"), items: one("schema") },
  mediaType: {
    schema: one("schema"),
    itemSchema: one("schema"),
    examples: map("example"),
    encoding: map("encoding"),
  },
  encoding: { headers: map("header") },
  example: {},
  link: {},
  callback: {},
  securityScheme: {},
  schema: {
    properties: map("schema"),
    patternProperties: map("schema"),
    additionalProperties: one("schema"),
    unevaluatedProperties: one("schema"),
    propertyNames: one("schema"),
    dependentSchemas: map("schema"),
    items: one("schema"),
    prefixItems: list("schema"),
    additionalItems: one("schema"),
    unevaluatedItems: one("schema"),
    contains: one("schema"),
    allOf: list("schema"),
    oneOf: list("schema"),
    anyOf: list("schema"),
    not: one("schema"),
    if: one("schema"),
    then: one("schema"),
    else: one("schema"),
    $defs: map("schema"),
    definitions: map("schema"),
  },
};

/** A member or an item that holds a node of a known kind. */
export interface Slot {
  readonly holder: object;
  readonly key: string;
  readonly kind: NodeKind;
}

/** The members of a node that hold maps or lists of nodes, for those who write a reference in the place of one. */
export function collectionsOf(kind: NodeKind, node: RawObject): readonly Slot[] {
  const rules = Object.entries(grammar[kind]).filter(([, rule]) => rule.holds !== "one");
  return rules
    .filter(([key]) => isObject(member(node, key)))
    .map(([key, rule]) => ({ holder: node, key, kind: rule.kind }));
}

/** Where the nodes below a node are, in the order of the document; what they hold may still be of any type. */
export function slotsOf(kind: NodeKind, node: RawObject): readonly Slot[] {
  if (kind === "callback") return mapSlots(node, patterned("pathItem"));
  const slots: Slot[] = [];
  for (const key of Object.keys(node)) {
    const rule = Object.hasOwn(grammar[kind], key) ? grammar[kind][key] : undefined;
    if (rule !== undefined) slots.push(...slotsAt(node, key, rule));
  }
  return slots;
}

function slotsAt(holder: RawObject, key: string, rule: Rule): readonly Slot[] {
  const value = member(holder, key);
  if (Array.isArray(value)) return value.map((_, index) => ({ holder: value, key: String(index), kind: rule.kind }));
  if (rule.holds === "one") return [{ holder, key, kind: rule.kind }];
  return isObject(value) && rule.holds !== "list" ? mapSlots(value, rule) : [];
}

function mapSlots(holder: RawObject, { kind, holds }: Rule): readonly Slot[] {
  const keys = Object.keys(holder).filter((key) => holds === "map" || !key.startsWith("x-"));
  return keys.filter((key) => !(key === "$ref" && isText(holder[key]))).map((key) => ({ holder, key, kind }));
}
