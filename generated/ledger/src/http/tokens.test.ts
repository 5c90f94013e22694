import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { FastifyRequest } from "fastify";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTokens } from "./tokens.ts";

describe("tokens of an identity provider", () => {
  let provider: Server;
  let keysAt: string;
  let key: CryptoKey;
  let publicText: string;

  beforeAll(async () => {
    const pair = await generateKeyPair("ES256", { extractable: true });
    key = pair.privateKey;
    const jwk = { ...(await exportJWK(pair.publicKey)), alg: "ES256", kid: "one" };
    publicText = JSON.stringify(jwk);
    provider = createServer(({ url }, response) => {
      if (url !== "/keys") response.statusCode = 500;
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => void provider.listen(0, "127.0.0.1", resolve));
    keysAt = `http://127.0.0.1:${String((provider.address() as AddressInfo).port)}/keys`;
  });

  afterAll(() => new Promise((resolve) => void provider.close(resolve)));

  const settings = () => ({ JWKS_URL: keysAt, JWT_ISSUER: "https://issuer.example", JWT_AUDIENCE: "api" });

  function claimsOf(change: JWTPayload = {}): JWTPayload {
    const exp = Math.floor(Date.now() / 1000) + 3600;
    return { sub: "ada", scope: "a b", iss: "https://issuer.example", aud: "api", exp, ...change };
  }

  function signed(claims: JWTPayload, alg = "ES256", by: CryptoKey | Uint8Array = key): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg, kid: "one" }).sign(by);
  }

  function callerOf(token: string, environment: NodeJS.ProcessEnv = settings()) {
    const request = { headers: { authorization: `Bearer ${token}` } };
    return openTokens(environment).callerOf(request as FastifyRequest);
  }

  test("let their bearer in, with the scopes that they grant", async () => {
    expect(await callerOf(await signed(claimsOf()))).toEqual({ subject: "ada", scopes: ["a", "b"] });
  });

  test("are refused where the provider did not make them, or not for this service", async () => {
    const other = await generateKeyPair("ES256");
    const wrong = [
      await signed(claimsOf(), "ES256", other.privateKey),
      await signed(claimsOf(), "HS256", new TextEncoder().encode(publicText)),
      await signed(claimsOf({ iss: "https://other.example" })),
      await signed(claimsOf({ aud: "another" })),
      await signed(claimsOf({ exp: 1 })),
      await signed(claimsOf({ sub: "" })),
      "no.token.at-all",
    ];
    for (const token of wrong) await expect(callerOf(token)).rejects.toMatchObject({ kind: "unauthenticated" });
  });

  test("are checked again after a minute, and as soon as they expire", async () => {
    const tokens = openTokens(settings());
    const { now } = Date;
    for (const { lasts, later } of [
      { lasts: 50, later: 55 },
      { lasts: 3600, later: 65 },
    ]) {
      const authorization = `Bearer ${await signed(claimsOf({ exp: Math.floor(now() / 1000) + lasts }))}`;
      const request = { headers: { authorization } } as FastifyRequest;
      const caller = await tokens.callerOf(request);
      expect(await tokens.callerOf(request)).toBe(caller);
      Date.now = () => now() + later * 1000;
      expect(await tokens.callerOf(request).finally(() => (Date.now = now))).not.toBe(caller);
    }
  });

  test("cannot be checked while the provider does not answer, which is no fault of theirs", async () => {
    const token = await signed(claimsOf());
    for (const address of [keysAt.replace("/keys", "/broken"), "http://127.0.0.1:1/keys"]) {
      await expect(callerOf(token, { JWKS_URL: address })).rejects.toMatchObject({ kind: "unavailable" });
    }
  });

  test.each([
    { title: "two ways to check them", environment: { JWKS_URL: "https://issuer.example/keys", JWT_SECRET: "s" } },
    { title: "keys that anybody on the way can change", environment: { JWKS_URL: "http://issuer.example/keys" } },
    { title: "no way to check them, in production", environment: { NODE_ENV: "production" } },
    {
      title: "a secret that can be guessed, in production",
      environment: { NODE_ENV: "production", JWT_SECRET: "short" },
    },
  ])("start no service with $title", ({ environment }) => {
    expect(() => openTokens(environment)).toThrow(/JWKS_URL/);
  });
});
