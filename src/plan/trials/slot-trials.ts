import type { Json } from "../../document/openapi.ts";
import { isRecord } from "../../json.ts";
import type { Entity, Operation, Slot, SlotExample } from "../../model/model.ts";
import { fieldOf, type PlanContext } from "../context.ts";
import { Imports } from "../views/imports.ts";
import { slotOperations } from "../views/signatures.ts";
import { itemField, keyField } from "../views/tests/about-row.ts";
import { callerNames } from "../views/tests/callers.ts";
import { standsForCaller } from "../views/ownership.ts";
import { rowGraph } from "../views/tests/graph.ts";
import { requestPlan } from "../views/tests/requests.ts";
import { exampleCode, membersOf } from "../views/tests/slot-example.ts";
import { frameOf } from "./frame.ts";
import { GivenRows } from "./given-rows.ts";
import type { SlotTrial, TrialAnswer, TrialExpected, TrialGiven, TrialInput } from "./trial.ts";

type Members = Readonly<Record<string, Json>>;

/** The moment of a call that says nothing of it, as in testing/slots.ts of a generated package. */
const usualMoment = "2026-10-02T08:30:00Z";

/**
 * The slot's examples as data (docs/annotations.md). Those that no test can be made of are left out; they are reported
 * elsewhere.
 */
export function slotTrials(slot: Slot, context: PlanContext): readonly SlotTrial[] {
  return slot.examples.flatMap((example, at) => {
    if (exampleCode(slot, example, context).problem !== undefined) return [];
    return [new TrialWriter(slot, example, context).trial(example.title ?? `example ${at + 1}`)];
  });
}

class TrialWriter {
  readonly #slot: Slot;
  readonly #example: SlotExample;
  readonly #when: Members;
  readonly #given: Members;
  readonly #context: PlanContext;
  readonly #entity: Entity | undefined;
  readonly #operations: readonly Operation[];
  readonly #caller: string;
  readonly #rows: GivenRows;

  constructor(slot: Slot, example: SlotExample, context: PlanContext) {
    this.#slot = slot;
    this.#example = example;
    this.#when = membersOf(example.when);
    this.#given = membersOf(example.given);
    this.#context = context;
    this.#entity = slot.entity === undefined ? undefined : context.entity(slot.entity);
    this.#operations = slotOperations(slot, context);
    const { caller, now } = this.#when;
    this.#caller = typeof caller === "string" ? caller : callerNames(context).caller;
    this.#rows = new GivenRows(context, this.#caller);
    this.#now = typeof now === "string" ? now : usualMoment;
  }

  readonly #now: string;

