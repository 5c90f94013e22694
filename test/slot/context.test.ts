import { expect, test } from "vitest";
import { openContractSlices } from "../../src/slot/context/slices.ts";
import { holdsSecret, isSecretPath } from "../../src/slot/context/secrets.ts";
import { systemPrompt } from "../../src/slot/context/prompt.ts";
import { codeOf } from "../../src/slot/agent/answer.ts";

const contracts = new Map([
  ["src/contract.ts", "/** Reads. */\nexport interface Reader<Row> {\n  read(): Row;\n}\n"],
  [
    "src/note/note.contract.ts",
    'import type { Reader } from "../contract.ts";\nexport interface Note {\n  text: string;\n}\nexport interface NoteContext {\n  notes: Reader<Note>;\n}\nexport interface Unused {\n  nothing: string;\n}\n',
  ],
]);
const count = (text: string): number => text.length;

test("a slot is told of what its signature leads to, and of nothing else; what all share comes first", async () => {
  const slices = await openContractSlices(contracts, count);
  const { text, left } = slices(
    "export async function isShort(note: Note, context: NoteContext): Promise<void>",
    "",
    10_000,
  );
  expect(text).not.toContain("Unused");
  expect(text.indexOf("interface Reader")).toBeLessThan(text.indexOf("interface Note "));
  expect(left).toEqual([]);
});

test("what does not fit is named", async () => {
  const slices = await openContractSlices(contracts, count);
  const { text, left } = slices(
    "export async function isShort(note: Note, context: NoteContext): Promise<void>",
    "",
    100,
  );
  expect(left).not.toEqual([]);
  for (const name of left) expect(text).not.toContain(`interface ${name} `);
});

test("the part of a prompt that all slots share names no slot, no service and no time", () => {
  expect(systemPrompt).not.toMatch(/ledger|transfer|account|20\d\d/i);
});

test.each([
  ".env",
  "a/.env.local",
  "b/id_ed25519",
  "certs/server.key",
  "x.pem",
  ".npmrc",
  "config/secrets.yaml",
  "gcp-service-account.json",
  ".ssh/config",
])("%s is secret by its name", (path) => expect(isSecretPath(path)).toBe(true));

test.each(["src/env.ts", "src/keys.ts", "docs/secrets.md", "src/token.service.ts", "README.md"])(
  "%s is no secret by its name",
  (path) => expect(isSecretPath(path)).toBe(false),
);

test.each([
  "-----BEGIN RSA PRIVATE KEY-----",
  'const key = "AKIAABCDEFGHIJKLMNOP";',
  `token: "ghp_${"a".repeat(36)}"`,
  'DATABASE_URL="postgres://shop:hunter22@db/shop"',
  'const apiKey = "0123456789abcdef0123";',
])("a file with %s in it is not read", (text) => expect(holdsSecret(text)).toBe(true));

test("code that speaks of keys holds none", () => {
  expect(holdsSecret("const key = row.id; const token = readToken(request);")).toBe(false);
});

test.each([
  { title: "one block", text: "```ts\nreturn 1;\n```", code: "return 1;\n" },
  { title: "a longer fence", text: "````ts\nconst a = `x`;\n````", code: "const a = `x`;\n" },
  {
    title: "the block with the function",
    text: "```ts\nfunction f() {}\n```\n```ts\nf();\n```",
    code: "function f() {}\n",
  },
  { title: "no block", text: "function f() {\n  return 1;\n}", code: "function f() {\n  return 1;\n}" },
])("code is taken out of an answer with $title", ({ text, code }) => {
  expect(codeOf(text, "f", false)).toEqual({ code });
});
