import { mainUse } from "./members.ts";
import type { Member } from "./members.ts";
import type { FieldType, Reason, Reference } from "./model.ts";
import { memberKey, wordsOf } from "./names.ts";
import { matches, textMatching } from "./pattern-text.ts";
import {
  addRelation,
  isDemanded,
  keyStem,
  isShownAs,
  linksOf,
  reason,
  relationName,
  singleKey,
} from "./relation-context.ts";
import type { RelationContext } from "./relation-context.ts";
import type { View } from "./schemas.ts";
import type { Sketch } from "./sketch.ts";
import type { Targets } from "./targets.ts";
import { typeOf } from "./types.ts";

/** `customerId`, `billing_address_id`, `owner: AccountId`, `product: 7`. */
export function scalarKey(member: Member, sketch: Sketch, context: RelationContext): void {
  const annotation = sketch.fieldAnnotations.get(member);
  if (annotation?.references === null) return;
  const use = mainUse(member);
  const expanded = expandable(use.view, context);
  const view = asCounted(expanded ?? use.view, member.name);
  // A list of keys is no key; embedded-rows.ts has it.
  if (view.kind === "array") return;
  const named = annotation?.references ? context.targets.byName(annotation.references.entity) : undefined;
  const annotated = named && holdsKey(view, member, named, annotation?.type) ? named : undefined;
  const found = annotated
    ? { target: annotated, rule: "x-field says so", confidence: "sure" as const }
    : foundKey(member, view, sketch, context);
  if (!found) return;
  if (!annotated && !fits(view, found.target)) {
    if (found.confidence === "sure" && singleKey(found.target)) misfit(member, found.target, "type", context);
    return;
  }
  if (!annotated && hasOtherPattern(view, found.target, context)) {
    misfit(member, found.target, "pattern", context);
    return;
  }
  const part = singleKey(found.target);
  if (!part) return;
  const links = linksOf(sketch, context);
  const isUnion = expanded !== undefined;
  const reference: Reference = {
    entity: found.target.group.name.type,
    field: part.name,
    onDelete: annotation?.onDelete ?? (isDemanded(member) ? "restrict" : "set null"),
    ...(annotation?.references?.isUnscoped === true && { isUnscoped: true as const }),
  };
  links.references.set(member, {
    ...reference,
    rule: found.rule,
    confidence: found.confidence,
    isAnnotated: annotation?.onDelete !== undefined,
    ...(part.isSpelled && { spelled: part.type }),
  });
  addRelation(links, {
    name: relationName(member.name, found.target),
    kind: "many-to-one",
    to: reference.entity,
    member: member.name,
    via: isUnion ? "id-or-object" : part.type.kind === "text" && !/id$/i.test(memberKey(part.name)) ? "code" : "id",
    field: member.name,
    isRequired: isDemanded(member),
    reasons: [
      reason(
        `references ${found.target.group.name.plural} (${part.name})`,
        `"${member.name}" names ${reference.entity}`,
        use.located.pointer,
        found.rule,
        found.confidence,
        "x-field: { references: null }",
      ),
    ],
  });
}

interface Found {
  readonly target: Sketch;
  readonly rule: string;
  readonly confidence: Reason["confidence"];
}

/** `categoryId: 7` that is declared a number is kept as an integer, and is a key like one. */
function asCounted(view: View, name: string): View {
  return view.kind === "number" && typeOf(view, name).type.kind === "integer" ? { ...view, kind: "integer" } : view;
}

/** Whether a column of the member's type may refer to the key; a database compares no text with a number. */
export function holdsKey(view: View, member: Member, target: Sketch, type?: FieldType): boolean {
  const key = singleKey(target);
  return key !== undefined && storageOf(type ?? typeOf(view, member.name).type) === storageOf(key.type);
}

function storageOf({ kind }: FieldType): string {
  if (kind === "enum" || kind === "bytes") return "text";
  if (kind === "integer-enum") return "integer";
  return kind === "decimal-text" ? "decimal" : kind;
}

/** What keys of the target look like is refused here: `LA…` is no key of what has keys like `SH…`. */
function hasOtherPattern({ schema: { pattern } }: View, target: Sketch, { reader }: RelationContext): boolean {
  const located = target.key.parts[0]?.located;
  const own = located && reader.view(located).schema.pattern;
  if (typeof pattern !== "string" || typeof own !== "string" || own === pattern) return false;
  const key = textMatching(own);
  return key !== undefined && !matches(pattern, key);
}

function misfit(member: Member, target: Sketch, what: string, { unresolved }: RelationContext): void {
  const { type } = target.group.name;
  const key = target.key.parts.map(({ name }) => name).join(", ");
  unresolved.push({
    pointer: mainUse(member).located.pointer,
    saw: `"${member.name}" is called like the key of ${type}, and its ${what} is not that of ${type}.${key}; it stays a plain value.`,
  });
}

/** `anyOf [string, Product]` is the key of a product, or the product itself. */
function expandable(view: View, { reader, targets }: RelationContext): View | undefined {
  if (view.kind !== "union") return undefined;
  const choices = view.choices.map((choice) => reader.view(choice));
  const scalar = choices.find(({ kind }) => kind === "string" || kind === "integer");
  return scalar && choices.some((choice) => choice.kind === "object" && targets.byRow(choice)) ? scalar : undefined;
}

