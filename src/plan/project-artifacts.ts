import type { PlanContext } from "./context.ts";
import type { FileClass, PlannedFile } from "./plan.ts";
import { isExact } from "./exact.ts";
import { usedFunctions, type Uses } from "./uses.ts";
import { choosesAnswers } from "./views/accepts.ts";
import { errorsView } from "./views/errors.ts";
import { hasBodies, httpView } from "./views/http.ts";
import { claimsOf, claimsView } from "./views/ownership.ts";
import { hasTables, projectView, type Versions, takesJsonPatch } from "./views/project.ts";
import { mergesValues } from "./views/merged-values.ts";
import { hasPlugins, hasTracing, pluginsView } from "./views/plugins.ts";
import { readmeView } from "./views/readme.ts";
import { isSecured, securityView } from "./views/security.ts";
import { seedsView } from "./views/seeds.ts";
import { servedDocument } from "./views/served.ts";

type ViewName =
  | "none"
  | "project"
  | "readme"
  | "http"
  | "validation"
  | "errors"
  | "failure"
  | "security"
  | "claims"
  | "plugins"
  | "seeds";

/** One file of the package that belongs to no entity. Its template is templates/project/<path>.hbs. */
interface Artifact {
  readonly path: string;
  readonly view: ViewName;
  /** Default: generated. */
  readonly class?: FileClass;
  /** Default: always. */
  readonly when?: (context: PlanContext) => boolean;
}

const hasTokens = ({ model }: PlanContext): boolean => securityView(model).hasTokens;
const hasKeys = ({ model }: PlanContext): boolean => securityView(model).hasKeys;
const takesMergePatch = (context: PlanContext): boolean =>
  context.model.operations.some((operation) => mergesValues(operation, context));
const hasSecrets = ({ model }: PlanContext): boolean => securityView(model).hasSecrets;
const hasUsers = ({ model }: PlanContext): boolean => securityView(model).hasUsers;

const hasEntities = ({ model }: PlanContext): boolean => model.entities.length > 0;

/**
 * THE table of project files: what is written, from which view, and when. Those above `src/` and `src/server.ts` can
 * be switched off by their path, for an output that lives inside of a package of the user's.
 */
