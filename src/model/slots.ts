import { warning } from "../diagnostic/catalog.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import { joinPointer } from "../diagnostic/pointer.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import { isDerived } from "./derived.ts";
import type { Field, Reason, Slot, SlotKind } from "./model.ts";
import { UniqueNames, functionName, wordsOf } from "./names.ts";
import { place } from "./places.ts";
import type { Rule } from "./rules.ts";
import { derivedId, homeWord, idWord, refusalOf, ruleFunctions, usualRefusal } from "./slot-names.ts";
import { fieldNamed } from "./scope.ts";
import type { Scope } from "./scope.ts";

/**
 * Gives each slot its id, its home and its function's name, each at most once. Rules that have an id are entered
 * first, so that what is derived never takes one of theirs.
 */
export class SlotBook {
  readonly diagnostics: Diagnostic[] = [];
  readonly #scope: Scope;
  readonly #ids = new UniqueNames();
  readonly #functions = new Map<string, UniqueNames>();
  readonly #slots = new Map<string, { readonly slot: Slot; readonly rank: number }>();

  constructor(scope: Scope, rules: readonly Rule[]) {
    this.#scope = scope;
    const named = rules.filter((rule) => rule.id !== undefined);
    for (const rule of [...named, ...rules.filter((other) => other.id === undefined)]) this.#enterRule(rule);
  }

