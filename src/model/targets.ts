import { stagesOf } from "./groups.ts";
import { nounKey, singularOf, wordsOf } from "./names.ts";
import { overlap } from "./rows.ts";
import type { View } from "./schemas.ts";
import type { Sketch } from "./sketch.ts";

/** Finds the entity that a name, a component or an embedded row means. */
export class Targets {
  readonly #byNoun = new Map<string, Sketch | null>();
  readonly #byTrunk = new Map<string, Sketch | null>();
  readonly #byLastWord = new Map<string, Sketch | null>();
  readonly #byView = new Map<string, Sketch>();
  readonly #byKeySchema = new Map<string, Sketch | null>();

  constructor(sketches: readonly Sketch[]) {
    const types = new Set(sketches.map(({ group }) => nounKey(group.name.type)));
    for (const sketch of sketches) {
      const { name, resources, read } = sketch.group;
      // What an entity is called goes before what a path calls it: of `/users` and `/followers/users`, one is the User.
      const nouns = resources.filter(({ form }) => form !== "rpc").map(({ noun }) => nounKey(noun));
      const own = [nounKey(name.type), ...nouns.filter((noun) => !types.has(noun))];
      for (const noun of new Set(own)) keep(this.#byNoun, noun, sketch);
      for (const trunk of new Set(own.map(trunkOf))) keep(this.#byTrunk, trunk, sketch);
      keep(this.#byLastWord, singularOf(wordsOf(name.type).at(-1) ?? "").toLowerCase(), sketch);
      for (const { view } of read) if (view && !this.#byView.has(view.pointer)) this.#byView.set(view.pointer, sketch);
      this.#keepKeySchema(sketch);
    }
  }

  /** A component that only one entity has for its key: AccountId. */
  #keepKeySchema(sketch: Sketch): void {
    const [part, ...others] = sketch.key.parts;
    const reference = part?.member?.reads[0]?.located.schema.$ref ?? part?.located.schema.$ref;
    if (reference !== undefined && others.length === 0) keep(this.#byKeySchema, reference, sketch);
  }

  byName(name: string): Sketch | undefined {
    return this.#byNoun.get(nounKey(name)) ?? undefined;
  }

  /** `clienteId` of `/clienti`: in many languages a plural differs by its last vowel. */
  byInflection(name: string): Sketch | undefined {
    return this.#byTrunk.get(trunkOf(name)) ?? undefined;
  }

  /** Who uses the service, where an entity is called so. */
  person(): Sketch | undefined {
    return ["user", "member", "person", "employee", "customer"]
      .map((word) => this.byName(word))
      .find((found) => found !== undefined);
  }

  /** `billingAddress` is an Address, and `list` a TodoList where nothing else is one. */
  bySuffix(words: readonly string[]): Sketch | undefined {
    for (let start = 0; start < words.length; start += 1) {
      const found = this.byName(words.slice(start).join(""));
      if (found) return found;
    }
    return this.#byLastWord.get(singularOf(words.at(-1) ?? "").toLowerCase()) ?? undefined;
  }

  byKeySchema(reference: string | undefined): Sketch | undefined {
    return reference === undefined ? undefined : (this.#byKeySchema.get(reference) ?? undefined);
  }

  /** By the very schema, else by the name of a brief or nested form of it that shares its members. */
  byRow(view: View): Sketch | undefined {
    const exact = this.#byView.get(view.pointer);
    if (exact || view.name === undefined) return exact;
    const named = stagesOf(view.name)
      .map((words) => this.byName(words.join("")))
      .find((found) => found !== undefined);
    return named?.members.readViews.some((other) => overlap(view, other) >= 0.5) === true ? named : undefined;
  }
}

/** A noun without its last vowel; none where it ends in no vowel, or hardly anything is left. */
function trunkOf(noun: string): string {
  return /^[a-z]{4,}[aeiou]$/.test(noun.toLowerCase()) ? noun.toLowerCase().slice(0, -1) : "";
}

/** A name that two entities share finds neither. */
function keep(index: Map<string, Sketch | null>, name: string, sketch: Sketch): void {
  if (name === "") return;
  const known = index.get(name);
  index.set(name, known === undefined || known === sketch ? sketch : null);
}
