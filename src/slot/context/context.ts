import type { FindSimilar } from "./similar.ts";
import type { CountTokens } from "./tokens.ts";
import type { Workspace } from "./workspace.ts";

/** Something that a filler may be told besides the contract. */
export interface ContextItem {
  readonly title: string;
  readonly text: string;
  readonly tokens: number;
  /** Undefined where it went in; else why it was left out, or that it was cut. */
  readonly left?: string;
}

export interface SlotContextOptions {
  readonly workspace: Workspace;
  readonly similar: FindSimilar;
  readonly count: CountTokens;
  /** For everything besides the contract, in tokens. */
  readonly budget: number;
}

/** Where a team says how it writes; the first ones are the most telling. */
const guides = ["AGENTS.md", "CLAUDE.md", ".codestyle.md", "STYLE.md", "CONTRIBUTING.md", ".editorconfig"];
const configs = [
  /^\.prettierrc(?:\.\w+)?$/,
  /^prettier\.config\.\w+$/,
  /^\.?eslint(?:rc)?(?:\.config)?\.\w+$/,
  /^\.oxlintrc\.json$/,
  /^biome\.jsonc?$/,
];

/**
 * What of the workspace is worth telling about a slot, in the order of its worth: how the team writes, then functions
 * that do something alike. It is cut to the budget; what is left out is named with the reason.
 */
export async function gatherContext(
  { workspace, similar, count, budget }: SlotContextOptions,
  rule: string,
): Promise<readonly ContextItem[]> {
  const paths = await workspace.list();
  const items: ContextItem[] = [];
  let left = budget;
  const add = (title: string, text: string): void => {
    const tokens = count(text);
    if (tokens <= left) {
      items.push({ title, text, tokens });
      left -= tokens;
    } else if (left > 200) {
      const cut = firstTokens(text, left, count);
      items.push({ title, text: cut, tokens: count(cut), left: `cut to ${left} of ${tokens} tokens` });
      left = 0;
    } else items.push({ title, text: "", tokens, left: "beyond the budget" });
  };
  for (const path of [
    ...guides.filter((one) => paths.includes(one)),
    ...paths.filter((one) => configs.some((form) => form.test(one))),
  ]) {
    const read = await workspace.read(path);
    if ("text" in read) add(path, read.text);
    else items.push({ title: path, text: "", tokens: 0, left: read.refused });
  }
  for (const { path, name, text } of similar(rule, 3)) add(`${path}: ${name}`, text);
  return items;
}

/** Whole lines from the start, as many as fit. */
function firstTokens(text: string, most: number, count: CountTokens): string {
  const lines = text.split("\n");
  let [least, beyond] = [0, lines.length];
  while (beyond - least > 1) {
    const middle = Math.floor((least + beyond) / 2);
    if (count(lines.slice(0, middle).join("\n")) <= most) least = middle;
    else beyond = middle;
  }
  return lines.slice(0, least).join("\n");
}
