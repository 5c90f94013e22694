import { caller } from "./callers.ts";
import type { TestRequest } from "./client.ts";
import { tokenOf } from "./tokens.ts";

/** Parts of a request that let nobody in. */
export interface WrongCredentials extends Pick<TestRequest, "headers" | "query"> {
  readonly title: string;
}

const none: WrongCredentials = { title: "a request without credentials" };

// The one that nobody signed says so itself: `alg` is `none` (RFC 8725, 2.1).
const tokens: readonly WrongCredentials[] = [
  bearer("a token that is none", "nonsense"),
  bearer(
    "a token that nobody signed",
    "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJjYWxsZXIiLCJleHAiOjQxMDI0NDQ4MDB9.",
  ),
  bearer("a token that somebody else signed", await tokenOf({ sub: caller }, "a secret of somebody else, and as long")),
  bearer("a token that has expired", await tokenOf({ sub: caller, exp: 1 })),
  bearer("a token that names nobody", await tokenOf({})),
];

const wrong = {
  bearer: tokens,
} satisfies Readonly<Record<string, readonly WrongCredentials[]>>;

/** No credentials at all, and for each of these schemes of the document those that are wrong. */
export function wrongCredentials(...schemes: readonly (keyof typeof wrong)[]): readonly WrongCredentials[] {
  return [none, ...new Set(schemes.flatMap((scheme): readonly WrongCredentials[] => wrong[scheme]))];
}

/** The request with these beside what else is in its headers and query. */
export function presenting({ headers, query }: WrongCredentials, request: TestRequest): TestRequest {
  return { ...request, headers: { ...request.headers, ...headers }, query: { ...request.query, ...query } };
}

function bearer(title: string, token: string): WrongCredentials {
  return { title, headers: { authorization: `Bearer ${token}` } };
}
