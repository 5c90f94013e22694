import type { ts as TypeScript } from "ts-morph";
import type { Compiler } from "../compiler.ts";

/** A logic file with one function in it, as the compiler sees it. */
export interface CheckedFile {
  readonly source: TypeScript.SourceFile;
  readonly checker: TypeScript.TypeChecker;
  /** What is wrong in it, in order. */
  readonly diagnostics: readonly TypeScript.Diagnostic[];
  /** True for what the language's own library declares. */
  isOfLibrary(declaration: TypeScript.Node): boolean;
}

/** Type-checks one file after another beside the same contracts; only what has changed is looked at again. */
export type TypeCheck = (path: string, text: string) => CheckedFile;

/** Opens the compiler on the files that slots are promised: contracts of interfaces, without a package around them. */
export async function openTypeCheck(contracts: ReadonlyMap<string, string>): Promise<TypeCheck> {
  const { Project, ts } = await import("ts-morph");
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: compilerOptions(ts) });
  for (const [path, text] of contracts) project.createSourceFile(`/${path}`, text);
  return (path, text) => {
    const file = project.createSourceFile(`/${path}`, text, { overwrite: true });
    const program = project.getProgram().compilerObject;
    const source = file.compilerNode;
    return {
      source,
      checker: program.getTypeChecker(),
      diagnostics: [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)],
      isOfLibrary: (declaration) => program.isSourceFileDefaultLibrary(declaration.getSourceFile()),
    };
  };
}

/** Those of a generated package (templates/project/tsconfig.json.hbs), and what a linter would mind in a body. */
function compilerOptions(ts: Compiler): TypeScript.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2024,
    lib: ["lib.es2024.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    noEmit: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    allowUnreachableCode: false,
    allowUnusedLabels: false,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    isolatedModules: true,
    skipLibCheck: true,
  };
}
