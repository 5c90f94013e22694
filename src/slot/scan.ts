import type { ts as TypeScript } from "ts-morph";
import { error } from "../diagnostic/catalog.ts";
import type { Checked, Diagnostic } from "../diagnostic/diagnostic.ts";
import { policyViolations } from "./policy.ts";

type Compiler = typeof TypeScript;

/** A half-open range of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A logic file taken apart; the spans point into its text. */
export interface LogicFile {
  readonly text: string;
  readonly imports: readonly LogicImport[];
  /** Every function at the top level that has a body, in order. */
  readonly functions: readonly LogicFunction[];
  /** Everything else that is declared for this file alone: helpers, constants, types. */
  readonly declarations: readonly LogicDeclaration[];
  /** Ends of the statements, comments on the same line included. */
  readonly statementEnds: readonly number[];
}

export interface LogicFunction extends Span {
  /** What `@slot` in its doc comment says; undefined for a helper. */
  readonly slot?: string;
  readonly name: string;
  readonly isExported: boolean;
  /** The doc comment that names the slot. */
  readonly doc?: Span;
  /** From the first modifier to the brace of the body. */
  readonly head: Span;
  /** Between the braces. */
  readonly body: Span;
  readonly parameters: readonly { readonly name: Span; readonly type: string }[];
}

/** From the comment right above it to the comment on its last line. */
export interface LogicDeclaration extends Span {
  readonly names: readonly string[];
}

export interface LogicImport extends Span {
  readonly module: string;
  readonly isTypeOnly: boolean;
  /** Elements in braces as written, by the name that they bind. */
  readonly names: ReadonlyMap<string, string>;
  /** Every name that it binds, in whatever form. */
  readonly bound: readonly string[];
  /** False for anything but `import { … }` or `import type { … }`. */
  readonly isPlain: boolean;
}

/** What can be asked of a text in TypeScript. Pure, once it is loaded. */
export interface LogicParser {
  /** `file` is how diagnostics call it. */
  scan(text: string, file: string): Checked<LogicFile>;
  /** The tokens of a body, without comments and white space. */
  code(body: string): string;
  /** Every identifier of a text that is whole statements, comments and strings aside. */
  names(text: string): ReadonlySet<string>;
  /** The comments of a body, in order, as written. */
  comments(body: string): readonly string[];
  /** What of a body, or of a whole logic file, may not come out of a lock; empty where it may. */
  violations(text: string, kind: "body" | "file"): readonly string[];
}

/** Loads the TypeScript compiler that ts-morph carries: some 200 ms, so only where there is something to take apart. */
export async function loadLogicParser(): Promise<LogicParser> {
  const { ts } = await import("ts-morph");
  return {
    scan: (text, file) => scan(ts, text, file),
    code: (body) => tokens(ts, body).code.join(" "),
    names: (text) => identifiers(ts, text),
    comments: (body) => tokens(ts, body).comments,
    violations: (text, kind) => policyViolations(ts, text, kind),
  };
}

function scan(ts: Compiler, text: string, file: string): Checked<LogicFile> {
  const source = ts.createSourceFile("logic.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const functions = source.statements.flatMap((statement) => functionOf(ts, source, statement));
  const value: LogicFile = {
    text,
    imports: source.statements.filter((one) => ts.isImportDeclaration(one)).map((one) => importOf(ts, source, one)),
    functions,
    declarations: source.statements.flatMap((one) => declarationOf(ts, source, one, functions)),
    statementEnds: source.statements.map((one) => lineEnd(ts, text, one.end)),
  };
  return { value, diagnostics: [...syntaxErrors(ts, source, file), ...misplaced(ts, source, functions, file)] };
}

function functionOf(ts: Compiler, source: TypeScript.SourceFile, node: TypeScript.Statement): readonly LogicFunction[] {
  if (!ts.isFunctionDeclaration(node) || !node.body || !node.name) return [];
  const doc = slotDocs(ts, source.text, node.pos).at(-1);
  const slot = doc && slotId(source.text, doc);
  return [
    {
      start: node.getStart(source),
      end: node.end,
      name: node.name.text,
      isExported: node.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) === true,
      ...(slot !== undefined && doc && { slot, doc }),
      head: { start: node.getStart(source), end: node.body.getStart(source) },
      body: { start: node.body.getStart(source) + 1, end: node.body.end - 1 },
      parameters: node.parameters.map((one) => ({
        name: { start: one.name.getStart(source), end: one.name.end },
        type: one.type?.getText(source).replace(/\s+/g, " ") ?? "",
      })),
    },
  ];
}

function importOf(ts: Compiler, source: TypeScript.SourceFile, node: TypeScript.ImportDeclaration): LogicImport {
  const clause = node.importClause;
  const bindings = clause?.namedBindings;
  const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
  const whole = bindings && ts.isNamespaceImport(bindings) ? [bindings.name.text] : [];
  return {
    start: node.getStart(source),
    end: node.end,
    module: ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "",
    isTypeOnly: clause?.isTypeOnly === true,
    names: new Map(elements.map((one) => [one.name.text, one.getText(source)])),
    bound: [...(clause?.name ? [clause.name.text] : []), ...whole, ...elements.map((one) => one.name.text)],
    isPlain: clause !== undefined && clause.name === undefined && bindings !== undefined && ts.isNamedImports(bindings),
  };
}

