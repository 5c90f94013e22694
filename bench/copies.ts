/** A document in which everything is there `count` times under different names: ten times the work, nothing shared. */
export function copiesOf(document: unknown, count: number): unknown {
  const root = document as Root;
  const copies = Array.from({ length: count }, (_, at) => copyOf(root, prefixes[at] ?? `copy${at}`));
  return {
    ...root,
    tags: copies.flatMap((copy) => copy.tags ?? []),
    paths: merged(copies.map((copy) => copy.paths)),
    components: Object.fromEntries(
      Object.entries(root.components ?? {}).map(([kind, members]) => [
        kind,
        kind === "securitySchemes" ? members : merged(copies.map((copy) => copy.components?.[kind] ?? {})),
      ]),
    ),
  };
}

function merged(parts: readonly object[]): object {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

interface Root {
  readonly tags?: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, object>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Words that are the name of nothing else, so that no two copies are taken for one entity. */
const prefixes = ["alpha", "bravo", "delta", "gamma", "kilo", "lima", "oscar", "sierra", "tango", "zulu"];

function copyOf(root: Root, prefix: string): Root {
  const renamed = rename(root, prefix) as Root;
  const paths = Object.entries(renamed.paths).map(([path, item]) => [renamedPath(path, prefix), item]);
  const components = Object.entries(renamed.components ?? {}).map(([kind, members]) => [
    kind,
    Object.fromEntries(Object.entries(members).map(([name, member]) => [prefixed(prefix, name), member])),
  ]) as readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  const tags = (renamed.tags ?? []).map((tag) => ({ ...tag, name: prefixed(prefix, tag.name) }));
  return {
    ...renamed,
    tags,
    paths: Object.fromEntries(paths) as Root["paths"],
    components: Object.fromEntries(components),
  };
}

/** `/owners/{ownerId}` becomes `/alpha-owners/{alphaOwnerId}`: a collection of its own, with a key of its own. */
function renamedPath(path: string, prefix: string): string {
  return path
    .split("/")
    .map((segment) => (segment === "" ? "" : renamedSegment(segment, prefix)))
    .join("/");
}

function renamedSegment(segment: string, prefix: string): string {
  const [, parameter] = /^\{(.+)\}$/.exec(segment) ?? [];
  return parameter === undefined ? `${prefix}-${segment}` : `{${renamedParameter(parameter, prefix)}}`;
}

function renamedParameter(name: string, prefix: string): string {
  return `${prefix}${name[0]?.toUpperCase()}${name.slice(1)}`;
}

/** Renames what refers to components, and what must be unique: operation ids, tags, parameters of paths. */
function rename(node: unknown, prefix: string, key = ""): unknown {
  if (typeof node === "string") {
    if (key === "$ref")
      return node.replace(
        /^(#\/components\/(?!securitySchemes)\w+\/)(.+)$/,
        (_, head: string, name: string) => head + prefixed(prefix, name),
      );
    return key === "operationId" || key === "tags" ? prefixed(prefix, node) : node;
  }
  if (Array.isArray(node)) return node.map((item) => rename(item, prefix, key));
  if (typeof node !== "object" || node === null) return node;
  if ("in" in node && node.in === "path" && "name" in node && typeof node.name === "string")
    return { ...node, name: renamedParameter(node.name, prefix) };
  return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, rename(member, prefix, name)]));
}

function prefixed(prefix: string, name: string): string {
  return prefix[0]?.toUpperCase() + prefix.slice(1) + name[0]?.toUpperCase() + name.slice(1);
}
