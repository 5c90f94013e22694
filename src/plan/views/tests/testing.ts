import type { Parameter, Slot } from "../../../model/model.ts";
import { literal, valueLiteral } from "../../../render/escape.ts";
import { slotsOf, type PlanContext } from "../../context.ts";
import { isExact } from "../../exact.ts";
import { sampleValue } from "../../sample.ts";
import { answersTable, hasIdempotency } from "../idempotency.ts";
import { Imports } from "../imports.ts";
import { logicMember } from "../logic-access.ts";
import { logicHomes } from "../registry.ts";
import { claimsView, knowsCallers, type ClaimsView } from "../ownership.ts";
import { isSecured, securityView } from "../security.ts";
import { hasRowLinks } from "../shapes.ts";
import { answersAddress, answerRows } from "../answers.ts";
import { slotInputs, slotOperations } from "../signatures.ts";
import { rowGraph } from "./graph.ts";
import { itemField } from "./about-row.ts";
import { slotSample } from "./samples.ts";

/** templates/project/src/testing/database.ts.hbs */
export function testDatabaseView(context: PlanContext): {
  readonly statements: readonly string[];
  readonly hasTables: boolean;
  readonly sharesRows: boolean;
} {
  const { deletionOrder, cut, sharesRows } = rowGraph(context);
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const statements = [
    ...cut.map(({ entity, field }) => `UPDATE ${quoted(entity.table)} SET ${quoted(field.column ?? "")} = NULL`),
    ...context.model.joins.map(({ table }) => `DELETE FROM ${quoted(table)}`),
    ...deletionOrder.map(({ table }) => `DELETE FROM ${quoted(table)}`),
    ...(hasIdempotency(context) ? [`DELETE FROM ${quoted(answersTable(context))}`] : []),
  ];
  return { statements: statements.map(literal), hasTables: deletionOrder.length > 0, sharesRows };
}

/** templates/project/src/testing/client.ts.hbs */
export interface ClientView extends ClaimsView {
  /** Some scope lifts the owner's condition. */
  readonly hasLifted: boolean;
  readonly liftedScopes: string;
  readonly basePath: string;
  readonly hasSecurity: boolean;
  readonly hasTokens: boolean;
  readonly hasLogic: boolean;
  readonly hasScopes: boolean;
  readonly scopes: string;
  readonly hasCookies: boolean;
  /** Some value in a path is written otherwise than as its own text. */
  readonly hasPathStyles: boolean;
}

export function clientView(context: PlanContext): ClientView {
  const { model } = context;
  const lifting = new Set(model.entities.flatMap(({ owner }) => owner?.liftedBy ?? []));
  const parameters = model.operations.flatMap((operation) => operation.parameters);
  const scopes = new Set(model.operations.flatMap(({ security }) => security.flat().flatMap((need) => need.scopes)));
  return {
    ...claimsView(context),
    hasLifted: lifting.size > 0,
    liftedScopes: valueLiteral([...new Set([...scopes, ...lifting])]),
    basePath: literal(model.api.basePath),
    hasSecurity: isSecured(model),
    hasTokens: securityView(model).hasTokens,
    hasLogic: logicHomes(context).length > 0,
    hasScopes: lifting.size > 0,
    scopes: valueLiteral([...scopes].filter((scope) => !lifting.has(scope))),
    hasCookies: parameters.some(({ in: place }) => place === "cookie"),
    hasPathStyles: parameters.some(
      (parameter) => parameter.in === "path" && (parameter.style !== "simple" || isCompound(parameter, context)),
    ),
  };
}

function isCompound({ schema }: Parameter, context: PlanContext): boolean {
  const { type, properties } = context.request(schema);
  return properties !== undefined || [type ?? []].flat().some((one) => one === "array" || one === "object");
}

/** templates/project/src/testing/match.ts.hbs */
export interface MatchView {
  readonly isExact: boolean;
  readonly errorType: string;
  readonly hasErrorSchema: boolean;
  readonly errorPath: string;
  readonly errorCheck: string;
}

