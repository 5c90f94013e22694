import type { Diagnostic } from "../diagnostic/diagnostic.ts";

/** How many further places are named; whoever mends one by search and replace needs no more. */
const maxPlaces = 5;

/**
 * One diagnostic for all references to the same missing thing. Generated documents refer to a type that was left out
 * from dozens of places, and the mistake is one.
 */
export function groupByCause(
  broken: readonly { readonly cause: string; readonly diagnostic: Diagnostic }[],
): readonly Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const { cause, diagnostic } of broken) groups.set(cause, [...(groups.get(cause) ?? []), diagnostic]);
  return [...groups.values()].flatMap(([first, ...rest]) => (first === undefined ? [] : [withPlaces(first, rest)]));
}

function withPlaces(first: Diagnostic, rest: readonly Diagnostic[]): Diagnostic {
  if (rest.length === 0) return first;
  const places = rest.slice(0, maxPlaces).map(({ place }) => `${place?.line}:${place?.column}`);
  const more = rest.length > maxPlaces ? ` and ${rest.length - maxPlaces} more` : "";
  return { ...first, saw: `${first.saw} The same at ${places.join(", ")}${more}.` };
}
