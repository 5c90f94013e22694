import { loadModule, parseSync, scanSync } from "libpg-query";

/** The parser of PostgreSQL itself. */
await loadModule();

/** What a first migration does; anything else would come from a text that ended its literal. */
const statements = new Set(["CreateStmt", "AlterTableStmt", "IndexStmt"]);

/** Mistakes of syntax, statements that nobody wrote, words outside of literals, names that model/names.ts never makes. */
export function sql(text: string, words: readonly string[]): readonly string[] {
  try {
    const kinds = (parseSync(text).stmts ?? []).flatMap(({ stmt }) => Object.keys(stmt ?? {}));
    const { tokens } = scanSync(text);
    const textsOf = (kind: RegExp) => tokens.filter(({ tokenName }) => kind.test(tokenName)).map((token) => token.text);
    const code = textsOf(/^(?!SCONST$|IDENT$|.*COMMENT$)/);
    return [
      ...kinds.filter((kind) => !statements.has(kind)).map((kind) => `a statement: ${kind}`),
      ...words
        .filter((word) => code.some((part) => part.includes(word)))
        .map((word) => `${JSON.stringify(word)} is code`),
      ...textsOf(/^IDENT$/)
        .filter((name) => !isOurName(name))
        .map((name) => `a name: ${name}`),
      ...textsOf(/COMMENT$/)
        .filter((comment) => comment !== "--> statement-breakpoint")
        .map((comment) => `a comment: ${comment}`),
    ];
  } catch (cause) {
    return [String(cause)];
  }
}

/** As model/names.ts makes them. */
function isOurName(name: string): boolean {
  return /^"?[a-z_][a-z0-9_]*"?$/.test(name);
}
