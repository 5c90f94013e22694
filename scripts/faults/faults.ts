/** One mistake that a template, or the view that it reads, could have. */
export interface Fault {
  /** What the service then does wrong. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Twins whose document gives no occasion for it, and why. */
  readonly without?: Readonly<Record<string, string>>;
}

/** Replaces a text that the file holds; a fault whose text is not found cannot be planted, and that is a failure too. */
export interface Edit {
  /** Below the package: `templates/…` or `src/plan/…`. */
  readonly file: string;
  readonly find: string | RegExp;
  readonly replace: string;
}

const repository = "templates/project/src/repository.ts.hbs";
const statements = "templates/project/src/statements.ts.hbs";
const validation = "templates/project/src/http/validation.ts.hbs";
const authentication = "templates/project/src/http/authentication.ts.hbs";
const failure = "templates/project/src/failure.ts.hbs";
const database = "templates/project/src/database.ts.hbs";
const routes = "src/plan/views/routes.ts";
const typebox = "src/plan/views/typebox.ts";
const values = "src/plan/views/values.ts";

/** The condition of `#hasKey`, without that on the owner. */
const anybodys =
  "and(...this.#members(key).map(([name]) => equals(this.#rows.columns, name, `$key.${name}`)), this.#rows.present)";
const nobodyOwns = "no caller owns anything";
const withoutOwner = { clinic: nobodyOwns, bookshop: nobodyOwns };

export const faults: readonly Fault[] = [
  {
    title: "wrong success status",
    edits: [{ file: routes, find: "`reply.code(${status})", replace: "`reply.code(${status === 200 ? 202 : 200})" }],
  },
  {
    title: "missing Location",
    edits: [
      {
        file: routes,
        find: 'if (source.kind === "location" && entity',
        replace: 'if (source.kind === "never" && entity',
      },
    ],
  },
  {
    title: "a filter ignored",
    edits: [{ file: repository, find: "...given.map((name) => filters[name]),", replace: "" }],
  },
  {
    title: "a page off by one",
    edits: [{ file: repository, find: "$offset: offset }", replace: "$offset: offset + 1 }" }],
  },
  {
    title: "unstable list order",
    edits: [
      {
        file: repository,
        find: ".orderBy(...order.map((term) => orderOf(columns, term)))\n        .limit(",
        replace: ".orderBy(sql`random()`)\n        .limit(",
      },
    ],
  },
  {
    title: "a maximum off by one",
    edits: [
      {
        file: validation,
        find: "maximum: Math.min(maximum ?? Infinity, Number.MAX_SAFE_INTEGER)",
        replace: "maximum: (maximum ?? Infinity) + 1",
      },
    ],
  },
  {
    title: "a required member not required",
    edits: [{ file: typebox, find: "new Set(schema.required ?? [])", replace: "new Set<string>()" }],
  },
  {
    title: "an enum unchecked",
    edits: [{ file: typebox, find: "print: enumText }", replace: 'print: () => "Type.Unknown()" }' }],
  },
  {
    title: "owner dropped on read",
    edits: [
      {
        file: repository,
        find: "orm.select(readable).from(table).where(this.#hasKey(key)),\n    );",
        replace: `orm.select(readable).from(table).where(${anybodys}),\n    );`,
      },
    ],
    without: withoutOwner,
  },
  {
    title: "owner dropped on list",
    edits: [
      {
        file: repository,
        find: "const conditions = [\n      this.#own,",
        replace: "const conditions = [",
      },
    ],
    without: withoutOwner,
  },
  {
    title: "owner dropped on delete",
    edits: [
      {
        file: repository,
        find: "orm.delete(table).where(this.#hasKey(key))",
        replace: `orm.delete(table).where(${anybodys})`,
      },
    ],
    without: withoutOwner,
  },
  {
    title: "a write-only member returned",
    edits: [{ file: repository, find: "options.hidden?.includes(name) !== true", replace: "name !== undefined" }],
    without: { clinic: "no member is write-only", bookshop: "no member is write-only" },
  },
  {
    title: "a read-only member accepted",
    edits: [{ file: typebox, find: '"Type.Never()"', replace: '"Type.Unknown()"' }],
    without: { clinic: "no member is marked read-only" },
  },
  {
    title: "null stored for absent",
    edits: [
      {
        file: repository,
        find: "const given = givenColumns(table, values);",
        replace: "const given = Object.keys(values as object).filter((name) => name in this.#rows.columns);",
      },
      {
        file: statements,
        find: "(value === null ? null :",
        replace: "(value === null || value === undefined ? null :",
      },
    ],
  },
  {
    title: "PATCH that clears",
    edits: [
      {
        file: repository,
        find: "const given = givenColumns(table, change);",
        replace: "const given = Object.keys(change as object).filter((name) => name in this.#rows.columns);",
      },
      {
        file: statements,
        find: "(value === null ? null :",
        replace: "(value === null || value === undefined ? null :",
      },
    ],
  },
  {
    title: "PUT that keeps",
    edits: [
      { file: values, find: 'return field.isStoredNotNull ? "undefined" : "null";', replace: 'return "undefined";' },
    ],
  },
  {
    title: "delete that deletes nothing",
    edits: [
      {
        file: repository,
        find: "orm.delete(table).where(this.#hasKey(key)).returning(readable)",
        replace: "orm.select(readable).from(table).where(this.#hasKey(key))",
      },
    ],
  },
  {
    title: "500 on a malformed id",
    edits: [
      {
        file: validation,
        find: "({ schema }) => ajv.compile(",
        replace: '({ schema, httpPart }) => httpPart === "params" ? () => true : ajv.compile(',
      },
      { file: failure, find: "{ states: /^22/,", replace: "{ states: /^never/," },
    ],
  },
  {
    title: "authentication skipped",
    edits: [
      {
        file: authentication,
        find: /if \(caller === undefined\) throw new Failure\("unauthenticated", [^\n]*\n\s*request\.caller = /,
        replace: 'request.caller = caller === undefined ? { subject: "", scopes: [] } : ',
      },
      { file: authentication, find: "if (!isOptional) throw", replace: "if (false) throw" },
    ],
    without: { bookshop: "it declares no security" },
  },
  {
    title: "a foreign key unchecked",
    edits: [
      {
        file: failure,
        find: "if (referred === undefined) throw new Failure",
        replace: "if (false) throw new Failure",
      },
      {
        file: database,
        find: "await driver.connected(migrate);",
        replace:
          "await driver.connected(migrate);\n  await driver.connected((connection) => connection.command(\"SET session_replication_role = 'replica'\"));",
      },
    ],
  },
];