  trial(title: string): SlotTrial {
    this.#makeRows();
    const inputs = this.#inputs();
    const lists = this.#slot.kind === "filter" ? { lists: this.#entity?.name.plural ?? "" } : {};
    const given: TrialGiven = { rows: this.#rows.rows, caller: this.#caller, now: this.#now, inputs, ...lists };
    return { title, pointer: this.#example.pointer, given, expected: this.#expected() };
  }

  /** Rows in an order in which what they refer to is there before; first the one that stands for the caller. */
  #makeRows(): void {
    const owner = this.#context.model.entities.find(standsForCaller);
    const given = owner === undefined ? [] : listOf(this.#given[owner.name.plural]).map(membersOf);
    const isGiven = given.some((row) => row[owner?.owner?.field ?? ""] === this.#caller);
    if (owner !== undefined && !isGiven) this.#rows.callers(owner);
    for (const entity of rowGraph(this.#context).deletionOrder.toReversed()) {
      for (const row of listOf(this.#given[entity.name.plural]))
        this.#rows.make(entity, stored(entity, membersOf(row)));
    }
  }

  #inputs(): readonly TrialInput[] {
    const { kind } = this.#slot;
    if (this.#entity === undefined) return kind === "operation" ? [this.#request()] : [];
    switch (kind) {
      case "filter":
        return [{ kind: "value", value: this.#when["value"] ?? null }];
      case "field":
        return [{ kind: "rows", collection: this.#entity.name.plural, keys: this.#fieldKeys() }];
      case "effect":
        return [this.#when["key"] === undefined ? this.#madeRow(this.#entity) : this.#current(this.#entity)];
      case "operation":
        return [this.#request()];
      case "rule":
      case "value":
        return this.#writeInputs(this.#entity);
    }
  }

  /** As plan/views/signatures.ts declares the inputs of rules and values. */
  #writeInputs(entity: Entity): readonly TrialInput[] {
    const kinds = this.#operations.map(({ kind }) => kind);
    if (kinds.every((kind) => kind === "delete" || kind === "custom")) return [this.#current(entity)];
    const body: TrialInput = { kind: "value", value: this.#body() };
    if (kinds.every((kind) => kind === "create")) return [body];
    const isCreate = this.#when["key"] === undefined && kinds.includes("create");
    return [body, isCreate ? { kind: "nothing" } : this.#current(entity)];
  }

  #madeRow(entity: Entity): TrialInput {
    const row = this.#rows.make(entity, stored(entity, membersOf(this.#when["body"])));
    return { kind: "row", collection: entity.name.plural, key: row[keyField(entity)] ?? null };
  }

  #current(entity: Entity): TrialInput {
    return { kind: "row", collection: entity.name.plural, key: this.#key() ?? null };
  }

  /** The row that the call is about: the one that `when.key` names, else the first one given. */
  #key(): Json | undefined {
    if (this.#when["key"] !== undefined || this.#entity === undefined) return this.#when["key"];
    return membersOf(listOf(this.#given[this.#entity.name.plural])[0])[keyField(this.#entity)];
  }

  #fieldKeys(): readonly Json[] {
    const { value, rows } = membersOf(this.#example.expect);
    if (value !== undefined || this.#entity === undefined) return [this.#key() ?? null];
    const key = keyField(this.#entity);
    return listOf(membersOf(rows)[this.#entity.name.plural]).map((row) => membersOf(row)[key] ?? null);
  }

  /** The body of the example over the members that every valid body has. */
  #body(): Json {
    const wanted = this.#when["key"] === undefined ? "create" : undefined;
    const operation =
      this.#operations.find(({ kind }) => kind === wanted) ??
      this.#operations.find(({ kind, body }) => kind !== "create" && body !== undefined) ??
      this.#operations[0];
    const given = membersOf(this.#when["body"]);
    const plan = operation && requestPlan(operation, this.#context, new Imports()).body;
    const usual = (plan?.members ?? []).flatMap(({ name, isRequired, value }) =>
      isRequired && value !== undefined ? [[name, value] as const] : [],
    );
    return { ...Object.fromEntries(usual), ...given };
  }

  #request(): TrialInput {
    const [operation] = this.#operations;
    const isThere = (place: string): boolean => operation?.parameters.some((one) => one.in === place) === true;
    const value: Members = {
      ...(operation && isThere("path") && { params: this.#params(operation) }),
      ...(isThere("query") && { query: {} }),
      ...(isThere("header") && { headers: {} }),
      ...(isThere("cookie") && { cookies: {} }),
      ...(operation?.body !== undefined && this.#entity !== undefined && { body: this.#body() }),
    };
    return { kind: "value", value };
  }

  #params(operation: Operation): Members {
    const key = this.#key();
    const inPath = operation.parameters.filter((one) => one.in === "path");
    return Object.fromEntries(
      inPath.map((parameter) => {
        const field = itemField(parameter, operation, this.#context);
        const value = isRecord(key) ? membersOf(key)[field ?? parameter.name] : key;
        return [parameter.name, value ?? null] as const;
      }),
    );
  }

  #expected(): TrialExpected {
    const { refuse, rows } = membersOf(this.#example.expect);
    // A refused operation changes no row.
    const later = this.#slot.kind === "operation" && refuse !== undefined ? this.#given : membersOf(rows);
    const isChange = this.#slot.kind === "effect" || this.#slot.kind === "operation";
    const after = isChange ? this.#expectedRows(later) : [];
    return { answer: this.#answer(), rows: after, frame: frameOf(this.#slot, this.#context) };
  }

  #answer(): TrialAnswer {
    const { expect } = this.#example;
    if (expect === "accept") return { kind: "accepts" };
    const { refuse, value, rows } = membersOf(expect);
    if (typeof refuse === "string") return { kind: "refuses", code: refuse };
    if (this.#slot.kind === "filter" && this.#entity) {
      const key = keyField(this.#entity);
      const keys = listOf(membersOf(rows)[this.#entity.name.plural]).map((row) => membersOf(row)[key] ?? null);
      return { kind: "lists", key, keys };
    }
    if (this.#slot.kind === "field") return { kind: "equals", value: this.#fieldAnswers() };
    if (value === undefined) return { kind: "anything" };
    return this.#slot.kind === "value" ? { kind: "equals", value } : { kind: "holds", value };
  }

  #fieldAnswers(): Json {
    const { value, rows } = membersOf(this.#example.expect);
    if (value !== undefined) return [value];
    const expected = listOf(membersOf(rows)[this.#entity?.name.plural ?? ""]).map(membersOf);
    return expected.map((row) => row[this.#slot.field ?? ""] ?? null);
  }

  /** What is computed or never read has no place in a row. */
  #expectedRows(rows: Members): TrialExpected["rows"] {
    return this.#context.model.entities.flatMap((entity) =>
      listOf(rows[entity.name.plural])
        .map(membersOf)
        .flatMap((row) => {
          const key = row[keyField(entity)];
          if (key === undefined) return [];
          const members = Object.entries(row).filter(([name]) => {
            const field = fieldOf(entity, name);
            return field.column !== undefined && field.origin !== "write";
          });
          return [{ collection: entity.name.plural, key, members: Object.fromEntries(members) }];
        }),
    );
  }
}

/** Members that columns hold. */
function stored(entity: Entity, row: Members): Members {
  return Object.fromEntries(Object.entries(row).filter(([name]) => fieldOf(entity, name).column !== undefined));
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