  /** The slot that handles a custom operation. */
  operation(operation: ClassifiedOperation): string {
    const known = this.#find("operation", (slot) => slot.operations.includes(operation.name));
    if (known) return known.id;
    const text = [operation.object.summary, operation.object.description]
      .filter((part) => typeof part === "string")
      .join("\n\n");
    return this.#add({
      id: `${homeWord(operation)}.${operation.name}`,
      kind: "operation",
      operation,
      operations: [operation.name],
      wanted: [operation.name],
      text: text === "" ? `${operation.method.toUpperCase()} ${operation.path}` : text,
      refuse: usualRefusal([operation]),
      pointer: operation.pointer,
      reason: {
        because: "no rule of inference knows what it does",
        rule: "a custom operation is handled by a slot",
        overrule: "x-operation: { kind: … }",
      },
    });
  }

  /** The slot that answers what a list parameter narrows. */
  filter(operation: ClassifiedOperation, parameter: string, pointer: string): string {
    const known = this.#find(
      "filter",
      (slot) => slot.parameter === parameter && slot.operations.includes(operation.name),
    );
    if (known) return known.id;
    const declared = operation.parameters.find((one) => one.pointer === pointer)?.parameter;
    return this.#add({
      id: `${homeWord(operation)}.${operation.name}.${idWord(parameter)}`,
      kind: "filter",
      operation,
      operations: [operation.name],
      parameter,
      wanted: [functionName(parameter), functionName(`${operation.name} by ${parameter}`)],
      text: declared?.description ?? `The rows that "${parameter}" chooses.`,
      refuse: {},
      pointer,
      reason: {
        because: `"${parameter}" is no field, and no comparison of one`,
        rule: "a list parameter that maps to no field is a filter slot",
      },
    });
  }

  /** The entity with the slots of its fields: what is computed on read, and what is set before a write. */
  withFieldSlots(entity: EntityDraft): EntityDraft {
    return { ...entity, fields: entity.fields.map((field) => this.#fieldWithSlot(field, entity)) };
  }

  /** Ids of the rules, values and effects that run on an operation, in the document's order. */
  running(operation: ClassifiedOperation): readonly string[] {
    const kinds: readonly SlotKind[] = ["rule", "value", "effect"];
    return this.all()
      .filter((slot) => kinds.includes(slot.kind) && slot.operations.includes(operation.name))
      .map(({ id }) => id);
  }

  all(): readonly Slot[] {
    return [...this.#slots.values()].toSorted((a, b) => a.rank - b.rank).map(({ slot }) => slot);
  }

  #fieldWithSlot(field: Field, entity: EntityDraft): Field {
    const home = entity.name.type;
    const ruled = this.#find("value", (slot) => slot.home === home && slot.field === field.name);
    if (ruled) return { ...field, role: "value", slot: ruled.id };
    const computed = this.#find("field", (slot) => slot.home === home && slot.field === field.name);
    if (computed) return withoutColumn({ ...field, role: "computed", slot: computed.id });
    if (field.role === "computed")
      return isDerived(field, entity, this.#scope.reader)
        ? field
        : { ...field, slot: this.#derivedField(field, entity, "field") };
    return field.role === "value" ? { ...field, slot: this.#derivedField(field, entity, "value") } : field;
  }

  #derivedField(field: Field, entity: EntityDraft, kind: "field" | "value"): string {
    const operations =
      kind === "field"
        ? []
        : operationsOf(entity, this.#scope).filter(
            ({ kind: does, variant }) => does === "create" || variant === "upsert",
          );
    return this.#add({
      id: `${idWord(entity.name.type)}.${idWord(field.name)}`,
      kind,
      entity,
      operations: operations.map(({ name }) => name),
      field: field.name,
      wanted: [functionName(field.name)],
      text: field.description ?? `The ${wordsOf(field.name).join(" ").toLowerCase()} of a ${entity.name.words}.`,
      refuse: {},
      pointer: field.pointer,
      reason:
        kind === "field"
          ? {
              because: "it is read only, and other data tells it",
              rule: "a member that is computed on read is a field slot",
              overrule: "x-field: { computed: false }",
            }
          : {
              because: "it is read only, and no request sets it",
              rule: "a stored member that nothing sets is a value slot",
              overrule: "x-field: { computed: true }",
            },
    });
  }

  #enterRule(rule: Rule): void {
    const home =
      rule.entity ??
      (rule.operation?.entity === undefined ? undefined : this.#scope.entities.get(rule.operation.entity));
    const field = rule.field === undefined || !home ? undefined : fieldNamed(home, rule.field);
    if (rule.field !== undefined && !field)
      return void this.#report(rule, `"${rule.field}" is no property of the entity; the rule is left out.`);
    const operations = this.#operationsOf(rule, home);
    for (const name of rule.on ?? [])
      if (!isOn(name, this.#scope)) this.#report(rule, `"${name}" is no kind of operation and no operationId.`, "on");
    const problem = misplaced(rule, operations);
    if (problem !== undefined) return void this.#report(rule, problem);
    if (rule.id !== undefined && this.#slots.has(rule.id))
      this.#report(rule, `Another rule has the id "${rule.id}" already; this one gets another.`, "id");
    this.#add({
      id: rule.id ?? derivedId(rule, home, field),
      kind: rule.kind,
      ...(rule.operation && { operation: rule.operation }),
      ...(home && { entity: home }),
      operations: rule.kind === "field" ? [] : operations.map(({ name }) => name),
      ...(field && { field: field.name }),
      ...(rule.parameter !== undefined && { parameter: rule.parameter }),
      wanted: ruleFunctions(rule, operations, field),
      text: rule.text,
      ...(rule.cel !== undefined && { cel: rule.cel }),
      refuse: refusalOf(rule, operations),
      unscoped: this.#unscopedOf(rule),
      examples: rule.examples,
      pointer: rule.pointer,
      reason: { because: "the document states it", rule: "x-business-rules", confidence: "sure" },
    });
  }

  #unscopedOf(rule: Rule): readonly string[] {
    return rule.unscoped.filter((name) => {
      if (this.#scope.entities.has(name)) return true;
      const names = [...this.#scope.entities.keys()];
      const near = nearestName(name, names);
      const fix = near === undefined ? `The entities are ${names.join(", ")}.` : `Did you mean "${near}"?`;
      this.#report(rule, `There is no entity "${name}"; the rule does not reach it.`, "unscoped", fix);
      return false;
    });
  }

  #report(rule: Rule, saw: string, member?: string, fix?: string): void {
    const pointer = member === undefined ? rule.pointer : joinPointer(rule.pointer, member);
    this.diagnostics.push(warning("annotation/invalid", { place: place(this.#scope.document, pointer), saw, fix }));
  }

  /** On an operation that one; on a schema those that `on` names, else every write of the entity. */
  #operationsOf(rule: Rule, home: EntityDraft | undefined): readonly ClassifiedOperation[] {
    if (rule.operation) return [rule.operation];
    const all = home ? operationsOf(home, this.#scope) : [];
    const on = rule.on ?? ["create", "update", "replace"];
    return all.filter(
      (operation) =>
        on.includes(operation.kind) ||
        (operation.object.operationId !== undefined && on.includes(operation.object.operationId)),
    );
  }

  #find(kind: SlotKind, matches: (slot: Slot) => boolean): Slot | undefined {
    for (const { slot } of this.#slots.values()) if (slot.kind === kind && matches(slot)) return slot;
    return undefined;
  }

  #add(draft: SlotDraft): string {
    const home = draft.entity?.name.type ?? draft.operation?.entity ?? draft.operation?.group ?? "";
    const id = this.#ids.take(draft.id);
    const functions = this.#functions.get(home) ?? new UniqueNames();
    this.#functions.set(home, functions);
    const free = draft.wanted.find((name) => !functions.has(name)) ?? draft.wanted.at(-1) ?? "handle";
    const entity = draft.entity?.name.type ?? draft.operation?.entity;
    const slot: Slot = {
      id,
      kind: draft.kind,
      home,
      ...(entity !== undefined && { entity }),
      functionName: functions.take(free),
      operations: draft.operations,
      ...(draft.field !== undefined && { field: draft.field }),
      ...(draft.parameter !== undefined && { parameter: draft.parameter }),
      text: draft.text,
      ...(draft.cel !== undefined && { cel: draft.cel }),
      refuse: draft.refuse,
      unscoped: draft.unscoped ?? [],
      examples: draft.examples ?? [],
      pointer: draft.pointer,
      reasons: [{ fact: `slot ${id}`, confidence: "likely", pointer: draft.pointer, ...draft.reason }],
    };
    this.#slots.set(id, { slot, rank: this.#rank(draft) });
    return id;
  }

  /** Slots of operations come in the order of the operations, those of schemas after them by entity. */
  #rank({ operation, entity }: SlotDraft): number {
    const { operations, entities } = this.#scope.classified;
    if (operation) return operations.indexOf(operation);
    return (
      operations.length +
      Math.max(
        0,
        entities.findIndex(({ name }) => name.type === entity?.name.type),
      )
    );
  }
}

interface SlotDraft {
  readonly id: string;
  readonly kind: SlotKind;
  readonly operation?: ClassifiedOperation;
  readonly entity?: EntityDraft;
  readonly operations: readonly string[];
  readonly field?: string;
  readonly parameter?: string;
  /** Function names, the best first. */
  readonly wanted: readonly string[];
  readonly text: string;
  readonly cel?: string;
  readonly refuse: Slot["refuse"];
  readonly unscoped?: readonly string[];
  readonly examples?: Slot["examples"];
  readonly pointer: string;
  readonly reason: Pick<Reason, "because" | "rule"> & Partial<Pick<Reason, "overrule" | "confidence">>;
}

function isOn(name: string, { classified }: Scope): boolean {
  return (
    ["create", "update", "replace", "delete", "read", "list"].includes(name) ||
    classified.operations.some(({ object }) => object.operationId === name)
  );
}

function withoutColumn({ column: _, ...field }: Field): Field {
  return { ...field, isStoredNotNull: false };
}

function operationsOf(entity: EntityDraft, { classified }: Scope): readonly ClassifiedOperation[] {
  return classified.operations.filter((operation) => operation.entity === entity.name.type);
}

const standsOn: Readonly<Record<SlotKind, readonly string[]>> = {
  rule: ["create", "update", "replace", "delete", "custom"],
  value: ["create", "update", "replace"],
  effect: ["create", "update", "replace", "delete", "custom"],
  operation: ["custom"],
  field: [],
  filter: ["list"],
};

/** Why a rule can't run where it stands; undefined where it can. */
function misplaced(rule: Rule, operations: readonly ClassifiedOperation[]): string | undefined {
  if (rule.kind === "field") return undefined;
  if (operations.length === 0) return `No operation is one of those that the rule names; it is left out.`;
  const wrong = operations.find(({ kind }) => !standsOn[rule.kind].includes(kind));
  if (wrong)
    return `A rule of kind "${rule.kind}" cannot run on ${wrong.method.toUpperCase()} ${wrong.path}, which is "${wrong.kind}"; it is left out.`;
  const isKnown = operations.every(({ parameters }) =>
    parameters.some(({ parameter }) => parameter.name === rule.parameter),
  );
  return rule.kind === "filter" && !isKnown
    ? `The list has no parameter "${rule.parameter ?? ""}"; the rule is left out.`
    : undefined;
}
