import { invisible } from "../../../invisible.ts";
import type { Compiler, TypeScript } from "../compiler.ts";
import type { Refusal } from "./refusal.ts";

/** A refusal and where it stands in the text. */
export interface PlacedRefusal extends Refusal {
  readonly position: number;
}

/** Characters that hide something, and texts that some reader of the body takes as a command. */
export function textRefusals(
  ts: Compiler,
  source: TypeScript.SourceFile,
  start: number,
  end: number,
): readonly PlacedRefusal[] {
  return [...hidden(source.text, start, end), ...comments(ts, source, start, end), ...traps(source.text, start, end)];
}

/**
 * Letters that fonts draw as nothing, and tags that are drawn never (Unicode, Default_Ignorable_Code_Point); but for the
 * selectors that make an emoji of a sign.
 */
const unseen = /(?![\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}|[\u2800\uffa0]/gu;

function* hidden(text: string, start: number, end: number): Generator<PlacedRefusal> {
  for (const { 0: found, index } of [...text.matchAll(invisible), ...text.matchAll(unseen)]) {
    if (index < start || index >= end || found === "\n" || found === "\r" || found === "\t") continue;
    yield {
      position: index,
      saw: "There is a character that nobody sees.",
      cure: "Write visible characters; in a string, an escape such as \\u00a0.",
    };
  }
}

/** Comments that tell a tool to look away, or that we ourselves read. */
const commands: readonly (readonly [pattern: RegExp, saw: string])[] = [
  [/@t[s]-|\btslint:|\beslint\b|\boxlint\b|\bbiome-|\bprettier-ignore\b|\bdeno-/i, "A comment suppresses a check."],
  [
    /\b(?:c8|v8|istanbul|vitest|stryker)\b\s*:?\s*(?:ignore|disable)/i,
    "A comment takes the body out of the tests' sight.",
  ],
  [
    /\bNOSONAR\b|\bnosemgrep\b|\bgitleaks:|\bcodeql\b|\blgtm\b|\bsnyk\b|\bcspell:|\bwebpack[A-Z]\w+:/i,
    "A comment is a command to a tool.",
  ],
  [/^\/\/\/|^\/\/[#@]|sourceMappingURL|@vite-|#__|@__/i, "A comment is a command to a tool."],
  [/@slot\b|^\/\/\s*Open:/, "A comment looks like one of scaffold's own."],
];

function* comments(ts: Compiler, source: TypeScript.SourceFile, start: number, end: number): Generator<PlacedRefusal> {
  for (const { pos, end: stop } of commentsIn(ts, source)) {
    if (pos < start || pos >= end) continue;
    const comment = source.text.slice(pos, stop);
    const found = commands.find(([pattern]) => pattern.test(comment));
    if (found) yield { position: pos, saw: found[1], cure: "Leave the comment out." };
  }
}

/** Read off the tokens of the tree, because a scanner alone takes a regular expression for a division. */
function commentsIn(ts: Compiler, source: TypeScript.SourceFile): readonly TypeScript.TextRange[] {
  const found = new Map<number, TypeScript.TextRange>();
  const visit = (node: TypeScript.Node): void => {
    if (ts.isJSDoc(node)) return void found.set(node.pos, node);
    const children = node.getChildren(source);
    if (children.length > 0) return children.forEach(visit);
    if (ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return;
    const ranges = [
      ...(ts.getLeadingCommentRanges(source.text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, node.end) ?? []),
    ];
    for (const range of ranges) found.set(range.pos, range);
  };
  visit(source);
  return [...found.values()];
}

/** The compartment that runs a body refuses these texts wherever they stand, comments and strings included. */
function* traps(text: string, start: number, end: number): Generator<PlacedRefusal> {
  for (const { index } of text.slice(start, end).matchAll(/\bimport\s*(?:\(|\/\*|\/\/)|<!--|-->/g)) {
    yield {
      position: start + index,
      saw: "There is the text of an import or of an HTML comment.",
      cure: "Leave it out, in comments and strings too.",
      isEscape: true,
    };
  }
}
