import type { OutputFile, Plan, PlannedFile } from "../plan/plan.ts";
import { sideBySide } from "../side-by-side.ts";
import type { Formatter } from "./format.ts";
import { templatePrinter, type Printer, type TemplateSources } from "./templates.ts";

/**
 * Prints every planned file and formats it, `lanes` of them side by side. Throws only for bugs of ours: a view that lacks a
 * member, text that does not parse.
 */
export async function renderFiles(
  plan: Plan,
  sources: TemplateSources,
  format: Formatter,
  lanes = 1,
): Promise<readonly OutputFile[]> {
  const print = templatePrinter(sources);
  const work = async (file: PlannedFile): Promise<OutputFile> => ({
    path: file.path,
    class: file.class,
    content: await renderFile(file, print, format),
  });
  return sideBySide(plan.files, work, lanes);
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

/** Prettier says the place of a mistake at the end of what it says: (12:5). What else it knows does not leave its thread. */
function excerpt(text: string, cause: unknown): string {
  const [, found = "1"] = /\((\d+):\d+\)/.exec(String(cause)) ?? [];
  const line = Number(found);
  const lines = text.split("\n");
  return lines
    .slice(Math.max(0, line - 3), line + 2)
    .map((content, at) => `${Math.max(1, line - 2) + at} | ${content}`)
    .join("\n");
}
