import type { LightMyRequestResponse } from "fastify";
import type { Client, TestRequest } from "./client.ts";
import { itemsAt, valueAt } from "./values.ts";

/** How a list is walked, and where its pages say what. Pointers are JSON pointers into the body. */
export interface Paging {
  readonly items: string;
  readonly size: number;
  readonly limit?: string;
  readonly offset?: string;
  readonly page?: string;
  readonly firstPage?: number;
  readonly cursor?: string;
  /** Where the next cursor is; without it, the key of the last item is the cursor. */
  readonly nextCursor?: string;
  readonly nextLink?: string;
  readonly key?: string;
}

const longest = 50;

/** All pages of a list, one after the other. */
export async function walk(
  client: Client,
  operation: string,
  request: TestRequest,
  paging: Paging,
): Promise<readonly LightMyRequestResponse[]> {
  const pages: LightMyRequestResponse[] = [];
  const limit = paging.limit === undefined ? {} : { [paging.limit]: paging.size };
  let position: Readonly<Record<string, unknown>> | undefined = start(paging);
  while (position !== undefined && pages.length < longest) {
    const response: LightMyRequestResponse = await client.send(operation, {
      ...request,
      query: { ...request.query, ...limit, ...position },
    });
    pages.push(response);
    position = response.statusCode < 400 ? next(response, pages.length, paging) : undefined;
  }
  return pages;
}

function start({ offset, page, firstPage = 1 }: Paging): Readonly<Record<string, unknown>> {
  return { ...(offset === undefined ? {} : { [offset]: 0 }), ...(page === undefined ? {} : { [page]: firstPage }) };
}

/** The parameters of the page after so many; undefined after the last one. */
function next(
  response: LightMyRequestResponse,
  count: number,
  paging: Paging,
): Readonly<Record<string, unknown>> | undefined {
  const found = itemsAt(response, paging.items);
  if (paging.cursor !== undefined) {
    const cursor = nextCursor(response, found, paging);
    return cursor === undefined || cursor === null || cursor === "" ? undefined : { [paging.cursor]: cursor };
  }
  if (found.length < paging.size) return undefined;
  if (paging.page !== undefined) return { [paging.page]: (paging.firstPage ?? 1) + count };
  return paging.offset === undefined ? undefined : { [paging.offset]: count * paging.size };
}

function nextCursor(response: LightMyRequestResponse, found: readonly unknown[], paging: Paging): unknown {
  if (paging.nextCursor !== undefined) return valueAt(response, paging.nextCursor);
  const link = paging.nextLink === undefined ? linkOf(response) : valueAt(response, paging.nextLink);
  if (paging.nextLink !== undefined || link !== undefined)
    return typeof link === "string"
      ? new URL(link, "http://localhost").searchParams.get(paging.cursor ?? "")
      : undefined;
  const last = found.at(-1) as Readonly<Record<string, unknown>> | undefined;
  return found.length < paging.size ? undefined : last?.[(paging.key ?? "").slice(1)];
}

/** The next page by the Link header (RFC 8288). */
function linkOf({ headers }: LightMyRequestResponse): string | undefined {
  return /<([^>]+)>;\s*rel="?next"?/.exec(String(headers["link"]))?.[1];
}
