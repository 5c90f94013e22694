import type { Checked } from "../diagnostic/diagnostic.ts";
import type { Document } from "../document/document.ts";
import { withServableKinds } from "./annotated-operations.ts";
import { Annotations } from "./annotations.ts";
import { apiOf, propertyCaseOf } from "./api.ts";
import { classifiedOperation } from "./classified-operations.ts";
import type { Classified } from "./classified.ts";
import { cutCycles } from "./cycles.ts";
import { doubts } from "./doubts.ts";
import { draftEntities } from "./entities.ts";
import { finishModel } from "./finish.ts";
import { groupResources } from "./groups.ts";
import { annotatedGroups, judge } from "./judge.ts";
import { Landscape } from "./landscape.ts";
import { reportUnread } from "./unread-annotations.ts";
import type { Model } from "./model.ts";
import { nameOf, wordsOf } from "./names.ts";
import { readCalls } from "./operations.ts";
import { withOwners } from "./owners.ts";
import { findResources } from "./resources.ts";
import { SchemaReader } from "./schemas.ts";
import { readSite } from "./sites.ts";

interface InferOptions {
  readonly name?: string;
  /** Put before the name of each table. */
  readonly tablePrefix?: string;
}

/** What the document means (DESIGN §4): pure, and each fact with its reason. */
export function inferModel(document: Document, options: InferOptions): Checked<Model> {
  const reader = new SchemaReader(document);
  const classified = classifyDocument(document, reader);
  const finished = finishModel(classified, reader);
  const groups = new Set(finished.value.operations.flatMap(({ group }) => (group === undefined ? [] : [group])));
  return {
    value: {
      api: apiOf(document, options.name),
      ...finished.value,
      ...prefixed(finished.value, options.tablePrefix ?? ""),
      groups: [...groups].map((group) => ({ name: nameOf(wordsOf(group)) })),
    },
    diagnostics: [...classified.diagnostics, ...finished.diagnostics],
  };
}

function prefixed({ entities, joins }: Pick<Model, "entities" | "joins">, prefix: string) {
  return {
    entities: entities.map((entity) => ({ ...entity, table: prefix + entity.table })),
    joins: joins.map((join) => ({ ...join, table: prefix + join.table })),
  };
}

/** The first half: which entities there are, what they hold, and what each operation does to them. */
function classifyDocument(document: Document, reader: SchemaReader): Classified {
  const annotations = new Annotations(document);
  const sites = readCalls(document, reader).map((call) => readSite(call, reader));
  const resources = findResources(sites, reader);
  const groups = annotatedGroups(groupResources(resources, reader), document, reader, annotations);
  const kept = resources.filter(
    (resource) => resource.form === "link" || groups.some((group) => group.resources.includes(resource)),
  );
  const landscape = new Landscape(kept, groups);
  const judged = sites.map((site) => judge(site, landscape, annotations));
  const drafted = draftEntities({
    document,
    landscape,
    judged,
    reader,
    annotations,
    spelling: propertyCaseOf(document),
  });
  const acyclic = cutCycles(drafted.entities, document);
  const owned = withOwners(acyclic.value, { document, judged, annotated: drafted.owners, places: drafted.ownerPlaces });
  const entities = new Map(owned.value.map((entity) => [entity.name.type, entity]));
  const classified = judged.map((one) => classifiedOperation(one, { landscape, entities, joins: drafted.joins }));
  const operations = withServableKinds(classified, entities, annotations);
  reportUnread(document, annotations, owned.value);
  return {
    document,
    operations,
    entities: owned.value,
    joins: drafted.joins,
    diagnostics: [
      ...annotations.diagnostics,
      ...drafted.diagnostics,
      ...acyclic.diagnostics,
      ...owned.diagnostics,
      ...doubts(document, owned.value),
    ],
  };
}
