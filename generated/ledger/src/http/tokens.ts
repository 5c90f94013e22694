import { randomBytes } from "node:crypto";
import { errors, jwtVerify, SignJWT, type JWTPayload } from "jose";
import { Failure } from "../failure.ts";
import type { Scheme } from "./authentication.ts";

/** Bearer tokens (RFC 6750) that are JWTs under the secret of JWT_SECRET, HS256. */
export function openTokens(environment: NodeJS.ProcessEnv): Scheme {
  const secret = environment["JWT_SECRET"];
  if (secret === undefined && environment.NODE_ENV === "production") {
    throw new Error("JWT_SECRET is not set: a production service does not start without it.");
  }
  const key = secret === undefined ? randomBytes(32) : new TextEncoder().encode(secret);
  return {
    isThrowAway: secret === undefined,
    async callerOf({ headers }) {
      const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
      if (token === undefined) return undefined;
      const options = { algorithms: ["HS256"], requiredClaims: ["sub"] };
      const { payload } = await jwtVerify(token, key, options).catch(refuseToken);
      return { subject: payload.sub ?? "", scopes: scopesOf(payload) };
    },
    async issue(subject, scopes) {
      const token = await new SignJWT({ scope: scopes.join(" ") })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime("12h")
        .sign(key);
      return { headers: { authorization: `Bearer ${token}` } };
    },
  };
}

/** `scope` is one text (RFC 8693, 4.2); some issuers write a list, or call it `scp`. */
function scopesOf(payload: JWTPayload): readonly string[] {
  const texts = [payload["scope"], payload["scp"]].flat().filter((scope) => typeof scope === "string");
  return texts.flatMap((text) => text.split(" ")).filter((scope) => scope !== "");
}

function refuseToken(error: unknown): never {
  if (error instanceof errors.JOSEError) {
    throw new Failure("unauthenticated", "The token is not valid.", { cause: error });
  }
  throw error;
}
