import type { KeyPart } from "./keys.ts";
import type { Landscape } from "./landscape.ts";
import type { Member } from "./members.ts";
import type { Join, Reason, Relation } from "./model.ts";
import { memberKey, variableName, wordsOf } from "./names.ts";
import type { SchemaReader } from "./schemas.ts";
import type { Links, Sketch } from "./sketch.ts";
import type { Targets } from "./targets.ts";

export interface RelationContext {
  readonly sketches: readonly Sketch[];
  readonly links: ReadonlyMap<Sketch, Links>;
  readonly targets: Targets;
  readonly landscape: Landscape;
  readonly reader: SchemaReader;
  readonly spelling: "camel" | "snake" | "pascal" | "kebab";
  readonly joins: Join[];
  /** What looks like a key and could not be followed. */
  readonly unresolved: { readonly pointer: string; readonly saw: string }[];
}

export function linksOf(sketch: Sketch, context: RelationContext): Links {
  const links = context.links.get(sketch);
  if (!links) throw new Error(`${sketch.group.name.type} has no links.`);
  return links;
}

/** The one field that others can refer to a row by; a row that is found below its parent alone has none. */
export function singleKey(sketch: Sketch): KeyPart | undefined {
  const [part, ...others] = sketch.key.parts;
  return others.length === 0 && !sketch.isKeyedBelowParent ? part : undefined;
}

export function isDemanded(member: Member): boolean {
  const uses = member.creates.length > 0 ? member.creates : member.reads;
  return uses.length > 0 && uses.every((use) => use.isRequired && !use.view.isNullable);
}

/** `customerId`, `customer_uuid` and `idCustomer`: what stands before or after the word for a key. */
export function keyStem(member: string): { readonly stem: readonly string[]; readonly word: string } | undefined {
  const words = wordsOf(member);
  const [first = "", ...rest] = words;
  const last = (words.at(-1) ?? "").toLowerCase();
  if (rest.length === 0) return undefined;
  if (/^(id|uuid|guid|key|code|sid|gid|ref|slug|number)$/.test(last)) return { stem: words.slice(0, -1), word: last };
  return first.toLowerCase() === "id" ? { stem: rest, word: "id" } : undefined;
}

/** `part` and `part_detail` show the row of the key `part`, which is written without case and separators here. */
export function isShownAs(member: string, key: string): boolean {
  const name = memberKey(member);
  return (
    name.startsWith(key) && /^(details?|info|data|obj(ect)?|record|row|full|expanded)?$/.test(name.slice(key.length))
  );
}

/** `customerId` is `customer`, `owner_id` is `owner`, `product` stays. */
export function relationName(member: string, target: Sketch): string {
  if (target.key.parts.some(({ name }) => memberKey(name) === memberKey(member))) return target.group.name.variable;
  const { stem } = keyStem(member) ?? { stem: wordsOf(member) };
  return variableName(stem.join(" ") || target.group.name.variable);
}

export function inventedName(member: string, sketch: Sketch, context: RelationContext): string {
  const taken = new Set([
    ...sketch.members.all.map(({ name }) => memberKey(name)),
    ...linksOf(sketch, context).invented.map(({ name }) => memberKey(name)),
  ]);
  const suffixed = spelled([...wordsOf(member), "id"], context.spelling);
  return taken.has(memberKey(suffixed)) ? spelled([...wordsOf(member), "ref", "id"], context.spelling) : suffixed;
}

export function spelled(words: readonly string[], spelling: RelationContext["spelling"]): string {
  const lower = words.map((word) => word.toLowerCase());
  if (spelling === "snake") return lower.join("_");
  if (spelling === "kebab") return lower.join("-");
  const capital = lower.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return spelling === "pascal" ? capital.join("") : [lower[0] ?? "", ...capital.slice(1)].join("");
}

export function addRelation(links: Links, relation: Relation): void {
  const names = new Set(links.relations.map(({ name }) => name));
  const withType = variableName(`${relation.name} ${relation.to}`);
  const name = !names.has(relation.name)
    ? relation.name
    : !names.has(withType)
      ? withType
      : `${relation.name}${String(names.size)}`;
  links.relations.push({ ...relation, name });
}

export function reason(
  fact: string,
  because: string,
  pointer: string,
  rule: string,
  confidence: Reason["confidence"],
  overrule: string,
): Reason {
  return { fact, because, pointer, rule, confidence, overrule };
}
