/** Why a text is no JSON, and where; undefined where it is. */
export interface JsonMistake {
  readonly message: string;
  readonly offset: number;
}

/** JSON.parse tells the place in its message alone, and not at all where the text ends too early. */
export function jsonMistake(text: string): JsonMistake | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length);
    return { message: `${message.replace(/,? (in JSON )?at position.*$/s, "")}.`, offset };
  }
}
