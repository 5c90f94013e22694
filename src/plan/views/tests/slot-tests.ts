import type { Json } from "../../../document/openapi.ts";
import type { Entity, Name, Operation, Slot, SlotExample } from "../../../model/model.ts";
import { commentText, literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { slotsOf, type PlanContext } from "../../context.ts";
import { Imports } from "../imports.ts";
import { slotOperations } from "../signatures.ts";
import { callerNames } from "./callers.ts";
import { rowGraph, standsForCaller } from "./graph.ts";
import { itemField, keyField } from "./about-row.ts";
import { requestPlan } from "./requests.ts";
import { givenName } from "./rows.ts";
import { isKept } from "./samples.ts";
import { importHelpers } from "./test-view.ts";

/** templates/entity/logic-test.hbs: the document's examples, tried on the real bodies. */
export interface SlotTestsView {
  readonly imports: readonly string[];
  readonly slots: readonly {
    readonly title: string;
    readonly id: string;
    readonly name: string;
    readonly tests: readonly { readonly title: string; readonly lines: readonly string[] }[];
  }[];
  readonly logicFile: string;
}

type Members = Readonly<Record<string, Json>>;

export function slotTestsView(name: Name, context: PlanContext): SlotTestsView | undefined {
  const imports = new Imports();
  const slots = slotsOf(context, name.type).flatMap((slot) => {
    const tests = slot.examples.flatMap((example, at) => exampleTest(slot, example, at, context));
    return tests.length === 0
      ? []
      : [{ title: literal(slot.id), id: literal(slot.id), name: literal(slot.functionName), tests, slot }];
  });
  if (slots.length === 0) return undefined;
  for (const { slot } of slots) imports.value(slot.functionName, `./${name.file}.logic.ts`);
  const code = slots.flatMap(({ tests }) => tests.flatMap(({ lines }) => lines)).join("\n");
  for (const word of ["beforeEach", "describe", "expect"]) imports.value(word, "vitest");
  imports.value("resetRows", "../testing/database.ts");
  imports.value("isOpen", "../testing/slots.ts");
  imports.value("slotTest", "../testing/slots.ts");
  importHelpers(code, imports);
  for (const [, row] of code.matchAll(/\b(given[A-Z]\w*|callers[A-Z]\w*)\(/g))
    imports.value(row ?? "", "../testing/rows.ts");
  if (/\bunique\./.test(code)) imports.value("unique", "../testing/rows.ts");
  return {
    imports: imports.lines(),
    slots: slots.map(({ slot: _, ...view }) => view),
    logicFile: literal(`./${name.file}.logic.ts`),
  };
}

function exampleTest(
  slot: Slot,
  example: SlotExample,
  at: number,
  context: PlanContext,
): readonly { title: string; lines: readonly string[] }[] {
  const writer = new ExampleWriter(slot, example, context);
  const lines = writer.lines();
  if (lines === undefined) return [];
  return [{ title: literal(commentText(example.title ?? `example ${at + 1}: ${titleOf(example.expect)}`)), lines }];
}

function titleOf(expected: Json): string {
  if (expected === "accept") return "accepts";
  const { refuse, value } = members(expected);
  if (refuse !== undefined && typeof refuse !== "object") return `refuses with ${String(refuse)}`;
  return value !== undefined && typeof value !== "object" ? `answers ${String(value)}` : "does what it says";
}

function members(value: Json | undefined): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

class ExampleWriter {
  readonly #slot: Slot;
  readonly #when: Members;
  readonly #example: SlotExample;
  readonly #context: PlanContext;
  readonly #entity: Entity | undefined;
  readonly #operation: Operation | undefined;
  readonly #lines: string[] = [];

  constructor(slot: Slot, example: SlotExample, context: PlanContext) {
    this.#slot = slot;
    this.#example = example;
    this.#when = members(example.when);
    this.#context = context;
    this.#entity = slot.entity === undefined ? undefined : context.entity(slot.entity);
    this.#operation = slotOperations(slot, context)[0];
  }

  lines(): readonly string[] | undefined {
    if (!this.#given() || !this.#run()) return undefined;
    return this.#lines;
  }

  /** Rows in an order in which what they refer to is there before. */
  #given(): boolean {
    const given = members(this.#example.given);
    const order = rowGraph(this.#context).deletionOrder.toReversed();
    if (this.#needsCaller(given))
      this.#lines.push(`await callers${this.#owner()?.name.type ?? ""}(${this.#subject()});`);
    for (const entity of order) {
      const rows = given[entity.name.plural];
      if (!Array.isArray(rows)) continue;
      for (const row of rows as readonly Json[]) {
        const code = this.#row(entity, members(row));
        if (code === undefined) return false;
        this.#lines.push(`${code};`);
      }
    }
    return true;
  }

  #owner(): Entity | undefined {
    return this.#context.model.entities.find(standsForCaller);
  }

  /** The row that stands for the caller is there, unless the example has it itself. */
  #needsCaller(given: Members): boolean {
    const owner = this.#owner();
    if (owner === undefined) return false;
    const rows = given[owner.name.plural];
    const subject = typeof this.#when["caller"] === "string" ? this.#when["caller"] : callerNames(this.#context).caller;
    return !(Array.isArray(rows) && rows.some((row: Json) => members(row)[owner.owner?.field ?? ""] === subject));
  }

  #subject(): string {
    return typeof this.#when["caller"] === "string" ? literal(this.#when["caller"]) : "";
  }

  /** `await givenAccount({ … })`; undefined where the example says what the table cannot keep. */
  #row(entity: Entity, row: Members): string | undefined {
    const parts = Object.entries(row).map(([name, value]) => {
      const field = entity.fields.find((one) => one.name === name);
      if (field?.column === undefined) return field === undefined ? undefined : "";
      const isFit = value === null ? !field.isStoredNotNull : isKept(field.type, value);
      return isFit ? `${propertyKey(name)}: ${valueLiteral(value)}` : undefined;
    });
    if (parts.some((part) => part === undefined)) return undefined;
    const owner = rowGraph(this.#context).takesOwner(entity) ? this.#subject() : "";
    const change = `{ ${parts.filter((part) => part !== "").join(", ")} }`;
    return `await ${givenName(entity)}(${[change, owner].filter(Boolean).join(", ")})`;
  }

  #run(): boolean {
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

  #circumstances(): string {
    const parts = ["caller", "now"].flatMap((name) =>
      typeof this.#when[name] === "string" ? [`${name}: ${literal(this.#when[name])}`] : [],
    );
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  }

  #expectVerdict(): boolean {
    const expected = this.#example.expect;
    if (expected === "accept") {
      this.#lines.push("expect(verdict).toMatchObject({ accepted: true });");
      return true;
    }
    const { refuse } = members(expected);
    if (typeof refuse !== "string") return false;
    this.#lines.push(`expect(verdict).toMatchObject({ accepted: false, code: ${literal(refuse)} });`);
    return true;
  }

  #judge(): boolean {
    const call = this.#writeCall();
    if (call === undefined) return false;
    this.#lines.push(
      `const verdict = await inTransaction(${this.#circumstances()}, async (context) => {`,
      ...call,
      "});",
    );
    return this.#expectVerdict();
  }

  #value(): boolean {
    const call = this.#writeCall();
    const { value } = members(this.#example.expect);
    if (call === undefined || value === undefined) return false;
    this.#lines.push(
      `const answer = await inTransaction(${this.#circumstances()}, async (context) => {`,
      ...call,
      "});",
      `expect(answer).toEqual(${valueLiteral(value)});`,
    );
    return true;
  }

  /** As plan/views/signatures.ts declares the inputs of rules and values. */
  #writeCall(): readonly string[] | undefined {
    const entity = this.#entity;
    if (entity === undefined) return undefined;
    const kinds = slotOperations(this.#slot, this.#context).map(({ kind }) => kind);
    const name = this.#slot.functionName;
    if (kinds.every((kind) => kind === "delete" || kind === "custom")) {
      const read = this.#read(entity);
      return read === undefined ? undefined : [read, `return ${name}(current, context);`];
    }
    const input = this.#input(entity);
    if (input === undefined) return undefined;
    if (kinds.every((kind) => kind === "create")) return [`return ${name}(${input}, context);`];
    const isCreate = this.#when["key"] === undefined && kinds.includes("create");
    if (isCreate) return [`return ${name}(${input}, undefined, context);`];
    const read = this.#read(entity);
    return read === undefined ? undefined : [read, `return ${name}(${input}, current, context);`];
  }

  /** The row that the call is about: the one that `when.key` names, else the first one given. */
  #read(entity: Entity): string | undefined {
    const key = this.#key(entity);
    if (key === undefined) return undefined;
    return `const current = await context.unscoped.${entity.name.plural}.read(${valueLiteral(key)}); if (current === undefined) throw new Error("There is no such row.");`;
  }

  #key(entity: Entity): Json | undefined {
    if (this.#when["key"] !== undefined) return this.#when["key"];
    const rows = members(this.#example.given)[entity.name.plural];
    return Array.isArray(rows) ? members(rows[0] as Json)[keyField(entity)] : undefined;
  }

  /** The body of the example over the members that every valid body has; undefined where it is not valid. */
  #input(entity: Entity): string | undefined {
    const operations = slotOperations(this.#slot, this.#context);
    const wanted = this.#when["key"] === undefined ? "create" : undefined;
    const operation =
      operations.find(({ kind }) => kind === wanted) ??
      operations.find(({ kind, body }) => kind !== "create" && body !== undefined) ??
      operations[0];
    if (operation === undefined) return undefined;
    const plan = requestPlan(operation, this.#context, new Imports());
    const given = members(this.#when["body"]);
    const known = plan.body;
    if (known === undefined) return Object.keys(given).length === 0 ? "{}" : valueLiteral(given);
    const isFit = Object.entries(given).every(([name, value]) => {
      const member = known.schema.properties?.[name];
      return member !== undefined && conforms(member, value);
    });
    if (!isFit) return undefined;
    const rest = known.members.filter(
      (member) => member.isRequired && !Object.hasOwn(given, member.name) && member.code !== undefined,
    );
    void entity;
    const parts = [
      ...rest.map(
        ({ name, code, value }) =>
          `${propertyKey(name)}: ${code?.includes("await ") === true && value !== undefined ? valueLiteral(value) : (code ?? "")}`,
      ),
      ...Object.entries(given).map(([name, value]) => `${propertyKey(name)}: ${valueLiteral(value)}`),
    ];
    return `{ ${parts.join(", ")} }`;
  }

  #field(): boolean {
    const { value } = members(this.#example.expect);
    const read = this.#entity === undefined ? undefined : this.#read(this.#entity);
    if (read === undefined || value === undefined) return false;
    this.#lines.push(
      `const answer = await inTransaction(${this.#circumstances()}, async (context) => {`,
      read,
      `return ${this.#slot.functionName}([current], context);`,
      "});",
      `expect(answer).toEqual([${valueLiteral(value)}]);`,
    );
    return true;
  }

  #filter(): boolean {
    const entity = this.#entity;
    const rows = entity === undefined ? undefined : members(members(this.#example.expect)["rows"])[entity.name.plural];
    const value = this.#when["value"];
    if (entity === undefined || !Array.isArray(rows) || value === undefined) return false;
    const key = keyField(entity);
    const keys = rows.map((row: Json) => members(row)[key] ?? null);
    this.#lines.push(
      `const found = await inTransaction(${this.#circumstances()}, (context) => context.${entity.name.plural}.list({ where: ${this.#slot.functionName}(${valueLiteral(value)}, context) }));`,
      `expect(sorted(found.items.map((row) => row${memberAccess(key)}))).toEqual(sorted(${valueLiteral(keys)}));`,
    );
    return true;
  }

  #effect(): boolean {
    const entity = this.#entity;
    if (entity === undefined) return false;
    const body = members(this.#when["body"]);
    const made = this.#when["key"] === undefined ? this.#row(entity, body) : undefined;
    const read = this.#when["key"] === undefined ? undefined : this.#read(entity);
    if (made === undefined && read === undefined) return false;
    if (made !== undefined) this.#lines.push(`const current = ${made};`);
    this.#lines.push(
      `await inTransaction(${this.#circumstances()}, async (context) => {`,
      ...(read === undefined ? [] : [read]),
      `await ${this.#slot.functionName}(current, context);`,
      "});",
    );
    return this.#expectRows();
  }

  #operate(): boolean {
    const operation = this.#operation;
    if (operation === undefined) return false;
    const request = this.#request(operation);
    if (request === undefined) return false;
    const { refuse, value } = members(this.#example.expect);
    const isJudged = refuse !== undefined || value !== undefined;
    this.#lines.push(
      `${isJudged ? "const answer = " : ""}await inOperation(${this.#circumstances()}, (context) => ${this.#slot.functionName}(${request}, context));`,
    );
    if (typeof refuse === "string")
      this.#lines.push(`expect(answer).toMatchObject({ accepted: false, code: ${literal(refuse)} });`);
    if (value !== undefined) this.#lines.push(`expect(answer).toHold(${valueLiteral(value)});`);
    return refuse !== undefined ? this.#keepsRows() : this.#expectRows();
  }

  /** A refused operation changes no row. */
  #keepsRows(): boolean {
    return this.#compare(members(this.#example.given));
  }

  #request(operation: Operation): string | undefined {
    const plan = requestPlan(operation, this.#context, new Imports());
    const keys = operation.parameters.filter((one) => one.in === "path");
    const params = keys.map((parameter) => {
      const field = itemField(parameter, operation, this.#context);
      const key = this.#entity === undefined ? this.#when["key"] : this.#key(this.#entity);
      const value = typeof key === "object" && key !== null ? members(key)[field ?? parameter.name] : key;
      return value === undefined || value === null
        ? undefined
        : `${propertyKey(parameter.name)}: ${valueLiteral(value)}`;
    });
    if (params.some((param) => param === undefined)) return undefined;
    const input = plan.body === undefined || this.#entity === undefined ? undefined : this.#input(this.#entity);
    const query = operation.parameters.some((one) => one.in === "query");
    const headers = operation.parameters.some((one) => one.in === "header");
    const parts = [
      ...(params.length === 0 ? [] : [`params: { ${params.join(", ")} }`]),
      ...(query ? ["query: {}"] : []),
      ...(headers ? ["headers: {}"] : []),
      ...(input === undefined ? [] : [`body: ${input}`]),
    ];
    return `{ ${parts.join(", ")} }`;
  }

  #expectRows(): boolean {
    return this.#compare(members(members(this.#example.expect)["rows"]));
  }

  #compare(rows: Members): boolean {
    for (const entity of this.#context.model.entities) {
      const expected = rows[entity.name.plural];
      if (!Array.isArray(expected)) continue;
      for (const row of expected as readonly Json[]) {
        const key = members(row)[keyField(entity)];
        if (key === undefined) continue;
        const stored = Object.fromEntries(
          Object.entries(members(row)).filter(([name]) =>
            entity.fields.some(
              (field) => field.name === name && field.column !== undefined && field.origin !== "write",
            ),
          ),
        );
        this.#lines.push(
          `expect(await inTransaction({}, (context) => context.unscoped.${entity.name.plural}.read(${valueLiteral(key)}))).toHold(${valueLiteral(stored)});`,
        );
      }
    }
    return true;
  }
}
