import { SignJWT, type JWTPayload } from "jose";

/** The secret that the service under test shares with its tests. */
export const tokenSecret = "what the tests and the service under test both know";

/** A bearer token that says this; an hour long, where it does not say how long itself. */
export function tokenOf(claims: JWTPayload, secret = tokenSecret): Promise<string> {
  const token = new SignJWT({ exp: Math.floor(Date.now() / 1000) + 3600, ...claims });
  return token.setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
}
