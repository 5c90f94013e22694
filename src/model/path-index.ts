import { isArgument, templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";

export class PathIndex {
  readonly #sites = new Map<string, Site[]>();
  readonly #templates = new Set<string>();
  readonly #extensions = new Map<string, Set<number>>();

  constructor(sites: readonly Site[]) {
    for (const site of sites) {
      const template = templateOf(site.parts);
      this.#sites.set(template, [...(this.#sites.get(template) ?? []), site]);
    }
    for (const site of sites) {
      const { collection, depth } = this.#collectionOf(site.parts);
      if (collection.length === 0 && !this.#isRooted()) continue;
      this.#templates.add(templateOf(collection));
      const depths = this.#extensions.get(templateOf(collection)) ?? new Set<number>();
      this.#extensions.set(templateOf(collection), depths.add(depth));
    }
  }

  /** `/` lists what `/{id}` reads: the address of the service itself says what it keeps. */
  #isRooted(): boolean {
    return this.at("/").some(({ call, output }) => call.method === "get" && output.form === "rows");
  }

  /** Whether a path goes on below one of a collection: `/shelves/{id}/books`. */
  leadsOn(template: string): boolean {
    return [...this.#sites.keys()].some((other) => other.startsWith(`${template}/{}/`));
  }

  collections(): readonly string[] {
    return [...this.#templates];
  }

  at(template: string): readonly Site[] {
    return this.#sites.get(template) ?? [];
  }

  /** The least number of arguments that address something below a collection; 0 where nothing is addressed so. */
  itemDepth(template: string): number {
    const depths = [...(this.#extensions.get(template) ?? [])].filter((depth) => depth > 0);
    return depths.length === 0 ? 0 : Math.min(...depths);
  }

  /** `/a/{}/b/{}/{}` is the collection `/a/{}/b` and two arguments, unless `/a/{}/b/{}` is one itself. */
  #collectionOf(parts: readonly string[]): {
    readonly collection: readonly string[];
    readonly depth: number;
  } {
    let end = parts.length;
    while (end > 0 && isArgument(parts[end - 1]) && !this.#isScoped(parts.slice(0, end))) end -= 1;
    return { collection: parts.slice(0, end), depth: parts.length - end };
  }

  /**
   * `/flags/{project}` lists flags, or takes a new one, and `/flags/{project}/{flag}` is one of them: the first argument
   * tells whose flags, and is no key. What is read, changed or deleted at the shorter path is an item there.
   */
  #isScoped(parts: readonly string[]): boolean {
    if (!isArgument(parts.at(-1))) return false;
    const own = this.at(templateOf(parts));
    const below = this.at(templateOf([...parts, "{}"]));
    const isListed = own.some(({ call, output }) => call.method === "get" && output.form === "rows");
    const isCreated = own.some(({ call, input }) => call.method === "post" && input.form === "row");
    const isItem = own.some(
      ({ call, output }) =>
        /^(put|patch|delete)$/.test(call.method) || (call.method === "get" && output.form === "row"),
    );
    const isAddressed = below.some(
      ({ call, output }) =>
        /^(put|patch|delete)$/.test(call.method) || (call.method === "get" && output.form === "row"),
    );
    return (isListed || isCreated) && !isItem && (isAddressed || this.#isByOther(parts, own));
  }

  /** `/orders/customer/{customerId}` lists what `/orders/{id}` reads: the argument tells whose orders, and is no key. */
  #isByOther(parts: readonly string[], own: readonly Site[]): boolean {
    const read = this.at(templateOf([...parts.slice(0, -2), "{}"])).find(
      ({ call, output }) => call.method === "get" && output.form === "row",
    );
    const listed = own.find(({ call }) => call.method === "get")?.output.view;
    return (
      parts.length > 2 &&
      !isArgument(parts.at(-2)) &&
      listed !== undefined &&
      read?.output.view?.pointer === listed.pointer
    );
  }
}
