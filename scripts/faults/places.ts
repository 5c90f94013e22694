/** Files that mistakes are planted in. */
export const template = {
  app: "templates/project/src/app.ts.hbs",
  authentication: "templates/project/src/http/authentication.ts.hbs",
  addresses: "templates/project/src/http/addresses.ts.hbs",
  columns: "templates/project/src/columns.ts.hbs",
  context: "templates/project/src/context.ts.hbs",
  database: "templates/project/src/database.ts.hbs",
  errors: "templates/project/src/http/errors.ts.hbs",
  failure: "templates/project/src/failure.ts.hbs",
  join: "templates/project/src/join.ts.hbs",
  keys: "templates/project/src/http/keys.ts.hbs",
  links: "templates/project/src/http/links.ts.hbs",
  media: "templates/project/src/http/media.ts.hbs",
  methods: "templates/project/src/http/methods.ts.hbs",
  paging: "templates/project/src/paging.ts.hbs",
  parameters: "templates/project/src/http/parameters.ts.hbs",
  repository: "templates/project/src/repository.ts.hbs",
  statements: "templates/project/src/statements.ts.hbs",
  texts: "templates/project/src/http/texts.ts.hbs",
  tokens: "templates/project/src/http/tokens.ts.hbs",
  validation: "templates/project/src/http/validation.ts.hbs",
} as const;

export const view = {
  afterWrite: "src/plan/views/operations/after-write.ts",
  checks: "src/plan/views/operations/checks.ts",
  link: "src/plan/views/operations/link.ts",
  list: "src/plan/views/operations/list.ts",
  moments: "src/plan/views/moments.ts",
  operations: "src/plan/views/operations.ts",
  repository: "src/plan/views/repository.ts",
  routes: "src/plan/views/routes.ts",
  routeBody: "src/plan/views/routes/body.ts",
  routeHeaders: "src/plan/views/routes/headers.ts",
  rowValues: "src/plan/views/operations/row-values.ts",
  shapes: "src/plan/views/shapes.ts",
  slotCalls: "src/plan/views/operations/slot-calls.ts",
  table: "src/plan/views/table.ts",
  typebox: "src/plan/views/typebox.ts",
  values: "src/plan/views/values.ts",
} as const;

/** Where generated code shows what a document gives occasion for. */
export const generated = {
  logic: /\.logic\.ts$/,
  operations: /\.operations\.ts$/,
  repositories: /\.repository\.ts$/,
  routes: /\.routes\.ts$/,
  schemas: /\.schema\.ts$/,
  shapes: /\.shapes\.ts$/,
  tables: /\.table\.ts$/,
  openapi: /^openapi\.json$/,
} as const;
