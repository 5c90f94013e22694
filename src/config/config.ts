import type { ApiOptions, DatabaseOptions, ModelOptions, PluginName, ScaffoldOptions } from "./define.ts";

/** The options with their defaults; paths are relative to the working folder, or absolute. */
export interface Config extends ApiSettings {
  /** The config's own file; undefined where there is none. */
  readonly file: string | undefined;
  readonly apis: readonly (ApiSettings & Pick<ApiOptions, "spec">)[];
  readonly verify: boolean;
  readonly strict: boolean;
  readonly int64: NonNullable<ScaffoldOptions["int64"]>;
  readonly readOnly: NonNullable<ScaffoldOptions["readOnly"]>;
  readonly security: ScaffoldOptions["security"] | undefined;
  readonly openRules: NonNullable<ScaffoldOptions["openRules"]>;
  readonly omit: readonly string[];
  readonly database: DatabaseOptions;
  readonly plugins: readonly PluginName[];
  readonly port: number;
  readonly model: ModelOptions | undefined;
}

/** What may differ from one API to the next. */
export interface ApiSettings {
  readonly out: string | undefined;
  readonly name: string | undefined;
  readonly overlays: readonly string[];
  readonly lock: string | undefined;
}

export const defaultConfig: Config = {
  file: undefined,
  apis: [],
  out: undefined,
  name: undefined,
  overlays: [],
  lock: undefined,
  verify: true,
  strict: false,
  int64: "number",
  readOnly: "refuse",
  security: undefined,
  openRules: "pass",
  omit: [],
  database: {},
  plugins: [],
  port: 3000,
  model: undefined,
};

/** The options with defaults; `locate` turns a path of the config into one of the working folder. */
export function withDefaults(options: ScaffoldOptions, file: string, locate: (path: string) => string): Config {
  return {
    ...defaultConfig,
    ...options,
    ...settingsOf(options, locate),
    model: typeof options.model === "string" ? { name: options.model } : options.model,
    file,
    apis: (options.apis ?? []).map((api) => ({ ...settingsOf(api, locate), spec: locate(api.spec) })),
  };
}

/** What holds for one document: what its entry under `apis` says, else what the config says for all. */
export function settingsFor(config: Config, isSpec: (path: string) => boolean): ApiSettings {
  const own = config.apis.find(({ spec }) => isSpec(spec));
  return {
    out: own?.out ?? config.out,
    name: own?.name ?? config.name,
    overlays: own === undefined || own.overlays.length === 0 ? config.overlays : own.overlays,
    lock: own?.lock ?? config.lock,
  };
}

function settingsOf(options: Omit<ApiOptions, "spec">, locate: (path: string) => string): ApiSettings {
  const { out, name, overlays = [], lock } = options;
  return {
    out: out === undefined ? undefined : locate(out),
    name,
    overlays: overlays.map(locate),
    lock: lock === undefined ? undefined : locate(lock),
  };
}
