import { UniqueNames, variableName } from "../../model/names.ts";
import { uriText } from "../../render/escape.ts";

/** A path as Fastify's router (find-my-way) is told it. */
export interface RoutePath {
  /** `/accounts/:accountId` */
  readonly path: string;
  /** What the router calls the parameters whose own names it would misread: `["item-id", "itemId"]`. */
  readonly names: readonly (readonly [parameter: string, name: string])[];
}

const parameter = /(\{[^}]+\})/;

/**
 * `/accounts/{accountId}` is `/accounts/:accountId`. In the router's language a parameter reaches to the next slash,
 * dash or dot, so one that is followed by anything else gets a pattern; so do the characters that mean something in that
 * language or that the router does not decode, each a parameter that nobody reads.
 */
export function routePath(path: string): RoutePath {
  const taken = new UniqueNames();
  const names: [string, string][] = [];
  const nameOf = (text: string): string => {
    const isPlain = /^[A-Za-z]\w*$/.test(text) && !(text in {}) && !taken.has(text);
    const name = taken.take(isPlain ? text : variableName(text));
    if (name !== text) names.push([text, name]);
    return name;
  };
  const parts = path.split(parameter).filter((part) => part !== "");
  const words = parts.map((part, at) => {
    if (!parameter.test(part)) return fixedText(part, taken);
    const isLast = parts[at + 1]?.startsWith("/") ?? true;
    return `:${nameOf(part.slice(1, -1))}${isLast ? "" : "(.+?)"}`;
  });
  return { path: words.join(""), names };
}

/** What the router decodes in parameters alone, because what it stands for would mean something in a URL. */
const kept = /(%(?:2[3-6BCF]|3[ABDF]|40)|\*)/i;

function fixedText(text: string, taken: UniqueNames): string {
  return uriText(text)
    .split(kept)
    .map((part) =>
      kept.test(part) ? `:${taken.take("fixed")}(${pattern(part)})` : decoded(part).replaceAll(":", "::"),
    )
    .join("");
}

/** A parameter is decoded before its pattern sees it. */
function pattern(part: string): string {
  return decoded(part).replace(/[$*+/?]/, String.raw`\$&`);
}

/** As the router sees it in a request. What decodes to nothing is no request's path either. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
