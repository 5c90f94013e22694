import { parsePointer } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import type { NodeKind } from "./grammar.ts";

/** What is lost at a place whose reference leads nowhere, as a clause: "POST /cards accepts any object". */
export function costOf(kind: NodeKind, pointer: Pointer): string {
  const tokens = parsePointer(pointer);
  const who = ownerOf(tokens);
  if (kind === "pathItem") return `${tokens[1] ?? "the path"} is not served`;
  if (kind === "parameter") return `${who} takes no such parameter`;
  if (kind !== "schema") return `${who} is without this ${words[kind] ?? "part"}`;
  if (
    tokens.includes("requestBody") ||
    (tokens[0] === "paths" && tokens.at(-1) === "schema" && tokens.includes("parameters"))
  )
    return tokens.at(-1) === "schema" ? `${who} accepts any object` : `${who} accepts anything here`;
  return tokens.includes("responses") ? `${who} may answer anything here` : `${who} allows anything here`;
}

const words: Partial<Record<NodeKind, string>> = {
  requestBody: "request body",
  mediaType: "media type",
  securityScheme: "security scheme",
};

function ownerOf(tokens: readonly string[]): string {
  const [first, second, third] = tokens;
  if (first === "paths" && second !== undefined) return methodOf(third) + second;
  if (first === "components" && third !== undefined) return third;
  if (first === "definitions" && second !== undefined) return second;
  return tokens.findLast((token) => /^[A-Z]/.test(token)) ?? "the document";
}

function methodOf(token: string | undefined): string {
  return token !== undefined && /^[a-z]+$/.test(token) && token !== "parameters" ? `${token.toUpperCase()} ` : "";
}
