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
      if (url === "/broken") response.statusCode = 500;
      const keys = url === "/odd" ? "none" : [jwk];
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
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

  test("are theirs to make", async () => {
    const tokens = openTokens(settings());
    expect(tokens.isThrowAway).toBe(false);
    await expect(tokens.issue("ada", [])).rejects.toThrow("JWKS_URL");
  });

  test.each(["localhost", "[::1]", "127.0.0.1"])("may have keys at %s, for development", (host) => {
    expect(openTokens({ JWKS_URL: `http://${host}:1/keys` }).isThrowAway).toBe(false);
  });

  test.each<{ title: string; claims: JWTPayload; scopes: readonly string[] }>([
    { title: "one text", claims: { scope: " a  b" }, scopes: ["a", "b"] },
    { title: "a list", claims: { scope: ["a", "b c"] }, scopes: ["a", "b", "c"] },
    { title: "another name", claims: { scope: undefined, scp: "a b" }, scopes: ["a", "b"] },
    { title: "no text", claims: { scope: 7 }, scopes: [] },
  ])("tell their scopes as $title", async ({ claims, scopes }) => {
    expect(await callerOf(await signed(claimsOf(claims)))).toMatchObject({ scopes });
  });

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
      await signed({ iss: "https://issuer.example", aud: "api" }),
      "no.token.at-all",
    ];
    for (const token of wrong) {
      const message: unknown = expect.stringMatching(/^The token (is not valid|names nobody)\.$/);
      await expect(callerOf(token)).rejects.toMatchObject({ kind: "unauthenticated", message });
    }
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
    for (const address of [
      keysAt.replace("/keys", "/broken"),
      keysAt.replace("/keys", "/odd"),
      "http://127.0.0.1:1/keys",
    ]) {
      const refusal = { kind: "unavailable", message: "Tokens cannot be checked now." };
      await expect(callerOf(token, { JWKS_URL: address })).rejects.toMatchObject(refusal);
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

describe("tokens under a secret of one's own", () => {
  const settings = {
    JWT_SECRET: "s".repeat(32),
    JWT_ISSUER: "https://issuer.example",
    JWT_AUDIENCE: "api",
    NODE_ENV: "production",
  };

  function callerOf(authorization: string | undefined, environment: NodeJS.ProcessEnv = settings) {
    return openTokens(environment).callerOf({ headers: { authorization } } as FastifyRequest);
  }

  async function issued(environment: NodeJS.ProcessEnv = settings, ...scopes: readonly string[]): Promise<string> {
    const { headers } = await openTokens(environment).issue("ada", scopes);
    return headers?.["authorization"] ?? "";
  }

  test("let their bearer in, with the scopes that they grant", async () => {
    expect(openTokens(settings).isThrowAway).toBe(false);
    const caller = { subject: "ada", scopes: ["a", "b"] };
    expect(await callerOf(await issued(settings, "a", "b"))).toEqual(caller);
    expect(await callerOf((await issued()).replace("Bearer ", "bearer  "))).toMatchObject({ subject: "ada" });
  });

  test.each([
    { title: "another secret", change: { JWT_SECRET: "t".repeat(32) } },
    { title: "another issuer", change: { JWT_ISSUER: "https://other.example" } },
    { title: "no issuer", change: { JWT_ISSUER: undefined } },
    { title: "another audience", change: { JWT_AUDIENCE: "another" } },
    { title: "no audience", change: { JWT_AUDIENCE: undefined } },
  ])("are refused where they were made under $title", async ({ change }) => {
    const token = await issued({ ...settings, ...change });
    await expect(callerOf(token)).rejects.toMatchObject({ kind: "unauthenticated" });
  });

  test("are refused where they are signed in another way", async () => {
    const claims = { sub: "ada", iss: settings.JWT_ISSUER, aud: settings.JWT_AUDIENCE };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS512" })
      .sign(new TextEncoder().encode(settings.JWT_SECRET.repeat(2)));
    const environment = { ...settings, JWT_SECRET: settings.JWT_SECRET.repeat(2) };
    await expect(callerOf(`Bearer ${token}`, environment)).rejects.toMatchObject({ kind: "unauthenticated" });
  });

  test.each([undefined, "", "Bearer", "Bearer ", "Bearer a b", "Basic YTpi", "x Bearer a"])(
    "%j brings none",
    async (authorization) => {
      expect(await callerOf(authorization)).toBeUndefined();
    },
  );

  test("need no secret outside of production, and are good for one run then", async () => {
    expect(openTokens({}).isThrowAway).toBe(true);
    expect(openTokens({ JWT_SECRET: "short" }).isThrowAway).toBe(false);
    await expect(callerOf(await issued({}), {})).rejects.toMatchObject({ kind: "unauthenticated" });
  });
});
