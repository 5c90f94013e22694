import { warning } from "../diagnostic/catalog.ts";
import type { Diagnostic, Place } from "../diagnostic/diagnostic.ts";
import type { Found, Target } from "./lookup.ts";

/** A reference that leads nowhere; `cost` says what is left out until it does. */
export function missingReference(
  reference: string,
  place: Place,
  target: Exclude<Target, Found>,
  cost: string,
): Diagnostic {
  const said = `"${reference}"`;
  switch (target.kind) {
    case "no-node": {
      const fix = target.meant === undefined ? undefined : `did you mean "${target.meant}"?`;
      return warning("reference/not-found", { place, saw: `${said} does not exist; ${cost}`, fix });
    }
    case "no-file":
      return warning("reference/file-not-found", { place, saw: `The file of ${said} does not exist; ${cost}` });
    case "text":
      if (target.mistake !== undefined) return unparsed(place, said, target.mistake, cost);
      return warning("reference/not-found", { place, saw: `${said} is no mapping; ${cost}` });
    case "not-followed":
      return warning("reference/not-local", {
        place,
        saw: `${said} ${target.reason}, and is not followed; ${cost.replace("until it does", "until it is local")}`,
      });
  }
}

function unparsed(place: Place, said: string, { place: at, saw }: Diagnostic, cost: string): Diagnostic {
  const where = [at?.file, at?.line, at?.column].filter((part) => part !== undefined).join(":");
  const fix = `correct the file: ${saw}`;
  return warning("reference/file-not-found", { place, saw: `${said} does not parse at ${where}; ${cost}`, fix });
}

/** A reference that never reaches anything but references. */
export function circularReference(reference: string, place: Place): Diagnostic {
  const saw = `"${reference}" leads back to itself; anything is allowed here until it does not.`;
  return warning("reference/circular", { place, saw });
}

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
