import type { Fault } from "./fault.ts";
import { generated, template, view } from "./places.ts";

const start = "reply.code(${status})";

/** Mistakes in what is answered. */
export const answerFaults: readonly Fault[] = [
  {
    title: "200 for what was created",
    edits: [{ file: view.routes, find: start, replace: "reply.code(${status === 201 ? 200 : status})" }],
    occasion: { what: "201", path: generated.routes, holds: /code\(201\)/ },
  },
  {
    title: "200 for what was deleted",
    edits: [{ file: view.routes, find: start, replace: "reply.code(${status === 204 ? 200 : status})" }],
    occasion: { what: "204", path: generated.routes, holds: /code\(204\)/ },
  },
  {
    title: "Location without the base path",
    edits: [{ file: view.routeHeaders, find: "`app.prefix + ${address}`", replace: "address" }],
    occasion: { what: "Location below a base path", path: /client\.ts$/, holds: /basePath = "\/\w/ },
  },
  {
    title: "Location of another row",
    edits: [
      {
        file: template.addresses,
        find: "encodeURIComponent(String(value))",
        replace: "encodeURIComponent(`${value}0`)",
      },
    ],
    occasion: { what: "Location in an answer", path: generated.routes, holds: /\.header\("location"/ },
  },
  {
    title: "nothing instead of 404",
    edits: [
      {
        file: template.failure,
        find: 'if (result === undefined) throw new Failure("not-found", "There is no such resource.");',
        replace: "",
      },
    ],
  },
  {
    title: "an empty list below a parent that is not there",
    edits: [
      {
        file: view.checks,
        find: 'if (role.kind !== "parent" && role.kind !== "join") continue;',
        replace: 'if ((role.kind !== "parent" && role.kind !== "join") || operation.kind === "list") continue;',
      },
    ],
    occasion: {
      what: "list below a parent",
      path: generated.operations,
      holds: /unlessMissing\([^;]*;\s*return listRows\(/,
    },
  },
  {
    title: "errors of another shape",
    edits: [
      {
        file: template.errors,
        find: "const body = of(factsOf(problem, request));",
        replace: "void of;\n  const body: unknown = { message: factsOf(problem, request).detail };",
      },
    ],
  },
  {
    title: "errors of another media type",
    edits: [
      { file: template.errors, find: ".type(type)", replace: '.type(type === "text/html" ? type : "text/html")' },
    ],
  },
  {
    title: "errors that tell another status",
    edits: [
      { file: template.errors, find: "  return {\n    status,\n", replace: "  return {\n    status: status + 1,\n" },
    ],
    occasion: { what: "status in error bodies", path: /http\/errors\.ts$/, holds: /of: \(\{[^}]*\bstatus\b/ },
  },
  {
    title: "errors that tell no part",
    edits: [
      {
        file: template.errors,
        find: "const errors = validation.map((result) => violationOf(result, validationContext));",
        replace:
          'const errors = validation.map((result) => ({ ...violationOf(result, validationContext), pointer: "" }));',
      },
    ],
    occasion: { what: "part in error bodies", path: /http\/errors\.ts$/, holds: /of: \(\{[^}]*\berrors\b/ },
  },
  {
    title: "500 where the database refuses",
    edits: [
      { file: template.failure, find: "{ states: /^23505/", replace: "{ states: /^never/" },
      { file: template.failure, find: "{ states: /^23503/", replace: "{ states: /^never/" },
      { file: template.failure, find: "{ states: /^23/", replace: "{ states: /^never/" },
    ],
  },
  {
    title: "Allow missing",
    edits: [{ file: template.methods, find: '      reply.header("allow", allow);\n', replace: "" }],
  },
  {
    title: "404 for a method that a path does not have",
    edits: [
      {
        file: template.methods,
        find: "if (others.length === 0 || isTwin) continue;",
        replace: "if (others.length > 0 || isTwin) continue;",
      },
    ],
  },
  {
    title: "401 without a challenge",
    edits: [
      {
        file: template.errors,
        find: 'if (problem.status === 401) reply.header("www-authenticate", {{challenge}});',
        replace: 'if (problem.status === 499) reply.header("www-authenticate", {{challenge}});',
      },
    ],
    occasion: { what: "security", path: generated.routes, holds: /authenticated\(/ },
  },
  {
    title: "base path missing",
    edits: [{ file: template.app, find: "{ prefix: basePath }", replace: '{ prefix: "" }' }],
    occasion: { what: "base path", path: /client\.ts$/, holds: /basePath = "\/\w/ },
  },
  {
    title: "null shown for what is absent",
    edits: [
      {
        file: template.repository,
        find: "for (const name of this.#rows.optional ?? []) if (row[name] === null) delete row[name];",
        replace: "",
      },
    ],
    occasion: { what: "member that may be left out", path: generated.repositories, holds: /^ {2}optional:/m },
  },
  {
    title: "null left out",
    edits: [
      {
        file: template.repository,
        find: "for (const name of this.#rows.optional ?? [])",
        replace: "for (const name of Object.keys(row))",
      },
    ],
    occasion: { what: "answer with a member that may be null", path: generated.openapi, holds: /"null"/ },
  },
  {
    title: "answers of another media type",
    edits: [
      {
        file: view.routes,
        find: ".send(${body});`;\n}",
        replace: '.type("text/plain").send(JSON.stringify(${body}));`;\n}',
      },
    ],
  },
  {
    title: "an instant shown as the database writes it",
    edits: [{ file: template.columns, find: 'value.replace(" ", "T").replace(/\\+00$/, "Z")', replace: "value" }],
    occasion: { what: "instant", path: generated.tables, holds: /instant\(/ },
  },
  {
    title: "an instant cut to seconds",
    edits: [{ file: template.columns, find: '.replace(/\\+00$/, "Z")', replace: '.replace(/(\\.\\d+)?\\+00$/, "Z")' }],
    occasion: { what: "body with an instant", path: generated.schemas, holds: /Body = [^;]*format: "date-time"/ },
  },
  {
    title: "an instant cut to milliseconds",
    edits: [
      {
        file: template.columns,
        find: '.replace(/\\+00$/, "Z")',
        replace: '.replace(/(\\.\\d{3})\\d*\\+00$/, "$1Z").replace(/\\+00$/, "Z")',
      },
    ],
    occasion: { what: "body with an instant", path: generated.schemas, holds: /Body = [^;]*format: "date-time"/ },
  },
  {
    title: "an instant's offset lost",
    edits: [
      {
        file: template.columns,
        find: "  fromDriver: (value)",
        replace: '  toDriver: (value) => value.replace(/[+-]\\d\\d:\\d\\d$/, "Z"),\n  fromDriver: (value)',
      },
    ],
    occasion: { what: "body with an instant", path: generated.schemas, holds: /Body = [^;]*format: "date-time"/ },
  },
  {
    title: "decimals rounded",
    edits: [
      {
        file: view.table,
        find: '${use("numeric")}(${column})`',
        replace: '${use("numeric")}(${column}, { precision: 30, scale: 1 })`',
      },
      {
        file: view.table,
        find: '${use("numeric")}(${column}, { mode: "number" })',
        replace: '${use("numeric")}(${column}, { mode: "number", precision: 30, scale: 1 })',
      },
    ],
    occasion: { what: "decimal", path: generated.tables, holds: /numeric\(/ },
  },
  {
    title: "64-bit integers kept in 32 bits",
    edits: [{ file: view.table, find: "if (type.bits === 32) return", replace: "if (type.bits > 0) return" }],
    occasion: { what: "64-bit integer", path: generated.tables, holds: /bigint\(/ },
  },
  {
    title: "the total header missing",
    edits: [{ file: view.routeHeaders, find: 'case "total":', replace: 'case "never":' }],
    occasion: { what: "header with a total", path: generated.routes, holds: /String\(page\.total\)/ },
  },
  {
    title: "another page number told",
    edits: [
      {
        file: view.routeBody,
        find: "  page: (page) => `${page}.page`,",
        replace: "  page: (page) => `${page}.page + 1`,",
      },
    ],
    occasion: { what: "page number in an answer", path: generated.routes, holds: /page\.page\b/ },
  },
  {
    title: "another page size told",
    edits: [
      {
        file: view.routeBody,
        find: "  limit: (page) => `${page}.limit`,",
        replace: "  limit: (page) => `${page}.items.length`,",
      },
    ],
    occasion: { what: "page size in an answer", path: generated.routes, holds: /page\.limit\b/ },
  },
];
