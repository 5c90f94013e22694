import type { Model, Operation, SecurityScheme } from "../../model/model.ts";
import { literal, propertyKey, valueLiteral } from "../../render/escape.ts";
import { remembered } from "../remember.ts";

/** templates/project/src/http/authentication.ts and its neighbours */
export interface SecurityView {
  readonly schemes: readonly { readonly name: string; readonly code: string }[];
  readonly hasTokens: boolean;
  readonly hasKeys: boolean;
  readonly hasUsers: boolean;
  readonly hasSecrets: boolean;
  readonly hasUnsupported: boolean;
  /** One scheme opens every closed operation. */
  readonly isSingle: boolean;
  /** Literal of that scheme's name. */
  readonly single: string;
  /** Literal of what a caller without credentials is told. */
  readonly needed: string;
  readonly hasScopes: boolean;
  /** Literal of every scope that an operation asks for. */
  readonly allScopes: string;
}

export function securityView(model: Model): SecurityView {
  const schemes = usedSchemes(model);
  const has = (...kinds: readonly SecurityScheme["kind"][]): boolean =>
    schemes.some(({ kind }) => kinds.includes(kind));
  const single = singleScheme(model);
  return {
    schemes: schemes.toSorted(tokensLast).map((scheme) => ({ name: literal(scheme.name), code: schemeCode(scheme) })),
    hasTokens: has("bearer", "oauth2"),
    hasKeys: has("api-key"),
    hasUsers: has("basic"),
    hasSecrets: has("api-key", "basic"),
    hasUnsupported: has("unsupported"),
    isSingle: single !== undefined,
    single: literal(single?.name ?? ""),
    needed: literal(neededText(schemes)),
    hasScopes: allScopes(model).length > 0,
    allScopes: valueLiteral(allScopes(model)),
  };
}

/** Whether any operation asks for credentials. */
export function isSecured(model: Model): boolean {
  return usedSchemes(model).length > 0;
}

/** Schemes that operations ask for, in the document's order; what is asked for and not declared is unsupported. */
export const usedSchemes = remembered((model: Model): readonly SecurityScheme[] => {
  const names = new Set(model.operations.flatMap(({ security }) => security.flat().map(({ scheme }) => scheme)));
  const declared = model.security.schemes.filter(({ name }) => names.has(name));
  const unknown = [...names].filter((name) => !declared.some((scheme) => scheme.name === name));
  return [...declared, ...unknown.map((name) => ({ kind: "unsupported", name }) as const)];
});

/** Both use the header Authorization; where credentials are made for all schemes at once, a token wins. */
function tokensLast(left: SecurityScheme, right: SecurityScheme): number {
  return Number(isToken(left)) - Number(isToken(right));
}

function isToken({ kind }: SecurityScheme): boolean {
  return kind === "bearer" || kind === "oauth2";
}

function schemeCode(scheme: SecurityScheme): string {
  switch (scheme.kind) {
    case "bearer":
    case "oauth2":
      return "tokens";
    case "api-key":
      return `openKeys(keys, ${literal(scheme.in)}, ${literal(scheme.parameter)})`;
    case "basic":
      return "openUsers(users)";
    case "unsupported":
      return "unsupported";
  }
}

function neededText(schemes: readonly SecurityScheme[]): string {
  const words: Readonly<Record<SecurityScheme["kind"], string>> = {
    bearer: "a bearer token",
    oauth2: "a bearer token",
    "api-key": "an API key",
    basic: "a name and a password",
    unsupported: "credentials of a kind that is not supported yet",
  };
  const text = [...new Set(schemes.map(({ kind }) => words[kind]))].join(" or ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${text.includes("credentials") ? "are" : "is"} needed.`;
}

/** Scopes that tokens must grant; what other schemes list besides is not exchanged with a request (OpenAPI 3.1). */
function allScopes(model: Model): readonly string[] {
  const tokens = new Set(
    usedSchemes(model)
      .filter(isToken)
      .map(({ name }) => name),
  );
  const needs = model.operations.flatMap(({ security }) => security.flat());
  return [...new Set(needs.filter(({ scheme }) => tokens.has(scheme)).flatMap(({ scopes }) => scopes))];
}

/** The one scheme by which every operation that asks for credentials can be called, and in no other way. */
function singleScheme(model: Model): SecurityScheme | undefined {
  const schemes = usedSchemes(model);
  const closed = model.operations.filter(({ security }) => security.length > 0);
  const isPlain = closed.every(({ security }) => security.length === 1 && security[0]?.length === 1);
  return schemes.length === 1 && isPlain ? schemes[0] : undefined;
}

/**
 * The hook that lets an operation's callers in, as code for its route: `authenticated("accounts:read")`, or with
 * several ways in `authenticated({ bearer: [] }, { key: [] })`. Undefined where it is open to everybody.
 */
export function securityCode(operation: Operation, model: Model): string | undefined {
  const { security } = operation;
  if (security.every((alternative) => alternative.length === 0)) return undefined;
  const schemes = new Map(usedSchemes(model).map((scheme) => [scheme.name, scheme]));
  const scopesOf = ({ scheme, scopes }: (typeof security)[number][number]): readonly string[] => {
    const kind = schemes.get(scheme)?.kind;
    return kind === "bearer" || kind === "oauth2" ? [...new Set(scopes)] : [];
  };
  if (singleScheme(model) !== undefined) {
    return `authenticated(${security.flat().flatMap(scopesOf).map(literal).join(", ")})`;
  }
  const alternatives = security.map((alternative) => {
    const tokensFirst = alternative.toSorted(
      (left, right) => rank(schemes.get(left.scheme)) - rank(schemes.get(right.scheme)),
    );
    const members = tokensFirst.map((need) => `${propertyKey(need.scheme)}: ${valueLiteral(scopesOf(need))}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  });
  return `authenticated(${alternatives.join(", ")})`;
}

/** A token names its caller best, so its subject counts where several schemes must hold. */
function rank(scheme: SecurityScheme | undefined): number {
  return scheme !== undefined && isToken(scheme) ? 0 : 1;
}

/** Literal of the header WWW-Authenticate (RFC 9110, 11.6.1); "" where nothing asks for credentials. */
export function challenge(model: Model): string {
  const words: Readonly<Record<SecurityScheme["kind"], string>> = {
    bearer: "Bearer",
    oauth2: "Bearer",
    "api-key": "ApiKey",
    basic: 'Basic realm="api", charset="UTF-8"',
    unsupported: "Unsupported",
  };
  const all = [...new Set(usedSchemes(model).map(({ kind }) => words[kind]))];
  return all.length === 0 ? "" : literal(all.join(", "));
}
