/**
 * JSON pointers (RFC 6901). Inside scaffold a pointer has no leading `#`: "" is the root, "/paths/~1cards" a path.
 * With one it is a URI fragment (RFC 6901 §6), as `$ref` holds it.
 */
export type Pointer = string;

/** The member names and indexes that lead from the root to the place, unescaped. */
export function parsePointer(pointer: Pointer): readonly string[] {
  if (pointer === "") return [];
  return pointer.slice(1).split("/").map(unescapeToken);
}

export function printPointer(tokens: readonly (string | number)[]): Pointer {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join("");
}

/** The pointer of a member, or of a member's member, of the place that `pointer` names. */
export function joinPointer(pointer: Pointer, ...tokens: readonly (string | number)[]): Pointer {
  return pointer + printPointer(tokens);
}

/** The pointer of what holds the place, and undefined for the root. */
export function parentPointer(pointer: Pointer): Pointer | undefined {
  return pointer === "" ? undefined : pointer.slice(0, pointer.lastIndexOf("/"));
}

/** The pointer that a `$ref` within its own document names, or undefined where it names another file or an anchor. */
export function pointerOfFragment(reference: string): Pointer | undefined {
  if (reference === "#") return "";
  return reference.startsWith("#/") ? decodeFragment(reference.slice(1)) : undefined;
}

/** A `$ref` to the place; what a URI fragment may not hold is percent-encoded (RFC 3986 §3.5). */
export function fragmentOf(pointer: Pointer): string {
  return `#${encodeURI(pointer.toWellFormed()).replaceAll(/[[\]#]/g, encodeURIComponent)}`;
}

/** A fragment's text without its percent-encoding; one that is not validly encoded stands for itself. */
export function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function escapeToken(token: string): string {
  return token.includes("~") || token.includes("/") ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

function unescapeToken(token: string): string {
  return token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token;
}
