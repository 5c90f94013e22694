import { parsers as markdownParsers } from "prettier/plugins/markdown";

interface MarkdownNode {
  readonly type: string;
  readonly depth?: number;
  readonly value?: string;
  readonly children?: readonly MarkdownNode[];
}

/** Markup that links, hides, runs or shouts; our page has none of it. */
const markup = /^(link|image|html|emphasis|strong|blockquote|linkReference|imageReference|footnoteReference)$/;

/** The sections of our page below its title. */
const sections = ["Settings", "Before production", "Business logic", "What is yours"];

/** A checklist, and what business logic reaches. */
const mostLists = 2;

/**
 * Our page has one title, sections that we name, a table and two lists, no other markup than code, and nobody else's words
 * in its code, its lists and the names in its table. The last cell of a row may tell the API's path.
 */
export function markdown(text: string, words: readonly string[]): readonly string[] {
  const nodes = flat(markdownParsers.markdown.parse(text, {} as never) as MarkdownNode);
  const of = (...types: readonly string[]) => nodes.filter(({ type }) => types.includes(type));
  const titles = of("heading").filter(({ depth }) => depth === 1).length;
  const headings = of("heading").filter((node) => node.depth !== 1 && !sections.includes(textOf(node)));
  const rows = of("tableRow");
  const names = rows.flatMap(({ children = [] }) => children.slice(0, -1));
  return [
    ...nodes.filter(({ type }) => markup.test(type)).map(({ type }) => type),
    ...(titles === 1 ? [] : [`${titles} titles`]),
    ...headings.map((node) => `a section ${JSON.stringify(textOf(node))}`),
    ...(of("table").length > 1 ? ["a second table"] : []),
    ...(of("list").length > mostLists ? ["a list too many"] : []),
    ...rows.filter(({ children = [] }) => children.length !== 3).map(() => "a row with other cells"),
    ...foreign("code", of("code", "inlineCode"), words),
    ...foreign("in a list", of("list"), words),
    ...foreign("in a table", names, words),
  ];
}

function foreign(place: string, nodes: readonly MarkdownNode[], words: readonly string[]): readonly string[] {
  const texts = nodes.map(textOf);
  return words
    .filter((word) => texts.some((text) => text.includes(word)))
    .map((word) => `${JSON.stringify(word)} is ${place}`);
}

function textOf(node: MarkdownNode): string {
  return flat(node)
    .map(({ value = "" }) => value)
    .join("");
}

function flat(node: MarkdownNode): readonly MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(flat)];
}