export function matchView(context: PlanContext): MatchView {
  const { errors } = context.model;
  const isJson = errors.mediaType.includes("json");
  const hasErrorSchema = errors.kind === "document" && errors.pointer !== undefined && isJson;
  const parts = (errors.pointer ?? "")
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return {
    isExact: isExact(context),
    // Its parameters, a charset, are no part of what is compared.
    errorType: literal(errors.mediaType.split(";")[0]?.trim() ?? ""),
    hasErrorSchema,
    errorPath: valueLiteral(parts),
    errorCheck:
      errors.kind === "problem"
        ? 'response.json<{ status?: unknown }>().status === response.statusCode ? [] : ["the problem has another status"]'
        : "[]",
  };
}

/** templates/project/src/testing/slots.ts.hbs */
export interface SlotsView {
  readonly hasLinks: boolean;
  readonly knowsCallers: boolean;
}

export function slotsView(context: PlanContext): SlotsView {
  return { hasLinks: hasRowLinks(context), knowsCallers: knowsCallers(context) };
}

/** templates/project/src/testing/logic.ts.hbs */
export interface AcceptingLogicView {
  readonly homes: readonly { readonly name: string; readonly members: readonly string[] }[];
}

export function acceptingLogicView(context: PlanContext): AcceptingLogicView {
  const homes = logicHomes(context).map((name) => ({
    name: logicMember(name.type, context),
    members: slotsOf(context, name.type).map((slot) => acceptingSlot(slot, context)),
  }));
  return { homes };
}

function acceptingSlot(slot: Slot, context: PlanContext): string {
  const name = slot.functionName;
  switch (slot.kind) {
    case "rule": {
      const inputs = slotInputs(slot, context, new Imports(), "logic").map((_, at) => `_${at + 1}`);
      return `${name}: async (${[...inputs, "context"].join(", ")}) => context.accept()`;
    }
    case "effect":
      return `${name}: async () => {}`;
    case "filter":
      return `${name}: () => ({})`;
    case "value":
      return `${name}: async () => (${slotSample(slot, context)})`;
    case "field":
      return `${name}: async (rows) => rows.map(() => (${slotSample(slot, context)}))`;
    case "operation":
      return `${name}: async (${operationAnswer(slot, context)}`;
  }
}

/** Where accepting logic redirects to. */
export const redirectAddress = "https://example.com/elsewhere";

/** What a custom operation's slot answers in tests; undefined where only a real body can. */
export function acceptedAnswer(slot: Slot, context: PlanContext): string | undefined {
  const [operation] = slotOperations(slot, context);
  if (operation === undefined) return undefined;
  if (answersAddress(operation)) return literal(redirectAddress);
  if (operation.success.mediaType === undefined) return "undefined";
  const rows = answerRows(operation.success.shape);
  if (rows?.isList === true) return "[]";
  if (rows !== undefined) return undefined;
  if (operation.success.schema === undefined) return "{}";
  const value = sampleValue(context.answered(operation.success.schema));
  return value === undefined ? undefined : valueLiteral(value);
}

/** An answer that is a row is the row that the path names. */
export function answersOwnRow(slot: Slot, context: PlanContext): string | undefined {
  const [operation] = slotOperations(slot, context);
  const rows = operation === undefined ? undefined : answerRows(operation.success.shape);
  if (operation === undefined || rows === undefined || rows.isList || rows.entity !== operation.entity)
    return undefined;
  const entity = context.entity(rows.entity);
  const [keyField, ...others] = entity.key.fields;
  const parameter = operation.parameters.find(
    (one) => one.in === "path" && itemField(one, operation, context) === keyField,
  );
  return others.length > 0 || parameter === undefined ? undefined : parameter.name;
}

function operationAnswer(slot: Slot, context: PlanContext): string {
  const parameter = answersOwnRow(slot, context);
  if (parameter !== undefined) {
    const [operation] = slotOperations(slot, context);
    const { plural } = context.entity(operation?.entity ?? "").name;
    const key = `request.params${/^[A-Za-z_$][\w$]*$/.test(parameter) ? `.${parameter}` : `[${literal(parameter)}]`}`;
    return `request, context) => (await context.transaction(({ ${plural} }) => ${plural}.read(${key}))) ?? context.notImplemented()`;
  }
  const answer = acceptedAnswer(slot, context);
  if (answer === undefined) return "_request, context) => context.notImplemented()";
  if (answer === "undefined") return ") => {}";
  return `) => (${answer})`;
}
