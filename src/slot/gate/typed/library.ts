import type { Compiler, TypeScript } from "../compiler.ts";
import type { Judge, Refusal } from "../policy/refusal.ts";
import type { CheckedFile } from "./type-check.ts";

const array =
  "length at concat entries every filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join " +
  "keys lastIndexOf map reduce reduceRight slice some toReversed toSorted toSpliced values with";

/**
 * Members of the language's own values that a body may use, by the interface that declares them. They answer the same
 * on every machine: what depends on its language, its time zone or its clock is not among them.
 */
const allowed: Readonly<Record<string, string>> = {
  String:
    "length at charAt charCodeAt codePointAt concat endsWith includes indexOf isWellFormed lastIndexOf match matchAll " +
    "normalize padEnd padStart repeat replace replaceAll search slice split startsWith substring toLowerCase toString " +
    "toUpperCase toWellFormed trim trimEnd trimStart valueOf",
  Number: "toExponential toFixed toPrecision toString valueOf",
  Boolean: "toString valueOf",
  BigInt: "toString valueOf",
  ReadonlyArray: array,
  Array: `${array} copyWithin fill pop push reverse shift sort splice unshift`,
  ReadonlyMap: "entries forEach get has keys size values",
  Map: "clear delete entries forEach get has keys set size values",
  ReadonlySet:
    "difference entries forEach has intersection isDisjointFrom isSubsetOf isSupersetOf keys size symmetricDifference " +
    "union values",
  Set:
    "add clear delete difference entries forEach has intersection isDisjointFrom isSubsetOf isSupersetOf keys size " +
    "symmetricDifference union values",
  Iterator: "next",
  IteratorObject: "next",
  MapIterator: "next",
  IteratorYieldResult: "done value",
  IteratorReturnResult: "done value",
  Date:
    "getTime getUTCDate getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds " +
    "setTime setUTCDate setUTCFullYear setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds " +
    "toISOString toJSON valueOf",
  RegExp: "exec flags global source test",
  RegExpMatchArray: "groups index input",
  RegExpExecArray: "groups index input",
  Promise: "then",
  PromiseLike: "then",
  Error: "message name",
};

const table: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(allowed).map(([name, members]) => [name, new Set(members.split(" "))]),
);

/** Judges members that the language's library declares; those of the contract are judged by its types. */
export function libraryJudge(ts: Compiler, { checker, isOfLibrary }: CheckedFile): Judge {
  return (node) => {
    const name = memberName(ts, node);
    if (name === undefined || isOfGlobal(ts, name)) return undefined;
    const declaration = checker.getSymbolAtLocation(name)?.declarations?.[0];
    if (declaration === undefined || !isOfLibrary(declaration)) return undefined;
    const { parent } = declaration;
    const owner = ts.isInterfaceDeclaration(parent) || ts.isClassDeclaration(parent) ? (parent.name?.text ?? "") : "";
    // What a person's own mapped types, such as Partial, hand through is declared elsewhere.
    if (owner === "" && !ts.isModuleBlock(parent)) return undefined;
    return table.get(owner)?.has(name.text) === true ? undefined : refusal(owner, name.text);
  };
}

function memberName(
  ts: Compiler,
  node: TypeScript.Node,
): TypeScript.Identifier | TypeScript.StringLiteralLike | undefined {
  if (ts.isPropertyAccessExpression(node)) return ts.isIdentifier(node.name) ? node.name : undefined;
  if (ts.isElementAccessExpression(node)) {
    return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression : undefined;
  }
  if (!ts.isBindingElement(node) || !ts.isObjectBindingPattern(node.parent)) return undefined;
  const name = node.propertyName ?? node.name;
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name : undefined;
}

/** `Math.max`: what of a global may be used stands with the globals (../policy/names.ts). */
function isOfGlobal(ts: Compiler, { parent }: TypeScript.Node): boolean {
  return (
    ts.isPropertyAccessExpression(parent) && ts.isIdentifier(parent.expression) && isPlainGlobal(parent.expression.text)
  );
}

function isPlainGlobal(name: string): boolean {
  return /^(?:Math|Number|String|BigInt|Object|Array|JSON|Date|Map|Promise)$/.test(name);
}

function refusal(owner: string, name: string): Refusal {
  const saw = `It uses ${name} of ${owner === "" ? "the language" : owner}, which a body may not.`;
  if (/Locale|^localeCompare$/.test(name))
    return { saw, cure: "It depends on the machine's language; compare with < and >, or build the text." };
  if (owner === "Date") return { saw, cure: "It depends on the machine's time zone; use the UTC methods." };
  if (owner === "Object" || owner.endsWith("Function"))
    return { saw, cure: "Call the function itself; compare with Object.hasOwn.", isEscape: true };
  const known = table.get(owner);
  return { saw, cure: known === undefined ? "Use plain values." : `Of ${owner} there are ${[...known].join(", ")}.` };
}
