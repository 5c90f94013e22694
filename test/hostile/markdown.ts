import { parsers as markdownParsers } from "prettier/plugins/markdown";

interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly MarkdownNode[];
}

/** Markup that links, hides, runs or shouts; our page has none of it. */
const markup =
  /^(link|image|html|emphasis|strong|list|table|blockquote|linkReference|imageReference|footnoteReference)$/;

/** Our page has one title, no other markup than code, and nobody else's words in its code. */
export function markdown(text: string, words: readonly string[]): readonly string[] {
  const nodes = flat(markdownParsers.markdown.parse(text, {} as never) as MarkdownNode);
  const code = nodes.filter(({ type }) => type === "code" || type === "inlineCode").map(({ value = "" }) => value);
  const titles = nodes.filter(({ type }) => type === "heading").length;
  return [
    ...nodes.filter(({ type }) => markup.test(type)).map(({ type }) => type),
    ...(titles === 1 ? [] : [`${titles} titles`]),
    ...words
      .filter((word) => code.some((part) => part.includes(word)))
      .map((word) => `${JSON.stringify(word)} is code`),
  ];
}

function flat(node: MarkdownNode): readonly MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(flat)];
}
