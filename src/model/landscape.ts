import type { EntityGroup } from "./groups.ts";
import { nounKey } from "./names.ts";
import type { Resource } from "./resource.ts";
import { hasRow } from "./rows.ts";
import { isArgument, templateOf } from "./sites.ts";
import type { Content } from "./unwrap.ts";

/** Resources and entities by what finds them. */
export class Landscape {
  readonly groups: readonly EntityGroup[];
  readonly resources: readonly Resource[];
  readonly #byTemplate = new Map<string, Resource>();
  readonly #groupOf = new Map<Resource, EntityGroup>();
  readonly #bySchema = new Map<string, EntityGroup>();

  constructor(resources: readonly Resource[], groups: readonly EntityGroup[]) {
    this.groups = groups;
    this.resources = resources;
    for (const resource of resources)
      if (!this.#byTemplate.has(resource.template)) this.#byTemplate.set(resource.template, resource);
    for (const group of groups) {
      for (const resource of group.resources) this.#groupOf.set(resource, group);
      for (const content of group.read)
        if (content.view && !this.#bySchema.has(content.view.pointer)) this.#bySchema.set(content.view.pointer, group);
    }
  }

  at(template: string): Resource | undefined {
    return this.#byTemplate.get(template);
  }

  /** `/admin/shops/{id}` is about the shop of `/shops/{id}`, where only one resource is called so and no argument came before. */
  elsewhere(parts: readonly string[]): Resource | undefined {
    const noun = nounKey(parts.at(-1) ?? "");
    if (parts.some((part) => isArgument(part))) return undefined;
    const [only, ...others] = this.resources.filter(
      (one) => one.depth === 1 && one.parts.length < parts.length && nounKey(one.noun) === noun,
    );
    const isPrefixed = only?.form === "collection" && !only.parts.some((part) => isArgument(part));
    return isPrefixed && others.length === 0 ? only : undefined;
  }

  /** What the argument behind these parts of a path addresses. */
  addressed(parts: readonly string[]): Resource | undefined {
    return this.at(templateOf(parts)) ?? this.elsewhere(parts);
  }

  group(resource: Resource | undefined): EntityGroup | undefined {
    if (!resource) return undefined;
    const listed = resource.collection.find(({ call }) => call.method === "get")?.output;
    return (
      this.#groupOf.get(resource) ??
      (listed && this.groupOfRows(listed)) ??
      this.groups.find((group) => group.resources.some(({ noun }) => nounKey(noun) === nounKey(resource.noun)))
    );
  }

  /** The entity of which a body holds rows, by the schema itself. */
  groupOfRows(content: Content): EntityGroup | undefined {
    return hasRow(content) && content.view ? this.#bySchema.get(content.view.pointer) : undefined;
  }
}

/** Resources whose items the arguments of a path address, from the outside in. */
export function parentsOf(parts: readonly string[], landscape: Landscape): readonly Resource[] {
  return parts.flatMap((part, index) => {
    if (!isArgument(part)) return [];
    const resource = landscape.addressed(parts.slice(0, index));
    return resource && resource.form !== "link" ? [resource] : [];
  });
}
