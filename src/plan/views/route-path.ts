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
 * language or that the router does not decode, each a parameter that nobody reads. Of two parameters without anything
 * between them, the second is told by its `values`, where it has a closed list of plain ones: `/lamps/{id}{extension}`.
 */
export function routePath(
  path: string,
  values: (parameter: string) => readonly unknown[] | undefined = () => undefined,
): RoutePath {
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
    const choices = parameter.test(parts[at - 1] ?? "") ? choicesOf(values(part.slice(1, -1))) : undefined;
    return `:${nameOf(part.slice(1, -1))}${choices ?? (isLast ? "" : "(.+?)")}`;
  });
  return { path: words.join(""), names };
}

function choicesOf(values: readonly unknown[] | undefined): string | undefined {
  const texts = (values ?? []).filter((value) => typeof value === "string" && /^\.?\w+$/.test(value));
  return texts.length === 0 || texts.length !== values?.length
    ? undefined
    : `(${texts.map((text) => String(text).replace(".", String.raw`\.`)).join("|")})`;
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
