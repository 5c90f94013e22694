import type { ListQuery, OrderTerm, Page, Position, RowReader } from "./contract.ts";
import { Failure } from "./failure.ts";

/** A page of a list, and what can be said of its place in the list. */
export interface ListedPage<Item> {
  readonly items: readonly Item[];
  /** How many there are over all pages; only counted where the answer says it. */
  readonly total: number;
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
  /** Whether the answer says how many items there are over all pages. */
  readonly isCounted?: boolean;
}

/** Pages are counted from `firstPage`. */
export function pageByNumber(page: number, limit: number, firstPage: number): Paging {
  return { limit, offset: Math.max(page - firstPage, 0) * limit, page, firstPage, after: undefined };
}

/** The same page of a list whose answer says how many items there are over all pages. */
export function counted(paging: Paging): Paging {
  return { ...paging, isCounted: true };
}

/** Reads a page of rows, and counts them all where the answer says how many there are. */
export async function listRows<Row, Filter>(
  rows: RowReader<Row, Filter>,
  query: ListQuery<Row, Filter>,
  { limit, offset, page, firstPage, after, isCounted = false }: Paging,
): Promise<ListedPage<Row>> {
  const found = await rows.list({ ...query, limit: countOf(limit), offset: countOf(offset), after });
  return {
    items: found.items,
    total: isCounted ? await rows.count(query) : countOf(offset) + found.items.length,
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

/** The order that a request has chosen, ended by the key. */
export function chosenOrder(
  choices: Readonly<Record<string, OrderTerm>>,
  chosen: string | readonly string[] | undefined,
  direction: string | undefined,
  key: readonly string[],
): readonly OrderTerm[] | undefined {
  if (chosen === undefined) return undefined;
  const values = typeof chosen === "string" ? chosen.split(",") : chosen;
  const terms = values.map((value) => {
    const term = Object.hasOwn(choices, value.trim()) ? choices[value.trim()] : undefined;
    if (term === undefined) throw new Failure("malformed", `There is no order "${value}".`);
    return direction === undefined ? term : { ...term, descending: /^(desc|descending|-1)$/i.test(direction) };
  });
  const named = new Set(terms.map((term) => term.by));
  return [...terms, ...key.filter((name) => !named.has(name)).map((by) => ({ by }))];
}

function cursorOf(position: Page<unknown>["next"]): string | null {
  return position && Buffer.from(JSON.stringify(position)).toString("base64url");
}
