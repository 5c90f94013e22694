import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Classified, ClassifiedOperation, EntityDraft } from "./classified.ts";
import { errorConvention, failuresOf } from "./errors.ts";
import { filesOf } from "./files.ts";
import { responseHeaders } from "./headers.ts";
import { listConvention } from "./lists.ts";
import type { Body, Entity, ErrorConvention, Model, Operation, Reason, Success } from "./model.ts";
import { parametersOf } from "./parameters.ts";
import { withKeyedCreates } from "./keyed-creates.ts";
import { readRules } from "./rules.ts";
import { SchemaReader } from "./schemas.ts";
import { scopeOf } from "./scope.ts";
import type { Scope } from "./scope.ts";
import { headerHint, requirementOf, securityOf } from "./security.ts";
import { readShape } from "./shapes-read.ts";
import { writeShape } from "./shapes-write.ts";
import { SlotBook } from "./slots.ts";

type Finished = Pick<Model, "security" | "errors" | "entities" | "joins" | "operations" | "slots">;

/**
 * The second half of inference: from operations and entities that are known to what each request and answer is made
 * of, the conventions, and the slots. The diagnostics are its own; those of the first half are not repeated.
 */
export function finishModel(found: Classified, reader = new SchemaReader(found.document)): Checked<Finished> {
  const classified = { ...found, operations: withKeyedCreates(scopeOf(found, reader)) };
  const drafted = scopeOf(classified, reader);
  const rules = readRules(drafted);
  const book = new SlotBook(drafted, rules.value);
  const scope = scopeOf(
    { ...classified, entities: classified.entities.map((entity) => book.withFieldSlots(entity)) },
    reader,
  );
  const errors = errorConvention(scope);
  const security = securityOf(scope);
  const files = filesOf(classified.operations, scope.entities);
  const drafts = classified.operations.map((operation) =>
    finishOperation(operation, files.get(operation.name), scope, errors, book),
  );
  const operations = drafts.map((draft, index) => withSlots(draft, classified.operations[index], book));
  return {
    value: {
      security: security.value,
      errors,
      entities: scope.classified.entities.map(entityOf),
      joins: classified.joins,
      operations,
      slots: book.all(),
    },
    diagnostics: [...rules.diagnostics, ...book.diagnostics, ...security.diagnostics],
  };
}

function entityOf({ aliases: _, readPointers: __, writePointers: ___, holders: ____, ...entity }: EntityDraft): Entity {
  return entity;
}

function withSlots(draft: Operation, operation: ClassifiedOperation | undefined, book: SlotBook): Operation {
  return operation ? { ...draft, slots: book.running(operation) } : draft;
}

function finishOperation(
  operation: ClassifiedOperation,
  file: string | undefined,
  scope: Scope,
  errors: ErrorConvention,
  book: SlotBook,
): Operation {
  const { name, method, path, pointer, object, kind, variant, entity, group } = operation;
  const parameters = parametersOf(operation, scope, (...found) => book.filter(...found));
  const read = readShape(operation, scope);
  const list = listConvention(operation, parameters, read.shape, scope);
  const body = bodyOf(operation, scope);
  const success = successOf(operation, read.shape, scope);
  const isLink = operation.pathRoles.some(({ role }) => role.kind === "join");
  const isHandled = kind === "custom" && !isLink && operation.isLeftOut !== true && file === undefined;
  const slot = isHandled ? book.operation(operation) : undefined;
  return {
    name,
    method,
    path,
    pointer,
    ...(typeof object.operationId === "string" && { operationId: object.operationId }),
    ...(typeof object.summary === "string" && { summary: object.summary }),
    ...(typeof object.description === "string" && { description: object.description }),
    kind,
    ...(variant && { variant }),
    ...(entity !== undefined && { entity }),
    ...(group !== undefined && { group }),
    parameters,
    ...(body && { body }),
    success,
    failures: failuresOf(operation, errors, scope),
    security: requirementOf(operation, scope),
    ...(list && { list }),
    ...(slot !== undefined && { slot }),
    ...(file !== undefined && { file }),
    slots: [],
    reasons: [
      ...operation.reasons,
      ...(file === undefined ? [] : [keptFile(operation, file)]),
      ...read.reasons,
      ...headerHint(operation),
    ],
  };
}

function keptFile({ pointer, entity = "" }: ClassifiedOperation, file: string): Reason {
  return {
    fact: `the file "${file}" of each ${entity} is kept`,
    because: "bytes are put and got at one path below the row's own",
    pointer,
    rule: "file",
    confidence: "likely",
    overrule: "x-operation: { kind: custom }",
  };
}

function bodyOf(operation: ClassifiedOperation, scope: Scope): Body | undefined {
  const { request, method } = operation;
  if (!request || method === "get" || method === "head") return undefined;
  const shape = writeShape(operation, scope);
  return {
    isRequired: request.isRequired,
    mediaTypes: request.mediaTypes,
    schema: request.schema ?? {},
    pointer: request.pointer,
    ...(shape && { shape }),
  };
}

/** Answers without a documented status have that of the protocol: 201 for what is created, 204 for nothing to say. */
function successOf(operation: ClassifiedOperation, shape: Success["shape"], scope: Scope): Success {
  const { response, kind } = operation;
  const usual = kind === "create" ? 201 : shape ? 200 : 204;
  const status = response.status >= 100 ? response.status : usual;
  const mediaType =
    response.mediaType === undefined || response.mediaType === "*/*" ? "application/json" : response.mediaType;
  return {
    status,
    ...(shape && { mediaType }),
    ...(response.schema && { schema: response.schema, pointer: response.pointer }),
    ...(shape && { shape }),
    headers: responseHeaders(operation, status, scope),
  };
}
