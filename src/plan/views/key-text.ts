import { matches } from "../../model/pattern-text.ts";

/**
 * SQL that makes a text for a key: a random UUID, and where the key's pattern asks for more, its prefix with what of the
 * UUID the pattern allows. A pattern that nothing here matches gets the UUID alone.
 */
export function keyText(pattern: string | undefined, format = ""): string {
  const plain = "gen_random_uuid()";
  if (Object.hasOwn(formatted, format)) return formatted[format] ?? plain;
  if (pattern === undefined || isMade(pattern, (uuid) => uuid)) return plain;
  const prefix = prefixOf(pattern);
  const found = forms.find(({ made }) => isMade(pattern, (uuid) => prefix + made(uuid)));
  if (found === undefined) return plain;
  return prefix === "" ? `(${found.code})` : `('${prefix}' || ${found.code})`;
}

/** The letters that a pattern begins with: `LA[0-9a-f]{32}`, and of `(LA|SH)[0-9a-f]{32}` the first ones. */
function prefixOf(pattern: string): string {
  const found =
    /^\^?((?:[A-Za-z\d_-]|\((?:\?:)?[A-Za-z\d_-]+(?:\|[A-Za-z\d_-]+)*\)){1,20})(?=[[(\\.])/.exec(pattern)?.[1] ?? "";
  return found.replaceAll(/\((?:\?:)?([A-Za-z\d_-]+)[^)]*\)/g, "$1");
}

/** Formats that no UUID has: addresses of private networks, and of nobody (RFC 1918, RFC 4193, RFC 2606). */
const formatted: Readonly<Record<string, string>> = {
  ipv4: "host('10.0.0.0'::inet + floor(random() * 16777216)::int)",
  ipv6: "host('fd00::'::inet + floor(random() * 9e15)::bigint)",
  email: "(gen_random_uuid() || '@example.com')",
  uri: "('https://example.com/' || gen_random_uuid())",
  url: "('https://example.com/' || gen_random_uuid())",
};

interface Form {
  readonly code: string;
  readonly made: (uuid: string) => string;
}

const hexadecimal = "replace(gen_random_uuid()::text, '-', '')";

/** The longest first: the more of a UUID is left, the less two of them meet. */
const forms: readonly Form[] = [
  { code: "gen_random_uuid()", made: (uuid) => uuid },
  { code: "upper(gen_random_uuid()::text)", made: (uuid) => uuid.toUpperCase() },
  ...Array.from({ length: 21 }, (_, cut) => 32 - cut).flatMap((length): readonly Form[] => [
    { code: `left(${hexadecimal}, ${length})`, made: (uuid) => uuid.replaceAll("-", "").slice(0, length) },
    {
      code: `upper(left(${hexadecimal}, ${length}))`,
      made: (uuid) => uuid.replaceAll("-", "").slice(0, length).toUpperCase(),
    },
  ]),
  // Eighteen digits fit 64 bits, which whoever asks for digits may read them as.
  ...[18, 17, 16, 15, 14, 13, 12, 11, 10, 19, 20, 21, 22, 23, 24].map((length): Form => ({
    code: `'1' || translate(left(${hexadecimal}, ${length - 1}), 'abcdef', '012345')`,
    made: (uuid) => `1${digitsOf(uuid.replaceAll("-", "").slice(0, length - 1))}`,
  })),
];

function digitsOf(hex: string): string {
  return hex.replaceAll(/[a-f]/g, (letter) => String("abcdef".indexOf(letter)));
}

/** Two that differ in every digit: what both of them match hardly depends on chance. */
function isMade(pattern: string, made: (uuid: string) => string): boolean {
  return ["01234567-89ab-4cde-8f01-23456789abcd", "fedcba98-7654-4321-9876-fedcba987654"].every((uuid) =>
    matches(pattern, made(uuid)),
  );
}
