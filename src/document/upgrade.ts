import { warning } from "../diagnostic/catalog.ts";
import type { DiagnosticCode } from "../diagnostic/catalog.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { slotsOf } from "./grammar.ts";
import { checkOperations } from "./check.ts";
import { costOf } from "./cost.ts";
import type { NodeKind, Slot } from "./grammar.ts";
import type { Links } from "./link.ts";
import type { Origins } from "./origins.ts";
import { isObject, isText, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import { upgradeParameter } from "./upgrade-parameter.ts";
import { schemaRules } from "./upgrade-schema.ts";
import { upgradeSwagger } from "./upgrade-swagger.ts";

/** What a step of the upgrade may use besides the node at hand. */
export interface Upgrade {
  readonly origins: Origins;
  readonly links: Links;
  /** Reports a member of a node that is not used as it stands. */
  warn(code: DiagnosticCode, node: object, keyword: string, saw: string, fix?: string): void;
}

/** These may hold a boolean in place of a schema, in OpenAPI 3.0 as well as in JSON Schema. */
const booleanKeywords = new Set([
  "additionalProperties",
  "unevaluatedProperties",
  "additionalItems",
  "unevaluatedItems",
]);

/**
 * Turns a linked tree of any version into the 3.1 dialect, in place, and mends what real documents commonly get wrong.
 * A node keeps its identity, and with it its place in the author's file.
 */
export function upgrade(root: RawObject, origins: Origins, links: Links): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const tools: Upgrade = {
    origins,
    links,
    warn: (code, node, keyword, saw, fix) => {
      const place = origins.place(node, ...(keyword === "" ? [] : [keyword]));
      diagnostics.push(warning(code, { place, saw, fix }));
    },
  };
  if (member(root, "swagger") !== undefined) upgradeSwagger(root, tools);
  root["openapi"] = "3.1.1";
  const seen = new Set<object>();
  visit(tools, seen, "document", root);
  // Targets in unusual places, such as extensions, are reached through their references alone.
  for (const target of links.references.values()) {
    if (isObject(target)) visit(tools, seen, links.kinds.get(target) ?? "schema", target);
  }
  checkOperations(root, tools);
  return diagnostics;
}

/** Children first, so that a rule may lean on what lies below it. */
function visit(tools: Upgrade, seen: Set<object>, kind: NodeKind, node: RawObject): void {
  if (seen.has(node)) return;
  seen.add(node);
  dropStrayReference(tools, kind, node);
  for (const slot of slotsOf(kind, node)) {
    const child = settle(tools, slot);
    if (child !== undefined) visit(tools, seen, slot.kind, child);
  }
  if (kind === "schema") for (const rule of schemaRules) rule(node, tools);
  if (kind === "parameter" || kind === "header") upgradeParameter(node, tools);
}

/** References have been followed by now; what is left under their name and is no text never led anywhere. */
function dropStrayReference({ origins, warn }: Upgrade, kind: NodeKind, node: RawObject): void {
  if (!Object.hasOwn(node, "$ref") || isText(node["$ref"])) return;
  const cost = costOf(kind, origins.of(node)?.pointer ?? "");
  const saw = `A "$ref" is a text, and this is ${JSON.stringify(node["$ref"]).slice(0, 40)}; ${cost} until it is one.`;
  warn("document/invalid", node, "$ref", saw, 'Write a reference such as "#/components/schemas/Pet", or remove it.');
  delete node["$ref"];
}

/** The node in a slot; one of the wrong type becomes an empty one, as validation has said where it matters. */
function settle(tools: Upgrade, { holder, key, kind }: Slot): RawObject | undefined {
  const value = member(holder, key);
  if (isObject(value)) return value;
  if (typeof value === "boolean" && booleanKeywords.has(key)) return undefined;
  const made = tools.origins.adopt<RawObject>(value === false && kind === "schema" ? { not: {} } : {}, holder);
  if (kind === "schema" && typeof value !== "boolean") warnNoSchema(tools, holder, key, value);
  setMember(holder, key, made);
  return made;
}

function warnNoSchema(tools: Upgrade, holder: object, key: string, value: unknown): void {
  const seen = value === null || value === undefined ? "nothing" : JSON.stringify(value).slice(0, 40);
  tools.warn("schema/invalid", holder, key, `There is ${seen} where a schema belongs; anything is allowed here.`);
}
