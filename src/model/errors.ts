import type { MediaType, Response } from "../document/openapi.ts";
import type { ClassifiedOperation } from "./classified.ts";
import { closedErrorShape, errorShape } from "./error-shapes.ts";
import type { ErrorConvention, Failure } from "./model.ts";
import { resolved } from "./operations.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { Scope } from "./scope.ts";
import type { Located } from "./schemas.ts";
import { isRecord } from "./schemas.ts";

/** The documented answers of an operation that are no success, in the document's order. */
export function failuresOf(
  operation: ClassifiedOperation,
  convention: ErrorConvention,
  scope: Scope,
): readonly Failure[] {
  return declaredFailures(operation, scope).map((declared) => {
    const { status, body, mediaType, pointer, description } = declared;
    const isOther = body !== undefined && scope.reader.view(body).pointer !== convention.pointer;
    const own = isOther ? (errorShape(body, scope.reader) ?? closedErrorShape(body, scope.reader)) : undefined;
    const shape = JSON.stringify(own) === JSON.stringify(convention.shape) ? undefined : own;
    return {
      status,
      pointer,
      ...(mediaType !== undefined && { mediaType }),
      ...(body && { schema: body.schema }),
      ...(description !== undefined && { description }),
      ...(shape && { shape }),
    };
  });
}

/**
 * The error body that most client errors of the document have; server errors count where no client error has one.
 * Problem details (RFC 9457) where the document describes none.
 */
export function errorConvention(scope: Scope): ErrorConvention {
  const all = scope.classified.operations
    .flatMap((operation) => declaredFailures(operation, scope))
    .filter(isDescribed);
  const client = all.filter(({ status }) => status === 0 || status === 4 || (status >= 400 && status < 500));
  const common = mostCommon(client.length > 0 ? client : all, scope);
  const shape = common && errorShape(common.body, scope.reader);
  if (!common || !shape) return problemDetails(all);
  const view = scope.reader.view(common.body);
  return {
    kind: "document",
    mediaType: common.mediaType,
    pointer: view.pointer,
    shape,
    reasons: [
      {
        fact: `errors look like ${view.name ?? "the schema of the error responses"}`,
        because: `${common.count} of ${all.length} described error responses have this schema`,
        pointer: view.pointer,
        rule: "most common schema of the client errors",
        confidence: common.count * 2 > all.length ? "sure" : "likely",
      },
    ],
  };
}

function problemDetails(all: readonly Described[]): ErrorConvention {
  return {
    kind: "problem",
    mediaType: "application/problem+json",
    reasons: [
      {
        fact: "errors are problem details (RFC 9457)",
        because:
          all.length === 0
            ? "no error response has a schema"
            : "no schema of the error responses says what a message is",
        pointer: "/paths",
        rule: "the standard's own form where the document has none",
        confidence: "sure",
      },
    ],
  };
}

interface Declared {
  readonly status: number;
  readonly pointer: string;
  readonly description?: string;
  readonly mediaType?: string;
  readonly body?: Located;
}

interface Described extends Declared {
  readonly mediaType: string;
  readonly body: Located;
}

function isDescribed(declared: Declared): declared is Described {
  return declared.body !== undefined && declared.mediaType !== undefined;
}

function mostCommon(all: readonly Described[], scope: Scope): (Described & { readonly count: number }) | undefined {
  const counts = new Map<string, { readonly first: Described; readonly count: number }>();
  for (const declared of all) {
    const key = `${scope.reader.view(declared.body).pointer} ${declared.mediaType}`;
    const known = counts.get(key);
    counts.set(key, { first: known?.first ?? declared, count: (known?.count ?? 0) + 1 });
  }
  const usable = [...counts.values()].filter(({ first }) => errorShape(first.body, scope.reader) !== undefined);
  const best = usable.toSorted((a, b) => b.count - a.count)[0];
  return best && { ...best.first, count: best.count };
}

function declaredFailures(operation: ClassifiedOperation, scope: Scope): readonly Declared[] {
  const { object, pointer, response } = operation;
  if (!isRecord(object.responses)) return [];
  return Object.entries(object.responses).flatMap(([code, node]): readonly Declared[] => {
    const status = failureStatus(code);
    const isSuccess = status === 0 && response.status === 0;
    if (status === undefined || isSuccess || !isRecord(node)) return [];
    const at = joinPointer(pointer, "responses", code);
    const target = resolved<Response>(node, at, scope.reader);
    return [declaredFailure(status, at, target)];
  });
}

function declaredFailure(
  status: number,
  at: string,
  target: { readonly node: Response; readonly pointer: string } | undefined,
): Declared {
  const description = target?.node.description;
  const content = target && bodyOf(target.node, target.pointer);
  return {
    status,
    pointer: target?.pointer ?? at,
    ...(typeof description === "string" && { description }),
    ...content,
  };
}

/** Of several media types, problem details, then JSON, then the first. */
function bodyOf(response: Response, pointer: string): Pick<Declared, "mediaType" | "body"> {
  const content: Readonly<Record<string, MediaType>> = isRecord(response.content) ? response.content : {};
  const types = Object.keys(content);
  const best =
    types.find((type) => /problem\+json/i.test(type)) ?? types.find((type) => /[/+]json/i.test(type)) ?? types[0];
  if (best === undefined) return {};
  const schema = isRecord(content[best]) ? content[best].schema : undefined;
  const mediaType = best === "*/*" ? "application/json" : best;
  return {
    mediaType,
    ...(isRecord(schema) && { body: { schema, pointer: joinPointer(pointer, "content", best, "schema") } }),
  };
}

/** 0 for `default`; undefined for successes, and for what is no status. */
function failureStatus(code: string): number | undefined {
  if (code === "default") return 0;
  if (/^[345]XX$/i.test(code)) return Number(code[0]);
  return /^[345]\d\d$/.test(code) ? Number(code) : undefined;
}
