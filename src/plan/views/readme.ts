import type { Slot } from "../../model/model.ts";
import { markdown } from "../../render/escape.ts";
import type { PlanContext } from "../context.ts";
import { servicePaths } from "./http.ts";
import { firstSentence, providerSettings, secrets, singleLine } from "./project.ts";
import { homeFile } from "./signatures.ts";

/** templates/project/README.md.hbs */
export interface ReadmeView {
  /** Markdown. */
  readonly title: string;
  readonly summary: string;
  readonly port: number;
  readonly docsPath: string;
  readonly hasCompose: boolean;
  readonly hasSecrets: boolean;
  readonly secretNames: string;
  readonly settings: readonly { readonly name: string; readonly meaning: string; readonly fallback: string }[];
  readonly hasLogic: boolean;
  /** A slot that a reader can look up, and a repository that bodies reach. */
  readonly exampleFunction: string;
  readonly exampleFile: string;
  readonly exampleRepository: string;
  /** What bodies may do, by the kinds of slots that there are. */
  readonly canRefuse: boolean;
  readonly canChange: boolean;
  readonly canReachAll: boolean;
  readonly canTransact: boolean;
}

export function readmeView(context: PlanContext): ReadmeView {
  const { api, slots, entities } = context.model;
  const [example] = slots;
  const file = example === undefined ? "" : homeFile(example, context);
  const isSome = (...kinds: readonly Slot["kind"][]): boolean => slots.some(({ kind }) => kinds.includes(kind));
  return {
    title: markdown(api.title),
    summary: markdown(firstSentence(api.description ?? "")),
    port: context.options.port,
    docsPath: servicePaths(context.model).docsPath,
    hasCompose: !context.options.omit.includes("compose.yaml"),
    hasSecrets: secrets(context).length > 0,
    secretNames: secretNames(context).join(" and "),
    settings: settings(context),
    hasLogic: example !== undefined,
    exampleFunction: example?.functionName ?? "",
    exampleFile: `src/${file}/${file}.logic.ts`,
    exampleRepository: entities[0]?.name.plural ?? "",
    canRefuse: isSome("rule", "operation"),
    canChange: isSome("effect", "operation"),
    canReachAll: slots.some(({ unscoped }) => unscoped.length > 0),
    canTransact: isSome("operation"),
  };
}

function settings(context: PlanContext): ReadmeView["settings"] {
  const keys = secretNames(context).map((name) => (name === "`JWT_SECRET`" ? `${name} (or \`JWKS_URL\`)` : name));
  const required = ["`DATABASE_URL`", ...keys];
  return [
    {
      name: "NODE_ENV",
      meaning: `\`production\` does not start without ${required.join(" and ")}`,
      fallback: "development",
    },
    { name: "DATABASE_URL", meaning: "PostgreSQL", fallback: "an embedded database" },
    { name: "DATABASE_POOL_SIZE", meaning: "Connections to PostgreSQL at most", fallback: "10" },
    { name: "DATA_DIR", meaning: "Where the embedded database keeps its rows", fallback: "`.data`" },
    ...secrets(context).map(({ name, meaning }) => ({ name, meaning, fallback: "made up at each start" })),
    ...providerSettings(context).map(({ name, meaning, fallback }) => ({ name, meaning, fallback })),
    { name: "PORT", meaning: "Where it listens", fallback: String(context.options.port) },
    { name: "HOST", meaning: "On which address", fallback: "127.0.0.1, in production 0.0.0.0" },
    { name: "BASE_PATH", meaning: "Where the API is mounted", fallback: basePath(context) },
    { name: "LOG_LEVEL", meaning: "How much is logged: `debug`, `info`, `warn`, `error`", fallback: "`info`" },
  ];
}

function secretNames(context: PlanContext): readonly string[] {
  return secrets(context).map(({ name }) => `\`${name}\``);
}

function basePath({ model }: PlanContext): string {
  const path = markdown(singleLine(model.api.basePath));
  return path === "" ? "at the root" : path;
}
