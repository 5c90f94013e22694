import type { Compiler, TypeScript } from "../compiler.ts";
import type { Refusal } from "./refusal.ts";

/** Every kind of node that a body may consist of; names of the compiler's own enumeration. */
const allowed =
  "SourceFile FunctionDeclaration FunctionExpression ArrowFunction Parameter Block " +
  "VariableStatement VariableDeclarationList VariableDeclaration ExpressionStatement IfStatement ForStatement " +
  "ForOfStatement WhileStatement DoStatement ContinueStatement BreakStatement ReturnStatement ThrowStatement " +
  "SwitchStatement CaseBlock CaseClause DefaultClause TryStatement CatchClause TypeAliasDeclaration " +
  "InterfaceDeclaration PropertySignature MethodSignature Identifier StringLiteral NumericLiteral BigIntLiteral " +
  "NoSubstitutionTemplateLiteral TemplateExpression TemplateSpan TemplateHead TemplateMiddle TemplateTail " +
  "RegularExpressionLiteral TrueKeyword FalseKeyword NullKeyword ArrayLiteralExpression ObjectLiteralExpression " +
  "PropertyAssignment ShorthandPropertyAssignment SpreadAssignment ComputedPropertyName PropertyAccessExpression " +
  "ElementAccessExpression CallExpression NewExpression ParenthesizedExpression TypeOfExpression AwaitExpression " +
  "PrefixUnaryExpression PostfixUnaryExpression BinaryExpression ConditionalExpression SpreadElement " +
  "AsExpression SatisfiesExpression OmittedExpression ObjectBindingPattern ArrayBindingPattern BindingElement " +
  "TypeReference TypeLiteral ArrayType TupleType NamedTupleMember OptionalType RestType UnionType IntersectionType " +
  "LiteralType FunctionType ParenthesizedType IndexedAccessType TypeOperator TypeQuery TypePredicate " +
  "TypeParameter QualifiedName EndOfFileToken " +
  "StringKeyword NumberKeyword BooleanKeyword BigIntKeyword UnknownKeyword UndefinedKeyword NeverKeyword " +
  "ObjectKeyword VoidKeyword AsyncKeyword ExportKeyword ReadonlyKeyword ConstKeyword " +
  "QuestionToken QuestionDotToken DotDotDotToken EqualsGreaterThanToken AwaitKeyword";

/** What is refused most, with what to write instead; everything else that is not allowed has the general words. */
const refusals: Readonly<Record<string, readonly [saw: string, cure: string, escape?: "escape"]>> = {
  ImportDeclaration: ["It imports.", "What a body may reach is in its parameters.", "escape"],
  ImportKeyword: ["It imports.", "What a body may reach is in its parameters.", "escape"],
  ImportType: ["It imports a type.", "The types of the signature are there already."],
  ImportEqualsDeclaration: ["It imports.", "What a body may reach is in its parameters.", "escape"],
  MetaProperty: ["It asks for import.meta or new.target.", "What a body may reach is in its parameters.", "escape"],
  ExportDeclaration: ["It exports.", "Write the one function."],
  ExportAssignment: ["It exports.", "Write the one function."],
  ThisKeyword: ["It uses this.", "Use the parameters.", "escape"],
  SuperKeyword: ["It uses super.", "Use the parameters.", "escape"],
  ClassDeclaration: ["It declares a class.", "Use plain objects and functions."],
  ClassExpression: ["It makes a class.", "Use plain objects and functions."],
  YieldExpression: ["It yields.", "Return an array."],
  TaggedTemplateExpression: ["It calls a tag of a template.", "Call the function with its arguments."],
  DeleteExpression: ["It deletes a member.", "Build a new object without it."],
  VoidExpression: ["It drops a value with void.", "Await the promise, or use the value."],
  WithStatement: ["It uses with.", "Name the object."],
  LabeledStatement: ["It labels a statement.", "Put the inner loop into a function that returns."],
  DebuggerStatement: ["It stops in a debugger.", "Leave it out."],
  ForInStatement: ["It loops with for…in, which goes through prototypes.", "Use for (const key of Object.keys(…))."],
  ModuleDeclaration: ["It declares a namespace or a module.", "Write statements of the body."],
  EnumDeclaration: ["It declares an enum.", "Use a union of strings."],
  Decorator: ["It uses a decorator.", "Call the function."],
  NonNullExpression: ["It says with ! that a value is there.", "Handle undefined: if (x === undefined) …"],
  TypeAssertionExpression: ["It asserts a type.", "Let the types follow from the checks that you write."],
  ExclamationToken: ["It says with ! that a variable has a value.", "Give it one where it is declared."],
  AnyKeyword: ["It uses any.", "Name the type, or use unknown and check it."],
  SymbolKeyword: ["It uses symbols.", "Use plain members."],
  GetAccessor: ["It defines a getter.", "Use a plain member."],
  SetAccessor: ["It defines a setter.", "Use a plain member."],
  MethodDeclaration: ["It defines a method.", "Use a function in a constant, or a plain member."],
  AsteriskToken: ["It is a generator.", "Return an array."],
  DeclareKeyword: ["It declares what is elsewhere.", "Use the parameters."],
  AbstractKeyword: ["It is abstract.", "Use plain functions."],
  MappedType: ["It computes a type.", "Write the type out, or use Record."],
  ConditionalType: ["It computes a type.", "Write the type out."],
  InferType: ["It computes a type.", "Write the type out."],
  TemplateLiteralType: ["It computes a type.", "Write the type out."],
};

/** Answers why a node's kind is refused; undefined where it may be. Operators are judged with their expressions. */
export function kindJudge(ts: Compiler): (node: TypeScript.Node) => Refusal | undefined {
  const names = new Map<number, string>();
  // The first name of a number is its own; later ones are markers such as FirstToken.
  for (const [name, value] of Object.entries(ts.SyntaxKind)) {
    if (typeof value === "number" && !names.has(value)) names.set(value, name);
  }
  const kindsAllowed = new Set(allowed.split(" "));
  return (node) => {
    const name = names.get(node.kind) ?? String(node.kind);
    if (kindsAllowed.has(name) || isOperator(ts, node)) return undefined;
    const [saw, cure, escape] = refusals[name] ?? [
      `It uses what a body may not: ${name}.`,
      "Use plain statements and expressions.",
    ];
    return { saw, cure, ...(escape !== undefined && { isEscape: true }) };
  };
}

function isOperator(ts: Compiler, node: TypeScript.Node): boolean {
  const { parent } = node;
  const isToken = node.kind >= ts.SyntaxKind.FirstPunctuation && node.kind <= ts.SyntaxKind.LastPunctuation;
  const isWord = node.kind === ts.SyntaxKind.InKeyword || node.kind === ts.SyntaxKind.InstanceOfKeyword;
  return (
    (isToken || isWord) && parent !== undefined && (ts.isBinaryExpression(parent) || ts.isConditionalExpression(parent))
  );
}
