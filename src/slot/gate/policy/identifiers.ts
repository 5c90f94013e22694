import type { Compiler, TypeScript } from "../compiler.ts";
import {
  allowedGlobals,
  allowedTypes,
  globalCures,
  refusedKeys,
  platformGlobals,
  refusedMembers,
  type GlobalUse,
} from "./names.ts";
import type { Judge, Refusal } from "./refusal.ts";
import { originOf } from "./scope.ts";

/** Judges every name: of globals, of members, of what a body declares. `types` are those that its file imports. */
export function identifierJudge(ts: Compiler, types: ReadonlySet<string>): Judge {
  return (node) => {
    if (ts.isIdentifier(node)) return spelling(node) ?? nameRefusal(ts, node, types);
    if (ts.isStringLiteralLike(node) && isKeyText(ts, node)) return keyRefusal(ts, node.text, node);
    return undefined;
  };
}

/** An escape in a name hides what it says, and letters of other scripts look like ours. */
function spelling(node: TypeScript.Identifier): Refusal | undefined {
  const written = node.getText();
  if (/^[A-Za-z_$][\w$]*$/.test(written)) return undefined;
  return {
    saw: `The name ${JSON.stringify(written)} is not written in plain letters.`,
    cure: "Use A to Z, digits and _.",
  };
}

function nameRefusal(ts: Compiler, node: TypeScript.Identifier, types: ReadonlySet<string>): Refusal | undefined {
  const { parent, text } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return memberRefusal(text);
  if (ts.isQualifiedName(parent) && parent.right === node) return undefined;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return memberRefusal(text);
  if (isMemberName(ts, node)) return keyRefusal(ts, text, node);
  if (isDeclaredName(ts, node)) return declarationRefusal(ts, node);
  if (ts.isShorthandPropertyAssignment(parent) && refusedKeys.has(text)) return keyRefusal(ts, text, node);
  const origin = originOf(ts, node);
  if (origin.kind === "declared") return ts.isSourceFile(origin.declaration.parent) ? selfRefusal(text) : undefined;
  return isTypeName(ts, node) ? typeRefusal(text, types) : globalRefusal(ts, node);
}

/** All that stands around the body is its own function. */
function selfRefusal(name: string): Refusal {
  return { saw: `It calls itself, ${name}.`, cure: "Use a loop, or a function inside the body." };
}

function memberRefusal(name: string): Refusal | undefined {
  if (!refusedMembers.has(name)) return undefined;
  return {
    saw: `It reaches for ${name}.`,
    cure: "Use the members that the contract declares.",
    isEscape: true,
  };
}

function keyRefusal(ts: Compiler, name: string, node: TypeScript.Node): Refusal | undefined {
  const isType = ts.isTypeElement(node.parent);
  if (!(isType ? refusedMembers : refusedKeys).has(name)) return undefined;
  const saw = refusedMembers.has(name)
    ? `It reaches for ${name}.`
    : `It gives an object a member ${name}, which the language calls by itself.`;
  return { saw, cure: "Use the members that the contract declares.", isEscape: true };
}

/** A name that an object literal or a type gives a member. */
function isMemberName(ts: Compiler, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAssignment(parent) || ts.isTypeElement(parent)) && parent.name === node;
}

function isKeyText(ts: Compiler, node: TypeScript.StringLiteralLike): boolean {
  const { parent } = node;
  const isAccess = ts.isElementAccessExpression(parent) && parent.argumentExpression === node;
  const isName = (ts.isPropertyAssignment(parent) || ts.isTypeElement(parent)) && parent.name === node;
  const isBinding = ts.isBindingElement(parent) && parent.propertyName === node;
  const isIn = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword;
  return isAccess || isName || isBinding || isIn || ts.isComputedPropertyName(parent);
}

function isDeclaredName(ts: Compiler, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isFunctionExpression(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent) ||
    ts.isNamedTupleMember(parent);
  return isNamed && parent.name === node;
}

/** Nothing may take the name of a global: whoever reads on would think of the other one. */
function declarationRefusal(ts: Compiler, node: TypeScript.Identifier): Refusal | undefined {
  const { text } = node;
  const isGlobal = allowedGlobals.has(text) || globalCures.has(text) || text === "eval" || text === "arguments";
  const isHidden = refusedMembers.has(text);
  if (!isGlobal && !isHidden && !(allowedTypes.has(text) && isTypeDeclaration(ts, node))) return undefined;
  return { saw: `It declares something under the name of ${text}.`, cure: "Choose another name." };
}

