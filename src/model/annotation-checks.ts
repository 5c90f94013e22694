import { nearestName } from "../diagnostic/nearest-name.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import { whyNoMark } from "./annotated-entities.ts";
import type { Annotations } from "./annotations.ts";
import type { EntityDraft } from "./classified.ts";
import { mainUse } from "./members.ts";
import type { Member } from "./members.ts";
import type { Field } from "./model.ts";
import { columnName } from "./names.ts";
import { singleKey } from "./relation-context.ts";
import type { Sketch } from "./sketch.ts";
import type { Targets } from "./targets.ts";

export interface CheckContext {
  readonly annotations: Annotations;
  readonly targets: Targets;
  readonly entities: readonly EntityDraft[];
}

/** Says of each annotation of an entity that could not be followed why, where, and what would be right. */
export function checkAnnotations(sketch: Sketch, draft: EntityDraft, context: CheckContext): void {
  checkTable(sketch, draft, context);
  checkSoftDelete(sketch, draft, context);
  for (const [member, annotation] of sketch.fieldAnnotations) {
    const check: FieldCheck = { member, draft, at: (name) => joinPointer(annotation.pointer, name), context };
    if (annotation.references) checkReference(annotation.references.entity, check);
    if (annotation.onDelete !== undefined) checkOnDelete(annotation.onDelete, check);
    if (annotation.column !== undefined) checkColumn(annotation.column, check);
    if (annotation.isUnique === true && !draft.unique.some((names) => names.length === 1 && isOf(names[0], check)))
      withoutColumn("unique", check);
    if (annotation.isComputed === true && draft.key.fields.includes(member.name))
      reject(
        "computed",
        "A key is kept in a column, and cannot be computed when it is read.",
        check,
        "Remove computed.",
      );
  }
}

interface FieldCheck {
  readonly member: Member;
  readonly draft: EntityDraft;
  readonly at: (name: string) => string;
  readonly context: CheckContext;
}

function checkTable({ annotation }: Sketch, draft: EntityDraft, { annotations, entities }: CheckContext): void {
  const [first] = entities.filter(({ table }) => table === annotation.table);
  if (annotation.table === undefined || first === undefined || first.name.type === draft.name.type) return;
  annotations.reject(
    annotation.places.table ?? draft.pointer,
    `The table "${annotation.table}" is that of ${first.name.type} already; that of ${draft.name.type} is called ${draft.table}.`,
    "Give each entity a table of its own.",
  );
}

function checkSoftDelete({ annotation }: Sketch, draft: EntityDraft, { annotations }: CheckContext): void {
  const { softDelete: wanted, places } = annotation;
  if (wanted === undefined || draft.softDelete !== undefined) return;
  const field = draft.fields.find(({ name }) => name === wanted);
  const marks = draft.fields.filter((one) => whyNoMark(one) === undefined).map(({ name }) => name);
  const near = nearestName(wanted, marks);
  annotations.reject(
    places.softDelete ?? draft.pointer,
    field
      ? `"${wanted}" of ${draft.name.type} ${whyNoMark(field) ?? ""}; DELETE removes the row.`
      : `${draft.name.type} has no property "${wanted}"; DELETE removes the row.`,
    near === undefined
      ? "Name a property of format date-time that is not required, or a boolean."
      : `Did you mean "${near}"?`,
  );
}

function checkReference(name: string, check: FieldCheck): void {
  const { member, draft, context } = check;
  const { targets, entities } = context;
  const target = targets.byName(name);
  const isFollowed = draft.relations.some(
    (relation) =>
      relation.to === target?.group.name.type && (relation.member === member.name || isOf(relation.field, check)),
  );
  if (isFollowed) return;
  if (!target) {
    const names = entities.map((entity) => entity.name.type);
    const near = nearestName(name, names);
    const fix = near === undefined ? `The entities are ${names.join(", ")}.` : `Did you mean "${near}"?`;
    return reject("references", `There is no entity "${name}"; the reference is ignored.`, check, fix);
  }
  const { type } = target.group.name;
  const key = singleKey(target);
  const isRow = ["object", "union"].includes(mainUse(member).view.kind);
  const saw = key
    ? isRow
      ? `"${member.name}" does not show ${key.name}, the key of ${type}; the reference is ignored.`
      : `"${member.name}" cannot hold the key of ${type}, ${key.name}, which has another type; the reference is ignored.`
    : `${type} has no key of one column that could be referred to; the reference is ignored.`;
  const fix = isRow ? `Give it a member ${key?.name ?? ""}.` : `Give it the schema of ${type}.${key?.name ?? ""}.`;
  reject("references", saw, check, key ? fix : undefined);
}

function checkOnDelete(wanted: string, check: FieldCheck): void {
  const { member, draft } = check;
  const field = fieldOf(check);
  if (!field?.references)
    return reject(
      "onDelete",
      `"${member.name}" of ${draft.name.type} holds no reference, so that nothing happens to it when a row is deleted.`,
      check,
      "Say what it refers to with references, or remove onDelete.",
    );
  if (wanted === "set null" && field.isStoredNotNull)
    reject(
      "onDelete",
      `"${member.name}" of ${draft.name.type} is never null, and cannot become so; what it refers to cannot be deleted.`,
      check,
      "Make the property nullable or optional, or write cascade or restrict.",
    );
}

function checkColumn(wanted: string, check: FieldCheck): void {
  const { member, draft } = check;
  const field = draft.fields.find(({ name }) => name === member.name);
  if (field?.column === undefined) return withoutColumn("column", check);
  if (field.column === wanted) return;
  const other = draft.fields.find(({ column }) => column === wanted);
  const saw = `The column "${wanted}" of ${draft.name.type} is that of "${other?.name ?? columnName(wanted)}" already; this one is called ${field.column}.`;
  reject("column", saw, check, "Give each property a column of its own.");
}

function withoutColumn(name: string, check: FieldCheck): void {
  const { member, draft } = check;
  reject(name, `"${member.name}" of ${draft.name.type} has no column; ${name} says nothing.`, check);
}

/** The field that keeps a member: its own, or the key of the row that it shows. */
function fieldOf(check: FieldCheck): Field | undefined {
  return check.draft.fields.find(({ name, column }) => column !== undefined && isOf(name, check));
}

function isOf(field: string | undefined, { member, draft }: FieldCheck): boolean {
  if (field === member.name) return true;
  return draft.relations.some((relation) => relation.member === member.name && relation.field === field);
}

function reject(name: string, saw: string, { at, context }: FieldCheck, fix?: string): void {
  context.annotations.reject(at(name), saw, fix);
}
