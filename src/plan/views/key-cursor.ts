import { fieldOf } from "../context.ts";
import type { Entity, Operation, ReadShape } from "../../model/model.ts";

/**
 * The key after whose row a page starts: where an answer gives no cursor and no link to go on from, what a client sends
 * as a cursor can only be the key of the last row that it was shown. Undefined where the answer gives one, or where no
 * single member is the key.
 */
export function keyCursor(operation: Operation, entity: Entity): string | undefined {
  const { shape, headers } = operation.success;
  const [key, ...others] = entity.key.fields;
  if (operation.list?.pagination.cursor === undefined || others.length > 0) return undefined;
  if (headers.some(({ source }) => source.kind === "link") || (shape !== undefined && givesCursor(shape)))
    return undefined;
  return key;
}

/** A cursor that is a number, and no key, counts the rows before a page. */
export function countsRows(operation: Operation, entity: Entity): boolean {
  const name = operation.list?.pagination.cursor;
  const cursor = operation.parameters.find((one) => one.name === name && one.in === "query");
  const isNumber = [cursor?.schema.type].flat().some((type) => type === "integer" || type === "number");
  const key = keyCursor(operation, entity);
  return isNumber && (key === undefined || fieldOf(entity, key).type.kind !== "integer");
}

function givesCursor(shape: ReadShape): boolean {
  if (shape.kind !== "object") return false;
  return shape.members.some(({ source }) => {
    if (source.kind === "shape") return givesCursor(source.shape);
    return (
      (source.kind === "page" && source.value === "next-cursor") || (source.kind === "link" && source.to === "next")
    );
  });
}
