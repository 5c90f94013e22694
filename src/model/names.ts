import pluralize from "pluralize";
import type { Name } from "./model.ts";

/**
 * Every name that reaches generated code is made here, from words. A wire name is split into words of ASCII letters and
 * digits; what is written in other scripts is transliterated by its code points, so that it stays distinct.
 */

/** All spellings of a thing: entityName(["credit", "notes"]) is a CreditNote. */
export function nameOf(words: readonly string[]): Name {
  const last = words.at(-1) ?? "item";
  const singular = [...words.slice(0, -1), singularOf(last)].map((word) => word.toLowerCase());
  const plural = [...words.slice(0, -1), pluralOf(last)].map((word) => word.toLowerCase());
  const type = safeTypeName(pascal(singular));
  const variable = safeVariableName(camel(wordsOf(type)));
  const many = camel(plural) === camel(singular) ? [...plural, "list"] : plural;
  return {
    type,
    variable,
    plural: safeVariableName(camel(many)),
    pluralType: safeTypeName(pascal(many)),
    file: singular.join("-"),
    words: singular.join(" "),
    pluralWords: plural.join(" "),
  };
}

export function typeName(text: string): string {
  return safeTypeName(pascal(wordsOf(text)));
}

export function variableName(text: string): string {
  return safeVariableName(camel(wordsOf(text)));
}

/** A constant inside of a body of business logic, where fewer names stand around it. */
export function localName(text: string): string {
  const name = camel(wordsOf(text));
  return reservedBesides.has(name) ? name : safeVariableName(name);
}

/** Functions, join names and relation names share the rules of variables. */
export const functionName = variableName;

/** kebab-case stem of files and folders. */
export function fileName(text: string): string {
  return wordsOf(text).join("-").toLowerCase() || "api";
}

/** snake_case, plural, within PostgreSQL's 63 bytes. */
export function tableName(words: readonly string[]): string {
  const last = words.at(-1) ?? "item";
  return withinSqlLimit(sqlStart([...words.slice(0, -1), pluralOf(last)].join("_").toLowerCase()));
}

export function columnName(wireName: string): string {
  return withinSqlLimit(sqlStart(wordsOf(wireName).join("_").toLowerCase() || "value"));
}

/** A name of the database that was not made here, within PostgreSQL's limit. */
export const sqlName = withinSqlLimit;

/** The name of a constraint or index: transfers_status_check. */
export function constraintName(table: string, columns: readonly string[], kind: "check" | "unique" | "index"): string {
  return withinSqlLimit([table, ...columns, kind].join("_"));
}

/** The words of a wire name: "billingAddress_id" is billing, Address, id; "URLs" and "SSHKey" keep their acronyms. */
export function wordsOf(text: string): readonly string[] {
  const plain = transliterated(text);
  return (
    plain
      .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
      .replaceAll(/([A-Z]+)([A-Z][a-z])/g, (match, acronym: string, next: string) =>
        next === "Ds" || next === "Rs" || next === "Ps" ? match : `${acronym} ${next}`,
      )
      .match(/[A-Za-z\d]+/g) ?? []
  );
}

/** "categories" is category; a word that only looks like a plural stays: "status", "address", "news". */
export function singularOf(word: string): string {
  if (/(ss|us|is|ics|news|series|species)$/i.test(word)) return word;
  // Of what ends in "men", only persons are many: a specimen is one, and so is an examen.
  if (
    /men$/i.test(word) &&
    !/^(|wo|sales|fire|fisher|police|chair|business|crafts|fore|crew|congress|post|work|watch)men$/i.test(word)
  )
    return word;
  return pluralize.singular(word);
}

export function pluralOf(word: string): string {
  return /\d$/.test(word) ? word : pluralize.plural(word);
}

/** For comparing nouns: case, separators and number do not count. "PetTypes" and "pet-type" are one. */
export function nounKey(text: string): string {
  const words = wordsOf(text).map((word) => word.toLowerCase());
  const joined = words.join("");
  return singularOf(joined);
}

