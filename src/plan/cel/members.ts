import type { Json, Schema } from "../../document/openapi.ts";
import type { Field, Operation, Slot } from "../../model/model.ts";
import { isLeftOut, readableFields, type PlanContext } from "../context.ts";
import { bodyTypes, isInputOptional } from "../views/bodies.ts";
import { slotOperations } from "../views/signatures.ts";
import { celMember, dyn, type CelMember, type CelMembers } from "./types.ts";

/** Where the value of a member of `self` stands when the slot runs. */
export type MemberSource =
  /** In what the write brings. */
  | "input"
  /** In what it brings, else in the row: a change names what it changes. */
  | "merged"
  /** In the row that is there. */
  | "row"
  /** In what it brings where that has such a member, else in the row. */
  | "either";

export interface SelfMember extends CelMember {
  readonly source: MemberSource;
  /** What the document puts where nothing is sent. */
  readonly default?: Json;
  /** Its code may be undefined for the compiler alone: no request and no row leaves it out. */
  readonly isGuarded: boolean;
}

/** What an expression can name, and what its function is given. */
export interface CelSubject {
  readonly self: ReadonlyMap<string, SelfMember>;
  /** The row as it was; undefined where there is none in any of the slot's operations. */
  readonly old: CelMembers | undefined;
  /** Whether the function is given a body, a row, both, or rows. */
  readonly given: "input" | "row" | "both" | "rows";
  readonly isInputOptional: boolean;
  /** No row is there in some of the operations. */
  readonly isRowOptional: boolean;
  /** Why no rule can tell what is written, in words; undefined where it can. */
  readonly doubt: (name: string) => string | undefined;
}

/** One way in which the slot is called: with a body's properties, or without; with a row, or without. */
interface Way {
  readonly operation: Operation | undefined;
  readonly body: Schema | undefined;
  readonly row: "none" | "maybe" | "there";
  /** A member that is left out stays as it is in the row. */
  readonly isChange: boolean;
}

/** What `self` is, before each of the slot's operations: the row as it will be, as far as it is known. */
export function celSubject(slot: Slot, context: PlanContext): CelSubject {
  const operations = slotOperations(slot, context);
  const ways = waysOf(slot, operations, context);
  const entity = slot.entity === undefined ? undefined : context.entity(slot.entity);
  const rows = new Map(
    (entity === undefined ? [] : readableFields(entity)).map((field) => [field.name, rowMember(field, context)]),
  );
  const bodies = ways.flatMap(({ body }) => Object.keys(body?.properties ?? {}));
  const names = new Set([...rows.keys(), ...bodies]);
  const self = [...names].flatMap((name) => {
    const member = selfMember(name, ways, rows.get(name));
    return member === undefined ? [] : [[name, member] as const];
  });
  const hasRow = ways.some(({ row }) => row !== "none");
  const hasBody = ways.some(({ body }) => body !== undefined);
  return {
    self: new Map(self),
    old: hasRow && hasBody ? rows : undefined,
    given: slot.kind === "field" ? "rows" : hasBody ? (hasRow ? "both" : "input") : "row",
    isInputOptional: operations.some((one) => one.kind !== "delete" && isInputOptional(one, context)),
    isRowOptional: ways.some(({ row }) => row !== "there"),
    doubt: (name) => doubtOf(name, ways),
  };
}

function waysOf(slot: Slot, operations: readonly Operation[], context: PlanContext): readonly Way[] {
  const isOfRows = operations.every(({ kind }) => kind === "delete" || kind === "custom");
  if (slot.kind === "field" || isOfRows)
    return [{ operation: undefined, body: undefined, row: "there", isChange: false }];
  const types = bodyTypes(context, slot.home);
  return operations.map((operation) => {
    const body = types.find((type) => type.operations.some(({ name }) => name === operation.name))?.schema ?? {};
    const row = operation.kind === "create" ? "none" : operation.variant === "upsert" ? "maybe" : "there";
    return { operation, body, row, isChange: operation.kind === "update" };
  });
}

interface RowMember extends CelMember {
  readonly default?: Json;
}

