import type { Compiler, TypeScript } from "../compiler.ts";

/** Where a name that a body uses comes from. */
export type Origin =
  | { readonly kind: "declared"; readonly declaration: TypeScript.Node }
  /** Declared nowhere in the function. */
  | { readonly kind: "free" };

/** Finds what a name means by the blocks around it, as the language does; types and values share the search. */
export function originOf(ts: Compiler, name: TypeScript.Identifier): Origin {
  for (let scope: TypeScript.Node | undefined = name.parent; scope !== undefined; scope = scope.parent) {
    const declaration = declarationIn(ts, scope, name.text);
    if (declaration) return { kind: "declared", declaration };
  }
  return { kind: "free" };
}

function declarationIn(ts: Compiler, scope: TypeScript.Node, name: string): TypeScript.Node | undefined {
  if (ts.isFunctionLike(scope)) {
    const parameter = scope.parameters.find((one) => binds(ts, one.name, name));
    if (parameter) return parameter;
    if (scope.typeParameters?.some((one) => one.name.text === name)) return scope;
    const isOwnName = ts.isFunctionExpression(scope) && scope.name?.text === name;
    return isOwnName ? scope : undefined;
  }
  if (ts.isBlock(scope) || ts.isSourceFile(scope)) return inStatements(ts, scope.statements, name);
  if (ts.isCaseBlock(scope)) {
    return inStatements(
      ts,
      scope.clauses.flatMap((clause) => [...clause.statements]),
      name,
    );
  }
  if (ts.isForStatement(scope) || ts.isForOfStatement(scope)) {
    const list = scope.initializer;
    return list && ts.isVariableDeclarationList(list) ? inList(ts, list, name) : undefined;
  }
  if (ts.isCatchClause(scope)) {
    const variable = scope.variableDeclaration;
    return variable && binds(ts, variable.name, name) ? variable : undefined;
  }
  return undefined;
}

function inStatements(
  ts: Compiler,
  statements: Iterable<TypeScript.Statement>,
  name: string,
): TypeScript.Node | undefined {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement)) {
      const found = inList(ts, statement.declarationList, name);
      if (found) return found;
    }
    const isNamed =
      ts.isFunctionDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement);
    if (isNamed && statement.name?.text === name) return statement;
  }
  return undefined;
}

function inList(
  ts: Compiler,
  list: TypeScript.VariableDeclarationList,
  name: string,
): TypeScript.VariableDeclaration | undefined {
  return list.declarations.find((one) => binds(ts, one.name, name));
}

function binds(ts: Compiler, pattern: TypeScript.BindingName, name: string): boolean {
  if (ts.isIdentifier(pattern)) return pattern.text === name;
  return pattern.elements.some((one) => ts.isBindingElement(one) && binds(ts, one.name, name));
}
