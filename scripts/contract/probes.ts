import type { DocumentedOperation } from "./original.ts";
import type { Random } from "./random.ts";
import type { Request } from "./requests.ts";
import type { Twist } from "./send.ts";

/** A request that nobody sends in good faith: whatever it is answered must be an answer of HTTP's or the document's. */
export interface Probe {
  readonly title: string;
  readonly twist: Twist;
}

/** As many are sent to each operation, chosen by chance: all of them to all would take long and tell little more. */
const mostOfEach = 4;

export function probesOf(request: Request, random: Random): readonly Probe[] {
  const { operation, body, mediaType = "" } = request;
  const groups = [
    operation.path.includes("{") ? paths : [],
    queries(operation),
    headers,
    operation.body === undefined ? [] : types,
    /\bjson\b/.test(mediaType) ? payloads(body, mediaType) : [],
  ];
  return groups.flatMap((group) => some(group, random));
}

function some(probes: readonly Probe[], random: Random): readonly Probe[] {
  return probes
    .map((probe) => ({ probe, place: random.next() }))
    .toSorted((left, right) => left.place - right.place)
    .slice(0, mostOfEach)
    .map(({ probe }) => probe);
}

/** In place of the last argument of a path, as they are written. */
const paths: readonly Probe[] = [
  "%00",
  "%2F",
  "..%2F..%2Fetc%2Fpasswd",
  "%ff",
  "%ED%A0%80",
  "%E0%A4%A",
  "%25",
  "%0d%0aset-cookie:a=b",
  "9".repeat(400),
  "0x10",
  "1e3",
  "-0",
  "NaN",
  "%20",
  "__proto__",
  "constructor",
  "'%20or%201=1--",
  "%F0%9F%98%80",
  "a".repeat(2_000),
].map((argument) => ({ title: `with ${argument.slice(0, 30)} in its path`, twist: { argument } }));

/** After the query, as they are written: names twice, brackets, bytes that are no text, names of prototypes. */
function queries({ parameters }: DocumentedOperation): readonly Probe[] {
  const names = parameters.filter((one) => one.in === "query").map(({ name }) => encodeURIComponent(name));
  const texts = [
    "__proto__[polluted]=1&constructor[prototype][polluted]=1",
    "%00=%00",
    "%ff=%ff",
    "a[b][c][d][e][f][g][h][i][j]=1",
    "&&==&=&a",
    ...names.flatMap((name) => [
      `${name}=1&${name}=2`,
      `${name}[]=1&${name}[a]=2`,
      `${name}=%00`,
      `${name}=%ff`,
      `${name}=${"9".repeat(400)}`,
      `${name}=eyJhIjoxfQ%3D%3D`,
      `${name}=%F0%9F%98%80`,
      `${name}=1e400`,
      `${name}=${"x".repeat(2_000)}`,
    ]),
  ];
  return texts.map((search) => ({ title: `with ${search.slice(0, 40)} in its query`, twist: { search } }));
}

const headers: readonly Probe[] = (
  [
    ["if-match", '"'],
    ["if-match", 'W/garbage, *, "a'],
    ["if-none-match", '"\\", "x'],
    ["if-none-match", "a".repeat(2_000)],
    ["if-modified-since", "yesterday"],
    ["accept", "garbage"],
    ["accept", "*/*;q=0"],
    ["accept", "application/json;q=nonsense, ,;"],
    ["accept", "image/png"],
    ["range", "bytes=5-1,-"],
    ["authorization", "Bearer"],
    ["authorization", "Bearer a.b.c"],
    ["authorization", "Basic !!!"],
    ["authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."],
    ["cookie", "=;;a=%00; __proto__=1"],
    ["prefer", "respond-async, wait=-1"],
    ["x-http-method-override", "DELETE"],
    ["idempotency-key", "x".repeat(2_000)],
    ["x-request-id", "<script>"],
    ["content-encoding", "gzip"],
  ] as const
).map(([name, value]) => ({
  title: `with ${name}: ${value.slice(0, 30)}`,
  twist: { headers: { [name]: value } },
}));

/** Of the very body that is right otherwise. */
const types: readonly Probe[] = [
  "application/json; charset=utf-16",
  "application/json;",
  "application/json, text/html",
  "application/jsonp",
  "application/merge-patch+json",
  "multipart/form-data",
  "application/x-www-form-urlencoded",
  "text/plain",
  "garbage",
  "a/".repeat(500),
].map((mediaType) => ({ title: `as ${mediaType.slice(0, 40)}`, twist: { mediaType } }));

function payloads(body: unknown, mediaType: string): readonly Probe[] {
  const text = JSON.stringify(body) ?? "null";
  const strings = (escaped: string): string =>
    text.replaceAll(/(:\s*|\[|,)"(?:[^"\\]|\\.)*"(?=[,\]}])/g, `$1"${escaped}"`);
  const numbers = (written: string): string =>
    text.replaceAll(/:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?=[,\]}])/gi, `:${written}`);
  const written: readonly (readonly [string, string])[] = [
    ["a lone surrogate in texts", strings("\\ud800")],
    ["NUL in texts", strings("a\\u0000b")],
    ["every quote in texts", strings("\\\"'`;--$1{{x}}<b>%s")],
    ["long texts", strings("x".repeat(20_000))],
    ["emoji in texts", strings("\\ud83d\\ude00")],
    ["numbers beyond all bounds", numbers("1e400")],
    ["numbers of many digits", numbers("123456789012345678901234567890")],
    ["numbers beside nothing", numbers("1e-400")],
    ["minus zero", numbers("-0")],
    ["a name twice", text.replace(/^\{"((?:[^"\\]|\\.)*)":/, '{"$1":null,"$1":')],
    ["a byte order mark", `\ufeff${text}`],
    ["names of prototypes", text.replace(/^\{/, '{"__proto__":{"a":1},"constructor":1,"toString":null,')],
    ["an empty name", text.replace(/^\{/, '{"":1,')],
    ["what is no JSON", "{'a': NaN,}"],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["a text", '"text"'],
    ["another document after it", `${text}{}`],
  ];
  return written.map(([title, payload]) => ({ title: `of ${title}`, twist: { mediaType, payload } }));
}
