import { nearestName } from "../diagnostic/nearest-name.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { Document } from "../document/document.ts";
import type { Annotations, OperationAnnotation } from "./annotations.ts";
import { classify } from "./classify.ts";
import { withoutAffixes } from "./groups.ts";
import type { EntityGroup } from "./groups.ts";
import type { Landscape } from "./landscape.ts";
import { keyMember } from "./key-member.ts";
import type { Judged } from "./members.ts";
import type { OperationKind, Variant } from "./model.ts";
import { nameOf, nounKey } from "./names.ts";
import type { SchemaReader } from "./schemas.ts";
import { isRecord } from "./schemas.ts";
import type { Resource } from "./resource.ts";
import { isArgument } from "./sites.ts";
import type { Site } from "./sites.ts";

/** What an operation does: as annotated, else by the rules. */
export function judge(site: Site, landscape: Landscape, annotations: Annotations): Judged {
  const judgement = classify(site, landscape);
  const annotation = annotations.operation(site.call.object, site.call.pointer);
  if (!annotation) return { site, judgement };
  const group = namedGroup(annotation, site, landscape, annotations) ?? judgement.group;
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
  const { variant: inferred, ...plain } = judgement;
  const kind = annotation.kind ?? judgement.kind;
  const variant = kind === judgement.kind ? inferred : addressing(kind, site, resource);
  return {
    site,
    judgement: {
      ...plain,
      kind,
      ...(variant && { variant }),
      ...(group && { group }),
      ...(resource && { resource }),
      rule: "x-operation says so",
      confidence: "sure",
    },
  };
}

/** How an operation of another kind than was inferred says which row it is about, where its path does not. */
function addressing(kind: OperationKind, { input, parts }: Site, resource: Resource | undefined): Variant | undefined {
  if (resource?.form === "singleton") return "singleton";
  const names = [...(input.view?.members.keys() ?? [])];
  const isInBody =
    (kind === "update" || kind === "replace") &&
    input.form === "row" &&
    resource !== undefined &&
    !parts.slice(resource.parts.length).some((part) => isArgument(part)) &&
    keyMember(names, "id", resource.noun) !== undefined;
  return isInBody ? "key-in-body" : undefined;
}

function namedGroup(
  { entity }: OperationAnnotation,
  { call }: Site,
  { groups }: Landscape,
  annotations: Annotations,
): EntityGroup | undefined {
  if (entity === undefined) return undefined;
  const group = groups.find(({ name }) => nounKey(name.type) === nounKey(entity));
  if (!group) {
    const names = groups.map(({ name }) => name.type);
    const near = nearestName(entity, names);
    const fix =
      near !== undefined
        ? `Did you mean "${near}"?`
        : names.length === 0
          ? "Annotate its schema with x-entity."
          : `The entities are ${names.join(", ")}.`;
    const at = joinPointer(call.pointer, "x-operation", "entity");
    annotations.reject(at, `There is no entity "${entity}"; it is ignored.`, fix);
  }
  return group;
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
