import { overlap } from "./rows.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";

/**
 * The one member of a row that shows just what a body takes: `POST /documents` takes a Content, and a document is read
 * as `{ id, content: Content, revisions }`. The body is that member's value, and none of its members is the row's own.
 */
export function holderOf(body: View, rows: readonly View[], reader: SchemaReader): string | undefined {
  const [row] = rows;
  if (row === undefined || rows.some((one) => one.pointer === body.pointer) || overlap(body, row) >= 0.5)
    return undefined;
  const holders = [...row.members].filter(([, member]) => isSame(reader.view(member), body));
  return holders.length === 1 ? holders[0]?.[0] : undefined;
}

function isSame(member: View, body: View): boolean {
  return member.kind === "object" && member.name !== undefined && member.pointer === body.pointer;
}

/** The body as the row would show it: under the name of the member that holds it, which must be there where some of it must. */
export function heldView(name: string, body: View, located: Located): View {
  return { ...body, members: new Map([[name, located]]), required: new Set(body.required.size > 0 ? [name] : []) };
}
