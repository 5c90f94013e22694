import type { Entity, ReadMember, ReadShape, ReadSource } from "../../model/model.ts";
import { typeName } from "../../model/names.ts";
import { fieldOf, readableFields, type PlanContext } from "../context.ts";
import { isShownAsStored } from "./shown-values.ts";
import { inNamingOrder } from "../naming-order.ts";
import { addressCode } from "./addresses.ts";
import { Imports } from "./imports.ts";
import { showsMany } from "./answers.ts";

export type RowShape = Extract<ReadShape, { kind: "row" }>;

export interface ShapeFunction {
  readonly name: string;
  readonly single: string;
  readonly shape: RowShape;
  readonly route: string;
  /** Whether some operation answers with one such row. */
  isSingle: boolean;
}

/** Every different way in which rows of an entity are shown, with the names of the functions that do it. */
export interface ShapeRegistry {
  /** Undefined where the row is shown as it is. */
  readonly functionFor: (shape: RowShape) => ShapeFunction | undefined;
  readonly functionsOf: (entity: string) => readonly ShapeFunction[];
}

const registries = new WeakMap<PlanContext, ShapeRegistry>();

export function shapeRegistry(context: PlanContext): ShapeRegistry {
  const known = registries.get(context) ?? buildRegistry(context);
  registries.set(context, known);
  return known;
}

function buildRegistry(context: PlanContext): ShapeRegistry {
  const operations = new Set(context.model.operations.map(({ name }) => name));
  const byShape = new Map<string, ShapeFunction>();
  const byEntity = new Map<string, ShapeFunction[]>();
  const note = (shape: RowShape, operation: string, route: string): void => {
    const id = JSON.stringify(shape);
    if (byShape.has(id) || isPlainRow(shape, context)) return;
    const entity = context.entity(shape.entity);
    const known = byEntity.get(shape.entity) ?? [];
    const suffix =
      known.length === 0
        ? ""
        : `For${typeName(operation)}${known.some(({ name }) => name.endsWith(`For${typeName(operation)}`)) ? known.length : ""}`;
    const names = [entity.name.pluralType, entity.name.type].map((name) => `${name}${suffix}`);
    // An operation may have the name that we would give: `showEmployee`.
    const verb =
      ["show", "render", "display"].find((one) => names.every((name) => !operations.has(one + name))) ?? "show";
    const entry = {
      name: `${verb}${names[0] ?? ""}`,
      single: `${verb}${names[1] ?? ""}`,
      shape,
      route,
      isSingle: false,
    };
    byShape.set(id, entry);
    byEntity.set(shape.entity, [...known, entry]);
  };
  for (const operation of inNamingOrder(context.model.operations)) {
    const route = `${operation.method.toUpperCase()} ${operation.path}`;
    for (const shape of rowShapes(operation.success.shape)) note(shape, operation.name, route);
    const shown = shownRow(operation.success.shape);
    const entry = shown && byShape.get(JSON.stringify(shown));
    if (entry !== undefined && !showsMany(operation)) entry.isSingle = true;
  }
  return {
    functionFor: (shape) => byShape.get(JSON.stringify(shape)),
    functionsOf: (entity) => byEntity.get(entity) ?? [],
  };
}

/** All row shapes in a shape, inner ones first, so that simple ones get the plain names. */
function rowShapes(shape: ReadShape | undefined): readonly RowShape[] {
  switch (shape?.kind) {
    case "row":
      return [...shape.members.flatMap(({ source }) => shapesInSource(source)), shape];
    case "rows":
    case "row-map":
      return rowShapes(shape.items);
    case "object":
      return shape.members.flatMap(({ source }) => shapesInSource(source));
    case "value":
      return shapesInSource(shape.source);
    default:
      return [];
  }
}

function shapesInSource(source: ReadSource): readonly RowShape[] {
  return source.kind === "related" || source.kind === "shape" ? rowShapes(source.shape) : [];
}

/** Exactly the members that the repository reads, each under its own name. */
function isPlainRow(shape: RowShape, context: PlanContext): boolean {
  const entity = context.entity(shape.entity);
  const shown = shape.members.filter(
    ({ source, isRequired }) => source.kind !== "link" || isRequired || linksRow(source, entity, context),
  );
  return (
    shown.length === readableFields(entity).length &&
    coversRow(shape, context) &&
    shown.every((one) => isOwnField(one) && !isChanged(one, entity, context))
  );
}

export type LinkSource = Extract<ReadSource, { kind: "link" }>;

/** Whether a link leads to the row itself, and some operation reads it there. */
export function linksRow({ to }: LinkSource, entity: Entity, context: PlanContext): boolean {
  return to === "self" && addressCode(entity, "row", context, new Imports()) !== undefined;
}

/** Whether a field is shown otherwise than it is stored. */
export function isChanged({ source }: ReadMember, entity: Entity, context: PlanContext): boolean {
  if (source.kind !== "field") return false;
  return (
    source.isText === true || source.otherwise !== undefined || !isShownAsStored(fieldOf(entity, source.field), context)
  );
}

export function isOwnField({ name, source }: ReadMember): boolean {
  return source.kind === "field" && source.field === name;
}

export function coversRow(shape: RowShape, context: PlanContext): boolean {
  const shown = new Set(shape.members.filter(isOwnField).map(({ name }) => name));
  return readableFields(context.entity(shape.entity)).every(({ name }) => shown.has(name));
}

/** The row shape that an answer shows, wherever it stands in its envelopes. */
export function shownRow(shape: ReadShape | undefined): RowShape | undefined {
  switch (shape?.kind) {
    case "row":
      return shape;
    case "rows":
    case "row-map":
      return shownRow(shape.items);
    case "object":
      for (const { source } of shape.members) {
        const found = source.kind === "shape" ? shownRow(source.shape) : undefined;
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** The member that names the rows of a map in an answer, where the rows themselves do not show it. */
export function hiddenMapKey(shape: ReadShape | undefined): string | undefined {
  switch (shape?.kind) {
    case "row-map": {
      const { items, keyField } = shape;
      return items.kind === "row" && !items.members.some(({ name }) => name === keyField) ? keyField : undefined;
    }
    case "object":
      for (const { source } of shape.members) {
        const found = source.kind === "shape" ? hiddenMapKey(source.shape) : undefined;
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}
