import type { Fault, Occasion } from "./fault.ts";
import { generated, template, view } from "./places.ts";

const counted: Occasion = { what: "total in an answer", path: generated.routes, holds: /page\.total/ };
const sorted: Occasion = { what: "list that can be sorted", path: generated.operations, holds: /chosenOrder\(/ };
const byCursor: Occasion = { what: "cursor", path: generated.operations, holds: /pageByCursor\(/ };
const searched: Occasion = { what: "search in texts", path: generated.repositories, holds: /containsText\(/ };

/** Mistakes in lists: their pages, filters and order. */
export const listFaults: readonly Fault[] = [
  {
    title: "a total of the page alone",
    edits: [
      {
        file: view.list,
        find: 'match(/"(total|pages|is-last|last)"/) !== null;',
        replace: 'match(/"(total|pages|is-last|last)"/) === undefined;',
      },
    ],
    occasion: counted,
  },
  {
    title: "a total that no filter changes",
    edits: [
      {
        file: template.repository,
        find: ".from(table)\n        .where(selection.condition),",
        replace: ".from(table)\n        .where(and(selection.condition, sql`true`) && this.#own),",
      },
    ],
    occasion: counted,
  },
  {
    title: "the second of two filters ignored",
    edits: [
      {
        file: template.repository,
        find: "filter((name) => values[name] !== undefined)",
        replace: "filter((name) => values[name] !== undefined).slice(0, 1)",
      },
    ],
    occasion: {
      what: "list with two filters",
      path: generated.repositories,
      holds: /filters: \{\s*(\w+: [^\n]*\n\s*){2}/,
    },
  },
  {
    title: "only the first value of a filter counts",
    edits: [
      {
        file: template.statements,
        find: ".filter((value) => canHold(column, value))",
        replace: ".filter((value) => canHold(column, value))\n        .slice(0, 1)",
      },
    ],
    occasion: { what: "filter with several values", path: generated.repositories, holds: /anyOf\(/ },
  },
  {
    title: "a lower bound left out",
    edits: [{ file: view.repository, find: 'gte: "gte"', replace: 'gte: "gt"' }],
    occasion: { what: "filter from a bound on", path: generated.repositories, holds: /\bgte\(/ },
  },
  {
    title: "an upper bound left out",
    edits: [{ file: view.repository, find: 'lte: "lte"', replace: 'lte: "lt"' }],
    occasion: { what: "filter up to a bound", path: generated.repositories, holds: /\blte\(/ },
  },
  {
    title: "a search that minds upper and lower case",
    edits: [
      {
        file: template.statements,
        find: "strpos(lower(${column}::text), lower(${sql.placeholder(name)}::text)) > 0",
        replace: "strpos(${column}::text, ${sql.placeholder(name)}::text) > 0",
      },
    ],
    occasion: searched,
  },
  {
    title: "a search at the start alone",
    edits: [
      {
        file: template.statements,
        find: "lower(${sql.placeholder(name)}::text)) > 0",
        replace: "lower(${sql.placeholder(name)}::text)) = 1",
      },
    ],
    occasion: searched,
  },
  {
    title: "a search in one member alone",
    edits: [
      {
        file: view.repository,
        find: "const parts = member.fields.map(",
        replace: "const parts = member.fields.slice(0, 1).map(",
      },
    ],
    occasion: { what: "search in several members", path: generated.repositories, holds: /or\(\s*containsText\(/ },
  },
  {
    title: "rows of another parent listed",
    edits: [
      {
        file: template.repository,
        find: "      ...within.map(([name]) => equals(columns, name, `$within.${name}`)),\n",
        replace: "",
      },
    ],
    occasion: { what: "list below a parent", path: generated.operations, holds: /\bwithin: \{/ },
  },
  {
    title: "sort direction reversed",
    edits: [
      {
        file: template.repository,
        find: "if (!descending) return asc(column);",
        replace: "if (descending) return asc(column);",
      },
    ],
  },
  {
    title: "descending order ignored",
    edits: [
      {
        file: view.list,
        find: 'direction === "desc" ? ", descending: true"',
        replace: 'direction === "desc" ? ", descending: false"',
      },
    ],
    occasion: { what: "descending order", path: generated.operations, holds: /descending: true/ },
  },
  {
    title: "a chosen order ignored",
    edits: [
      {
        file: template.paging,
        find: "if (chosen === undefined) return undefined;",
        replace: "if (chosen !== undefined) return undefined;",
      },
    ],
    occasion: sorted,
  },
  {
    title: "the default order ignored",
    edits: [
      {
        file: template.parameters,
        find: "?? schema.default] as const",
        replace: '?? (name === "sort" ? undefined : schema.default)] as const',
      },
    ],
    occasion: {
      what: "sort parameter with a default",
      path: generated.schemas,
      holds: /sort: Type\.Optional\([^\n]*default: /s,
    },
  },
  {
    title: "a chosen order that does not end in the key",
    edits: [
      {
        file: template.paging,
        find: "return [...terms, ...key.filter((name) => !named.has(name)).map((by) => ({ by }))];",
        replace: "return terms.concat(key.filter((name) => named.has(`${name}!`)).map((by) => ({ by })));",
      },
    ],
    occasion: sorted,
  },
  {
    title: "a page that repeats the last row of the one before",
    edits: [
      {
        file: template.statements,
        find: "return sql`(${left}) > (${right})`;",
        replace: "return sql`(${left}) >= (${right})`;",
      },
    ],
    occasion: byCursor,
  },
  {
    title: "a next cursor on the last page",
    edits: [
      {
        file: template.repository,
        find: "found.length > items.length ? items.at(-1) : undefined",
        replace: "items.at(-1)",
      },
    ],
    occasion: byCursor,
  },
  {
    title: "no cursor to the next page",
    edits: [
      { file: template.paging, find: "nextCursor: cursorOf(found.next),", replace: "nextCursor: cursorOf(null)," },
    ],
    occasion: byCursor,
  },
  {
    title: "500 for a cursor of nonsense",
    edits: [
      {
        file: template.paging,
        find: 'if (!isOurs) throw new Failure("malformed", "The cursor is none of ours.", { pointer: "cursor" });',
        replace: 'if (!isOurs) throw new Error("The cursor is none of ours.");',
      },
    ],
    occasion: byCursor,
  },
  {
    title: "500 for a cursor of another list",
    edits: [
      {
        file: template.paging,
        find: 'position.every((value) => typeof value !== "object" || value === null)',
        replace: "position.length < 100",
      },
    ],
    occasion: byCursor,
  },
  {
    title: "a limit ignored",
    edits: [
      {
        file: template.paging,
        find: "rows.list({ ...query, limit: countOf(limit), offset: countOf(offset), after{{#if pageAfterKey}}, afterRow{{/if}} })",
        replace:
          "rows.list({ ...query, limit: 1000, offset: countOf(offset), after{{#if pageAfterKey}}, afterRow{{/if}} })",
      },
    ],
  },
  {
    title: "pages counted from another number",
    edits: [
      { file: template.paging, find: "offset: Math.max(page - firstPage, 0) * limit", replace: "offset: page * limit" },
    ],
    occasion: { what: "numbered pages", path: generated.operations, holds: /pageByNumber\(/ },
  },
];
