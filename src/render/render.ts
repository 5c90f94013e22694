import type { OutputFile, Plan, PlannedFile } from "../plan/plan.ts";
import type { Formatter } from "./format.ts";
import { templatePrinter, type Printer, type TemplateSources } from "./templates.ts";

/** Prints every planned file and formats it. Throws only for bugs of ours: a view that lacks a member, text that does not parse. */
export async function renderFiles(
  plan: Plan,
  sources: TemplateSources,
  format: Formatter,
): Promise<readonly OutputFile[]> {
  const print = templatePrinter(sources);
  const files: OutputFile[] = [];
  for (const file of plan.files) {
    files.push({ path: file.path, class: file.class, content: await renderFile(file, print, format) });
  }
  return files;
}

async function renderFile(file: PlannedFile, print: Printer, format: Formatter): Promise<string> {
  if (file.content.kind === "text") return file.content.text;
  const text = print(file.content.template, file.content.view);
  try {
    return await format(file.path, text);
  } catch (cause) {
    throw new Error(`${file.path} came out as text that does not parse.\n${excerpt(text, cause)}`, { cause });
  }
}

function excerpt(text: string, cause: unknown): string {
  const line = (cause as { loc?: { start?: { line?: number } } }).loc?.start?.line ?? 1;
  const lines = text.split("\n");
  return lines
    .slice(Math.max(0, line - 3), line + 2)
    .map((content, at) => `${Math.max(1, line - 2) + at} | ${content}`)
    .join("\n");
}
