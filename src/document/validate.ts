import type { OpenAPI } from "openapi-types";
import { warning } from "../diagnostic/catalog.ts";
import type { Diagnostic, Place } from "../diagnostic/diagnostic.ts";
import { joinPointer, parentPointer, parsePointer } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import type { Origins } from "./origins.ts";
import { isObject, isText, member } from "./raw.ts";
import type { RawObject } from "./raw.ts";

/** The members of an Ajv error that are used here. */
interface Finding {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The rest is counted: a document that is invalid in more places is so by the habit of what wrote it. */
const maxFindings = 20;

/** A mistake in one branch of a choice is no mistake by itself; these only say that no branch fits. */
const summaries = new Set(["oneOf", "anyOf", "if", "allOf", "$ref", "$dynamicRef"]);

/** Something that breaks the specification, and the pointer of the member that it is about. */
export interface Violation {
  readonly about: Pointer;
  readonly diagnostic: Diagnostic;
}

/** Checks the document, before its references are followed, against the schema of its OpenAPI version. */
export async function validateTree(root: RawObject, origins: Origins): Promise<readonly Violation[]> {
  const all = (await findingsOf(root)).filter((finding) => !isSlipOfSchema(finding, root));
  const findings = distinct(withoutOtherBranches(all.filter(isMistake)), isNewerThanSchema(root));
  const shown = findings.slice(0, maxFindings).map((finding) => report(finding, root, origins));
  if (findings.length <= maxFindings) return shown;
  const saw = `${findings.length - maxFindings} more places break the OpenAPI specification.`;
  return [
    ...shown,
    { about: "", diagnostic: warning("document/invalid", { place: { file: origins.place(root).file }, saw }) },
  ];
}

async function findingsOf(root: RawObject): Promise<readonly Finding[]> {
  const { default: SwaggerParser } = await import("@apidevtools/swagger-parser");
  // References are not followed: those that are broken are reported elsewhere, and a `$ref` is valid where it stands.
  const options = {
    resolve: { external: false },
    dereference: { excludedPathMatcher: () => true },
    validate: { schema: true, spec: false },
  };
  try {
    // Whether it is a document is what is asked.
    await SwaggerParser.validate(acceptable(root) as RawObject & OpenAPI.Document, options);
    return [];
  } catch (cause) {
    const details: unknown = member(cause, "details");
    return Array.isArray(details)
      ? details.filter(isFinding)
      : [{ instancePath: "", keyword: "", message: String(cause) }];
  }
}

/** The root as the parser takes it: it refuses versions that it does not know, and a version that YAML read as a number. */
function acceptable(root: RawObject): RawObject {
  const info = isObject(root["info"])
    ? { ...root["info"], version: textOf(member(root["info"], "version")) }
    : root["info"];
  const version = String(root["openapi"]);
  if (root["swagger"] !== undefined) return { ...root, info, swagger: "2.0", paths: root["paths"] ?? {} };
  if (/^3(\.0|$)/.test(version)) return { ...root, info, openapi: "3.0.3", paths: root["paths"] ?? {} };
  return { ...root, info, openapi: "3.1.0", webhooks: root["webhooks"] ?? {} };
}

function textOf(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

/** OpenAPI 3.2 adds members to 3.1 and changes none. */
function isNewerThanSchema(root: RawObject): boolean {
  return isText(root["openapi"]) && /^3\.([2-9]|\d\d)/.test(root["openapi"]);
}

/** The schema of 3.1 knows "bearer" in small letters only, though the name of a scheme has no case (RFC 9110 §11.1). */
function isSlipOfSchema({ instancePath, params }: Finding, root: RawObject): boolean {
  if (params?.["unevaluatedProperty"] !== "bearerFormat") return false;
  return /^bearer$/i.test(String(member(nodeAt(root, instancePath), "scheme")));
}

/**
 * Each branch of a choice wants its own constant in the same place. Where another finding says what is wrong below the
 * same node, the constants are only why the other branches do not fit; else the value must be one of them all.
 */
function withoutOtherBranches(findings: readonly Finding[]): readonly Finding[] {
  const constants = new Map<string, Set<unknown>>();
  for (const finding of findings) {
    const wanted = constants.get(finding.instancePath) ?? new Set();
    for (const value of constantsOf(finding) ?? []) constants.set(finding.instancePath, wanted.add(value));
  }
  const isBranch = (finding: Finding) =>
    constantsOf(finding) !== undefined && findings.some((other) => isOtherConstant(finding, other));
  const plain = findings.filter((finding) => !isBranch(finding));
  const isTold = ({ instancePath }: Finding) =>
    plain.some((other) => isBelow(other.instancePath, parentPointer(instancePath) ?? ""));
  const unions = findings.filter((finding) => isBranch(finding) && !isTold(finding));
  return [
    ...plain,
    ...unions.map((finding) => withConstants(finding, [...(constants.get(finding.instancePath) ?? [])])),
  ];
}

function isOtherConstant(one: Finding, other: Finding): boolean {
  const values = constantsOf(other);
  return (
    one.instancePath === other.instancePath &&
    values !== undefined &&
    JSON.stringify(values) !== JSON.stringify(constantsOf(one))
  );
}

function withConstants(finding: Finding, allowedValues: readonly unknown[]): Finding {
  return { ...finding, keyword: "enum", params: { allowedValues } };
}

function constantsOf({ keyword, params }: Finding): readonly unknown[] | undefined {
  if (keyword === "const") return [params?.["allowedValue"]];
  const values: unknown = params?.["allowedValues"];
  return Array.isArray(values) ? values : undefined;
}

function isBelow(pointer: Pointer, holder: Pointer): boolean {
  return pointer === holder || pointer.startsWith(`${holder}/`);
}

function nodeAt(root: unknown, pointer: Pointer): unknown {
  return parsePointer(pointer).reduce((node, token) => member(node, token), root);
}

function distinct(findings: readonly Finding[], mayAdd: boolean): readonly Finding[] {
  const real = findings.filter(({ keyword }) => !(mayAdd && keyword === "unevaluatedProperties"));
  const paths = new Set(real.map(({ instancePath }) => instancePath));
  const deeper = new Set<string>();
  for (const path of paths) {
    for (let at = parentPointer(path); at !== undefined && !deeper.has(at); at = parentPointer(at)) deeper.add(at);
  }
  // The deepest finding is the mistake; what is said about its ancestors follows from it.
  const kept = new Map<string, Finding>();
  for (const finding of real) {
    const { instancePath } = finding;
    if (!kept.has(instancePath) && !deeper.has(instancePath)) kept.set(instancePath, finding);
  }
  return [...kept.values()];
}

/** A choice that fails is explained by its branches; "must have $ref" is what the branch for references says. */
function isMistake({ keyword, params }: Finding): boolean {
  return !summaries.has(keyword) && !(keyword === "required" && params?.["missingProperty"] === "$ref");
}

function report(finding: Finding, root: RawObject, origins: Origins): Violation {
  const { instancePath, keyword, message = "", params = {} } = finding;
  const extra = params["additionalProperty"] ?? params["unevaluatedProperty"];
  const absent = params["missingProperty"];
  const about = isText(extra ?? absent) ? joinPointer(instancePath, String(extra ?? absent)) : instancePath;
  const place = placeAt(root, isText(extra) ? about : instancePath, origins);
  return {
    about,
    diagnostic: warning("document/invalid", { place, saw: describe(nameOf(instancePath), keyword, message, params) }),
  };
}

/** The place of a member, by the last node on the way to it: an overlay may have put that there. */
function placeAt(root: object, pointer: Pointer, origins: Origins): Place {
  const tokens = parsePointer(pointer);
  let holder = root;
  let depth = 0;
  for (let next = member(holder, tokens[depth] ?? ""); typeof next === "object" && next !== null;) {
    holder = next;
    depth += 1;
    next = depth < tokens.length ? member(holder, tokens[depth] ?? "") : undefined;
  }
  return origins.place(holder, ...tokens.slice(depth));
}

/** `"info"`, or `item 2 of "parameters"`, counted from 1 as people do. */
function nameOf(pointer: Pointer): string {
  const [last = "", holder = ""] = parsePointer(pointer).toReversed();
  if (pointer === "") return "the document";
  return /^\d+$/.test(last) && holder !== "responses" ? `item ${Number(last) + 1} of "${holder}"` : `"${last}"`;
}

function describe(name: string, keyword: string, message: string, params: NonNullable<Finding["params"]>): string {
  const subject = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const extra = params["additionalProperty"] ?? params["unevaluatedProperty"];
  if (isText(extra)) return `"${extra}" is not a member that OpenAPI has here.`;
  if (isText(params["missingProperty"]))
    return `${subject} must have "${params["missingProperty"]}"; it is read without.`;
  const allowed: unknown = params["allowedValues"] ?? (keyword === "const" ? [params["allowedValue"]] : undefined);
  if (Array.isArray(allowed))
    return `${subject} must be ${allowed.map((value) => JSON.stringify(value)).join(" or ")}.`;
  if (keyword === "type") return `${subject} must be of type ${String(params["type"]).replaceAll(",", " or ")}.`;
  if (keyword === "uniqueItems")
    return `Items ${Number(params["j"]) + 1} and ${Number(params["i"]) + 1} of ${name} are equal.`;
  return `${subject} ${message.replace(/[.\s]*$/, "")}.`;
}

function isFinding(value: unknown): value is Finding {
  return isObject(value) && isText(value["instancePath"]) && isText(value["keyword"]);
}
