import { Node, Project, SyntaxKind, type SourceFile } from "ts-morph";

const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true, noResolve: true } });

/** Mistakes of syntax, words outside of literals and comments, directives in comments, names that are declared twice. */
export function typescript(text: string, words: readonly string[]): readonly string[] {
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
