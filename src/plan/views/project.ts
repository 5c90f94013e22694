import type { Model, Name } from "../../model/model.ts";
import { literal, valueLiteral } from "../../render/escape.ts";
import { operationsOf, storedFields, type PlanContext } from "../context.ts";
import { isExact } from "../exact.ts";
import { choosesAnswers } from "./accepts.ts";
import { hasFiles } from "./files.ts";
import { hasBodies, hasUploads, httpView, mediaNames, servicePaths } from "./http.ts";
import { claimsOf } from "./ownership.ts";
import { hasPlugins, hasTracing, pluginPackages, pluginSettings, pluginsView, type PluginSetting } from "./plugins.ts";
import { hasRowLinks } from "./shapes.ts";
import { isSecured, securityView, usedSchemes } from "./security.ts";
import { callerNames } from "./tests/callers.ts";

/** templates/project: what the whole package is made of */
export interface ProjectView {
  /** kebab-case */
  readonly name: string;
  /** Literals for JSON. */
  readonly packageName: string;
  readonly version: string;
  readonly description: string;
  /** `"fastify": "5.1.0"` */
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly homes: readonly { readonly routes: string; readonly file: string }[];
  /** Integers of 64 bits keep every digit. */
  readonly isExact: boolean;
  readonly hasClaims: boolean;
  readonly hasTables: boolean;
  readonly hasSeeds: boolean;
  readonly hasLogic: boolean;
  readonly hasLinks: boolean;
  readonly hasSecurity: boolean;
  readonly hasBodies: boolean;
  readonly hasOptionalBodies: boolean;
  readonly needsBodies: boolean;
  readonly choosesMedia: boolean;
  readonly choosesAnswers: boolean;
  readonly mediaNames: string;
  /** Literal, and the same for a settings file. */
  readonly basePath: string;
  readonly basePathText: string;
  readonly port: number;
  readonly docsPath: string;
  readonly healthPath: string;
  readonly migrationLock: string;
  /** Literal list of paths that logs leave out. */
  readonly redacted: string;
  readonly hasQueryKeys: boolean;
  /** Literal: whom the credentials of a start without secrets stand for. */
  readonly developer: string;
  /** Names of schemes that are refused, as part of a string literal; "" where there are none. */
  readonly unsupportedSchemes: string;
  readonly secrets: readonly SecretView[];
  readonly providerSettings: ReturnType<typeof providerSettings>;
  readonly hasPlugins: boolean;
  readonly hasTracing: boolean;
  readonly hasRateLimit: boolean;
  readonly hasMultipart: boolean;
  readonly hasUploads: boolean;
  readonly hasFiles: boolean;
  readonly pluginSettings: readonly PluginSetting[];
  /** The schema of PostgreSQL in which tables are; "" for the usual one. */
  readonly databaseSchema: string;
}

interface SecretView {
  readonly name: string;
  /** In a few words, without a full stop. */
  readonly meaning: string;
  readonly comment: string;
  /** For compose.yaml. */
  readonly line: string;
}

/** Exact versions of packages by name. */
export type Versions = Readonly<Record<string, string>>;

export function projectView(context: PlanContext, versions: Versions): ProjectView {
  const { model } = context;
  const { api } = model;
  const names = mediaNames(context);
  const schemes = usedSchemes(model);
  const { docsPath, healthPath } = servicePaths(model);
  return {
    name: api.name,
    packageName: JSON.stringify(api.name),
    version: JSON.stringify(packageVersion(api.version)),
    description: api.description === undefined ? "" : literal(firstSentence(api.description)),
    dependencies: dependencyLines(dependencies(context), versions),
    devDependencies: dependencyLines(devDependencies(context), versions),
    homes: homes(context).map(({ variable, file }) => ({ routes: `${variable}Routes`, file })),
    isExact: isExact(context),
    hasClaims: claimsOf(context).length > 0,
    hasTables: hasTables(context),
    hasSeeds: model.entities.length > 0,
    hasLogic: model.slots.length > 0,
    hasLinks: hasRowLinks(context),
    hasSecurity: isSecured(model),
    hasBodies: hasBodies(model),
    hasOptionalBodies: names.includes("allowMissingBodies"),
    needsBodies: names.includes("refuseMissingBodies"),
    choosesAnswers: choosesAnswers(context),
    choosesMedia: names.includes("refuseOtherMedia"),
    mediaNames: names,
    basePath: literal(api.basePath),
    basePathText: singleLine(api.basePath),
    port: context.options.port,
    docsPath,
    healthPath,
    migrationLock: literal(
      `hashtext('${[context.options.databaseSchema ?? [], api.name].flat().join(".")}:migrations')`,
    ),
    redacted: valueLiteral(redactedPaths(context)),
    developer: literal(developerName(context)),
    hasQueryKeys: schemes.some((scheme) => scheme.kind === "api-key" && scheme.in === "query"),
    unsupportedSchemes: schemes
      .filter(({ kind }) => kind === "unsupported")
      .map(({ name }) => literal(name).slice(1, -1))
      .join(", "),
    secrets: secrets(context),
    providerSettings: providerSettings(context),
    hasPlugins: hasPlugins(context),
    hasTracing: hasTracing(context),
    hasRateLimit: pluginsView(context).hasRateLimit,
    hasFiles: hasFiles(context),
    hasMultipart: httpView(context).hasMultipart,
    hasUploads: hasUploads(model),
    pluginSettings: pluginSettings(context),
    databaseSchema: context.options.databaseSchema ?? "",
  };
}

