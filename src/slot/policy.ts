import type { ts as TypeScript } from "ts-morph";
import { policyRefusals } from "./gate/policy/policy.ts";

type Compiler = typeof TypeScript;

/**
 * What may not stand in a logic file that comes out of a lock and is not on disk: a lock is a file that nobody reads in
 * a review. Names are refused wherever they occur, as an identifier, a member or a string that is used as a key.
 */
const refusedNames: ReadonlySet<string> = new Set([
  "require",
  "eval",
  "Function",
  "constructor",
  "process",
  "globalThis",
  "global",
  "__proto__",
  "prototype",
  "getBuiltinModule",
  "setPrototypeOf",
  "Reflect",
  "Proxy",
  "WebAssembly",
  "Worker",
  "fetch",
]);

/** A body has to be one; a file may import types of its contract and nothing else. Each violation is a short phrase. */
export function policyViolations(ts: Compiler, text: string, kind: "body" | "file"): readonly string[] {
  const wrapped = kind === "body" ? `async function body() {\n${text}\n}` : text;
  const parsed = ts.transpileModule(wrapped, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  });
  if ((parsed.diagnostics ?? []).length > 0) return ["it does not parse"];
  const source = ts.createSourceFile("body.ts", wrapped, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  if (kind === "body") return bodyViolations(ts, source);
  if (!source.statements.every((one) => isDeclaration(ts, one))) {
    return ["it does something when it is imported"];
  }
  const found = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    const violation = violationOf(ts, node);
    if (violation !== undefined) found.add(violation);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}

/**
 * A body out of a lock keeps to the policy for bodies that a model writes, whoever it says filled it. It may use what
 * its logic file declares beside it, which is not seen from here.
 */
function bodyViolations(ts: Compiler, source: TypeScript.SourceFile): readonly string[] {
  const [own] = source.statements;
  if (!isOneFunction(ts, source) || own === undefined || !ts.isFunctionDeclaration(own) || !own.body) {
    return ["it is more than one body"];
  }
  const found = policyRefusals(ts, source, own.body, new Set()).filter(({ isUnknown }) => isUnknown !== true);
  return [...new Set(found.map(({ saw }) => `${saw.slice(0, 1).toLowerCase()}${saw.slice(1).replace(/\.$/, "")}`))];
}

function isOneFunction(ts: Compiler, source: TypeScript.SourceFile): boolean {
  const [only, ...others] = source.statements;
  return others.length === 0 && only !== undefined && ts.isFunctionDeclaration(only) && only.end >= source.end;
}

function isDeclaration(ts: Compiler, statement: TypeScript.Statement): boolean {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isImportDeclaration(statement) ||
    ts.isVariableStatement(statement)
  );
}

function violationOf(ts: Compiler, node: TypeScript.Node): string | undefined {
  if (ts.isImportDeclaration(node)) return isContractImport(ts, node) ? undefined : "it imports";
  if (ts.isImportTypeNode(node) || ts.isImportEqualsDeclaration(node) || ts.isExportDeclaration(node))
    return "it imports";
  if (node.kind === ts.SyntaxKind.ImportKeyword || ts.isMetaProperty(node)) return "it imports";
  if (ts.isIdentifier(node) && refusedNames.has(node.text)) return `it uses ${node.text}`;
  if (ts.isStringLiteralLike(node) && refusedNames.has(node.text) && isKey(ts, node)) return `it uses ${node.text}`;
  if (ts.isElementAccessExpression(node) && isComputedText(ts, node.argumentExpression)) {
    return "it uses a key that is computed from text";
  }
  return undefined;
}

/** The contract of an entity, `./card.contract.ts`, or what all of them share, `../contract.ts`. */
export function isContractModule(module: string): boolean {
  return /^\.{1,2}\/(?:[\w.-]+\.)?contract\.ts$/.test(module);
}

/** A file of the package itself. Types of it run nothing. */
function isOwnModule(module: string): boolean {
  return /^\.{1,2}\/(?:[\w-]+\/)?[\w.-]+\.ts$/.test(module);
}

function isContractImport(ts: Compiler, node: TypeScript.ImportDeclaration): boolean {
  const module = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : "";
  return node.importClause?.isTypeOnly === true && isOwnModule(module);
}

function isKey(ts: Compiler, node: TypeScript.Node): boolean {
  const { parent } = node;
  const isMember = ts.isElementAccessExpression(parent) && parent.argumentExpression === node;
  const isName = ts.isPropertyAssignment(parent) && parent.name === node;
  return isMember || isName || ts.isComputedPropertyName(parent) || ts.isBindingElement(parent);
}

function isComputedText(ts: Compiler, key: TypeScript.Expression): boolean {
  return ts.isTemplateExpression(key) || (ts.isBinaryExpression(key) && key.getText().search(/["'`]/) >= 0);
}
