import { isRecord } from "../../json.ts";
import type { Operation } from "../../model/model.ts";
import type { PlanContext } from "../context.ts";
import { at } from "../schema-node.ts";

/** The media type that an operation answers with, where its document has several to choose from; else undefined. */
export function chosenType(operation: Operation, { document }: PlanContext): string | undefined {
  const { status, mediaType } = operation.success;
  // A file is sent as what it is.
  if (mediaType === undefined || status === 0 || operation.file !== undefined) return undefined;
  const declared: unknown = at(document.root, `#${operation.pointer}/responses/${status}`);
  const reference = isRecord(declared) ? declared["$ref"] : undefined;
  const response: unknown = typeof reference === "string" ? at(document.root, reference) : declared;
  const content = isRecord(response) ? response["content"] : undefined;
  if (!isRecord(content) || Object.keys(content).length < 2) return undefined;
  return mediaType.split(";")[0]?.trim().toLowerCase();
}

export function choosesAnswers(context: PlanContext): boolean {
  return context.model.operations.some((operation) => chosenType(operation, context) !== undefined);
}
