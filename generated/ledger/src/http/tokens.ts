import { randomBytes } from "node:crypto";
import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyOptions } from "jose";
import type { Caller } from "../contract.ts";
import { Failure } from "../failure.ts";
import type { Scheme } from "./authentication.ts";

/**
 * Bearer tokens (RFC 6750) that are JWTs: under the secret of JWT_SECRET, or of an identity provider whose public keys
 * are at JWKS_URL. JWT_ISSUER and JWT_AUDIENCE, where they are set, must be those of the token.
 */
export function openTokens(environment: NodeJS.ProcessEnv): Scheme {
  const secret = environment["JWT_SECRET"];
  const keysAt = environment["JWKS_URL"];
  if (secret !== undefined && keysAt !== undefined) {
    throw new Error("JWT_SECRET and JWKS_URL are both set: tokens are checked by one of them.");
  }
  const claims: JWTVerifyOptions = {
    requiredClaims: ["sub"],
    ...(environment["JWT_ISSUER"] !== undefined && { issuer: environment["JWT_ISSUER"] }),
    ...(environment["JWT_AUDIENCE"] !== undefined && { audience: environment["JWT_AUDIENCE"] }),
  };
  if (keysAt !== undefined) return providedTokens(keysAt, claims);
  if (secret === undefined && environment.NODE_ENV === "production") {
    throw new Error("Neither JWT_SECRET nor JWKS_URL is set: a production service does not start without one.");
  }
  if (secret !== undefined && secret.length < shortestSecret && environment.NODE_ENV === "production") {
    throw new Error(
      `JWT_SECRET has less than ${shortestSecret} characters, and could be guessed: set a longer one, or JWKS_URL.`,
    );
  }
  const key = secret === undefined ? randomBytes(32) : new TextEncoder().encode(secret);
  return {
    isThrowAway: secret === undefined,
    callerOf: callerBy((token) => jwtVerify(token, key, { ...claims, algorithms: ["HS256"] })),
    async issue(subject, scopes) {
      const token = new SignJWT({ scope: scopes.join(" ") }).setSubject(subject).setIssuedAt().setExpirationTime("12h");
      if (typeof claims.issuer === "string") token.setIssuer(claims.issuer);
      if (typeof claims.audience === "string") token.setAudience(claims.audience);
      return { headers: { authorization: `Bearer ${await token.setProtectedHeader({ alg: "HS256" }).sign(key)}` } };
    },
  };
}

/** As many as a digest of HS256 has bytes (RFC 7518, 3.2). */
const shortestSecret = 32;

/** Signed with a private key, so that no public key is ever taken for a shared secret. */
const publicAlgorithms = "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split(" ");

function providedTokens(keysAt: string, claims: JWTVerifyOptions): Scheme {
  const address = new URL(keysAt);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(address.hostname);
  if (address.protocol !== "https:" && !isHere) throw new Error("JWKS_URL must begin with https:.");
  const keys = createRemoteJWKSet(address);
  const options = { ...claims, algorithms: publicAlgorithms, clockTolerance: 5 };
  return {
    isThrowAway: false,
    callerOf: callerBy((token) => jwtVerify(token, keys, options)),
    issue: () => Promise.reject(new Error("Tokens are made by the provider whose keys are at JWKS_URL.")),
  };
}

/** In milliseconds: for so long a signature that was checked is trusted, should its key be withdrawn meanwhile. */
const trustedFor = 60_000;
const maximumKnown = 1_000;

/** A caller comes again and again with one token, and to check its signature costs more than most requests do besides. */
function callerBy(verify: (token: string) => Promise<{ readonly payload: JWTPayload }>): Scheme["callerOf"] {
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>();
  return async ({ headers }) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
    if (token === undefined) return undefined;
    const same = known.get(token);
    if (same !== undefined && Date.now() < same.until) return same.caller;
    const { payload } = await verify(token).catch(refuseToken);
    if (!payload.sub) throw new Failure("unauthenticated", "The token names nobody.");
    const caller = { subject: payload.sub, scopes: scopesOf(payload) };
    const expires = (payload.exp ?? Infinity) * 1_000;
    if (known.size >= maximumKnown) known.clear();
    known.set(token, { caller, until: Math.min(expires, Date.now() + trustedFor) });
    return caller;
  };
}

/** `scope` is one text (RFC 8693, 4.2); some issuers write a list, or call it `scp`. */
function scopesOf(payload: JWTPayload): readonly string[] {
  const texts = [payload["scope"], payload["scp"]].flat().filter((scope) => typeof scope === "string");
  return texts.flatMap((text) => text.split(" ")).filter((scope) => scope !== "");
}

/** A token that is wrong is its bearer's fault; that no keys can be had is not. */
function refuseToken(error: unknown): never {
  if (error instanceof errors.JOSEError && !isProviders(error)) {
    throw new Failure("unauthenticated", "The token is not valid.", { cause: error });
  }
  throw new Failure("unavailable", "Tokens cannot be checked now.", { cause: error });
}

function isProviders({ code }: errors.JOSEError): boolean {
  return code === "ERR_JOSE_GENERIC" || code === "ERR_JWKS_TIMEOUT" || code === "ERR_JWKS_INVALID";
}