function rowMember(field: Field, context: PlanContext): RowMember {
  const { type } = celMember(context.resolved(field.schema), true, 1);
  // A number in a text has another order than its letters have.
  return {
    type: field.type.kind === "decimal-text" ? dyn : type,
    canBeMissing: isLeftOut(field),
    canBeNull: field.isNullable,
    ...(hasDefault(field) && { default: field.default }),
  };
}

function hasDefault(field: Field): field is Field & { readonly default: Json } {
  return field.default !== undefined && field.default !== null && field.isStoredNotNull;
}

/** Undefined where nothing is known of it before any of the writes. */
function selfMember(name: string, ways: readonly Way[], row: RowMember | undefined): SelfMember | undefined {
  const found = ways.map((way) => ({ way, property: propertyOf(way, name), inWay: memberIn(way, name, row) }));
  if (found.every(({ inWay }) => inWay === undefined)) return undefined;
  const inBodies = found.filter(({ property }) => property !== undefined);
  const source = sourceOf(ways, inBodies.length);
  const type =
    row?.type ?? inBodies.flatMap(({ property }) => (property ? [celMember(property, true, 1).type] : []))[0];
  if (type === undefined) return undefined;
  // What a new row is stored with where nothing is sent; a replacement that leaves it out is another matter.
  const isMade = inBodies.length === ways.length && ways.every((way) => way.row === "none" || way.isChange);
  const usual = isMade ? row?.default : undefined;
  const canBeMissing = found.some(({ inWay }) => inWay === undefined || inWay.canBeMissing);
  const isLoose = ways.some(({ row: there }) => there !== "there") && source !== "input" && ways.length > 1;
  return {
    type,
    source,
    canBeMissing,
    canBeNull: found.some(({ inWay }) => inWay?.canBeNull === true),
    ...(usual !== undefined && { default: usual }),
    isGuarded: isLoose && !canBeMissing && usual === undefined,
  };
}

/** A read-only member stands in a body's schema as one that nothing satisfies. */
function propertyOf({ body }: Way, name: string): Schema | undefined {
  const properties = body?.properties ?? {};
  const found = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return found?.not !== undefined && Object.keys(found.not).length === 0 ? undefined : found;
}

function sourceOf(ways: readonly Way[], inBodies: number): MemberSource {
  if (inBodies === 0) return "row";
  if (inBodies < ways.length) return "either";
  return ways.some(({ isChange }) => isChange) ? "merged" : "input";
}

/** What one write says of a member: nothing, where it stands neither in its body nor in a row. */
function memberIn(way: Way, name: string, row: RowMember | undefined): CelMember | undefined {
  const property = propertyOf(way, name);
  const before = way.row === "none" || row === undefined ? undefined : row;
  const isSometimes = way.row === "maybe";
  if (property === undefined) return before && { ...before, canBeMissing: before.canBeMissing || isSometimes };
  const isRequired = way.body?.required?.includes(name) === true;
  const isMade = way.row === "none" && row?.default !== undefined;
  const sent = celMember(property, isRequired || isMade, 1);
  if (!way.isChange || before === undefined) return sent;
  return { ...sent, canBeMissing: before.canBeMissing, canBeNull: sent.canBeNull || before.canBeNull };
}

/** PUT and PATCH mean different things by leaving a member out; a function that is given both bodies cannot tell. */
function doubtOf(name: string, ways: readonly Way[]): string | undefined {
  const change = ways.find((way) => way.isChange && propertyOf(way, name) !== undefined);
  const whole = ways.find(({ isChange, body, ...way }) => {
    const property = propertyOf({ isChange, body, ...way }, name);
    return !isChange && way.row !== "none" && property !== undefined && body?.required?.includes(name) !== true;
  });
  if (change === undefined || whole === undefined) return undefined;
  return `${shown(whole)} clears "${name}" by leaving it out, and ${shown(change)} keeps it; write one rule for each, with on.`;
}

function shown({ operation }: Way): string {
  return operation === undefined ? "" : `${operation.method.toUpperCase()} ${operation.path}`;
}