const artifacts: readonly Artifact[] = [
  { path: "package.json", view: "project" },
  { path: "tsconfig.json", view: "none" },
  { path: "vitest.config.ts", view: "none" },
  { path: "drizzle.config.ts", view: "none", when: hasTables },
  { path: ".oxlintrc.json", view: "none" },
  { path: "Dockerfile", view: "project" },
  { path: "compose.yaml", view: "project" },
  { path: ".dockerignore", view: "none" },
  { path: ".gitignore", view: "none" },
  { path: ".env.example", view: "project", class: "once" },
  { path: "README.md", view: "readme", class: "once" },
  { path: "src/server.ts", view: "project" },
  { path: "src/app.ts", view: "project" },
  { path: "src/app.test.ts", view: "http" },
  { path: "src/services.ts", view: "none", class: "once" },
  { path: "src/extensions.ts", view: "none", class: "once" },
  { path: "src/failure.ts", view: "failure" },
  { path: "src/exact.ts", view: "none", when: isExact },
  { path: "src/open-slots.ts", view: "none", when: ({ model }) => model.slots.length > 0 },
  { path: "src/database.ts", view: "project" },
  { path: "src/connection.ts", view: "none" },
  { path: "src/migrations.ts", view: "project", when: hasTables },
  { path: "src/seeds.ts", view: "seeds", when: hasEntities },
  { path: "src/seeds.test.ts", view: "none", when: hasEntities },
  { path: "src/seed.ts", view: "none", when: hasEntities },
  { path: "src/columns.ts", view: "none", when: hasTables },
  { path: "src/tables.test.ts", view: "none", when: hasTables },
  { path: "src/repository.test.ts", view: "none", when: hasTables },
  { path: "src/condition.ts", view: "none", when: hasTables },
  { path: "src/merge-patch.ts", view: "none", when: takesMergePatch },
  { path: "src/merge-patch.test.ts", view: "none", when: takesMergePatch },
  { path: "src/json-patch.ts", view: "none", when: ({ model }) => takesJsonPatch(model) },
  { path: "src/json-patch.test.ts", view: "none", when: ({ model }) => takesJsonPatch(model) },
  { path: "src/http/errors.ts", view: "errors" },
  { path: "src/http/errors.test.ts", view: "errors" },
  { path: "src/http/client-errors.ts", view: "none" },
  { path: "src/http/client-errors.test.ts", view: "errors" },
  { path: "src/http/headers.ts", view: "none" },
  { path: "src/http/accept.ts", view: "none", when: choosesAnswers },
  { path: "src/http/validation.ts", view: "validation" },
  { path: "src/http/validation.test.ts", view: "none" },
  { path: "src/http/parameters.ts", view: "http" },
  { path: "src/http/parameters.test.ts", view: "none" },
  { path: "src/http/texts.ts", view: "http" },
  { path: "src/http/media.ts", view: "http", when: ({ model }) => hasBodies(model) },
  { path: "src/http/media.test.ts", view: "http", when: (context) => httpView(context).hasJson },
  { path: "src/http/methods.ts", view: "none" },
  { path: "src/http/methods.test.ts", view: "errors" },
  { path: "src/http/docs.ts", view: "http" },
  { path: "src/http/plugins.ts", view: "plugins", when: hasPlugins },
  { path: "src/http/tracing.ts", view: "plugins", when: hasTracing },
  { path: "src/spans.ts", view: "none", when: hasTracing },
  { path: "src/http/authentication.ts", view: "security", when: ({ model }) => isSecured(model) },
  { path: "src/http/authentication.test.ts", view: "security", when: ({ model }) => isSecured(model) },
  { path: "src/http/tokens.ts", view: "claims", when: hasTokens },
  { path: "src/http/tokens.test.ts", view: "claims", when: hasTokens },
  { path: "src/http/secrets.ts", view: "none", when: hasSecrets },
  { path: "src/http/secrets.test.ts", view: "none", when: hasSecrets },
  { path: "src/http/keys.ts", view: "claims", when: hasKeys },
  { path: "src/http/keys.test.ts", view: "claims", when: hasKeys },
  { path: "src/http/basic.ts", view: "claims", when: hasUsers },
  { path: "src/http/basic.test.ts", view: "claims", when: hasUsers },
  { path: "src/http/unsupported.ts", view: "none", when: ({ model }) => securityView(model).hasUnsupported },
];

/** Paths that `PlanOptions.omit` may name. */
export const omittablePaths: readonly string[] = artifacts
  .map(({ path }) => path)
  .filter((path) => !path.startsWith("src/") || path === "src/server.ts");

/** The files of the package that belong to no entity, with openapi.json. */
export function projectFiles(context: PlanContext, versions: Versions, uses: Uses): readonly PlannedFile[] {
  const views: Readonly<Record<ViewName, object>> = {
    none: {},
    project: projectView(context, versions),
    readme: readmeView(context),
    http: httpView(context),
    validation: {
      ...httpView(context),
      ...usedFunctions(uses, "src/http/validation.ts"),
      ...(takesJsonPatch(context.model) && { isValid: true }),
    },
    errors: errorsView(context.model),
    failure: {
      ...usedFunctions(uses, "src/failure.ts"),
      isExact: isExact(context),
      hasClaims: claimsOf(context).length > 0,
    },
    security: { ...securityView(context.model), ...claimsView(context) },
    claims: claimsView(context),
    plugins: pluginsView(context),
    seeds: seedsView(context),
  };
  const omitted = new Set(context.options.omit.filter((path) => omittablePaths.includes(path)));
  const files = artifacts
    .filter(({ path, when }) => !omitted.has(path) && when?.(context) !== false)
    .map(({ path, view, class: fileClass = "generated" }): PlannedFile => {
      return {
        path,
        class: fileClass,
        content: { kind: "template", template: `project/${path}`, view: views[view] },
      };
    });
  const document: PlannedFile = {
    path: "openapi.json",
    class: "generated",
    content: { kind: "text", text: servedDocument(context.document.root, isExact(context)) },
  };
  return [...files, document];
}