function isTypeDeclaration(ts: Compiler, { parent }: TypeScript.Identifier): boolean {
  return (
    ts.isTypeAliasDeclaration(parent) || ts.isInterfaceDeclaration(parent) || ts.isTypeParameterDeclaration(parent)
  );
}

function isTypeName(ts: Compiler, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isQualifiedName(parent)) return true;
  return (
    ts.isTypeReferenceNode(parent) ||
    (ts.isExpressionWithTypeArguments(parent) && !ts.isClassLike(parent.parent.parent))
  );
}

function typeRefusal(name: string, types: ReadonlySet<string>): Refusal | undefined {
  if (types.has(name) || allowedTypes.has(name)) return undefined;
  return {
    saw: `It names the type ${name}, which is not at hand.`,
    cure: `At hand are ${[...types].join(", ")}; others follow by themselves, or from typeof.`,
    isUnknown: true,
  };
}

function globalRefusal(ts: Compiler, node: TypeScript.Identifier): Refusal | undefined {
  const { text } = node;
  const use = allowedGlobals.get(text);
  if (use === undefined && !platformGlobals.has(text)) {
    return { saw: `It uses ${text}, which is declared nowhere.`, cure: "Declare it inside the body.", isUnknown: true };
  }
  if (use === undefined) {
    const cure = globalCures.get(text) ?? "What a body may reach is in its parameters.";
    return { saw: `It uses ${text}, which a body may not.`, cure, isEscape: true };
  }
  return use.isValue === true ? undefined : useRefusal(ts, node, use);
}

function useRefusal(ts: Compiler, node: TypeScript.Identifier, use: GlobalUse): Refusal | undefined {
  const { parent, text } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    if (use.members?.includes(parent.name.text) === true) return undefined;
    return {
      saw: `It uses ${text}.${parent.name.text}, which a body may not.`,
      cure: cureOf(text, parent.name.text, use),
      ...(["Object", "Error"].includes(text) && { isEscape: true as const }),
    };
  }
  if (ts.isNewExpression(parent) && parent.expression === node) return constructionRefusal(ts, parent, text, use);
  if (ts.isCallExpression(parent) && parent.expression === node) {
    if (use.isCallable === true) return undefined;
    return { saw: `It calls ${text}().`, cure: cureOf(text, "", use) };
  }
  if (ts.isCallExpression(parent) && use.isArgument === true) return undefined;
  const isInstance = ts.isBinaryExpression(parent) && parent.right === node;
  if (isInstance && use.isClass === true && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
    return undefined;
  return {
    saw: `It takes ${text} as a value.`,
    cure: `Write ${text}'s member or call where it is used.`,
    isEscape: true,
  };
}

function constructionRefusal(
  ts: Compiler,
  node: TypeScript.NewExpression,
  name: string,
  { constructed }: GlobalUse,
): Refusal | undefined {
  if (constructed === undefined) return { saw: `It makes a new ${name}.`, cure: "Use literals and plain functions." };
  const count = node.arguments?.length ?? 0;
  const isSpread = node.arguments?.some((one) => ts.isSpreadElement(one)) === true;
  if (!isSpread && count >= constructed[0] && count <= constructed[1]) return isThrown(ts, node, name);
  if (name !== "Date") return { saw: `It makes a new ${name} with ${count} arguments.`, cure: "Give it one." };
  return count === 0
    ? { saw: "It asks for the time.", cure: "The time of the request is context.now: new Date(context.now)." }
    : { saw: "It makes a date in the machine's time zone.", cure: "Use new Date(Date.UTC(year, month, day))." };
}

/** An error is there to be thrown; kept, it is a way to look at the stack. */
function isThrown(ts: Compiler, node: TypeScript.NewExpression, name: string): Refusal | undefined {
  if (!name.endsWith("Error") || ts.isThrowStatement(node.parent)) return undefined;
  return { saw: `It makes an error, ${name}, that it does not throw.`, cure: `Write throw new ${name}("…").` };
}

function cureOf(name: string, member: string, { members }: GlobalUse): string {
  if (name === "Date" && member !== "parse") return "The time of the request is context.now.";
  if (name === "Math" && member === "random") return "A body is deterministic; the database makes keys.";
  if (name === "JSON") return "Rows are objects already.";
  if (name === "Object" && member === "assign") return "Build a new object with a spread: { ...row, name: value }.";
  return members === undefined ? "Leave it out." : `Of ${name} there are ${members.join(", ")}.`;
}
