import type { TestRequest } from "./client.ts";

/** Parts of a request that let nobody in. */
export interface WrongCredentials extends Pick<TestRequest, "headers" | "query"> {
  readonly title: string;
}

const none: WrongCredentials = { title: "a request without credentials" };

const wrong = {
  api_key: [{ title: "a key that is not known in header X-Api-Key", headers: { "x-api-key": "nonsense" } }],
} satisfies Readonly<Record<string, readonly WrongCredentials[]>>;

/** No credentials at all, and for each of these schemes of the document those that are wrong. */
export function wrongCredentials(...schemes: readonly (keyof typeof wrong)[]): readonly WrongCredentials[] {
  return [none, ...new Set(schemes.flatMap((scheme): readonly WrongCredentials[] => wrong[scheme]))];
}

/** The request with these beside what else is in its headers and query. */
export function presenting({ headers, query }: WrongCredentials, request: TestRequest): TestRequest {
  return { ...request, headers: { ...request.headers, ...headers }, query: { ...request.query, ...query } };
}
