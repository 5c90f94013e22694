import type { EntityDraft } from "./classified.ts";
import type { Field, ReadMember, ReadSource, Relation } from "./model.ts";
import { memberKey, nounKey, wordsOf } from "./names.ts";
import type { Located, SchemaReader } from "./schemas.ts";

/**
 * What a read-only member shows without any slot: how many related rows there are, or where the row is. Undefined where
 * its name and type say neither.
 */
export function derivedSource(
  name: string,
  member: Located,
  entity: EntityDraft,
  reader: SchemaReader,
): ReadSource | undefined {
  return countSource(name, member, entity, reader) ?? selfLink(name, member, reader) ?? ownLinks(name, member, reader);
}

/** `links: { self, … }` of a row; links that are none of the row's own are left out where they may be. */
function ownLinks(name: string, member: Located, reader: SchemaReader): ReadSource | undefined {
  const view = reader.view(member);
  if (!/^_?links?$/i.test(name) || view.kind !== "object") return undefined;
  const known = [...view.members].flatMap(([key, link]): readonly ReadMember[] => {
    const source = selfLink(key, link, reader);
    return source ? [{ name: key, isRequired: view.required.has(key), isNullable: false, source }] : [];
  });
  const isWhole = [...view.required].every((key) => known.some((link) => link.name === key));
  return known.length > 0 && isWhole ? { kind: "shape", shape: { kind: "object", members: known } } : undefined;
}

/** `petCount`, `pet_count`, `pets_count`, `numberOfPets`, `total_pets` count the rows of a to-many relation. */
function countSource(name: string, member: Located, entity: EntityDraft, reader: SchemaReader): ReadSource | undefined {
  const { kind } = reader.view(member);
  if (kind !== "integer" && kind !== "number") return undefined;
  const noun = countedNoun(name);
  const relation = noun === undefined ? undefined : entity.relations.find((one) => isToMany(one) && counts(one, noun));
  return relation && { kind: "count", relation: relation.name };
}

function countedNoun(name: string): string | undefined {
  const words = wordsOf(name).map((word) => word.toLowerCase());
  if (words.length < 2) return undefined;
  if (/^(count|total)$/.test(words.at(-1) ?? "")) return words.slice(0, -1).join("");
  if (words[0] === "number" && words[1] === "of") return words.slice(2).join("");
  return /^(num|count|total|nb)$/.test(words[0] ?? "") ? words.slice(1).join("") : undefined;
}

function counts(relation: Relation, noun: string): boolean {
  const key = nounKey(noun);
  return nounKey(relation.name) === key || nounKey(relation.to) === key;
}

export function isToMany(relation: Relation): boolean {
  return relation.kind === "one-to-many" || relation.kind === "many-to-many";
}

/** `self`, `href` and `_self` of a row are its own address. */
function selfLink(name: string, member: Located, reader: SchemaReader): ReadSource | undefined {
  return /^_?(self|href|selflink)$/.test(memberKey(name)) ? linkTo("self", member, reader) : undefined;
}

/** A link as the document writes it: the address itself, or an object with the address in `href`. */
export function linkTo(
  to: Extract<ReadSource, { kind: "link" }>["to"],
  member: Located,
  reader: SchemaReader,
): ReadSource | undefined {
  const view = reader.view(member);
  if (view.kind === "string") return { kind: "link", to, form: isPath(view.schema.pattern) ? "path" : "string" };
  if (view.kind !== "object" && view.kind !== "any") return undefined;
  const href = [...view.members.keys()].find((key) => /^(href|url|uri)$/.test(key));
  if (href === undefined) return undefined;
  const others = [...view.required].filter((key) => key !== href);
  if (href === "href" && others.length === 0) return { kind: "link", to, form: "object" };
  const link: ReadSource = { kind: "link", to, form: "string" };
  return {
    kind: "shape",
    shape: { kind: "object", members: [{ name: href, isRequired: true, isNullable: false, source: link }] },
  };
}

/** `^/v1/accounts` accepts no address with a scheme. */
function isPath(pattern: unknown): boolean {
  return typeof pattern === "string" && pattern.startsWith("^/");
}

/** Computed on read without a slot: nobody has to fill what the relations already tell. */
export function isDerived(field: Field, entity: EntityDraft, reader: SchemaReader): boolean {
  return derivedSource(field.name, { schema: field.schema, pointer: field.pointer }, entity, reader) !== undefined;
}
