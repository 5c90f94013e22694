import { parsers as markdownParsers } from "prettier/plugins/markdown";
import { Node, Project, SyntaxKind, type SourceFile } from "ts-morph";
import { parseDocument } from "yaml";

/** What makes a reader see something else than what runs (CVE-2021-42574), or ends a line where nobody sees it. */
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function invisibleIn(text: string): readonly string[] {
  const found = [...new Set(text.match(invisible) ?? [])].map((character) => character.charCodeAt(0).toString(16));
  return found.map((code) => `the character U+${code.padStart(4, "0")}`);
}

/** A file as it came out of the line. */
interface File {
  readonly path: string;
  readonly content: string;
}

/**
 * What is wrong in a file, by its own language's parser: text that does not parse, words of the document outside of
 * literals and comments, directives in comments, characters that show a reader something else than what runs.
 */
export function escapesIn({ path, content }: File, words: readonly string[]): readonly string[] {
  const found = [
    ...invisibleIn(content),
    ...(checks.find(({ when }) => when.test(path))?.check(content, words) ?? ["no parser"]),
  ];
  return found.map((what) => `${path}: ${what}`);
}

const checks: readonly {
  readonly when: RegExp;
  readonly check: (text: string, words: readonly string[]) => readonly string[];
}[] = [
  { when: /\.ts$/, check: typescript },
  { when: /\.json$/, check: (text) => attempt(() => void JSON.parse(text)) },
  { when: /\.ya?ml$/, check: yaml },
  { when: /\.md$/, check: markdown },
  {
    when: /Dockerfile$/,
    check: (text) => linesOtherThan(text, /^(FROM|ENV|WORKDIR|COPY|RUN|USER|EXPOSE|HEALTHCHECK|CMD) /),
  },
  { when: /\.env\.example$/, check: (text) => linesOtherThan(text, /^(#.*)?$/) },
  { when: /\.(git|docker)ignore$/, check: (text) => linesOtherThan(text, /^[\w.*!/-]*$/) },
];

const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true, noResolve: true } });

function typescript(text: string, words: readonly string[]): readonly string[] {
  const file = project.createSourceFile("file.ts", text, { overwrite: true });
  const errors = project
    .getProgram()
    .getSyntacticDiagnostics(file)
    .map((error) => `line ${error.getLineNumber()}: ${JSON.stringify(error.getMessageText())}`);
  const { code, comments } = parts(file);
  return [
    ...errors,
    ...words.filter((word) => code.includes(word)).map((word) => `${JSON.stringify(word)} is code`),
    ...comments
      .filter((comment) => /@ts-|^\/[/*]+\s*(eslint|oxlint|prettier)-/i.test(comment))
      .map((comment) => `a directive: ${comment}`),
    ...duplicates(file).map((name) => `"${name}" is declared twice`),
  ];
}

/** The file without its literals and comments, and the comments. */
function parts(file: SourceFile): { readonly code: string; readonly comments: readonly string[] } {
  const text = file.getFullText();
  const comments = new Map<number, string>();
  const literals: [number, number][] = [];
  file.forEachDescendant((node) => {
    for (const range of [...node.getLeadingCommentRanges(), ...node.getTrailingCommentRanges()])
      comments.set(range.getPos(), range.getText());
    if (
      Node.isStringLiteral(node) ||
      Node.isNoSubstitutionTemplateLiteral(node) ||
      Node.isRegularExpressionLiteral(node) ||
      isTemplatePart(node)
    )
      literals.push([node.getStart(), node.getEnd()]);
  });
  const blanked = [...literals, ...[...comments].map(([at, comment]): [number, number] => [at, at + comment.length])];
  const code = blanked
    .toSorted(([a], [b]) => b - a)
    .reduce((rest, [from, to]) => rest.slice(0, from) + "\0" + rest.slice(to), text);
  return { code, comments: [...comments.values()] };
}

function isTemplatePart(node: Node): boolean {
  return [SyntaxKind.TemplateHead, SyntaxKind.TemplateMiddle, SyntaxKind.TemplateTail].includes(node.getKind());
}

/** Names that a module imports or declares twice: types and values may share one. */
function duplicates(file: SourceFile): readonly string[] {
  const values = [
    ...file
      .getImportDeclarations()
      .flatMap((one) => [
        ...one.getNamedImports().map((name) => name.getAliasNode()?.getText() ?? name.getName()),
        ...[one.getDefaultImport()?.getText(), one.getNamespaceImport()?.getText()].filter(
          (name) => name !== undefined,
        ),
      ]),
    ...file.getFunctions().map((one) => one.getName() ?? ""),
    ...file.getVariableDeclarations().map((one) => one.getName()),
    ...file.getClasses().map((one) => one.getName() ?? ""),
    ...file.getInterfaces().map((one) => one.getName()),
    ...file.getTypeAliases().map((one) => one.getName()),
  ];
  return [...new Set(values.filter((name, at) => values.indexOf(name) !== at))];
}

function yaml(text: string): readonly string[] {
  const document = parseDocument(text);
  const value = document.toJS() as { services?: object; volumes?: object };
  const isOurs = Object.keys(value).join() === "services,volumes" && Object.keys(value.services ?? {}).length === 2;
  return [...document.errors.map(({ message }) => message), ...(isOurs ? [] : ["keys that nobody wrote"])];
}

interface MarkdownNode {
  readonly type: string;
  readonly depth?: number;
  readonly children?: readonly MarkdownNode[];
}

/** Our page has one title, and none of the markup that links, hides or runs. */
function markdown(text: string): readonly string[] {
  const types = flat(markdownParsers.markdown.parse(text, {} as never) as MarkdownNode).map(({ type }) => type);
  const odd =
    /^(link|image|html|emphasis|strong|list|table|blockquote|linkReference|imageReference|footnoteReference)$/;
  const titles = types.filter((type) => type === "heading").length;
  return [...types.filter((type) => odd.test(type)), ...(titles === 1 ? [] : [`${titles} titles`])];
}

function flat(node: MarkdownNode): readonly MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(flat)];
}

function attempt(work: () => void): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

function linesOtherThan(text: string, form: RegExp): readonly string[] {
  return text
    .split("\n")
    .filter((line) => line !== "" && !form.test(line))
    .map((line) => `a line: ${line}`);
}
