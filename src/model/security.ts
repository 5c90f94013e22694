import type { SecurityRequirement, SecurityScheme as DeclaredScheme } from "../document/openapi.ts";
import { warning } from "../diagnostic/catalog.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { ClassifiedOperation } from "./classified.ts";
import type { Operation, Reason, Security, SecurityScheme } from "./model.ts";
import { memberKey } from "./names.ts";
import { resolved } from "./operations.ts";
import { place } from "./places.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { Scope } from "./scope.ts";
import { isRecord } from "./schemas.ts";

type Requirement = Operation["security"];

/**
 * The declared schemes that some operation asks for. A scheme that is asked for and not declared, or of a kind that
 * the service can't check, is kept as unsupported, so that it refuses instead of letting pass.
 */
export function securityOf(scope: Scope): Checked<Security> {
  const asked = new Set(
    scope.classified.operations
      .flatMap((operation) => requirementOf(operation, scope))
      .flatMap((all) => all.map(({ scheme }) => scheme)),
  );
  const declared = declaredSchemes(scope);
  const schemes = [...asked].map((name) => declared.get(name) ?? { kind: "unsupported" as const, name });
  const inOrder = schemes.toSorted((a, b) => orderOf(a, declared) - orderOf(b, declared));
  const diagnostics = schemes
    .filter(({ kind }) => kind === "unsupported")
    .map(({ name }) =>
      warning("security/unsupported", {
        place: place(scope.document, declared.has(name) ? schemePointer(name) : "/components/securitySchemes"),
        saw: declared.has(name)
          ? `The service cannot check "${name}", which is neither a bearer token, an API key nor basic authentication; operations that ask for it answer 401.`
          : `"${name}" is asked for and not declared; operations that ask for it answer 401.`,
      }),
    );
  return { value: { schemes: inOrder, isDeclared: schemes.length > 0 }, diagnostics };
}

function orderOf({ name }: SecurityScheme, declared: ReadonlyMap<string, SecurityScheme>): number {
  const index = [...declared.keys()].indexOf(name);
  return index === -1 ? declared.size : index;
}

/** The alternatives that open an operation: its own, else the document's. An empty alternative lets anybody in. */
export function requirementOf({ object }: ClassifiedOperation, { document }: Scope): Requirement {
  const own: unknown = object.security ?? document.root.security;
  if (!Array.isArray(own)) return [];
  return own.filter(isRecord).map((alternative: SecurityRequirement) =>
    Object.entries(alternative).map(([scheme, scopes]) => ({
      scheme,
      scopes: Array.isArray(scopes) ? scopes.map(String) : [],
    })),
  );
}

/** `Authorization` as an ordinary header parameter asks for nothing; it only hints that a scheme was forgotten. */
export function headerHint({ parameters }: ClassifiedOperation): readonly Reason[] {
  const header = parameters.find(
    ({ parameter }) => parameter.in === "header" && memberKey(parameter.name ?? "") === "authorization",
  );
  if (!header) return [];
  return [
    {
      fact: "open to everybody",
      because: '"Authorization" is described as an ordinary header parameter, and no security scheme asks for it',
      pointer: header.pointer,
      rule: "only security schemes are enforced",
      confidence: "likely",
      overrule: "components.securitySchemes and security",
    },
  ];
}

function schemePointer(name: string): string {
  return joinPointer("/components/securitySchemes", name);
}

function declaredSchemes({ document, reader }: Scope): ReadonlyMap<string, SecurityScheme> {
  const declared = Object.entries(document.root.components?.securitySchemes ?? {}).filter(([, node]) => isRecord(node));
  return new Map(
    declared.map(([name, node]) => {
      const target = resolved<DeclaredScheme>(node, schemePointer(name), reader);
      return [name, target ? schemeOf(name, target.node) : { kind: "unsupported", name }];
    }),
  );
}

function schemeOf(name: string, scheme: DeclaredScheme & { readonly description?: string }): SecurityScheme {
  switch (scheme.type) {
    case "oauth2":
    case "openIdConnect":
      return { kind: "oauth2", name };
    case "apiKey":
      return apiKey(name, scheme);
    case "http": {
      const kind = scheme.scheme?.toLowerCase();
      return kind === "bearer" || kind === "basic" ? { kind, name } : { kind: "unsupported", name };
    }
    default:
      return { kind: "unsupported", name };
  }
}

/** Before `http` schemes existed, a bearer token was written as a key in the Authorization header; prose tells. */
function apiKey(name: string, scheme: DeclaredScheme & { readonly description?: string }): SecurityScheme {
  const isAuthorization = scheme.in === "header" && scheme.name?.toLowerCase() === "authorization";
  if (isAuthorization && /\b(bearer|jwt)\b/i.test(`${name} ${scheme.description ?? ""}`))
    return { kind: "bearer", name };
  if (isAuthorization && /\bbasic\b/i.test(`${name} ${scheme.description ?? ""}`)) return { kind: "basic", name };
  return { kind: "api-key", name, in: scheme.in ?? "header", parameter: scheme.name ?? name };
}