/** Rows that keep their callers in a column that takes no words can be a developer's all the same. */
function developerName(context: PlanContext): string {
  const { caller } = callerNames(context);
  return caller === "caller" ? "developer" : caller;
}

/** Entities and groups that have operations, in the order of the model. */
export function homes(context: PlanContext): readonly Name[] {
  const all = [...context.model.entities, ...context.model.groups].map(({ name }) => name);
  return all.filter(({ type }) => operationsOf(context, type).length > 0);
}

export function hasTables({ model }: PlanContext): boolean {
  return model.entities.length + model.joins.length > 0;
}

/** A document's version may be any text; a package's has three numbers. */
function packageVersion(version: string): string {
  const [, major = "0", minor = "0", patch = "0"] =
    /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?/.exec(version.trim()) ?? [];
  return [major, minor, patch].map((number) => String(Number(number))).join(".");
}

export function firstSentence(text: string): string {
  const [paragraph = ""] = text.trim().split(/\n\s*\n/);
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(paragraph)?.[0] ?? paragraph;
  return singleLine(sentence).slice(0, 200);
}

export function singleLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** Whether some update is a JSON Patch (RFC 6902). */
export function takesJsonPatch({ operations }: Model): boolean {
  return operations.some(({ kind, variant }) => kind === "update" && variant === "json-patch");
}

function dependencies(context: PlanContext): readonly string[] {
  const { model } = context;
  const schemes = usedSchemes(model);
  const hasTokens = schemes.some(({ kind }) => kind === "bearer" || kind === "oauth2");
  return [
    "@electric-sql/pglite",
    ...(httpView(context).hasMultipart ? ["@fastify/multipart"] : []),
    "@fastify/swagger",
    "@fastify/swagger-ui",
    "@fastify/type-provider-typebox",
    "ajv",
    "ajv-formats",
    "drizzle-orm",
    "fastify",
    ...pluginPackages(context),
    ...(hasTokens ? ["jose"] : []),
    "pg",
    ...(httpView(context).hasLinearPatterns ? ["re2js"] : []),
    ...(takesJsonPatch(model) ? ["rfc6902"] : []),
    "typebox",
  ];
}

function devDependencies(context: PlanContext): readonly string[] {
  return [
    "@types/node",
    "@types/pg",
    ...(hasTables(context) ? ["drizzle-kit", "fast-check"] : []),
    "oxlint",
    "oxlint-tsgolint",
    "typescript",
    "vitest",
  ];
}

function dependencyLines(names: readonly string[], versions: Versions): readonly string[] {
  return names.map((name) => {
    const version = versions[name];
    if (version === undefined) throw new Error(`The version of ${name} is not known.`);
    return `${JSON.stringify(name)}: ${JSON.stringify(version)}`;
  });
}

/** Where an identity provider makes the tokens. */
export function providerSettings({
  model,
}: PlanContext): readonly { readonly name: string; readonly meaning: string; readonly fallback: string }[] {
  if (!securityView(model).hasTokens) return [];
  return [
    {
      name: "JWKS_URL",
      meaning: "Public keys of the identity provider that makes bearer tokens, in place of a secret",
      fallback: "`JWT_SECRET`",
    },
    { name: "JWT_ISSUER", meaning: "Who must have issued a bearer token", fallback: "anybody with the key" },
    { name: "JWT_AUDIENCE", meaning: "Whom a bearer token must be meant for", fallback: "anybody" },
  ];
}

/** Credentials, and members that are never returned. */
function redactedPaths(context: PlanContext): readonly string[] {
  const keys = usedSchemes(context.model).flatMap((scheme) =>
    scheme.kind === "api-key" && scheme.in === "header" ? [scheme.parameter.toLowerCase()] : [],
  );
  const headers = ["authorization", "cookie", ...keys].map((name) => `req.headers${logPath(name)}`);
  const hidden = context.model.entities
    .flatMap(storedFields)
    .filter(({ origin }) => origin === "write")
    .map(({ name }) => name);
  const safe = [...new Set(hidden)].filter((name) => /^[\w-]+$/.test(name));
  return [...new Set(headers), ...safe.map((name) => `*${logPath(name)}`)];
}

function logPath(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `["${name.replaceAll(/[^\w-]/g, "")}"]`;
}

export function secrets({ model }: PlanContext): readonly SecretView[] {
  const view = securityView(model);
  const all = [
    {
      isUsed: view.hasTokens,
      name: "JWT_SECRET",
      hint: "at least 32 characters",
      comment: "Signs bearer tokens (HS256).",
    },
    {
      isUsed: view.hasKeys,
      name: "API_KEYS",
      hint: "name=key, separated by commas",
      comment: "API keys and who they belong to: ada=key,grace=another.",
    },
    {
      isUsed: view.hasUsers,
      name: "BASIC_USERS",
      hint: "name=password, separated by commas",
      comment: "Users of basic authentication: ada=password,grace=another.",
    },
  ];
  return all
    .filter(({ isUsed }) => isUsed)
    .map(({ name, hint, comment }) => ({
      name,
      meaning: comment.slice(0, -1),
      comment: `${comment} Without it, a development start makes one up; production requires it${name === "JWT_SECRET" ? ", or JWKS_URL" : ""}.`,
      line: `${name}: \${${name}:?${hint}}`,
    }));
}
