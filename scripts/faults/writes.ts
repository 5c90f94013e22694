import type { Fault, Occasion } from "./fault.ts";
import { generated, template, view } from "./places.ts";

const joined: Occasion = {
  what: "member that joins rows",
  path: generated.operations,
  holds: /\.replace(Left)?\(\s*\w+\.\w+,/,
};
const linked: Occasion = { what: "operation that joins two rows", path: generated.operations, holds: /\.add\(params/ };
const ruled: Occasion = { what: "business rule", path: generated.operations, holds: /unlessRefused\(/ };

/** Mistakes in what is stored, deleted, joined, and asked of business logic. */
export const writeFaults: readonly Fault[] = [
  {
    title: "an update of every row",
    edits: [
      {
        file: template.repository,
        find: ".set({ ...touched, ...valuesOf(table, given) })\n          .where(this.#hasKey(key))",
        replace: ".set({ ...touched, ...valuesOf(table, given) })\n          .where(this.#own)",
      },
    ],
  },
  {
    title: "an update that is shown and not stored",
    edits: [
      {
        file: template.repository,
        find: "return this.#first(await update.execute(placed(change, this.#places(key))));",
        replace: "void update;\n    const row = await this.read(key);\n    return row && { ...row, ...change };",
      },
    ],
  },
  {
    title: "a delete of every row",
    edits: [
      {
        file: template.repository,
        find: "orm.delete(table).where(this.#hasKey(key))",
        replace: "orm.delete(table).where(this.#own)",
      },
    ],
  },
  {
    title: "no time of the change",
    edits: [{ file: template.repository, find: ".set({ ...touched, ...valuesOf", replace: ".set({ ...valuesOf" }],
    occasion: { what: "member that every change sets", path: generated.repositories, holds: /^ {2}touched:/m },
  },
  {
    title: "another time of creation",
    edits: [{ file: view.moments, find: 'return "now()";', replace: "return \"now() - interval '1 hour'\";" }],
    occasion: { what: "time of creation", path: generated.tables, holds: /`now\(\)`/ },
  },
  {
    title: "an id changed by PUT",
    edits: [
      {
        file: template.failure,
        find: "if (repeated === undefined || isSame) return;",
        replace: "if (repeated === undefined || isSame || pointer) return;",
      },
    ],
    occasion: { what: "body that repeats its path's key", path: generated.operations, holds: /unlessContradicted\(/ },
  },
  {
    title: "a value that must be unique stored twice",
    edits: [{ file: view.table, find: "    ...uniques(entity, imports),\n", replace: "" }],
    occasion: { what: "unique member", path: generated.tables, holds: /unique\(/ },
  },
  {
    title: "rows deleted that others need",
    edits: [
      {
        file: view.table,
        find: "onDelete: ${literal(onDelete)} })`",
        replace: 'onDelete: ${literal(onDelete === "restrict" ? "cascade" : onDelete)} })`',
      },
    ],
    occasion: { what: "reference that keeps its row", path: generated.tables, holds: /onDelete: "restrict"/ },
  },
  {
    title: "rows kept that belong to what is deleted",
    edits: [
      {
        file: view.table,
        find: "onDelete: ${literal(onDelete)} })`",
        replace: 'onDelete: ${literal(onDelete === "cascade" ? "restrict" : onDelete)} })`',
      },
    ],
    occasion: { what: "reference that deletes with its row", path: generated.tables, holds: /onDelete: "cascade"/ },
  },
  {
    title: "an optional reference kept",
    edits: [
      {
        file: view.table,
        find: "onDelete: ${literal(onDelete)} })`",
        replace: 'onDelete: ${literal(onDelete === "set null" ? "restrict" : onDelete)} })`',
      },
    ],
    occasion: { what: "reference that is cleared with its row", path: generated.tables, holds: /onDelete: "set null"/ },
  },
  {
    title: "joined rows not stored",
    edits: [
      {
        file: view.afterWrite,
        find: "  writeJoinedKeys(draft, entity, row);\n",
        replace: '  if (row === "") writeJoinedKeys(draft, entity, row);\n',
      },
    ],
    occasion: joined,
  },
  {
    title: "joined rows added to those before",
    edits: [
      {
        file: template.join,
        find: "    await clear.execute({ [this.#join.left]: left });\n",
        replace: "    void clear;\n",
      },
    ],
    occasion: joined,
  },
  {
    title: "a join that joins nothing",
    edits: [
      {
        file: view.link,
        find: "await context.${join.name}.add(${keys});",
        replace: "void context.${join.name}; void [${keys}];",
      },
    ],
    occasion: linked,
  },
  {
    title: "parting two rows parts all",
    edits: [
      {
        file: template.join,
        find: ".where(and(this.#is(this.#join.left), this.#is(this.#join.right)))",
        replace: ".where(this.#is(this.#join.left))",
      },
    ],
    occasion: linked,
  },
  {
    title: "a refused write that leaves half behind",
    edits: [
      {
        file: template.database,
        find: "transaction: (work) => driver.connected((connection) => retried(() => inTransaction(connection, work))),",
        replace: "transaction: (work) => driver.connected((connection) => work(connection)),",
      },
    ],
    occasion: joined,
  },
  {
    title: "a business rule not asked",
    edits: [
      {
        file: view.slotCalls,
        find: 'for (const slot of slotsOfKind(draft, "rule")) {',
        replace: 'for (const slot of slotsOfKind(draft, "filter")) {',
      },
    ],
    occasion: ruled,
  },
  {
    title: "a business rule's refusal ignored",
    edits: [
      {
        file: template.failure,
        find: "if (!isRefusal(result)) return result;",
        replace: "if (!isRefusal(result) || result.code !== undefined) return result as Result;",
      },
    ],
    occasion: ruled,
  },
  {
    title: "a business rule's refusal with another status",
    edits: [{ file: template.failure, find: "status: statuses[code],", replace: "status: statuses[code] + 1," }],
    occasion: ruled,
  },
  {
    title: "a computed value not stored",
    edits: [
      {
        file: view.rowValues,
        find: "return key === name ? name : `${key}: ${name}`;",
        replace: "return `${key}: ${name} && undefined`;",
      },
    ],
    occasion: {
      what: "value that business logic computes",
      path: generated.logic,
      holds: /: Promise<(string|number|boolean)/,
    },
  },
  {
    title: "an effect left out",
    edits: [
      {
        file: view.slotCalls,
        find: 'for (const slot of slotsOfKind(draft, "effect")) {',
        replace: 'for (const slot of slotsOfKind(draft, "filter")) {',
      },
    ],
    occasion: { what: "effect of business logic", path: generated.logic, holds: /Promise<void>/ },
  },
  {
    title: "a filter's business logic not asked",
    edits: [
      {
        file: view.list,
        find: "if (parts.length < 2) return parts.map((part) => `where: ${part}`);",
        replace: "if (parts.length < 2) return [];",
      },
    ],
    occasion: { what: "filter of business logic", path: generated.operations, holds: /\bwhere: / },
  },
];
