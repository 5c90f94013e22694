import { literal } from "../../render/escape.ts";

/** Collects what a file's code uses, so that it imports that and nothing else. */
export class Imports {
  readonly #values = new Map<string, Set<string>>();
  readonly #types = new Map<string, Set<string>>();

  /** Notes a value and gives its name back, for use in code. */
  value(name: string, from: string): string {
    add(this.#values, name, from);
    return name;
  }

  type(name: string, from: string): string {
    add(this.#types, name, from);
    return name;
  }

  /** Import declarations: packages before files, then by path. A type beside values of the same module joins them. */
  lines(): readonly string[] {
    const modules = [...new Set([...this.#values.keys(), ...this.#types.keys()])].sort(byDistance);
    return modules.map((from) => declaration(this.#values.get(from), this.#types.get(from), from));
  }
}

function add(map: Map<string, Set<string>>, name: string, from: string): void {
  const names = map.get(from) ?? new Set();
  names.add(name);
  map.set(from, names);
}

function declaration(
  values: ReadonlySet<string> | undefined,
  types: ReadonlySet<string> | undefined,
  from: string,
): string {
  const onlyTypes = values === undefined;
  const typeNames = [...(types ?? [])].filter((name) => values?.has(name) !== true);
  const names = [...(values ?? []), ...typeNames.map((name) => (onlyTypes ? name : `type ${name}`))];
  names.sort((left, right) => compare(bare(left), bare(right)));
  return `import ${onlyTypes ? "type " : ""}{ ${names.join(", ")} } from ${literal(from)};`;
}

const bare = (name: string): string => name.replace(/^type /, "").toLowerCase();

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function byDistance(left: string, right: string): number {
  const distance = (from: string): number =>
    from.startsWith("../../") ? 1 : from.startsWith("../") ? 2 : from.startsWith("./") ? 3 : 0;
  return distance(left) - distance(right) || compare(left, right);
}
