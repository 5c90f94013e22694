import { isObject, isText } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Upgrade } from "./upgrade.ts";

/** Leaves out patterns that are no regular expressions (ECMA-262), and mends those that only lack the `u` flag's rigour. */
export function dropPatterns(schema: RawObject, { warn }: Upgrade): void {
  const { pattern, patternProperties } = schema;
  if (isText(pattern)) {
    const usable = usablePattern(pattern);
    if (usable !== undefined) schema["pattern"] = usable;
    else {
      delete schema["pattern"];
      warn(
        "pattern/invalid",
        schema,
        "pattern",
        `${JSON.stringify(pattern)} does not compile; any text is allowed here.`,
      );
    }
  }
  if (!isObject(patternProperties)) return;
  for (const key of Object.keys(patternProperties)) {
    if (compiles(key)) continue;
    delete patternProperties[key];
    warn("pattern/invalid", patternProperties, key, `${JSON.stringify(key)} does not compile; it is left out.`);
  }
}

/** A pattern that compiles with the `u` flag, as JSON Schema wants it, and means the same; else undefined. */
function usablePattern(pattern: string): string | undefined {
  if (compiles(pattern)) return pattern;
  const strict = withoutNeedlessEscapes(pattern);
  return compiles(pattern, "") && compiles(strict) ? strict : undefined;
}

/** `\_`, `\-` and the like are the character itself without the `u` flag, and a mistake with it. */
function withoutNeedlessEscapes(pattern: string): string {
  let isInClass = false;
  return pattern.replaceAll(/\\[\s\S]|[[\]]/g, (part) => {
    if (part === "[") isInClass = true;
    else if (part === "]") isInClass = false;
    const escaped = part.length === 2 ? part.charAt(1) : undefined;
    if (escaped === undefined || /[\w^$\\.*+?()[\]{}|/]/.test(escaped)) return escaped === "_" ? "_" : part;
    return escaped === "-" && isInClass ? part : escaped;
  });
}

function compiles(pattern: string, flags = "u"): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
