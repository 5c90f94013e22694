import { standsForCaller } from "../ownership.ts";
import type { Json } from "../../../document/openapi.ts";
import { isRecord } from "../../../json.ts";
import type { Entity, Operation, Slot, SlotExample } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import type { PlanContext } from "../../context.ts";
import { Imports } from "../imports.ts";
import { refusalCodes, slotOperations } from "../signatures.ts";
import { itemField, keyField } from "./about-row.ts";
import { callerNames } from "./callers.ts";
import { rowGraph } from "./graph.ts";
import { requestPlan } from "./requests.ts";
import { givenName } from "./rows.ts";
import { isKept } from "./samples.ts";

/** The statements of a test, or why an example gives none. */
export type ExampleCode =
  | { readonly lines: readonly string[]; readonly problem?: undefined }
  | { readonly lines?: undefined; readonly problem: string };

type Members = Readonly<Record<string, Json>>;

/** The test that an example stands for: what is given, the call of the slot, and what is expected (docs/annotations.md). */
export function exampleCode(slot: Slot, example: SlotExample, context: PlanContext): ExampleCode {
  const writer = new ExampleWriter(slot, example, context);
  return writer.code();
}

export function membersOf(value: Json | undefined): Members {
  return isRecord(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

class ExampleWriter {
  readonly #slot: Slot;
  readonly #when: Members;
  readonly #given: Members;
  readonly #expect: Json;
  readonly #context: PlanContext;
  readonly #entity: Entity | undefined;
  readonly #operations: readonly Operation[];
  readonly #lines: string[] = [];
  #problem: string | undefined;

  constructor(slot: Slot, example: SlotExample, context: PlanContext) {
    this.#slot = slot;
    this.#when = membersOf(example.when);
    this.#given = membersOf(example.given);
    this.#expect = example.expect;
    this.#context = context;
    this.#entity = slot.entity === undefined ? undefined : context.entity(slot.entity);
    this.#operations = slotOperations(slot, context);
  }

  code(): ExampleCode {
    this.#makeRows();
    if (this.#problem === undefined) this.#run();
    return this.#problem === undefined ? { lines: this.#lines } : { problem: this.#problem };
  }

  /** The first problem is the one that is told. */
  #cannot(problem: string): void {
    this.#problem ??= problem;
  }

  /** Rows in an order in which what they refer to is there before. */
  #makeRows(): void {
    this.#checkCollections(this.#given);
    if (this.#needsCaller()) this.#lines.push(`await callers${this.#owner()?.name.type ?? ""}(${this.#subject()});`);
    for (const entity of rowGraph(this.#context).deletionOrder.toReversed()) {
      for (const row of listOf(this.#given[entity.name.plural]))
        this.#lines.push(`${this.#row(entity, membersOf(row))};`);
    }
  }

  #checkCollections(rows: Members): void {
    const known = new Set(this.#context.model.entities.map(({ name }) => name.plural));
    const stray = Object.keys(rows).find((name) => !known.has(name) || !Array.isArray(rows[name]));
    if (stray !== undefined) this.#cannot(`"${stray}" is no list of rows of an entity.`);
  }

  #owner(): Entity | undefined {
    return this.#context.model.entities.find(standsForCaller);
  }

  /** The row that stands for the caller is there, unless the example has it itself. */
  #needsCaller(): boolean {
    const owner = this.#owner();
    if (owner === undefined) return false;
    const subject = typeof this.#when["caller"] === "string" ? this.#when["caller"] : callerNames(this.#context).caller;
    const rows = listOf(this.#given[owner.name.plural]);
    return !rows.some((row) => membersOf(row)[owner.owner?.field ?? ""] === subject);
  }

  #subject(): string {
    return typeof this.#when["caller"] === "string" ? literal(this.#when["caller"]) : "";
  }

  /** `await givenAccount({ … })` */
  #row(entity: Entity, row: Members): string {
    const parts = Object.entries(row).flatMap(([name, value]) => {
      const field = entity.fields.find((one) => one.name === name);
      if (field === undefined) this.#cannot(`"${name}" is no property of ${entity.name.pluralWords}.`);
      if (field?.column === undefined) return [];
      const isFit = value === null ? !field.isStoredNotNull : isKept(field.type, value);
      if (!isFit) this.#cannot(`"${name}" of ${entity.name.pluralWords} cannot be ${JSON.stringify(value)}.`);
      return [`${propertyKey(name)}: ${valueLiteral(value)}`];
    });
    const owner = rowGraph(this.#context).takesOwner(entity) ? this.#subject() : "";
    return `await ${givenName(entity)}(${[`{ ${parts.join(", ")} }`, owner].filter(Boolean).join(", ")})`;
  }

  #run(): void {
    switch (this.#slot.kind) {
      case "rule":
        return this.#judge();
      case "value":
        return this.#value();
      case "field":
        return this.#field();
      case "filter":
        return this.#filter();
      case "effect":
        return this.#effect();
      case "operation":
        return this.#operate();
    }
  }

  /** `await inTransaction({}, (context) => isCovered({ … }, context))` */
  #call(inputs: readonly string[], run = "inTransaction"): string {
    const circumstances = ["caller", "now"].flatMap((name) =>
      typeof this.#when[name] === "string" ? [`${name}: ${literal(this.#when[name])}`] : [],
    );
    const call = `${this.#slot.functionName}(${[...inputs, "context"].join(", ")})`;
    const isAsync = inputs.some((input) => input.includes("await "));
    return `await ${run}({ ${circumstances.join(", ")} }, ${isAsync ? "async " : ""}(context) => ${call})`;
  }

  #judge(): void {
    const inputs = this.#inputs();
    if (this.#expect !== "accept") return this.#expectRefusal(this.#call(inputs));
    this.#lines.push(`const verdict = ${this.#call(inputs)};`, "expect(verdict).toMatchObject({ accepted: true });");
  }

  #expectRefusal(call: string): void {
    const { refuse } = membersOf(this.#expect);
    const codes = refusalCodes(this.#slot);
    if (typeof refuse !== "string") return this.#cannot('It expects neither "accept" nor { refuse: code }.');
    if (!codes.includes(refuse)) return this.#cannot(`"${refuse}" is no code that the rule refuses with.`);
    this.#lines.push(
      `const verdict = ${call};`,
      `expect(verdict).toMatchObject({ accepted: false, code: ${literal(refuse)} });`,
    );
  }

  #value(): void {
    const { value } = membersOf(this.#expect);
    if (value === undefined) return this.#cannot("It expects no { value }.");
    this.#lines.push(
      `const answer = ${this.#call(this.#inputs())};`,
      `expect(answer).toEqual(${valueLiteral(value)});`,
    );
  }

  /** As plan/views/signatures.ts declares the inputs of rules and values. */
  #inputs(): readonly string[] {
    const kinds = this.#operations.map(({ kind }) => kind);
    if (kinds.every((kind) => kind === "delete" || kind === "custom")) return [this.#current()];
    const input = this.#body();
    if (kinds.every((kind) => kind === "create")) return [input];
    const isCreate = this.#when["key"] === undefined && kinds.includes("create");
    return [input, isCreate ? "undefined" : this.#current()];
  }

  /** The row that the call is about: the one that `when.key` names, else the first one given. */
  #current(): string {
    const key = this.#key();
    if (key === undefined) this.#cannot("It does not say which row it is about: when.key is missing.");
    return this.#existing(key ?? null);
  }

  #existing(key: Json): string {
    return `await existing(context.unscoped.${this.#entity?.name.plural ?? ""}, ${valueLiteral(key)})`;
  }

  #key(): Json | undefined {
    if (this.#when["key"] !== undefined || this.#entity === undefined) return this.#when["key"];
    return membersOf(listOf(this.#given[this.#entity.name.plural])[0])[keyField(this.#entity)];
  }

  /** The body of the example over the members that every valid body has. */
  #body(): string {
    const operations = this.#operations;
    const wanted = this.#when["key"] === undefined ? "create" : undefined;
    const operation =
      operations.find(({ kind }) => kind === wanted) ??
      operations.find(({ kind, body }) => kind !== "create" && body !== undefined) ??
      operations[0];
    const given = membersOf(this.#when["body"]);
    const known = operation && requestPlan(operation, this.#context, new Imports()).body;
    if (known === undefined) return valueLiteral(given);
    for (const [name, value] of Object.entries(given)) {
      const member = known.schema.properties?.[name];
      if (member === undefined) this.#cannot(`"${name}" is no member of the body.`);
      else if (!conforms(member, value)) this.#cannot(`"${name}" cannot be ${JSON.stringify(value)}.`);
    }
    const rest = known.members.filter(({ name, isRequired }) => isRequired && !Object.hasOwn(given, name));
    const parts = [
      ...rest.flatMap(({ name, code, value }) => {
        if (code === undefined) return [];
        const usual = code.includes("await ") && value !== undefined ? valueLiteral(value) : code;
        return [`${propertyKey(name)}: ${usual}`];
      }),
      ...Object.entries(given).map(([name, value]) => `${propertyKey(name)}: ${valueLiteral(value)}`),
    ];
    return `{ ${parts.join(", ")} }`;
  }

  /** One row and its value, or several rows that hold theirs. */
  #field(): void {
    const { value, rows } = membersOf(this.#expect);
    const { field = "" } = this.#slot;
    if (this.#entity === undefined) return;
    const expected = listOf(membersOf(rows)[this.#entity.name.plural]).map(membersOf);
    const key = keyField(this.#entity);
    if (expected.some((row) => row[key] === undefined || row[field] === undefined))
      return this.#cannot(`A row that it expects lacks "${key}" or "${field}".`);
    if (value === undefined && expected.length === 0) return this.#cannot("It expects neither { value } nor { rows }.");
    const read = value === undefined ? expected.map((row) => this.#existing(row[key] ?? null)) : [this.#current()];
    const answers = value === undefined ? expected.map((row) => row[field] ?? null) : [value];
    this.#lines.push(
      `const answers = ${this.#call([`[${read.join(", ")}]`])};`,
      `expect(answers).toEqual(${valueLiteral(answers)});`,
    );
  }

  #filter(): void {
    const entity = this.#entity;
    if (entity === undefined) return;
    const rows = membersOf(membersOf(this.#expect)["rows"])[entity.name.plural];
    const value = this.#when["value"];
    if (!Array.isArray(rows)) return this.#cannot("It expects no { rows } of what is listed.");
    if (value === undefined) return this.#cannot("It does not say what is asked for: when.value is missing.");
    const key = keyField(entity);
    const keys = rows.map((row: Json) => membersOf(row)[key] ?? null);
    const where = `${this.#slot.functionName}(${valueLiteral(value)}, context)`;
    this.#lines.push(
      `const found = await inTransaction({}, (context) => context.${entity.name.plural}.list({ where: ${where} }));`,
      `expect(sorted(found.items.map((row) => row${memberAccess(key)}))).toEqual(sorted(${valueLiteral(keys)}));`,
    );
  }

  #effect(): void {
    if (this.#entity === undefined) return;
    const isMade = this.#when["key"] === undefined;
    if (isMade) this.#lines.push(`const current = ${this.#row(this.#entity, membersOf(this.#when["body"]))};`);
    this.#lines.push(`${this.#call([isMade ? "current" : this.#current()])};`);
    const { rows } = membersOf(this.#expect);
    if (rows === undefined) return this.#cannot("It expects no { rows }.");
    this.#expectRows(membersOf(rows));
  }

  #operate(): void {
    const [operation] = this.#operations;
    if (operation === undefined) return;
    const call = this.#call([this.#request(operation)], "inOperation");
    const { refuse, value, rows } = membersOf(this.#expect);
    if (refuse !== undefined) {
      this.#expectRefusal(call);
      return this.#expectUnchanged();
    }
    if (value === undefined && rows === undefined)
      return this.#cannot("It expects neither { refuse }, { value } nor { rows }.");
    this.#lines.push(`${value === undefined ? "" : "const answer = "}${call};`);
    if (value !== undefined) this.#lines.push(`expect(answer).toHold(${valueLiteral(value)});`);
    this.#expectRows(membersOf(rows));
  }

  #request(operation: Operation): string {
    const isThere = (place: string): boolean => operation.parameters.some((one) => one.in === place);
    const parts = [
      ...(isThere("path") ? [`params: { ${this.#params(operation).join(", ")} }`] : []),
      ...(isThere("query") ? ["query: {}"] : []),
      ...(isThere("header") ? ["headers: {}"] : []),
      ...(isThere("cookie") ? ["cookies: {}"] : []),
      ...(operation.body === undefined || this.#entity === undefined ? [] : [`body: ${this.#body()}`]),
    ];
    return `{ ${parts.join(", ")} }`;
  }

  #params(operation: Operation): readonly string[] {
    return operation.parameters
      .filter((one) => one.in === "path")
      .map((parameter) => {
        const field = itemField(parameter, operation, this.#context);
        const key = this.#key();
        const value = typeof key === "object" && key !== null ? membersOf(key)[field ?? parameter.name] : key;
        if (value === undefined) this.#cannot("It does not say which row it is about: when.key is missing.");
        return `${propertyKey(parameter.name)}: ${valueLiteral(value ?? null)}`;
      });
  }

  /** What is there afterwards, by key. */
  #expectRows(rows: Members): void {
    this.#checkCollections(rows);
    for (const entity of this.#context.model.entities) {
      for (const row of listOf(rows[entity.name.plural]).map(membersOf)) {
        const stray = Object.keys(row).find((name) => !entity.fields.some((field) => field.name === name));
        if (stray !== undefined) this.#cannot(`"${stray}" is no property of ${entity.name.pluralWords}.`);
        if (row[keyField(entity)] === undefined) this.#cannot(`A row that it expects lacks "${keyField(entity)}".`);
        this.#compare(entity, row);
      }
    }
  }

  /** A refused operation changes no row. */
  #expectUnchanged(): void {
    for (const entity of this.#context.model.entities) {
      for (const row of listOf(this.#given[entity.name.plural]).map(membersOf)) {
        if (row[keyField(entity)] !== undefined) this.#compare(entity, row);
      }
    }
  }

  /** What is computed or never read has no place in a row. */
  #compare(entity: Entity, row: Members): void {
    const stored = Object.entries(row).filter(([name]) =>
      entity.fields.some((field) => field.name === name && field.column !== undefined && field.origin !== "write"),
    );
    const read = `context.unscoped.${entity.name.plural}.read(${valueLiteral(row[keyField(entity)])})`;
    this.#lines.push(
      `expect(await inTransaction({}, (context) => ${read})).toHold(${valueLiteral(Object.fromEntries(stored))});`,
    );
  }
}
