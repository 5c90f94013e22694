import type { Json } from "../../../document/openapi.ts";
import type { Entity, Operation, PageValue, ReadMember, ReadShape, ReadSource } from "../../../model/model.ts";
import { memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { fieldOf, isLeftOut, type PlanContext } from "../../context.ts";
import { isShownAsStored } from "../shown-values.ts";
import { slotSample } from "./samples.ts";

/** Where an answer shows rows, and what of them. Paths are JSON pointers. */
export interface Shown {
  readonly kind: "row" | "rows" | "row-map";
  readonly entity: string;
  /** Of the row, or of the list of rows, in the body. */
  readonly at: string;
  /** Members of a row that are a field of the row's own. */
  readonly members: readonly ShownMember[];
  /** Members that are the keys of related rows. */
  readonly keys: readonly ShownKeys[];
  /** Members that business logic computes for each row. */
  readonly computed: readonly ShownComputed[];
}

export interface ShownComputed {
  /** From the row. */
  readonly path: readonly string[];
  readonly slot: string;
}

export interface ShownKeys {
  /** From the row. */
  readonly path: readonly string[];
  readonly relation: string;
}

export interface ShownMember {
  /** From the row. */
  readonly path: readonly string[];
  readonly field: string;
  readonly isNullable: boolean;
  /** What is shown where the row has no value. */
  readonly otherwise?: Json;
  /** A number of the row is shown as text. */
  readonly isText?: true;
}

export function pointer(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The rows that an operation's success answers with; undefined where it shows none, or in no way that we know. */
export function shownBy(operation: Operation): Shown | undefined {
  return found(operation.success.shape, []);
}

function found(shape: ReadShape | undefined, path: readonly string[]): Shown | undefined {
  switch (shape?.kind) {
    case "row":
      return { kind: "row", entity: shape.entity, at: pointer(path), ...rowMembers(shape.members) };
    case "rows":
    case "row-map": {
      const inner = shape.items;
      if (inner.kind === "row")
        return { kind: shape.kind, entity: inner.entity, at: pointer(path), ...rowMembers(inner.members) };
      if (inner.kind !== "value" || inner.source.kind !== "field" || inner.source.isText === true) return undefined;
      const members = [{ path: [], field: inner.source.field, isNullable: false }];
      return { kind: shape.kind, entity: "", at: pointer(path), members, keys: [], computed: [] };
    }
    case "object":
      for (const { name, source } of shape.members) {
        if (source.kind !== "shape") continue;
        const inner = found(source.shape, [...path, name]);
        if (inner !== undefined) return inner;
      }
      return undefined;
    case "value":
      if (shape.source.kind !== "field" || shape.source.isText === true) return undefined;
      return {
        kind: "row",
        entity: "",
        at: pointer(path),
        members: [{ path: [], field: shape.source.field, isNullable: false }],
        keys: [],
        computed: [],
      };
    default:
      return undefined;
  }
}

function rowMembers(members: readonly ReadMember[]): Pick<Shown, "members" | "keys" | "computed"> {
  return { members: membersOf(members, []), keys: keysOf(members, []), computed: computedOf(members, []) };
}

function keysOf(members: readonly ReadMember[], path: readonly string[]): readonly ShownKeys[] {
  return members.flatMap(({ name, source }): readonly ShownKeys[] => {
    if (source.kind === "related-keys") return [{ path: [...path, name], relation: source.relation }];
    return source.kind === "shape" && source.shape.kind === "object"
      ? keysOf(source.shape.members, [...path, name])
      : [];
  });
}

function computedOf(members: readonly ReadMember[], path: readonly string[]): readonly ShownComputed[] {
  return members.flatMap(({ name, source }): readonly ShownComputed[] => {
    if (source.kind === "slot") return [{ path: [...path, name], slot: source.slot }];
    return source.kind === "shape" && source.shape.kind === "object"
      ? computedOf(source.shape.members, [...path, name])
      : [];
  });
}

function membersOf(members: readonly ReadMember[], path: readonly string[]): readonly ShownMember[] {
  return members.flatMap(({ name, source, isNullable }): readonly ShownMember[] => {
    if (source.kind === "field") {
      const { field, otherwise, isText } = source;
      const extras = { ...(otherwise !== undefined && { otherwise }), ...(isText && { isText }) };
      return [{ path: [...path, name], field, isNullable, ...extras }];
    }
    if (source.kind !== "shape" || (source.shape.kind !== "object" && source.shape.kind !== "row")) return [];
    return membersOf(source.shape.members, [...path, name]);
  });
}

/** Members with their own column that answers show. */
function storedMembers(shown: Shown, entity: Entity): readonly ShownMember[] {
  return shown.members.filter(({ field, isText }) => {
    const known = entity.fields.find(({ name }) => name === field);
    const isStored =
      known !== undefined && known.column !== undefined && known.origin !== "write" && known.constant === undefined;
    return isStored && (isText !== true || known.isStoredNotNull);
  });
}

/** Where the value of a key stands in a row that is shown; undefined where it is not shown. */
export function keyPointers(shown: Shown, entity: Entity): ReadonlyMap<string, string> | undefined {
  const pointers = new Map<string, string>();
  for (const name of entity.key.fields) {
    const member = shown.members.find(({ field }) => field === name);
    if (member === undefined) return undefined;
    pointers.set(name, pointer(member.path));
  }
  return pointers;
}

/** An object literal of what is expected of a row, from members and the code of their values. */
export function expectation(members: readonly { readonly path: readonly string[]; readonly code: string }[]): string {
  const own = members.find(({ path }) => path.length === 0);
  if (own !== undefined) return own.code;
  const groups = new Map<string, { path: readonly string[]; code: string }[]>();
  for (const { path, code } of members) {
    const [first = "", ...rest] = path;
    groups.set(first, [...(groups.get(first) ?? []), { path: rest, code }]);
  }
  const parts = [...groups].map(([name, inner]) => `${propertyKey(name)}: ${expectation(inner)}`);
  return `{ ${parts.join(", ")} }`;
}

/** What an answer shows of a row in the table, as code. */
export function shownOfRow(shown: Shown, entity: Entity, row: string, context: PlanContext): string {
  const whole = storedMembers(shown, entity).filter(({ field }) => isShownAsStored(fieldOf(entity, field), context));
  const members = whole.map((member) => ({ path: member.path, code: shownCode(member, entity, row) }));
  const computed = shown.computed
    .map(({ path, slot }) => ({ path, code: slotSample(context.slot(slot), context) }))
    .filter(({ code }) => code !== "null");
  return expectation([...members, ...computed]);
}

/** The code of what an answer shows of a member of a row. */
export function shownCode({ field, isNullable, otherwise, isText }: ShownMember, entity: Entity, row: string): string {
  const code = `${row}${memberAccess(field)}`;
  if (isText === true) return `String(${code})`;
  if (otherwise !== undefined) return `${code} ?? ${valueLiteral(otherwise)}`;
  return isNullable && isLeftOut(fieldOf(entity, field)) ? `${code} ?? null` : code;
}

/** What an answer shows of a member that has no value. */
export function shownNothing({ isNullable, otherwise }: ShownMember): string {
  return otherwise === undefined ? (isNullable ? "null" : "undefined") : valueLiteral(otherwise);
}

/** Where the body holds a value of paging. */
export function pagePointer(
  shape: ReadShape | undefined,
  value: PageValue,
  path: readonly string[] = [],
): string | undefined {
  if (shape?.kind !== "object") return undefined;
  for (const { name, source } of shape.members) {
    if (source.kind === "page" && source.value === value) return pointer([...path, name]);
    const inner = source.kind === "shape" ? pagePointer(source.shape, value, [...path, name]) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Where the body links to the next page. */
export function nextLinkPointer(shape: ReadShape | undefined, path: readonly string[] = []): string | undefined {
  if (shape?.kind !== "object") return undefined;
  for (const { name, source } of shape.members) {
    if (isNextLink(source)) return pointer([...path, name, ...(source.form === "object" ? ["href"] : [])]);
    const inner = source.kind === "shape" ? nextLinkPointer(source.shape, [...path, name]) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function isNextLink(source: ReadSource): source is Extract<ReadSource, { kind: "link" }> {
  return source.kind === "link" && source.to === "next";
}

export function literals(values: readonly string[]): string {
  return valueLiteral(values);
}
