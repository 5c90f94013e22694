import { allUses, type Member } from "./members.ts";
import type { Completion, Field } from "./model.ts";
import { neutralValue } from "./neutral.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";

/** Members of values lie at most this deep in one another. */
const deepest = 5;

/**
 * What answers require inside a value that is kept whole, and what writes it need not say: a key of each item that only
 * answers show. It gets the plainest value that its schema allows.
 */
export function completionsOf(member: Member, reader: SchemaReader): Pick<Field, "completions"> {
  const [read] = member.reads;
  const writes = allUses(member).filter((use) => !member.reads.includes(use));
  const written = writes.map(({ located }) => located);
  const completions = read ? below(read.located, written, [], reader) : [];
  return completions.length === 0 ? {} : { completions };
}

function below(
  read: Located,
  writes: readonly Located[],
  path: readonly string[],
  reader: SchemaReader,
): readonly Completion[] {
  const view = reader.view(read);
  const others = writes.map((write) => reader.view(write)).filter(({ kind }) => kind === view.kind);
  if (path.length > deepest || others.length === 0) return [];
  const inner = (part: "items" | "values"): readonly Completion[] => {
    const own = view[part];
    const parts = others.flatMap((other) => other[part] ?? []);
    return own ? below(own, parts, [...path, "*"], reader) : [];
  };
  const members = [...view.members].flatMap(([name, member]): readonly Completion[] => {
    const at = [...path, name];
    if (reader.view(member).schema.writeOnly === true) return [];
    const isCompleted = view.required.has(name) && others.some((other) => !demands(other, name, reader));
    const own = isCompleted ? [{ path: at, value: neutralValue(member, reader) }] : [];
    const parts = others.flatMap((other) => other.members.get(name) ?? []);
    return [...own, ...below(member, parts, at, reader)];
  });
  return [...members, ...inner("items"), ...inner("values")];
}

/** Whether each value that is written must have the member. */
function demands({ members, required }: View, name: string, reader: SchemaReader): boolean {
  const member = members.get(name);
  return member !== undefined && required.has(name) && reader.view(member).schema.readOnly !== true;
}
