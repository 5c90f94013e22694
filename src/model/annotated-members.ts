import { nearestName } from "../diagnostic/nearest-name.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { EntityAnnotations } from "./annotated-entities.ts";
import type { Annotations, FieldAnnotation } from "./annotations.ts";
import type { EntityGroup } from "./groups.ts";
import type { KeySketch } from "./keys.ts";
import { allUses, mainUse } from "./members.ts";
import type { Member, Members, Use } from "./members.ts";
import type { FieldType } from "./model.ts";
import { memberKey } from "./names.ts";
import type { View } from "./schemas.ts";
import { typeOf } from "./types.ts";

/** `x-field` of a member, less what cannot be followed, and where it stands. */
export interface MemberAnnotation extends FieldAnnotation {
  readonly pointer: string;
}

/** What `x-field` says of each member. It stands beside the member's `$ref` or at its target; a first one wins. */
export function memberAnnotations(members: Members, annotations: Annotations): ReadonlyMap<Member, MemberAnnotation> {
  return new Map(
    members.all.flatMap((member) => {
      const found = allUses(member)
        .map((use) => annotationOf(use, annotations))
        .find((one) => one !== undefined);
      return found ? [[member, followable(found, member, annotations)] as const] : [];
    }),
  );
}

function annotationOf({ located, view }: Use, annotations: Annotations): MemberAnnotation | undefined {
  const own = annotations.field(located.schema, located.pointer);
  if (own) return { ...own, pointer: joinPointer(located.pointer, "x-field") };
  const shared = annotations.field(view.schema, view.pointer);
  return shared && { ...shared, pointer: joinPointer(view.pointer, "x-field") };
}

function followable(found: MemberAnnotation, member: Member, annotations: Annotations): MemberAnnotation {
  const { type, isComputed, ...rest } = found;
  const { view } = mainUse(member);
  const stored = type && storedType(type, view, member.name);
  if (type && !stored)
    annotations.reject(
      joinPointer(found.pointer, "type"),
      `"${member.name}" is ${article(view)}, which no column of that type holds as it is; the type is ignored.`,
      `It can be kept as ${(holders[view.kind] ?? others).names}.`,
    );
  const isWritten = [...member.creates, ...member.updates].some(
    ({ view: { schema }, located }) => schema.readOnly !== true && located.schema.readOnly !== true,
  );
  if (isComputed === true && isWritten)
    annotations.reject(
      joinPointer(found.pointer, "computed"),
      `Clients write "${member.name}", and a member that is computed keeps nothing; it stays a column.`,
      "Mark the property readOnly, or remove computed.",
    );
  return {
    ...rest,
    ...(stored && { type: stored }),
    ...(isComputed !== undefined && !(isComputed && isWritten) && { isComputed }),
  };
}

function article({ kind }: View): string {
  if (kind === "any" || kind === "union") return "of no single type";
  return `${/^[aio]/.test(kind) ? "an" : "a"} ${kind}`;
}

const holders: Readonly<Record<string, { readonly kinds: readonly FieldType["kind"][]; readonly names: string }>> = {
  string: {
    kinds: ["text", "json"],
    names: "text or json; as uuid, date or timestamp where its format says so, as numeric where it spells a decimal",
  },
  integer: { kinds: ["integer", "decimal", "number", "json"], names: "integer, bigint, numeric, double or json" },
  number: { kinds: ["decimal", "number", "json"], names: "numeric, double or json" },
  boolean: { kinds: ["boolean", "json"], names: "boolean or json" },
};

const others = { kinds: ["json"], names: "json" } as const;

/** A text goes into a column of another type only where each value can. */
function storedType(type: FieldType, view: View, name: string): FieldType | undefined {
  const { kinds } = holders[view.kind] ?? others;
  if (kinds.some((kind) => kind === type.kind)) return type;
  if (view.kind !== "string") return undefined;
  const plain = typeOf(view, name).type;
  if (type.kind === "decimal") return plain.kind === "decimal-text" ? plain : undefined;
  return plain.kind === type.kind ? type : undefined;
}

/** A key of another type than its schema tells. */
export function withAnnotatedTypes(key: KeySketch, found: ReadonlyMap<Member, MemberAnnotation>): KeySketch {
  const parts = key.parts.map((part) => {
    const type = part.member && found.get(part.member)?.type;
    return type && type.kind !== "json" ? { ...part, type } : part;
  });
  return { ...key, parts };
}

/** `x-entity.key`, where each name is a member that one value fills, or an argument of the item's path. */
export function annotatedKey(
  { key, places }: EntityAnnotations,
  group: EntityGroup,
  members: Members,
  annotations: Annotations,
): readonly string[] | undefined {
  const scalars = members.all.filter((member) => !["object", "array", "union"].includes(mainUse(member).view.kind));
  const arguments_ = group.resources.flatMap(({ item }) =>
    item.flatMap(({ call }) => call.segments.flatMap(({ parameters }) => parameters)),
  );
  const known = [...scalars.flatMap(({ name, spellings }) => [name, ...spellings]), ...arguments_];
  const stray = key?.find((name) => !known.some((one) => memberKey(one) === memberKey(name)));
  if (stray === undefined) return key;
  const near = nearestName(stray, known);
  annotations.reject(
    places.key ?? "",
    `${group.name.type} has no member "${stray}" that could be a key; the key is ignored.`,
    near === undefined ? `Its members are ${known.join(", ")}.` : `Did you mean "${near}"?`,
  );
  return undefined;
}
