import type { PluginName } from "../../config/define.ts";
import { literal, valueLiteral } from "../../render/escape.ts";
import type { PlanContext } from "../context.ts";
import { freePath, servicePaths } from "./http.ts";

/** templates/project/src/http/plugins.ts.hbs */
export interface PluginsView {
  readonly hasCors: boolean;
  readonly hasRateLimit: boolean;
  readonly hasMetrics: boolean;
  readonly hasTracing: boolean;
  /** Literal. */
  readonly serviceName: string;
  /** Literal list of the methods that pages of other origins may use. */
  readonly methods: string;
  readonly metricsPath: string;
  readonly healthPath: string;
  readonly readyPath: string;
}

export function pluginsView(context: PlanContext): PluginsView {
  const { model } = context;
  const { healthPath, readyPath } = servicePaths(model);
  const methods = new Set(model.operations.map(({ method }) => method.toUpperCase()));
  return {
    hasCors: has(context, "cors"),
    hasRateLimit: has(context, "rate-limit"),
    hasMetrics: has(context, "metrics"),
    hasTracing: hasTracing(context),
    serviceName: literal(model.api.name),
    methods: valueLiteral([...new Set(["GET", "HEAD", ...methods])].toSorted()),
    metricsPath: freePath(model, "/metrics"),
    healthPath,
    readyPath,
  };
}

export function hasPlugins({ options }: PlanContext): boolean {
  return (options.plugins ?? []).length > 0;
}

export function hasTracing(context: PlanContext): boolean {
  return has(context, "tracing");
}

function has({ options }: PlanContext, name: PluginName): boolean {
  return options.plugins?.includes(name) ?? false;
}

const packages: Readonly<Record<PluginName, readonly string[]>> = {
  cors: ["@fastify/cors"],
  "rate-limit": ["@fastify/rate-limit"],
  metrics: ["fastify-metrics"],
  tracing: [
    "@fastify/otel",
    "@opentelemetry/api",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-node",
  ],
};

/** The packages that the plugins are in. */
export function pluginPackages({ options }: PlanContext): readonly string[] {
  return (options.plugins ?? []).flatMap((name) => packages[name]);
}

export interface PluginSetting {
  readonly name: string;
  readonly meaning: string;
  readonly fallback: string;
  /** For a file of settings. */
  readonly example: string;
}

/** The variables that turn the plugins on. */
export function pluginSettings(context: PlanContext): readonly PluginSetting[] {
  const { hasCors, hasRateLimit, hasMetrics, metricsPath } = pluginsView(context);
  const { name } = context.model.api;
  return [
    {
      isThere: hasCors,
      name: "CORS_ORIGINS",
      meaning: "Origins whose pages may call the service, separated by commas; `*` for all",
      fallback: "none",
      example: "https://app.example.com",
    },
    {
      isThere: hasRateLimit,
      name: "RATE_LIMIT",
      meaning: "Requests that one address may make in a minute, of each process",
      fallback: "no limit",
      example: "600",
    },
    {
      isThere: hasRateLimit,
      name: "TRUST_PROXY",
      meaning:
        "Addresses and ranges of the proxies before the service, with commas: who calls is read from what they say",
      fallback: "none is trusted",
      example: "10.0.0.0/8",
    },
    {
      isThere: hasMetrics,
      name: "METRICS",
      meaning: `\`on\` serves metrics for Prometheus at \`${metricsPath}\``,
      fallback: "off",
      example: "on",
    },
    {
      isThere: hasTracing(context),
      name: "OTEL_EXPORTER_OTLP_ENDPOINT",
      meaning:
        "The OpenTelemetry collector that a span of each request and of each statement is sent to, by OTLP over HTTP",
      fallback: "no tracing",
      example: "http://localhost:4318",
    },
    {
      isThere: hasTracing(context),
      name: "OTEL_SERVICE_NAME",
      meaning: "What the service is called in traces",
      fallback: `\`${name}\``,
      example: name,
    },
  ]
    .filter(({ isThere }) => isThere)
    .map(({ isThere: _, ...setting }) => setting);
}
