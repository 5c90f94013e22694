import type { FastifyRequest } from "fastify";
import { describe, expect, test } from "vitest";
import type { Caller } from "../contract.ts";
import { Failure } from "../failure.ts";
import { authenticated, openCredentials, type Credentials, type Scheme } from "./authentication.ts";

describe("credentials for development and tests", () => {
  const credentials = openCredentials({});

  test.each([...credentials.schemes])("prove who it is, under %s", async (name, scheme) => {
    const { headers, query } = await credentials.issue("ada", { schemes: [name] });
    const lists = Object.fromEntries(Object.entries(query).map(([key, value]) => [key, [value]]));
    const caller = await scheme.callerOf({ headers, query: lists as unknown } as FastifyRequest);
    expect(caller?.subject).toBe("ada");
    expect(scheme.isThrowAway).toBe(true);
  });

  test("are made for all schemes, and none for what is no scheme", async () => {
    const all = await credentials.issue("ada");
    for (const name of credentials.schemes.keys()) {
      const own = await credentials.issue("ada", { schemes: [name] });
      expect(Object.keys(all.headers)).toEqual(expect.arrayContaining(Object.keys(own.headers)));
      expect(Object.keys(all.query)).toEqual(expect.arrayContaining(Object.keys(own.query)));
    }
    expect(await credentials.issue("ada", { schemes: ["none"] })).toEqual({ headers: {}, query: {} });
  });
});

/** A request in which each of these schemes finds its caller, or fails. */
function asking(found: Readonly<Record<string, Caller | Error | undefined>>): FastifyRequest {
  const schemes = Object.entries(found).map(([name, caller]): readonly [string, Scheme] => [
    name,
    {
      isThrowAway: true,
      callerOf: () => (caller instanceof Error ? Promise.reject(caller) : Promise.resolve(caller)),
      issue: async () => ({}),
    },
  ]);
  const credentials: Pick<Credentials, "schemes"> = { schemes: new Map(schemes) };
  return { server: { credentials } } as FastifyRequest;
}

function callerOf(subject: string, ...scopes: readonly string[]): Caller {
  return { subject, scopes };
}

describe("an operation that asks who calls", () => {
  test("lets in whom its scheme finds", async () => {
    const caller = callerOf("ada");
    const request = asking({ ["bearer"]: caller });
    await authenticated()(request);
    expect(request.caller).toBe(caller);
  });

  test.each([{ found: { ["bearer"]: undefined } }, { found: {} }])("says what it needs", async ({ found }) => {
    const refusal = { kind: "unauthenticated", message: "A bearer token is needed." };
    await expect(authenticated()(asking(found))).rejects.toMatchObject(refusal);
  });

  test("refuses wrong credentials", async () => {
    const wrong = new Failure("unauthenticated", "They are wrong.");
    await expect(authenticated()(asking({ ["bearer"]: wrong }))).rejects.toBe(wrong);
  });
});
