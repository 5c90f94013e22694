import type { Fault, Occasion } from "./fault.ts";
import { generated, template, view } from "./places.ts";

const owned: Occasion = { what: "entity that belongs to a caller", path: generated.repositories, holds: /^ {2}own:/m };

/** The condition of `#hasKey`, without that on the owner. */
const anybodys =
  "and(...this.#members(key).map(([name]) => equals(this.#rows.columns, name, `$key.${name}`)), this.#rows.present)";

/** The mistakes that a service must not have whatever else it has: what clients see first, and what costs them most. */
export const classicFaults: readonly Fault[] = [
  {
    title: "wrong success status",
    edits: [
      {
        file: view.routes,
        find: "reply.code(${status})",
        replace: "reply.code(${status === 200 ? 202 : 200})",
      },
    ],
  },
  {
    title: "missing Location",
    edits: [{ file: view.routeHeaders, find: 'const address = row === "" ?', replace: 'const address = row !== "" ?' }],
    occasion: { what: "Location in an answer", path: generated.routes, holds: /\.header\("location"/ },
  },
  {
    title: "a filter ignored",
    edits: [
      {
        file: template.repository,
        find: "filter((name) => values[name] !== undefined)",
        replace: "filter((name, at) => values[name] !== undefined && at > 0)",
      },
    ],
    occasion: { what: "list with a filter", path: generated.repositories, holds: /^ {2}filters:/m },
  },
  {
    title: "a page off by one",
    edits: [{ file: template.repository, find: "$offset: offset }", replace: "$offset: offset + 1 }" }],
  },
  {
    title: "unstable list order",
    edits: [
      {
        file: template.repository,
        find: ".orderBy(...order.map((term) => orderOf(columns, term)))\n        .limit(",
        replace: ".orderBy(sql`random()`)\n        .limit(",
      },
    ],
  },
  {
    title: "a maximum off by one",
    edits: [
      {
        file: view.typebox,
        find: "${member}: ${valueLiteral(schema[member])}",
        replace: '${member}: ${valueLiteral(member === "maximum" ? Number(schema[member]) + 1 : schema[member])}',
      },
    ],
    occasion: { what: "maximum", path: generated.schemas, holds: /maximum: / },
  },
  {
    title: "a required member not required",
    edits: [{ file: view.typebox, find: "new Set(schema.required ?? [])", replace: "new Set<string>()" }],
  },
  {
    title: "an enum unchecked",
    edits: [{ file: view.typebox, find: "print: enumText }", replace: 'print: () => "Type.Any()" }' }],
    occasion: { what: "enum in a request", path: generated.schemas, holds: /Type\.Enum\(/ },
  },
  {
    title: "owner condition dropped on read",
    edits: [
      {
        file: template.repository,
        find: "orm.select(readable).from(table).where(this.#hasKey(key)),\n    );",
        replace: `orm.select(readable).from(table).where(${anybodys}),\n    );`,
      },
    ],
    occasion: owned,
  },
  {
    title: "owner condition dropped on list",
    edits: [
      { file: template.repository, find: "const conditions = [\n      this.#own,", replace: "const conditions = [" },
    ],
    occasion: owned,
  },
  {
    title: "owner condition dropped on delete",
    edits: [
      {
        file: template.repository,
        find: "orm.delete(table).where(this.#hasKey(key))",
        replace: `orm.delete(table).where(${anybodys})`,
      },
    ],
    occasion: owned,
  },
  {
    title: "a write-only member returned",
    edits: [
      { file: template.repository, find: "options.hidden?.includes(name) !== true", replace: "name !== undefined" },
    ],
    occasion: { what: "member that is write-only", path: generated.repositories, holds: /^ {2}hidden:/m },
  },
  {
    title: "a read-only member accepted",
    edits: [{ file: view.typebox, find: 'print: () => "Type.Never()"', replace: 'print: () => "Type.Any()"' }],
    occasion: { what: "body with a read-only member", path: generated.schemas, holds: /Type\.Never\(\)/ },
  },
  {
    title: "null stored for absent",
    edits: [
      {
        file: template.repository,
        find: "const given = givenColumns(table, values);",
        replace: "const given = Object.keys(values as object).filter((name) => name in this.#rows.columns);",
      },
      { file: template.statements, find: "(value === null ? null :", replace: "((value ?? null) === null ? null :" },
    ],
  },
  {
    title: "PATCH that clears",
    edits: [
      {
        file: view.operations,
        find: 'return writeChange(draft, entity, "given");',
        replace: 'return writeChange(draft, entity, "all");',
      },
    ],
    occasion: { what: "PATCH of a member that can be cleared", path: generated.openapi, holds: /"patch": \{/ },
  },
  {
    title: "PUT that keeps",
    edits: [
      {
        file: view.operations,
        find: 'return writeChange(draft, entity, "all");',
        replace: 'return writeChange(draft, entity, "given");',
      },
    ],
    occasion: { what: "PUT", path: generated.openapi, holds: /"put": \{/ },
  },
  {
    title: "delete that deletes nothing",
    edits: [
      {
        file: template.repository,
        find: "orm.delete(table).where(this.#hasKey(key)).returning(readable)",
        replace: "orm.select(readable).from(table).where(this.#hasKey(key))",
      },
    ],
  },
  {
    title: "500 on a malformed id",
    edits: [
      {
        file: template.validation,
        find: "({ schema }) =>\n  (value) => {\n",
        replace: '({ schema, httpPart }) =>\n  (value) => {\n    if (httpPart === "params") return true;\n',
      },
      { file: template.failure, find: "{ states: /^(22|54)/,", replace: "{ states: /^never/," },
      {
        file: template.statements,
        find: "switch (column.getSQLType()) {",
        replace: 'switch ("never" + String(value)) {',
      },
    ],
  },
  {
    title: "authentication skipped",
    edits: [
      {
        file: template.authentication,
        find: 'if (caller === undefined) throw new Failure("unauthenticated", {{{needed}}});\n    request.caller = {{#if hasScopes}}granted(caller, scopes){{else}}caller{{/if}};',
        replace: 'request.caller = caller ?? { subject: "caller", scopes: [] };',
      },
      {
        file: template.authentication,
        find: "if (!isOptional) throw",
        replace: "if (false) throw",
      },
    ],
    occasion: { what: "security", path: generated.routes, holds: /authenticated\(/ },
  },
  {
    title: "a foreign key unchecked",
    edits: [
      { file: view.table, find: "    referenceCode(entity, field, context, imports),\n", replace: "" },
      {
        file: template.failure,
        find: "if (referred === undefined) throw new Failure",
        replace: "if (false) throw new Failure",
      },
    ],
    occasion: { what: "foreign key", path: generated.tables, holds: /\.references\(/ },
  },
];
