import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import type { Model } from "../model/model.ts";
import { printMistakes } from "./mistakes.ts";
import { styleFor } from "./style.ts";

export interface Understood {
  readonly document: Document;
  readonly model: Model;
}

interface Asking {
  /** A config file other than the one that is found by itself. */
  readonly config: string | undefined;
  /** Overlays beside those of the config. */
  readonly overlays: readonly string[] | undefined;
  /** Errors are always shown. */
  readonly showsWarnings: boolean;
}

/**
 * The first two stages, for commands that only answer questions. What is wrong goes to standard error, so that standard
 * output holds the answer alone; undefined where nothing could be read.
 */
export async function understand(host: Host, spec: string, asking: Asking): Promise<Understood | undefined> {
  const [{ readSetting }, { load, infer }] = await Promise.all([
    import("../pipeline/setting.ts"),
    import("../pipeline/stages.ts"),
  ]);
  const { config, overlays = [] } = asking;
  const asked = { spec, overlays, ...(config !== undefined && { config }), ...nothingGenerated };
  const { value: setting, diagnostics } = await readSetting(host, asked);
  if (hasErrors(diagnostics)) return complain(host, diagnostics);
  const loaded = await load(host, setting);
  if (loaded.value === undefined || hasErrors(loaded.diagnostics)) return complain(host, loaded.diagnostics);
  const inferred = await infer(loaded.value, setting);
  const found = [...loaded.diagnostics, ...inferred.diagnostics];
  complain(host, asking.showsWarnings ? found : found.filter(({ severity }) => severity === "error"));
  return hasErrors(found) ? undefined : { document: loaded.value, model: inferred.value };
}

/** What a run would be asked for besides, and what decides nothing here. */
const nothingGenerated = { isDryRun: true, isVerified: false, isStrict: false } as const;

/** Prints what is wrong to standard error. */
export function complain(host: Host, diagnostics: readonly Diagnostic[]): undefined {
  const text = printMistakes(diagnostics, styleFor(host));
  if (text !== "") host.terminal.error(`${text}\n`);
}
