import type { Pick, Place } from "./document.ts";

/** Gives each place another text, and each label always the same. Names are told apart by their label. */
export function pickFrom(texts: readonly string[], turn = 0): Pick {
  let at = turn;
  const known = new Map<string, string>();
  return (place, label) => {
    const id = `${place} ${label}`;
    const text = known.get(id) ?? suited(place, label, texts[at++ % texts.length] ?? "");
    known.set(id, text);
    return text;
  };
}

function suited(place: Place, label: string, text: string): string {
  switch (place) {
    case "text":
      return text;
    // PostgreSQL stores no NUL; two values of one enum differ.
    case "value":
      return `${text.replaceAll("\0", "")}${label}`.slice(0, 60);
    case "name":
      return plainNames.has(text) ? text : `${label} ${text}`;
    // What a path's template cannot hold, because it would end the segment or the path.
    case "segment":
      return `${label}${text.replaceAll(/[/{}]/g, "")}`;
    // RFC 9110, 5.6.2: no other header can be sent.
    case "header":
      return `${label}-${text.replaceAll(/[^!#$%&'*+.^_`|~\w-]/g, "").slice(0, 30)}`;
  }
}

/** Names that are dangerous as they are. Each is used once, since labels cannot tell them apart. */
const plainNames = new Set<string>();
