import type { Document } from "../../src/document/document.ts";
import { loadDocument } from "../../src/document/load.ts";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { createNodeHost } from "../../src/host-node.ts";
import { inferModel } from "../../src/model/infer.ts";
import type { Model } from "../../src/model/model.ts";
import { pinnedVersions, templatesFolder } from "../../src/package.ts";
import type { OutputFile } from "../../src/plan/plan.ts";
import { loadCel } from "../../src/plan/cel/library.ts";
import { planService } from "../../src/plan/plan-service.ts";
import { loadFormatter } from "../../src/render/format.ts";
import { renderFiles } from "../../src/render/render.ts";
import { memoryHost } from "./host.ts";

export interface Generated {
  readonly document: Document;
  readonly model: Model;
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The pure stages of the line on one document: what a run would render, without a disk. Formatting takes most of the time. */
export async function generate(
  document: string,
  { name = "service", isFormatted = true }: { readonly name?: string; readonly isFormatted?: boolean } = {},
): Promise<Generated> {
  const { value: loaded, diagnostics: found } = await loadDocument(
    memoryHost({ [`${name}.json`]: document }),
    `${name}.json`,
  );
  if (loaded === undefined) throw new Error(found.map(({ code, saw }) => `${code}: ${saw}`).join("\n"));
  const { value: model, diagnostics: doubts } = inferModel(loaded, {});
  const config = {
    readOnly: "refuse",
    openRules: "pass",
    omit: [],
    port: 3000,
    versions: pinnedVersions(),
    cel: await loadCel(model),
  } as const;
  const { value: plan, diagnostics: planned } = planService(model, loaded, config);
  const format = isFormatted ? await loadFormatter() : (_: string, text: string) => Promise.resolve(text);
  const files = await renderFiles(plan, await sources(), format);
  return { document: loaded, model, files, diagnostics: [...found, ...doubts, ...planned] };
}

async function sources(): Promise<Readonly<Record<string, string>>> {
  const { files } = createNodeHost({ cwd: templatesFolder });
  const paths = (await files.list(templatesFolder)).filter((path) => path.endsWith(".hbs"));
  const read = async (path: string) =>
    [path.slice(0, -".hbs".length), await files.read(`${templatesFolder}/${path}`)] as const;
  return Object.fromEntries(await Promise.all(paths.map(read)));
}
