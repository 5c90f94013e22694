/**
 * Control characters, line separators, bidirectional controls, zero-width characters, lone surrogates, the byte order
 * mark: what a reader does not see, or what makes them see something other than what runs (CVE-2021-42574).
 */
export const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/** `\u202e` for each, as JSON, ECMAScript and PostgreSQL's E'' know it. */
export function escapeInvisible(text: string): string {
  return text.replace(invisible, escapeUnits);
}

/** JSON over several lines, in which nothing is invisible. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(invisible, (found) => (found === "\n" ? found : escapeUnits(found)));
}

function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
    "",
  );
}
