import type { ListQuery, Page, Position, RowReader } from "./contract.ts";
import { Failure } from "./failure.ts";

/** A page of a list, and what can be said of its place in the list. */
export interface ListedPage<Item> {
  readonly items: readonly Item[];
  readonly limit: number;
  readonly offset: number;
  /** The number of the page, by the API's own count. */
  readonly page: number;
  readonly firstPage: number;
  readonly hasMore: boolean;
  /** Where the next page starts, as text that means nothing to a client; null on the last one. */
  readonly nextCursor: string | null;
}

/** Which part of a list is asked for. */
export interface Paging {
  readonly limit: number;
  readonly offset: number;
  readonly page: number;
  readonly firstPage: number;
  readonly after: Position | undefined;
}

export function pageByCursor(cursor: string | undefined, limit: number): Paging {
  return { limit, offset: 0, page: 1, firstPage: 1, after: positionOf(cursor) };
}

/** Reads a page of rows. */
export async function listRows<Row, Filter>(
  rows: RowReader<Row, Filter>,
  query: ListQuery<Row, Filter>,
  { limit, offset, page, firstPage, after }: Paging,
): Promise<ListedPage<Row>> {
  const found = await rows.list({ ...query, limit: countOf(limit), offset: countOf(offset), after });
  return {
    items: found.items,
    limit,
    offset,
    page,
    firstPage,
    hasMore: found.next !== null,
    nextCursor: cursorOf(found.next),
  };
}

/** No list has fewer rows than none, whatever a query asks for that no bound of the document forbids. */
function countOf(asked: number): number {
  return Math.min(Math.max(asked, 0), Number.MAX_SAFE_INTEGER);
}

/** The same page, with its items shown as the document has them. */
export async function shownListing<Row, Shown>(
  listing: ListedPage<Row>,
  show: (rows: readonly Row[]) => readonly Shown[] | Promise<readonly Shown[]>,
): Promise<ListedPage<Shown>> {
  return { ...listing, items: await show(listing.items) };
}

function cursorOf(position: Page<unknown>["next"]): string | null {
  return position && Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The position that a cursor stands for. One that we cannot have given out is malformed. */
function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = parsed(Buffer.from(cursor, "base64url").toString());
  const isOurs =
    Array.isArray(position) &&
    position.length > 0 &&
    position.every((value) => typeof value !== "object" || value === null);
  if (!isOurs) throw new Failure("malformed", "The cursor is none of ours.", { pointer: "cursor" });
  return position as Position;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
