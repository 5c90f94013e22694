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

function givesCursor(shape: ReadShape): boolean {
  if (shape.kind !== "object") return false;
  return shape.members.some(({ source }) => {
    if (source.kind === "shape") return givesCursor(source.shape);
    return (
      (source.kind === "page" && source.value === "next-cursor") || (source.kind === "link" && source.to === "next")
    );
  });
}