function declarationOf(
  ts: Compiler,
  source: TypeScript.SourceFile,
  node: TypeScript.Statement,
  functions: readonly LogicFunction[],
): readonly LogicDeclaration[] {
  const modifiers = ts.canHaveModifiers(node) ? (node.modifiers ?? []) : [];
  const isShared = modifiers.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
  const isSlot = functions.some((one) => one.slot !== undefined && one.end === node.end);
  const names = isShared || isSlot ? [] : declaredNames(ts, node);
  return names.length === 0
    ? []
    : [{ names, start: withComment(ts, source, node), end: lineEnd(ts, source.text, node.end) }];
}

function declaredNames(ts: Compiler, node: TypeScript.Statement): readonly string[] {
  if (ts.isVariableStatement(node)) {
    const names = node.declarationList.declarations.map((one) => one.name);
    return names.every((name) => ts.isIdentifier(name)) ? names.map((name) => name.text) : [];
  }
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node);
  return isNamed && node.name ? [node.name.text] : [];
}

/** The start of the comments that stand right above a statement, without a blank line between. */
function withComment(ts: Compiler, source: TypeScript.SourceFile, node: TypeScript.Statement): number {
  let start = node.getStart(source);
  for (const { pos, end } of (ts.getLeadingCommentRanges(source.text, node.pos) ?? []).toReversed()) {
    if (/\n\s*\n/.test(source.text.slice(end, start))) break;
    start = pos;
  }
  return start;
}

/** Doc comments before a statement that name a slot. */
function slotDocs(ts: Compiler, text: string, position: number): readonly Span[] {
  const comments = ts.getLeadingCommentRanges(text, position) ?? [];
  return comments
    .map(({ pos, end }) => ({ start: pos, end }))
    .filter((span) => text.startsWith("/**", span.start) && slotId(text, span) !== undefined);
}

/** The last one in a comment: what stands above it is text of the document. */
function slotId(text: string, { start, end }: Span): string | undefined {
  return [...text.slice(start, end).matchAll(/^[ \t]*\*[ \t]*@slot[ \t]+([^\s*]+)/gm)].at(-1)?.[1];
}

/** An end that takes along the comments after it on the same line. */
function lineEnd(ts: Compiler, text: string, end: number): number {
  return ts.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end;
}

function syntaxErrors(ts: Compiler, source: TypeScript.SourceFile, file: string): readonly Diagnostic[] {
  const options = { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ESNext } };
  const found = ts.transpileModule(source.text, options).diagnostics ?? [];
  return found.slice(0, 3).map((one) => {
    const message = ts.flattenDiagnosticMessageText(one.messageText, " ");
    return error("slot/invalid-body", {
      place: placeOf(source, file, one.start ?? 0),
      saw: `It does not parse: ${message}`,
    });
  });
}

/** A slot's doc comment has to stand before an exported function, and before one only: else its body has no owner. */
function misplaced(
  ts: Compiler,
  source: TypeScript.SourceFile,
  functions: readonly LogicFunction[],
  file: string,
): readonly Diagnostic[] {
  const docs = [...source.statements, source.endOfFileToken].flatMap((node) => slotDocs(ts, source.text, node.pos));
  const seen = new Set<string>();
  return docs.flatMap((doc) => {
    const id = slotId(source.text, doc) ?? "";
    const owner = functions.find((one) => one.doc?.start === doc.start);
    const isTwice = seen.has(id);
    seen.add(id);
    if (owner?.isExported === true && !isTwice) return [];
    const saw = isTwice ? `Two functions say that they are the slot ${id}.` : `The slot ${id} is no exported function.`;
    return [error("slot/invalid-body", { place: placeOf(source, file, doc.start), saw })];
  });
}

function placeOf(source: TypeScript.SourceFile, file: string, position: number) {
  const { line, character } = source.getLineAndCharacterOfPosition(position);
  return { file, line: line + 1, column: character + 1 };
}

/** Leaves of the syntax tree, because a scanner alone cannot tell a regular expression from a division. */
function tokens(
  ts: Compiler,
  body: string,
): { readonly code: readonly string[]; readonly comments: readonly string[] } {
  const text = `async function* body() {${body}\n}`;
  const source = ts.createSourceFile("body.ts", text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const code: string[] = [];
  const comments = new Map<number, string>();
  const keep = (ranges: readonly TypeScript.CommentRange[] | undefined) => {
    for (const { pos, end } of ranges ?? []) comments.set(pos, text.slice(pos, end));
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) return children.forEach(visit);
    keep(ts.getLeadingCommentRanges(text, node.pos));
    keep(ts.getTrailingCommentRanges(text, node.end));
    if (node.end > node.getStart(source)) code.push(node.getText(source));
  };
  visit(source);
  return { code, comments: [...comments].sort(([a], [b]) => a - b).map(([, comment]) => comment) };
}

function identifiers(ts: Compiler, text: string): ReadonlySet<string> {
  const source = ts.createSourceFile("names.ts", text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS);
  const names = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