function foundKey(member: Member, view: View, sketch: Sketch, context: RelationContext): Found | undefined {
  const { targets } = context;
  if (view.kind !== "string" && view.kind !== "integer") return undefined;
  const bySchema = targets.byKeySchema(mainUse(member).located.schema.$ref);
  if (bySchema) return { target: bySchema, rule: "its schema is the key's own", confidence: "sure" };
  const union = mainUse(member).view;
  const expanded = union.choices
    .map((choice) => targets.byRow(context.reader.view(choice)))
    .find((found) => found !== undefined);
  if (expanded) return { target: expanded, rule: "a key, or the row itself", confidence: "sure" };
  const key = keyStem(member.name);
  const beside = rowBeside(member, key?.stem, sketch, context);
  if (beside) return { target: beside, rule: "the row itself stands beside its key", confidence: "sure" };
  if (key) return byStem(key.stem, key.word, sketch, context);
  const bare = targets.byName(member.name) ?? qualified(member.name, view, targets);
  return bare && bare !== sketch && isDistinctive(view, bare)
    ? { target: bare, rule: "it is called like a resource", confidence: "likely" }
    : undefined;
}

/** `primary_doctor: 7`; a number with bounds, or with a word for an amount or a place in a row, is none. */
function qualified(name: string, { schema }: View, targets: Targets): Sketch | undefined {
  const [qualifier = "", ...rest] = wordsOf(name);
  const isMeasure =
    schema.minimum !== undefined ||
    schema.maximum !== undefined ||
    (schema.default ?? null) !== null ||
    /^(sort|display|list|menu|max|maximum|min|minimum|avg|average|num|number|no|count|total|sum|per|days?|hours?|minutes?|seconds?|years?|age|rank|position|index|level|size|width|height|weight|is|has)$/i.test(
      qualifier,
    );
  return rest.length === 0 || isMeasure ? undefined : targets.byName(rest.join(""));
}

/** `assignee: Agent` beside `assigneeId`, and `part_detail: Part` beside `part`. */
function rowBeside(
  { name }: Member,
  stem: readonly string[] | undefined,
  { members }: Sketch,
  { targets }: RelationContext,
): Sketch | undefined {
  const stems = [name, ...(stem ? [stem.join("")] : [])].map(memberKey);
  const rows = members.all.flatMap((other) => {
    const { view } = mainUse(other);
    const isBeside = other.name !== name && stems.some((one) => isShownAs(other.name, one));
    const target = isBeside && view.kind === "object" ? targets.byRow(view) : undefined;
    return target ? [target] : [];
  });
  return rows[0];
}

function byStem(
  stem: readonly string[],
  last: string,
  sketch: Sketch,
  { targets }: RelationContext,
): Found | undefined {
  const isId = /^(id|uuid|guid|sid|gid|ref)$/.test(last);
  const whole = targets.byName(stem.join(""));
  // What is called like the entity's own key says which row it is itself.
  if (whole === sketch && isId) return undefined;
  const accepts = (target: Sketch) => isId || target.key.parts.some(({ name }) => memberKey(name).endsWith(last));
  if (whole && accepts(whole)) return { target: whole, rule: "a resource's name and its key", confidence: "sure" };
  if (!isId) return undefined;
  if (/^(parent|manager|supervisor|previous|next|root|original|duplicate)$/i.test(stem.join("")))
    return { target: sketch, rule: "a word for another row of the same kind", confidence: "likely" };
  const suffix = suffixTarget(stem, sketch, targets);
  const person =
    suffix === undefined &&
    /^(owner|author|creator|assignee|requester|sender|recipient|approver|reviewer|createdby|updatedby|modifiedby)$/i.test(
      stem.join(""),
    )
      ? targets.person()
      : undefined;
  if (person)
    return { target: person, rule: "a word for what a person does, and one entity is persons", confidence: "guess" };
  if (suffix) return { target: suffix, rule: "suffix of a resource's name", confidence: "likely" };
  const inflected = targets.byInflection(stem.join(""));
  return inflected && inflected !== sketch
    ? { target: inflected, rule: "a resource's name, in another number", confidence: "likely" }
    : undefined;
}

/**
 * `billing_address_id` is an address's. What ends like the entity itself is another row of it only where a word says so
 * (`source_order_id`); else it may be its key in another system, as `external_order_id` is.
 */
function suffixTarget(stem: readonly string[], sketch: Sketch, targets: Targets): Sketch | undefined {
  const found = targets.bySuffix(stem);
  const [qualifier = ""] = stem;
  if (found === sketch && !otherRow.test(qualifier)) return undefined;
  const isElsewhere = /^(external|ext|remote|legacy|foreign|upstream|vendor)$/i.test(qualifier);
  const isKeyThere = found?.key.parts.some(({ name }) => memberKey(name).startsWith(qualifier.toLowerCase()));
  return isElsewhere && isKeyThere !== true ? undefined : found;
}

const otherRow =
  /^(parent|child|ancestor|root|base|main|master|head|original|origin|source|target|from|to|previous|prev|preceding|next|following|first|last|related|linked|duplicate|merged|replaced|replacement|replaces|superseded|superseding|reverse|reversed|reversal|refunded|copied|cloned|forked|template|reply|replied|answer|quoted|pinned|depends|blocking|blocked|alternative|similar|referred|inviting|managing|other|another|default|current)$/i;

/** Without a suffix, only a type that hardly means anything else makes a name a key. */
function isDistinctive(view: View, target: Sketch): boolean {
  const kind = target.key.parts[0]?.type.kind;
  return (view.kind === "integer" && kind === "integer") || (view.schema.format === "uuid" && kind === "uuid");
}

function fits(view: View, target: Sketch): boolean {
  const [part] = target.key.parts;
  const key = part?.type.kind;
  if (key === undefined || view.schema.enum !== undefined) return false;
  if (view.kind === "integer") return key === "integer";
  if (part?.isSpelled && view.kind === "string") return view.schema.format === undefined;
  const isUuid = view.schema.format === "uuid";
  return view.kind === "string" && (isUuid ? key === "uuid" : key === "text");
}