/** For comparing members: case and separators do not count. "startDate" and "start_date" are one. */
export function memberKey(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_.$@-]/g, "");
}

/** Gives each name at most once; the second "pet" becomes "pet2". */
export class UniqueNames {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name.toLowerCase()); number += 1) name = `${wanted}${number}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }

  has(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }
}

function transliterated(text: string): string {
  const latin = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss");
  return [...latin]
    .map((letter) =>
      /[\p{L}\p{N}]/u.test(letter) && !/[A-Za-z\d]/.test(letter)
        ? ` u${letter.codePointAt(0)?.toString(16) ?? ""} `
        : letter,
    )
    .join("");
}

function pascal(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function camel(words: readonly string[]): string {
  const name = pascal(words.map((word, index) => (index === 0 ? word.toLowerCase() : word)));
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function safeTypeName(name: string): string {
  const start = /^[A-Za-z]/.test(name) ? name : `The${name}`;
  return reservedTypes.has(start) ? `${start}Entity` : start;
}

function safeVariableName(name: string): string {
  const start = /^[A-Za-z]/.test(name) ? name : `the${name}`;
  return reservedVariables.has(start) || reservedBesides.has(start) ? `${start}Value` : start;
}

function sqlStart(name: string): string {
  return /^[a-z]/.test(name) ? name : `c_${name}`;
}

/** Longer names are cut, and kept apart by a checksum of the whole. */
function withinSqlLimit(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 51)}_${checksum(name)}`;
}

/** FNV-1a, 32 bits, in hexadecimal. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

/** Globals and type names that generated modules use, or that a reader would mistake for the built-in ones. */
const reservedTypes = new Set(
  (
    "Any Array ArrayBuffer Awaited BigInt Blob Boolean Buffer Date Error Event EventTarget Exclude Extract File FormData Function " +
    "Headers Infinity Intl Iterator JSON Map Math NaN Never NonNullable Null Number Object Omit Parameters Partial Pick Promise Proxy " +
    "Readonly Record Reflect RegExp Request Required Response ReturnType Set Static String Symbol Type Undefined Unknown URL Void " +
    "WeakMap WeakSet Accepted Failure Refusal Refused ListQuery Fastify FastifyInstance FastifyReply FastifyRequest Database Context Verdict Services Caller Logic ListedPage Page Row RowRepository Sql Table"
  ).split(" "),
);

/** Names that modules with operations, tables and tests use for something else, and bodies of business logic do not. */
const reservedBesides = new Set(["head", "name"]);

/** ECMAScript's reserved words, and names that generated modules use for something else: parameters, locals, imports. */
const reservedVariables = new Set(
  (
    "abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do " +
    "else enum eval export extends false finally for from function get globalThis if implements import in infinity instanceof interface " +
    "is keyof let module nan namespace never new null number object of package private process prototype proto protected public readonly " +
    "require return satisfies set static string super switch symbol this throw true try type typeof undefined unknown using valueOf " +
    "toString hasOwnProperty isPrototypeOf toLocaleString propertyIsEnumerable var void while with yield app body caller context database " +
    "error errors eq and or logic now parameters params path query reply request response row rows services sql table test then transaction values " +
    "changes current deleted headers input " +
    "addressOf anyOf isKnown tagOf unlessChanged asBoolean asNumber asInteger expecting onceAlone keptFile sendFile uploadOf asText authenticated chosenOrder spelledCount containsText counted describe describeRows expect grouped indexed isMissing isNull " +
    "holdsAny isOnDay isOpen joined linkObject linkTo listOf listRows membersOf pageByCursor pageByNumber pageByOffset pageLink patchedMembers mergePatched shownListing soughtIn soughtMoment soughtNumber startsWith " +
    "unlessContradicted unlessDangling unlessForbidden unlessGivenAway unlessMissing unlessRefused unlessWord within withMembers withoutText withoutMembers " +
    "fill pick plant planted sqlState"
  ).split(" "),
);
