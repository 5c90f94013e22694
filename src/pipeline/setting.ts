import { posix } from "node:path";
import { settingsFor, type Config } from "../config/config.ts";
import { loadConfig } from "../config/load.ts";
import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Host } from "../host.ts";
import { fillMistakes, fillSetting, type FillSetting } from "./fill-setting.ts";
import { fileName } from "../model/names.ts";
import { findWorkspace } from "../output/workspace.ts";
import type { CheckFlags, RunOptions } from "../run.ts";

/** What a run is to do, once flags, config and defaults are brought together. */
export interface Setting {
  readonly spec: string;
  /** Options of this document: its entry in the config, else what the config says for all. */
  readonly config: Config;
  /** The overlays as seen from the document's folder, which is the same on every machine. */
  readonly overlays: readonly string[];
  readonly workspace: string;
  /** Absolute; undefined while only the document's title can tell it. */
  readonly out: string | undefined;
  readonly isStrict: boolean;
  readonly isVerified: boolean;
  readonly isDryRun: boolean;
  /** How open slots are filled; undefined where nobody is to be asked. */
  readonly fill: FillSetting | undefined;
  /** The run only tells whether disk, lock and document agree. */
  readonly check: CheckFlags | undefined;
}

export async function readSetting(host: Host, options: RunOptions): Promise<Checked<Setting>> {
  const { value: config, diagnostics } = await loadConfig(host, options.config);
  const spec = posix.resolve(host.cwd, options.spec);
  const settings = settingsFor(config, (path) => posix.resolve(host.cwd, path) === spec);
  const own = { ...config, ...settings, overlays: [...settings.overlays, ...(options.overlays ?? [])] };
  const out = options.out ?? own.out ?? (own.name === undefined ? guessedOut(spec) : defaultOut(own.name));
  const value: Setting = {
    spec: options.spec,
    config: own,
    overlays: own.overlays.map((path) => posix.relative(posix.dirname(spec), posix.resolve(host.cwd, path))),
    workspace: await findWorkspace(host),
    out: out === undefined ? undefined : posix.resolve(host.cwd, out),
    isStrict: options.isStrict || config.strict,
    isVerified: options.isVerified && config.verify,
    isDryRun: options.isDryRun,
    fill: fillSetting(host, own, options.fill),
    check: options.check,
  };
  return { value, diagnostics: [...diagnostics, ...fillMistakes(value.fill)] };
}

export function defaultOut(name: string): string {
  return `generated/${name}`;
}

/** Stems that say nothing about the API: it is named by its title then, as `infer` does. */
const generalStems: readonly string[] = ["openapi", "swagger", "api", "spec", "index", "main", "schema"];

function guessedOut(spec: string): string | undefined {
  const stem = posix.basename(spec).replace(/\.[^.]+$/, "");
  return generalStems.includes(stem.toLowerCase()) ? undefined : defaultOut(fileName(stem));
}

/** The options that the output is a function of, as text. Where it goes and how it is checked is not among them. */
export function configText({ config, overlays }: Setting): string {
  const { name, int64, readOnly, security, openRules, omit, database, plugins, port } = config;
  return JSON.stringify({ name, overlays, int64, readOnly, security, openRules, omit, database, plugins, port });
}
