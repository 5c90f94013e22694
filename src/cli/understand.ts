import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { hasErrors } from "../diagnostic/diagnostic.ts";
import { printDiagnostics } from "../diagnostic/print.ts";
import type { Document } from "../document/document.ts";
import type { Host } from "../host.ts";
import type { Model } from "../model/model.ts";
import { painterOf, styleFor } from "./style.ts";

export interface Understood {
  readonly document: Document;
  readonly model: Model;
}

/**
 * The first two stages, for commands that only answer questions. What is wrong goes to standard error, so that standard
 * output holds the answer alone; undefined where nothing could be read.
 */
export async function understand(
  host: Host,
  spec: string,
  configFile: string | undefined,
): Promise<Understood | undefined> {
  const { loadConfig } = await import("../config/load.ts");
  const { loadDocument } = await import("../document/load.ts");
  const { inferModel } = await import("../model/infer.ts");
  const config = await loadConfig(host, configFile);
  const loaded = await loadDocument(host, spec);
  const found = [...config.diagnostics, ...loaded.diagnostics];
  if (loaded.value === undefined || hasErrors(found)) return complain(host, found);
  const inferred = inferModel(loaded.value, config.value);
  complain(host, [...found, ...inferred.diagnostics]);
  return hasErrors(inferred.diagnostics) ? undefined : { document: loaded.value, model: inferred.value };
}

function complain(host: Host, diagnostics: readonly Diagnostic[]): undefined {
  if (diagnostics.length > 0) {
    host.terminal.error(`${printDiagnostics(diagnostics, painterOf(styleFor(host)))}\n`);
  }
}
