/** What a model has answered: code, or why there is none. */
export type Answer = { readonly code: string } | { readonly why: string };

/** Takes the code out of an answer: of several fenced blocks, the last that has the function; prose around it is left. */
export function codeOf(text: string, functionName: string, isCut: boolean): Answer {
  if (text.trim() === "") return { why: isCut ? "The answer was cut off before it began." : "The answer is empty." };
  const blocks = [...text.matchAll(/^[ \t]*(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)^[ \t]*\1[ \t]*$/gm)].map(
    ([, , code = ""]) => code,
  );
  if (blocks.length === 0) {
    if (isCut) return { why: "The answer was cut off." };
    return looksLikeCode(text, functionName) ? { code: text } : { why: "There is no code in the answer." };
  }
  const named = blocks.filter((code) => new RegExp(`\\bfunction\\s+${functionName}\\b`).test(code));
  const code = named.at(-1) ?? blocks.at(-1) ?? "";
  return code.trim() === "" ? { why: "The code block is empty." } : { code };
}

/** A bare function, or bare statements; a sentence is neither. */
function looksLikeCode(text: string, functionName: string): boolean {
  return (
    new RegExp(`\\bfunction\\s+${functionName}\\b`).test(text) ||
    /^\s*(?:const|let|return|await|if)\b.*[;{]\s*$/m.test(text)
  );
}
