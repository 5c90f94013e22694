import { joinPointer } from "../diagnostic/pointer.ts";
import type { Document } from "../document/document.ts";
import type { Annotations } from "./annotations.ts";
import { classify } from "./classify.ts";
import { withoutAffixes } from "./groups.ts";
import type { EntityGroup } from "./groups.ts";
import type { Landscape } from "./landscape.ts";
import type { Judged } from "./members.ts";
import { nameOf, nounKey } from "./names.ts";
import type { SchemaReader } from "./schemas.ts";
import { isRecord } from "./schemas.ts";
import type { Site } from "./sites.ts";

/** What an operation does: as annotated, else by the rules. */
export function judge(site: Site, landscape: Landscape, annotations: Annotations): Judged {
  const judgement = classify(site, landscape);
  const annotation = annotations.operation(site.call.object, site.call.pointer);
  if (!annotation) return { site, judgement };
  const named = annotation.entity;
  const group =
    named === undefined
      ? judgement.group
      : (landscape.groups.find(({ name }) => nounKey(name.type) === nounKey(named)) ?? judgement.group);
  if (annotation.ignore === true)
    return {
      site,
      judgement: {
        kind: "custom",
        ...(group && { group }),
        isLeftOut: true,
        rule: "x-operation says so",
        confidence: "sure",
      },
    };
  if (annotation.kind === undefined && group === judgement.group) return { site, judgement };
  const resource = judgement.resource ?? group?.resources.find(({ template }) => isBelow(site, template));
  const { variant: _, ...plain } = judgement;
  return {
    site,
    judgement: {
      ...plain,
      kind: annotation.kind ?? judgement.kind,
      ...(group && { group }),
      ...(resource && { resource }),
      rule: "x-operation says so",
      confidence: "sure",
    },
  };
}

function isBelow(site: Site, template: string): boolean {
  return `/${site.parts.join("/")}/`.startsWith(`${template}/`);
}

/** Leaves out what is annotated as no entity, and adds what only an annotation calls one. */
export function annotatedGroups(
  groups: readonly EntityGroup[],
  document: Document,
  reader: SchemaReader,
  annotations: Annotations,
): readonly EntityGroup[] {
  const isIgnored = ({ read, write }: EntityGroup) =>
    [...read, ...write].some(
      ({ view }) => view !== undefined && annotations.entity(view.schema, view.pointer)?.ignore === true,
    );
  const known = new Set(groups.flatMap(({ read, write }) => [...read, ...write].map(({ view }) => view?.pointer)));
  const added = Object.entries(document.root.components?.schemas ?? {}).flatMap(
    ([name, schema]): readonly EntityGroup[] => {
      const pointer = joinPointer("", "components", "schemas", name);
      if (!isRecord(schema) || known.has(pointer) || !Object.hasOwn(schema, "x-entity")) return [];
      const annotation = annotations.entity(schema, pointer);
      const view = reader.view({ schema, pointer });
      if (!annotation || annotation.ignore === true || view.members.size === 0) return [];
      const row = { form: "row" as const, path: [], inner: [], row: { schema, pointer }, view, isUntyped: false };
      return [{ name: nameOf(withoutAffixes(name)), resources: [], read: [row], write: [] }];
    },
  );
  const names = new Set(groups.map(({ name }) => name.type));
  return [...groups.filter((group) => !isIgnored(group)), ...added.filter(({ name }) => !names.has(name.type))];
}
