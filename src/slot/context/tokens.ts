/** Counts what a text is for a model, by the tokenizer of current models; others differ by a few per cent. */
export type CountTokens = (text: string) => number;

/** Loads the tokenizer, whose tables take a third of a second: only when something is to be asked. */
export async function loadTokenizer(): Promise<CountTokens> {
  const { countTokens } = await import("gpt-tokenizer");
  // What looks like a token of the protocol's own is text like any other.
  return (text) => countTokens(text, { disallowedSpecial: new Set() });
}
