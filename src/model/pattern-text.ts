import { expressionOf } from "../document/expression.ts";

/**
 * A short text that matches a regular expression of the simple kind that documents have: literals, classes, groups,
 * alternatives and counts. Undefined where the expression holds more than that, or where nothing that was tried matches.
 */
export function textMatching(pattern: string): string | undefined {
  const text = new PatternReader(pattern).read();
  return text !== undefined && matches(pattern, text) ? text : undefined;
}

export function matches(pattern: string, text: string): boolean {
  return expressionOf(pattern)?.test(text) === true;
}

/** Walks an expression once; of alternatives it takes the first, of counts the least. */
class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): string | undefined {
    const text = this.#alternatives();
    return this.#at === this.#pattern.length ? text : undefined;
  }

  #alternatives(): string | undefined {
    const first = this.#sequence();
    while (this.#takes("|")) this.#sequence();
    return first;
  }

  #sequence(): string | undefined {
    let text: string | undefined = "";
    while (this.#at < this.#pattern.length && !"|)".includes(this.#next())) {
      const atom = this.#atom();
      const count = this.#count();
      if (atom === undefined) text = undefined;
      if (text !== undefined && atom !== undefined) text += atom.repeat(Math.min(count, 200));
    }
    return text;
  }

  #atom(): string | undefined {
    const letter = this.#next();
    this.#at += 1;
    if (letter === "(") return this.#group();
    if (letter === "[") return this.#class();
    if (letter === "\\") return this.#escape();
    if (letter === "^" || letter === "$") return "";
    return letter === "." ? "a" : letter;
  }

  /** A look-around says what must not be there, or what must; it adds no text of its own. */
  #group(): string | undefined {
    const isLookAround = /^\?(=|!|<=|<!)/.test(this.#rest());
    this.#at += /^\?(:|=|!|<=|<!|<\w+>)/.exec(this.#rest())?.[0].length ?? 0;
    const text = this.#alternatives();
    this.#takes(")");
    return isLookAround ? "" : text;
  }

  #class(): string | undefined {
    const match = /^(\^?)((?:\\.|[^\]\\])*)\]/.exec(this.#rest());
    if (!match) return undefined;
    this.#at += match[0].length;
    const candidates = ["0", "a", "A", "1", "b", "-", " ", "_", match[2]?.replace("\\", "").charAt(0) ?? ""];
    return candidates.find((letter) => letter !== "" && matches(`^[${match[0]}$`, letter));
  }

  #escape(): string | undefined {
    const letter = this.#next();
    this.#at += 1;
    if (/[pPxucdDwWsSbB]/.test(letter)) {
      const isBraced = /[pPu]/.test(letter) && this.#next() === "{";
      const rest = isBraced ? (/^\{[^}]*\}/.exec(this.#rest())?.[0] ?? "") : "";
      this.#at += rest.length;
      return letter === "b" || letter === "B"
        ? ""
        : ["0", "a", "A", " ", "-"].find((one) => matches(`^\\${letter}${rest}$`, one));
    }
    return ({ n: "\n", t: "\t", r: "\r" } as const)[letter as "n"] ?? letter;
  }

  /** The least count of a quantifier, 1 where there is none. */
  #count(): number {
    const match = /^(?:[*?]|\+|\{(\d+)(?:,\d*)?\})\??/.exec(this.#rest());
    if (!match) return 1;
    this.#at += match[0].length;
    if (match[1] !== undefined) return Number(match[1]);
    return match[0].startsWith("+") ? 1 : 0;
  }

  #takes(letter: string): boolean {
    if (this.#next() !== letter) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    return this.#pattern.charAt(this.#at);
  }

  #rest(): string {
    return this.#pattern.slice(this.#at);
  }
}
