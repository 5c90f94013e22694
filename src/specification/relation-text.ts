import type { RelationKind, RelationSpec } from "./specification.ts";

/** What a relation's line says: `belongs to Customer`, `has many Card by account`, `many to many Tag optional`. */
export type RelationText = Pick<
  RelationSpec,
  "kind" | "to" | "isOptional" | "isReadOnly" | "isImmutable" | "isUnscoped" | "onDelete" | "by"
>;

/** The kinds as people write them: any case, with spaces, `-` or `_`. */
const kinds: readonly (readonly [RegExp, RelationKind])[] = [
  [
    /^(many[\s_-]*to[\s_-]*many|has[\s_-]*and[\s_-]*belongs[\s_-]*to[\s_-]*many|belongs[\s_-]*to[\s_-]*many)\b/i,
    "many-to-many",
  ],
  [/^(belongs[\s_-]*to|many[\s_-]*to[\s_-]*one|references?|one)\b(?![\s_-]*to)/i, "belongs-to"],
  [/^(has[\s_-]*many|one[\s_-]*to[\s_-]*many|many)\b/i, "has-many"],
  [/^(has[\s_-]*one|one[\s_-]*to[\s_-]*one)\b/i, "has-one"],
];

export const relationWords: readonly string[] = ["belongs to", "has many", "has one", "many to many"];

/** Undefined where the line is not understood. */
export function parseRelationText(line: string): RelationText | undefined {
  const text = line.trim();
  const found = kinds.flatMap(([pattern, kind]) => {
    const [words] = pattern.exec(text) ?? [];
    return words === undefined ? [] : [{ kind, rest: text.slice(words.length).trim() }];
  })[0];
  const [to = "", ...marks] = found?.rest.split(/\s+/) ?? [];
  if (found === undefined || !/^[A-Za-z][\w-]*\??$/.test(to)) return undefined;
  const rest = marks.join(" ").toLowerCase();
  const [, onDelete] = /\bon delete (restrict|cascade|set null)\b/.exec(rest) ?? [];
  const [, by] = /\bby (\S+)/.exec(marks.join(" ")) ?? [];
  const unknown = rest
    .replace(/\bon delete (restrict|cascade|set null)\b/, "")
    .replace(/\bby \S+/, "")
    .replaceAll(/\b(optional|required|immutable|unscoped)\b|\bread-?only\b/g, "")
    .trim();
  if (unknown !== "") return undefined;
  return {
    kind: found.kind,
    to: to.replace(/\?$/, ""),
    isOptional: to.endsWith("?") || /\boptional\b/.test(rest),
    isReadOnly: /\bread-?only\b/.test(rest),
    isImmutable: /\bimmutable\b/.test(rest),
    isUnscoped: /\bunscoped\b/.test(rest),
    ...(onDelete !== undefined && { onDelete: onDelete === "set null" ? ("setNull" as const) : asAction(onDelete) }),
    ...(by !== undefined && { by }),
  };
}

function asAction(text: string): "restrict" | "cascade" {
  return text === "cascade" ? "cascade" : "restrict";
}
