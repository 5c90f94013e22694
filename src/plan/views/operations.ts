import type { Entity, Name, Operation } from "../../model/model.ts";
import { typeName } from "../../model/names.ts";
import { operationsOf, type PlanContext } from "../context.ts";
import { bodyTypeOf, isInputOptional } from "./bodies.ts";
import { docComment } from "./doc.ts";
import { isFileOperation } from "./files.ts";
import { Imports } from "./imports.ts";
import { writeChange } from "./operations/change.ts";
import { writeCreate } from "./operations/create.ts";
import { writeCustom } from "./operations/custom.ts";
import type { Draft } from "./operations/draft.ts";
import { writeFile } from "./operations/file.ts";
import { writeLink } from "./operations/link.ts";
import { writeList } from "./operations/list.ts";
import { writeRead } from "./operations/read.ts";
import { writeRemove } from "./operations/remove.ts";
import { isCustom, isLinking } from "./operations/runner.ts";
import { requestType } from "./requests.ts";
import { typeText } from "./types.ts";

/** templates/entity/operations.hbs */
export interface OperationsView {
  readonly imports: readonly string[];
  readonly functions: readonly OperationView[];
  /** Constants that the functions use: statuses of refusals, orders to choose from. */
  readonly constants: readonly string[];
}

interface OperationView {
  readonly words: readonly string[];
  readonly doc: string;
  readonly name: string;
  readonly parameters: string;
  readonly answer: string;
  readonly statements: readonly string[];
}

export function operationsView(name: Name, entity: Entity | undefined, context: PlanContext): OperationsView {
  const imports = new Imports();
  const constants: string[] = [];
  const functions = operationsOf(context, name.type).map((operation) =>
    operationView({ name, entity, operation, context, imports, constants, statements: [] }),
  );
  return { imports: imports.lines(), functions, constants: [...new Set(constants)] };
}

/** What an operation's function is given besides its context: some of params, query, headers, input; or a request. */
export function parametersOf(
  name: Name,
  entity: Entity | undefined,
  operation: Operation,
  context: PlanContext,
): readonly string[] {
  const imports = new Imports();
  return operationView({ name, entity, operation, context, imports, constants: [], statements: [] }).words;
}

function operationView(draft: Draft): OperationView {
  const { operation, imports, statements } = draft;
  const answer = writeStatements(draft);
  const contextType = imports.type(isCustom(operation) ? "OperationContext" : "Context", "../context.ts");
  const parameters = isCustom(operation) ? customParameters(draft) : mentionedParameters(draft);
  return {
    words: parameters.map(wordOf),
    doc: docComment(operation.summary ?? ""),
    name: operation.name,
    parameters: [...parameters, `context: ${contextType}`].join(", "),
    answer,
    statements,
  };
}

/** Writes a function's body: parents, references, rules, values, the write, effects, in that order. Gives its answer. */
function writeStatements(draft: Draft): string {
  const { operation, entity } = draft;
  if (isLinking(operation)) return writeLink(draft);
  if (entity !== undefined && isFileOperation(operation)) return writeFile(draft, entity);
  if (entity === undefined || operation.kind === "custom") return writeCustom(draft);
  switch (operation.kind) {
    case "list":
      return writeList(draft, entity);
    case "read":
      return writeRead(draft, entity);
    case "create":
      return writeCreate(draft, entity);
    case "update":
      return writeChange(draft, entity, "given");
    case "replace":
      return writeChange(draft, entity, "all");
    case "delete":
      return writeRemove(draft, entity);
  }
}

function customParameters({ operation, imports, name }: Draft): readonly string[] {
  if (operation.slot === undefined) return [];
  return [`request: ${imports.type(`${typeName(operation.name)}Request`, `./${name.file}.contract.ts`)}`];
}

/** Only what the function's statements mention is asked for. */
function mentionedParameters({ operation, context, name, imports, statements }: Draft): readonly string[] {
  const code = statements.join("\n");
  const body = bodyTypeOf(context, name.type, operation);
  return requestType(operation, context).flatMap((member) => {
    const part = member.replace(/^readonly /, "");
    const word = wordOf(part);
    if (word !== "body") return new RegExp(`\\b${word}\\b[.\\[]`).test(code) ? [part] : [];
    if (body === undefined || !/\binput\b/.test(code)) return [];
    const type = imports.type(body, `./${name.file}.contract.ts`);
    const isAny = operation.body !== undefined && typeText(context.requestBody(operation.body)) === "unknown";
    return [`input: ${type}${isInputOptional(operation, context) && !isAny ? " | undefined" : ""}`];
  });
}

/** "params" of `params: { id: string }`, "input" of `input?: NewPet`. */
function wordOf(parameter: string): string {
  return parameter.slice(0, /[?:]/.exec(parameter)?.index ?? 0);
}
