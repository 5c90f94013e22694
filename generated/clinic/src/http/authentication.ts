import type { FastifyRequest } from "fastify";
import type { Caller } from "../contract.ts";
import { Failure } from "../failure.ts";
import { openKeys } from "./keys.ts";
import { openSecrets } from "./secrets.ts";

declare module "fastify" {
  interface FastifyInstance {
    credentials: Credentials;
  }
}

/** One way in which a request says who it comes from. */
export interface Scheme {
  /** Whether its secrets were made up for this run. */
  readonly isThrowAway: boolean;
  /** The caller; undefined where the request brings no credentials of this kind. Fails where they are wrong. */
  callerOf(request: FastifyRequest): Promise<Caller | undefined>;
  /** Makes credentials for development and tests: headers, or parts of the query. */
  issue(subject: string, scopes: readonly string[]): Promise<Proof>;
}

export interface Proof {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

interface IssueOptions {
  /** Default: all that the document speaks of. */
  readonly scopes?: readonly string[];
  readonly schemes?: readonly string[];
}

/** The schemes of the document. */
export interface Credentials {
  readonly schemes: ReadonlyMap<string, Scheme>;
  /** What proves to be this caller under every scheme, or under those that are named. */
  issue(subject: string, options?: IssueOptions): Promise<Required<Proof>>;
}

/** Secrets come from the environment. Outside of production, throw-away ones serve where none are set. */
export function openCredentials(environment: NodeJS.ProcessEnv = process.env): Credentials {
  const keys = openSecrets(environment, "API_KEYS");
  const schemes = new Map<string, Scheme>([["api_key", openKeys(keys, "header", "X-Api-Key")]]);
  return {
    schemes,
    async issue(subject, { scopes = [], schemes: names = [...schemes.keys()] } = {}) {
      let proof: Required<Proof> = { headers: {}, query: {} };
      for (const name of names) {
        const { headers, query } = (await schemes.get(name)?.issue(subject, scopes)) ?? {};
        proof = { headers: { ...proof.headers, ...headers }, query: { ...proof.query, ...query } };
      }
      return proof;
    },
  };
}

/** Lets a request in whose credentials are valid. */
export function authenticated() {
  return async (request: FastifyRequest): Promise<void> => {
    const caller = await request.server.credentials.schemes.get("api_key")?.callerOf(request);
    if (caller === undefined) throw new Failure("unauthenticated", "An API key is needed.");
    request.caller = caller;
  };
}
