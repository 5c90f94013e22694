import type { Fault, Occasion } from "./fault.ts";
import { generated, template } from "./places.ts";

const owned: Occasion = { what: "entity that belongs to a caller", path: generated.repositories, holds: /^ {2}own:/m };
const tokens: Occasion = { what: "bearer token", path: /http\/tokens\.ts$/, holds: /jwtVerify/ };

/** Mistakes in who may do what. */
export const accessFaults: readonly Fault[] = [
  {
    title: "owner condition dropped on update",
    edits: [
      {
        file: template.repository,
        find: ".where(this.#hasKey(key))\n          .returning(readable),",
        replace:
          ".where(and(...this.#members(key).map(([name]) => equals(this.#rows.columns, name, `$key.${name}`)), this.#rows.present))\n          .returning(readable),",
      },
    ],
    occasion: owned,
  },
  {
    title: "a reference to another caller's row taken",
    edits: [
      {
        file: template.failure,
        find: "if (referred === undefined) throw new Failure",
        replace: "if (referred === null) throw new Failure",
      },
    ],
    occasion: { what: "reference to what belongs to a caller", path: generated.operations, holds: /unlessDangling\(/ },
  },
  {
    title: "rows made for nobody",
    edits: [
      {
        file: template.context,
        find: "...repositoriesOn(connection, origin.caller{{#unless knowsCallers}}.subject{{/unless}}),",
        replace:
          '...repositoriesOn(connection, {{#if knowsCallers}}{ ...origin.caller, subject: "!" }{{else}}`${origin.caller.subject}!`{{/if}}),',
      },
    ],
    occasion: owned,
  },
  {
    title: "a token of anybody taken",
    edits: [
      {
        file: template.tokens,
        find: "const { payload } = await verify(token).catch(refuseToken);",
        replace:
          'void [verify, refuseToken];\n    const payload = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString() || "null") as JWTPayload | null;\n      if (payload === null) throw new Failure("unauthenticated", "The token is not valid.");',
      },
    ],
    occasion: tokens,
  },
  {
    title: "a token signed with another key taken",
    edits: [
      {
        file: template.tokens,
        find: "await verify(token).catch(refuseToken);",
        replace:
          'await verify(token).catch((error: unknown) =>\n        error instanceof errors.JWSSignatureVerificationFailed\n          ? { payload: JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as JWTPayload }\n          : refuseToken(error),\n      );',
      },
    ],
    occasion: tokens,
  },
  {
    title: "an expired token taken",
    edits: [
      {
        file: template.tokens,
        find: 'requiredClaims: ["sub"],',
        replace: 'requiredClaims: ["sub"], currentDate: new Date(0),',
      },
    ],
    occasion: tokens,
  },
  {
    title: "a token taken after it has expired, as it came before",
    edits: [{ file: template.tokens, find: "Math.min(expires, ", replace: "Math.max(expires, " }],
    occasion: tokens,
  },
  {
    title: "a token without a subject taken",
    edits: [
      { file: template.tokens, find: 'requiredClaims: ["sub"],', replace: "requiredClaims: []," },
      {
        file: template.tokens,
        find: 'if (!payload.sub) throw new Failure("unauthenticated", "The token names nobody.");',
        replace: "",
      },
      { file: template.tokens, find: "subject: payload.sub,", replace: 'subject: payload.sub ?? "",' },
    ],
    occasion: tokens,
  },
  {
    title: "an unknown key taken",
    edits: [
      {
        file: template.keys,
        find: 'if (subject === undefined) throw new Failure("unauthenticated", "The key is not valid.");\n      return { subject, scopes: []',
        replace: 'return { subject: subject ?? "caller", scopes: []',
      },
    ],
    occasion: { what: "API key", path: /http\/keys\.ts$/, holds: /openKeys/ },
  },
];
