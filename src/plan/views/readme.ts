import type { Slot } from "../../model/model.ts";
import { markdown } from "../../render/escape.ts";
import type { PlanContext } from "../context.ts";
import { hasFiles } from "./files.ts";
import { hasUploads, servicePaths } from "./http.ts";
import { answersTable, hasIdempotency } from "./idempotency.ts";
import { claimsOf } from "./ownership.ts";
import { pluginSettings, pluginsView } from "./plugins.ts";
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
  /** What to see to before strangers reach the service: sentences in Markdown. */
  readonly checklist: readonly string[];
  readonly hasSeeds: boolean;
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
    checklist: checklist(context),
    hasSeeds: entities.length > 0,
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
    ...(hasUploads(context.model)
      ? [{ name: "UPLOAD_LIMIT", meaning: "Bytes that the files of a request may have", fallback: "10485760" }]
      : []),
    ...pluginSettings(context).map(({ name, meaning, fallback }) => ({ name, meaning, fallback })),
    { name: "PORT", meaning: "Where it listens", fallback: String(context.options.port) },
    { name: "HOST", meaning: "On which address", fallback: "127.0.0.1, in production 0.0.0.0" },
    { name: "BASE_PATH", meaning: "Where the API is mounted", fallback: basePath(context) },
    { name: "REQUEST_TIMEOUT", meaning: "Seconds in which a request must have come in, body and all", fallback: "60" },
    { name: "LOG_LEVEL", meaning: "How much is logged: `debug`, `info`, `warn`, `error`", fallback: "`info`" },
  ];
}

function checklist(context: PlanContext): readonly string[] {
  const { docsPath, documentPath, healthPath, readyPath } = servicePaths(context.model);
  const { hasCors, hasRateLimit, hasMetrics, metricsPath } = pluginsView(context);
  const names = secretNames(context);
  const isSigned = names.includes("`JWT_SECRET`");
  const open = [docsPath, documentPath, ...(hasMetrics ? [metricsPath] : [])].map((path) => `\`${path}\``);
  const limits = [...(hasRateLimit ? ["`RATE_LIMIT` and `TRUST_PROXY`"] : []), ...(hasCors ? ["`CORS_ORIGINS`"] : [])];
  return [
    "`NODE_ENV=production`, and `DATABASE_URL` of a role that owns this service's tables and no others, over TLS (`?sslmode=verify-full`).",
    names.length === 0
      ? "The document asks for no credentials, so everybody can change everything: keep strangers away, or close it (`security` in the configuration of scaffold)."
      : `${names.join(" and ")} from a secret store, long and random${isSigned ? "; or `JWKS_URL`, with `JWT_ISSUER` and `JWT_AUDIENCE`, so that no token of another service is taken" : ""}.`,
    ...(claimsOf(context).length === 0
      ? []
      : [
          `${claimsOf(context)
            .map((claim) => markdown(claim))
            .join(
              " and ",
            )} in every token, from an identity provider that lets nobody choose it: rows are told apart by it.`,
        ]),
    "A proxy in front that ends TLS and sends `Strict-Transport-Security`.",
    limits.length === 0
      ? "Limits of requests and origins at that proxy, or here by `plugins` in the configuration of scaffold."
      : `${limits.join(" and ")} set.`,
    `${open.slice(0, -1).join(", ")} and ${open.at(-1) ?? ""} are open to whoever reaches the port: close them at the proxy where they should not be.`,
    `\`${healthPath}\` as the probe of the process, \`${readyPath}\` as that of its database.`,
    "`DATABASE_POOL_SIZE` times the number of processes below PostgreSQL's `max_connections`.",
    "Backups, and one restore that was tried. Migrations run at start: deploy the version that adds before the one that removes.",
    ...(hasIdempotency(context)
      ? [`A job that deletes old rows of \`${answersTable(context)}\`: \`created_at\` says how old.`]
      : []),
    ...(hasFiles(context)
      ? [
          "Room in the folder of temporary files (`TMPDIR`) for as many uploads as come at once, and `UPLOAD_LIMIT` no larger than it needs to be; another place than the database for large files (`FileStore` in `src/files.ts`).",
        ]
      : []),
    ...(context.model.slots.length === 0 ? [] : ["No open slots: a start lists those that there are."]),
    "Logs are JSON on the standard output, with a `reqId` that callers see as `X-Request-Id`; credentials are left out.",
  ];
}

function secretNames(context: PlanContext): readonly string[] {
  return secrets(context).map(({ name }) => `\`${name}\``);
}

function basePath({ model }: PlanContext): string {
  const path = markdown(singleLine(model.api.basePath));
  return path === "" ? "at the root" : path;
}
