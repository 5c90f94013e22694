import type { EntityGroup } from "./groups.ts";
import type { Judged, Member } from "./members.ts";
import type { FieldType } from "./model.ts";
import type { Located, SchemaReader } from "./schemas.ts";
import { isArgument, templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import { typeOf } from "./types.ts";

/** What tells how the key of an entity is counted. */
interface KeyUses {
  readonly group: EntityGroup;
  readonly judged: readonly Judged[];
  readonly reader: SchemaReader;
}

/**
 * The type of the numbers that a key is made of, where its rows spell them as text: a path takes the key as an integer,
 * a create takes it as one, or answers with one. Undefined where nothing says so, or the text has a form or examples of its own.
 */
export function countedKey(member: Member, own: Located, uses: KeyUses): FieldType | undefined {
  const { group, judged, reader } = uses;
  const { kind, schema } = reader.view(own);
  const isPlain = (schema.format ?? schema.pattern ?? schema.enum ?? schema.minLength) === undefined;
  const shown = [schema.example, schema.default, ...(schema.examples ?? [])].filter((value) => value !== undefined);
  const isNumeric = shown.every(
    (value) => typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value)),
  );
  const isDemanded = member.creates.some((use) => use.isRequired && use.view.kind !== "integer");
  if (kind !== "string" || !isPlain || !isNumeric || isDemanded) return undefined;
  const sent = member.creates.map(({ located }) => located);
  const answered = [...bareAnswers(group, judged), ...answeredKeys(member, group, judged)];
  const numbers = [...answered, ...judged.flatMap(({ site }) => argumentOf(site, group)), ...sent]
    .map((located) => reader.view(located))
    .filter((view) => view.kind === "integer");
  return numbers[0] && typeOf(numbers[0], member.name).type;
}

/** What creates answer with, where it is nothing but the key. */
function bareAnswers(group: EntityGroup, judged: readonly Judged[]): readonly Located[] {
  return judged.flatMap(({ site, judgement }) => {
    const isBare = judgement.group === group && judgement.kind === "create" && site.output.form === "key";
    return isBare && site.output.row ? [site.output.row] : [];
  });
}

/** The key among what creates tell of the new row. */
function answeredKeys({ name }: Member, group: EntityGroup, judged: readonly Judged[]): readonly Located[] {
  return judged.flatMap(({ site, judgement }) => {
    const isCreate = judgement.group === group && judgement.kind === "create";
    return (isCreate ? site.output.view?.members.get(name) : undefined) ?? [];
  });
}

/** The argument of a path that stands where the key of the group's items does. */
function argumentOf({ parts, call }: Site, { resources }: EntityGroup): readonly Located[] {
  return resources.flatMap((resource) => {
    const index = resource.parts.length;
    if (resource.depth !== 1 || !isArgument(parts[index]) || templateOf(parts.slice(0, index)) !== resource.template)
      return [];
    const name = call.segments[index]?.parameters[0];
    const declared = call.parameters.find(({ parameter }) => parameter.in === "path" && parameter.name === name);
    return declared?.parameter.schema ? [{ schema: declared.parameter.schema, pointer: declared.pointer }] : [];
  });
}
