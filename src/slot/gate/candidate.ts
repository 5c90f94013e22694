import type { Compiler, TypeScript } from "./compiler.ts";
import type { Finding } from "./finding.ts";

/** What the gate knows of a slot's function. */
export interface SlotFunction {
  readonly name: string;
  /** From `export` to the brace of the body, as it is rendered. */
  readonly head: string;
}

/** A candidate's body, and where it stands in what was handed in. */
export interface Candidate {
  /** Between the braces. */
  readonly body: string;
  /** The line of the body's first character in the text that was handed in, from 1. */
  readonly firstLine: number;
}

export type TakenCandidate =
  | { readonly candidate: Candidate; readonly findings?: undefined }
  | { readonly findings: readonly Finding[]; readonly candidate?: undefined };

/**
 * Reads what a filler has handed in: the whole function, or its body alone. It must be that one function under our
 * signature, and nothing before or after it.
 */
export function takeCandidate(ts: Compiler, text: string, slot: SlotFunction): TakenCandidate {
  const source = parse(ts, text);
  if (text.trim() === "") return refused("It is empty.", `Write the body of ${slot.name}.`);
  const functions = source.statements.filter((one) => ts.isFunctionDeclaration(one));
  const own = functions.find((one) => one.name?.text === slot.name && one.body !== undefined);
  if (own?.body) return wholeFunction(ts, source, own, own.body, slot);
  const other = functions.find((one) => one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
  if (other) {
    const saw = `It is the function ${other.name?.text ?? "without a name"}, not ${slot.name}.`;
    return refused(saw, `Write the function ${slot.name}.`, lineOf(source, other));
  }
  return bodyAlone(ts, text, slot);
}

/** The function as it is checked: the head is ours, whatever the candidate has. */
export function functionText(slot: SlotFunction, body: string): string {
  return `${slot.head.trimEnd()} {${body}\n}`;
}

export function parse(ts: Compiler, text: string): TypeScript.SourceFile {
  return ts.createSourceFile("candidate.ts", text, ts.ScriptTarget.ES2024, true, ts.ScriptKind.TS);
}

function wholeFunction(
  ts: Compiler,
  source: TypeScript.SourceFile,
  own: TypeScript.FunctionDeclaration,
  block: TypeScript.Block,
  slot: SlotFunction,
): TakenCandidate {
  const stray = source.statements.find((one) => one !== own);
  if (stray) {
    const isImport = ts.isImportDeclaration(stray);
    const saw = isImport ? "It imports." : `There is more than the function ${slot.name}.`;
    const cure = isImport
      ? "Write the function alone: the types of its signature are imported already, and nothing else can be."
      : "Write that one function; helpers and constants go inside its body.";
    return refused(saw, cure, lineOf(source, stray));
  }
  const syntax = syntaxFindings(ts, source.text, 1);
  if (syntax.length > 0) return { findings: syntax };
  const head = source.text.slice(own.getStart(source), block.getStart(source));
  if (codeOf(ts, head) !== codeOf(ts, slot.head)) {
    return refused(
      "The signature is not the one of the contract.",
      `Write: ${oneLine(slot.head)}`,
      lineOf(source, own),
    );
  }
  const body = source.text.slice(block.getStart(source) + 1, block.end - 1);
  return { candidate: { body, firstLine: lineAt(source, block.getStart(source)) } };
}

function bodyAlone(ts: Compiler, text: string, slot: SlotFunction): TakenCandidate {
  const body = `\n${text}`;
  const whole = parse(ts, functionText(slot, body));
  const syntax = syntaxFindings(ts, whole.text, lineAt(whole, slot.head.trimEnd().length) + 1);
  if (syntax.length > 0) return { findings: syntax };
  const [only, ...others] = whole.statements;
  if (others.length > 0 || only === undefined || !ts.isFunctionDeclaration(only) || only.end < whole.text.length) {
    return refused("It ends the function early, and goes on after it.", "Write the statements of one body.");
  }
  return { candidate: { body, firstLine: 0 } };
}

/** `firstLine` is the line of the text that the candidate's own first line is. */
function syntaxFindings(ts: Compiler, text: string, firstLine: number): readonly Finding[] {
  const options = { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2024 } };
  const found = ts.transpileModule(text, options).diagnostics ?? [];
  const source = parse(ts, text);
  return found.slice(0, 3).map((one) => ({
    step: "parse" as const,
    line: lineAt(source, one.start ?? 0) - firstLine + 1,
    saw: ts.flattenDiagnosticMessageText(one.messageText, " "),
    cure: "Write TypeScript that parses.",
  }));
}

/** Its tokens, without comments, white space and the commas that a formatter adds. */
function codeOf(ts: Compiler, head: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2024, true, ts.LanguageVariant.Standard, head);
  const tokens: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.CloseParenToken && tokens.at(-1) === ",") tokens.pop();
    tokens.push(scanner.getTokenText());
  }
  return tokens.join(" ");
}

function oneLine(head: string): string {
  return head.replace(/\s+/g, " ").trim();
}

function refused(saw: string, cure: string, line?: number): TakenCandidate {
  return { findings: [{ step: "parse", saw, cure, ...(line !== undefined && { line }) }] };
}

function lineOf(source: TypeScript.SourceFile, node: TypeScript.Node): number {
  return lineAt(source, node.getStart(source));
}

export function lineAt(source: TypeScript.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}
