import { fragmentOf, joinPointer, parsePointer } from "../diagnostic/pointer.ts";
import type { Pointer } from "../diagnostic/pointer.ts";
import type { Move } from "./document.ts";
import type { Links } from "./link.ts";
import { schemasOf } from "./link.ts";
import type { Origins } from "./origins.ts";
import { isObject, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";

interface Survey {
  readonly origins: Origins;
  readonly targets: ReadonlySet<object>;
  readonly pointers: Map<object, Pointer>;
  readonly moves: Move[];
  /** The nodes from the root down to the one at hand. */
  readonly open: Set<object>;
}

/** Writes the references anew, now that every node is in its place, and tells where each node was written. */
export function finishTree(root: RawObject, file: string, origins: Origins, links: Links): readonly Move[] {
  const mapped = [...links.mappings.values()].flatMap((targets) => [...targets.values()]);
  const targets = new Set([...links.references.values(), ...mapped]);
  const survey: Survey = {
    origins,
    targets,
    pointers: new Map(),
    moves: [{ at: "", file, pointer: "" }],
    open: new Set(),
  };
  // Named schemas come first: what is found there and elsewhere is referred to by its name.
  const components = root["components"];
  if (isObject(components)) walk(survey, root, "components", components, "/components");
  for (const [key, value] of Object.entries(root)) if (key !== "components") walk(survey, root, key, value, `/${key}`);
  takeInLost(survey, root);
  writeReferences(links, survey.pointers);
  return survey.moves;
}

/** The members of the root in the order in which people write them. */
export function orderedRoot(root: RawObject): RawObject {
  const { openapi, info, servers, ...rest } = root;
  return { openapi, ...(info !== undefined && { info }), ...(servers !== undefined && { servers }), ...rest };
}

function walk(survey: Survey, parent: object, key: string, node: unknown, pointer: Pointer): void {
  if (typeof node !== "object" || node === null) return;
  // Only a reference in an unusual place can put a node below itself.
  if (survey.open.has(node)) return setMember(parent, key, {});
  const { origins, moves, pointers, targets, open } = survey;
  if (!origins.isAt(node, parent, key)) {
    const origin = origins.of(node);
    if (origin !== undefined) moves.push({ at: pointer, file: origin.text.file, pointer: origin.pointer });
  }
  if (targets.has(node) && !pointers.has(node)) pointers.set(node, pointer);
  open.add(node);
  for (const name of Object.keys(node)) {
    const value = member(node, name);
    if (typeof value === "object" && value !== null) walk(survey, node, name, value, joinPointer(pointer, name));
  }
  open.delete(node);
}

/** What is referred to and was left behind, such as a schema in a part of OpenAPI 2.0 that 3.1 has not, gets a name. */
function takeInLost(survey: Survey, root: RawObject): void {
  for (const target of survey.targets) {
    if (survey.pointers.has(target)) continue;
    const schemas = schemasOf(root, survey.origins);
    const written = parsePointer(survey.origins.of(target)?.pointer ?? "").filter((token) => /^[A-Za-z]/.test(token));
    const wanted =
      written
        .slice(-2)
        .join("_")
        .replaceAll(/[^A-Za-z0-9._-]+/g, "_") || "Schema";
    let name = wanted;
    for (let count = 2; Object.hasOwn(schemas, name); count++) name = `${wanted}_${count}`;
    setMember(schemas, name, target);
    walk(survey, schemas, name, target, joinPointer("/components/schemas", name));
  }
}

function writeReferences({ references, mappings }: Links, pointers: ReadonlyMap<object, Pointer>): void {
  for (const [node, target] of references) setMember(node, "$ref", fragmentOf(pointers.get(target) ?? ""));
  for (const [mapping, targets] of mappings) {
    for (const [value, target] of targets) setMember(mapping, value, fragmentOf(pointers.get(target) ?? ""));
  }
}
