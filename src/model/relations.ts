import { embeddedRow, embeddedRows } from "./embedded-rows.ts";
import type { Landscape } from "./landscape.ts";
import type { Member } from "./members.ts";
import { linkedRows } from "./linked-rows.ts";
import { pathParent, scopeColumns } from "./path-parents.ts";
import type { RelationContext } from "./relation-context.ts";
import { scalarKey } from "./scalar-keys.ts";
import type { SchemaReader } from "./schemas.ts";
import type { Links, Sketch } from "./sketch.ts";
import { Targets } from "./targets.ts";

/**
 * Finds how entities belong together. Keys that a schema shows come first, because they say most; embedded objects use
 * them where they are beside them; parents of paths use what both found; lists come last, for the key may be there by
 * then; a link path joins only what nothing else joins. Entities go by name, so that the order of the document decides nothing.
 */
export function relate(
  inOrder: readonly Sketch[],
  landscape: Landscape,
  reader: SchemaReader,
  spelling: RelationContext["spelling"],
): RelationContext {
  const sketches = inOrder.toSorted((a, b) => (a.group.name.type < b.group.name.type ? -1 : 1));
  const links = new Map(
    sketches.map((sketch) => [
      sketch,
      {
        relations: [],
        references: new Map(),
        shown: new Set(),
        invented: [],
        parents: [],
        required: new Set(),
        aliases: new Map(),
      } satisfies Links,
    ]),
  );
  const context: RelationContext = {
    sketches,
    links,
    targets: new Targets(sketches),
    landscape,
    reader,
    spelling,
    joins: [],
    unresolved: [],
  };
  for (const sketch of sketches) forEachMember(sketch, (member) => scalarKey(member, sketch, context));
  for (const sketch of sketches) forEachMember(sketch, (member) => embeddedRow(member, sketch, context));
  for (const sketch of sketches) pathParent(sketch, context);
  for (const sketch of sketches) scopeColumns(sketch, context);
  for (const sketch of sketches) forEachMember(sketch, (member) => embeddedRows(member, sketch, context));
  for (const resource of landscape.resources) if (resource.form === "link") linkedRows(resource, context);
  return context;
}

function forEachMember(sketch: Sketch, act: (member: Member) => void): void {
  const keys = new Set(sketch.key.parts.map(({ member }) => member));
  for (const member of sketch.members.all) if (!keys.has(member) || sketch.key.parts.length > 1) act(member);
}
