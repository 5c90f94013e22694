import type { Entity, Join, Name, Operation, Parameter, Slot } from "../../model/model.ts";
import { typeName, variableName } from "../../model/names.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../render/escape.ts";
import { fieldOf, operationsOf, relationOf, type PlanContext } from "../context.ts";
import { bodyTypeOf } from "./bodies.ts";
import { docComment } from "./doc.ts";
import { filterName } from "./filters.ts";
import { Imports } from "./imports.ts";
import { logicOf } from "./logic-access.ts";
import { orderCode } from "./repository.ts";
import { isOwned, ownerField, subjectField } from "./ownership.ts";
import { requestType } from "./requests.ts";
import { refusalCodes, slotOperations } from "./signatures.ts";
import { typeText } from "./types.ts";
import {
  bodySource,
  memberCode,
  memberValue,
  parameterCode,
  parentRow,
  writtenValues,
  type WriteMode,
} from "./values.ts";

/** templates/entity/operations.hbs */
export interface OperationsView {
  readonly imports: readonly string[];
  readonly functions: readonly OperationView[];
  /** Constants that the functions use: statuses of refusals, orders to choose from. */
  readonly constants: readonly string[];
}

interface OperationView {
  readonly words: readonly string[];
  readonly doc: string;
  readonly name: string;
  readonly parameters: string;
  readonly answer: string;
  readonly statements: readonly string[];
}

const failure = "../failure.ts";
const contextFile = "../context.ts";

export function operationsView(name: Name, entity: Entity | undefined, context: PlanContext): OperationsView {
  const imports = new Imports();
  const constants: string[] = [];
  const functions = operationsOf(context, name.type).map((operation) =>
    new OperationWriter({ name, entity, operation, context, imports, constants }).view(),
  );
  return { imports: imports.lines(), functions, constants: [...new Set(constants)] };
}

/** What an operation's function is given besides its context: some of params, query, headers, input; or a request. */
export function parametersOf(
  name: Name,
  entity: Entity | undefined,
  operation: Operation,
  context: PlanContext,
): readonly string[] {
  const view = new OperationWriter({ name, entity, operation, context, imports: new Imports(), constants: [] }).view();
  return view.words;
}

/** Whether several statements must hold together, or a slot runs, so that the operation is one transaction. */
export function needsTransaction(operation: Operation, context: PlanContext): boolean {
  if (operation.kind === "list" || operation.kind === "read" || isLinking(operation)) return false;
  if (operation.kind === "custom") return false;
  const joins = operation.body?.shape?.members.some(({ target }) => target.kind === "joined-keys") ?? false;
  return operation.slots.length > 0 || joins || operation.variant === "upsert" || isOnlyRow(operation, context);
}

/** How an operation gets at the database: through a context of its own, one transaction, or one connection. */
export function runnerOf(operation: Operation, context: PlanContext): "operation" | "transaction" | "connected" {
  if (operation.kind === "custom" && !isLinking(operation)) return "operation";
  return needsTransaction(operation, context) ? "transaction" : "connected";
}

export function isLinking(operation: Operation): boolean {
  return (operation.variant === "link" || operation.variant === "unlink") && joinOf(operation) !== undefined;
}

function joinOf(operation: Operation): string | undefined {
  for (const { role } of operation.parameters) if (role.kind === "join") return role.join;
  return undefined;
}

/** An item operation whose path does not say which row: the caller's own, or the only one. */
export function isOnlyRow(operation: Operation, context: PlanContext): boolean {
  if (operation.entity === undefined) return false;
  if (!["read", "update", "replace", "delete"].includes(operation.kind)) return false;
  const entity = context.entity(operation.entity);
  return keyMembers(operation).length === 0 && bodyKeys(operation, entity).length === 0;
}

function keyMembers(operation: Operation): readonly Parameter[] {
  return operation.parameters.filter(({ role }) => role.kind === "key" || role.kind === "parent");
}

/** Key members that only the body gives: PUT /pets with the id in the body. */
function bodyKeys(operation: Operation, entity: Entity): readonly string[] {
  if (keyMembers(operation).some(({ role }) => role.kind === "key")) return [];
  const targets = (operation.body?.shape?.members ?? []).flatMap(({ target }) =>
    (target.kind === "key" || target.kind === "field") && entity.key.fields.includes(target.field)
      ? [target.field]
      : [],
  );
  return entity.key.fields.every((field) => targets.includes(field)) ? entity.key.fields : [];
}

interface Home {
  readonly name: Name;
  readonly entity: Entity | undefined;
  readonly operation: Operation;
  readonly context: PlanContext;
  readonly imports: Imports;
  readonly constants: string[];
}

/** Writes one operation's function: parents, references, rules, values, the write, effects, in that order. */
class OperationWriter {
  readonly #home: Home;
  readonly #statements: string[] = [];

  constructor(home: Home) {
    this.#home = home;
  }

  view(): OperationView {
    const { operation, imports } = this.#home;
    const answer = this.#write();
    const isOperation = operation.kind === "custom" && !isLinking(operation);
    imports.type(isOperation ? "OperationContext" : "Context", contextFile);
    const context = `context: ${isOperation ? "OperationContext" : "Context"}`;
    const parameters = this.#parameters();
    return {
      words: parameters.map((parameter) => parameter.slice(0, /[?:]/.exec(parameter)?.index ?? 0)),
      doc: docComment(operation.summary ?? ""),
      name: operation.name,
      parameters: [...parameters, context].join(", "),
      answer,
      statements: this.#statements,
    };
  }

  #write(): string {
    const { operation, entity } = this.#home;
    if (isLinking(operation)) return this.#link();
    if (entity === undefined || operation.kind === "custom") return this.#custom();
    switch (operation.kind) {
      case "list":
        return this.#list(entity);
      case "read":
        return this.#read(entity);
      case "create":
        return this.#create(entity);
      case "update":
        return this.#update(entity, "given");
      case "replace":
        return this.#update(entity, "all");
      case "delete":
        return this.#delete(entity);
    }
  }

  /** Only what the function's statements mention is asked for. */
  #parameters(): readonly string[] {
    const { operation, context, name, imports } = this.#home;
    if (operation.kind === "custom" && !isLinking(operation)) {
      if (operation.slot === undefined) return [];
      return [`request: ${imports.type(`${typeName(operation.name)}Request`, `./${name.file}.contract.ts`)}`];
    }
    const code = this.#statements.join("\n");
    const parts = requestType(operation, context).map((part) => part.replace(/^readonly /, ""));
    const body = bodyTypeOf(context, name.type, operation);
    return parts.flatMap((part) => {
      const word = part.slice(0, /[?:]/.exec(part)?.index ?? 0);
      if (word !== "body") return new RegExp(`\\b${word}\\b[.\\[]`).test(code) ? [part] : [];
      if (body === undefined || !/\binput\b/.test(code)) return [];
      return [
        `input: ${imports.type(body, `./${name.file}.contract.ts`)}${operation.body?.isRequired === true ? "" : " | undefined"}`,
      ];
    });
  }

  #list(entity: Entity): string {
    const { operation, imports } = this.#home;
    this.#parents();
    const paging = this.#paging();
    const members = [...this.#filters(entity), ...this.#within(), ...this.#where(), ...this.#order(entity)];
    const isCounted = JSON.stringify(operation.success).match(/"(total|pages|is-last|last)"/) !== null;
    const listRows = imports.value("listRows", "../paging.ts");
    this.#statements.push(
      `return ${listRows}(context.${entity.name.plural}, { ${members.join(", ")} }, ${paging}, ${String(isCounted)});`,
    );
    return `Promise<${imports.type("ListedPage", "../paging.ts")}<${this.#row(entity)}>>`;
  }

  #filters(entity: Entity): readonly string[] {
    const { operation, context } = this.#home;
    const members = operation.parameters.flatMap((parameter) => {
      const { role } = parameter;
      if (role.kind !== "filter" && role.kind !== "search") return [];
      if (role.kind === "filter" && fieldOf(entity, role.field).column === undefined) return [];
      return [`${propertyKey(filterName(entity, parameter, context))}: ${parameterCode(parameter.in, parameter.name)}`];
    });
    return members.length === 0 ? [] : [`filters: { ${members.join(", ")} }`];
  }

  #within(): readonly string[] {
    const { operation, entity, context } = this.#home;
    const members = keyMembers(operation).flatMap((parameter) =>
      (parameter.role.kind === "parent" || parameter.role.kind === "key") && entity !== undefined
        ? [`${propertyKey(parameter.role.field)}: ${memberValue(parameter, entity, context)}`]
        : [],
    );
    return members.length === 0 ? [] : [`within: { ${members.join(", ")} }`];
  }

  /** Conditions that filter slots answer with, for the parameters that are given. */
  #where(): readonly string[] {
    const { operation, context } = this.#home;
    const parts = operation.parameters.flatMap((parameter) => {
      if (parameter.role.kind !== "slot") return [];
      const value = parameterCode(parameter.in, parameter.name);
      const call = `${logicOf(context.slot(parameter.role.slot), context)}(${value}, context)`;
      return [`${value} === undefined ? {} : ${call}`];
    });
    if (parts.length === 0) return [];
    return [`where: { allOf: [${parts.join(", ")}] }`];
  }

  #order(entity: Entity): readonly string[] {
    const { operation, imports, constants } = this.#home;
    const sort = operation.list?.sort;
    if (sort === undefined) return operation.list === undefined ? [] : this.#ownOrder(entity);
    const name = variableName(`${operation.name} orders`);
    const choices = sort.choices
      .filter((choice) => fieldOf(entity, choice.field).column !== undefined)
      .map(
        ({ value, field, direction }) =>
          `${propertyKey(value)}: { by: ${literal(field)}${direction === "desc" ? ", descending: true" : ""} }`,
      );
    imports.type("OrderTerm", "../contract.ts");
    constants.push(`const ${name}: Readonly<Record<string, OrderTerm>> = { ${choices.join(", ")} };`);
    const direction = sort.direction === undefined ? "undefined" : parameterCode("query", sort.direction);
    const chosen = imports.value("chosenOrder", "../paging.ts");
    return [
      `order: ${chosen}(${name}, ${parameterCode("query", sort.parameter)}, ${direction}, ${valueLiteral(entity.key.fields)})`,
    ];
  }

  /** Said only where it is not the order of the entity's lists anyway. */
  #ownOrder(entity: Entity): readonly string[] {
    const { operation, context } = this.#home;
    const first = operationsOf(context, entity.name.type).find(({ list }) => list !== undefined);
    if (first === operation || JSON.stringify(first?.list?.order) === JSON.stringify(operation.list?.order)) return [];
    const order = operation.list?.order.filter((term) => fieldOf(entity, term.field).column !== undefined) ?? [];
    return order.length === 0 ? [] : [`order: ${orderCode(order)}`];
  }

  #paging(): string {
    const { operation, imports, context } = this.#home;
    const pagination = operation.list?.pagination;
    const value = (name: string): string => parameterCode("query", name);
    const number = (name: string | undefined, fallback: number): string => {
      if (name === undefined) return String(fallback);
      const parameter = operation.parameters.find((one) => one.name === name && one.in === "query");
      const isNumber = parameter !== undefined && typeText(context.request(parameter.schema)) === "number";
      return isNumber ? `${value(name)} ?? ${fallback}` : `Number(${value(name)} ?? ${fallback})`;
    };
    const limit = number(pagination?.limit, pagination?.defaultLimit ?? 100);
    if (pagination?.cursor !== undefined) {
      const cursor = operation.parameters.find((one) => one.name === pagination.cursor && one.in === "query");
      const isText = cursor !== undefined && typeText(context.request(cursor.schema)) === "string";
      const code = isText ? value(pagination.cursor) : `${value(pagination.cursor)}?.toString()`;
      return `${imports.value("pageByCursor", "../paging.ts")}(${code}, ${limit})`;
    }
    if (pagination?.page !== undefined) {
      const page = number(pagination.page, pagination.firstPage);
      return `${imports.value("pageByNumber", "../paging.ts")}(${page}, ${limit}, ${pagination.firstPage})`;
    }
    const offset = number(pagination?.offset, 0);
    return `${imports.value("pageByOffset", "../paging.ts")}(${offset}, ${limit})`;
  }

  #read(entity: Entity): string {
    this.#parents();
    this.#statements.push(`return ${this.#missing(this.#reading(entity))};`);
    return `Promise<${this.#row(entity)}>`;
  }

  #reading(entity: Entity): string {
    const { operation, context } = this.#home;
    const rows = `context.${entity.name.plural}`;
    if (!isOnlyRow(operation, context)) return `await ${rows}.read(${this.#key(entity)})`;
    return `await ${rows}.${subjectField(entity, context) === undefined ? "first" : "own"}()`;
  }

  #create(entity: Entity): string {
    this.#parents();
    this.#owner(entity);
    this.#references(entity);
    this.#rules();
    const values = this.#values(entity, "given");
    const row = entity.name.variable;
    const created = `await context.${entity.name.plural}.create({ ${values.join(", ")} })`;
    if (!this.#hasFollowing()) {
      this.#statements.push(`return ${created.slice("await ".length)};`);
    } else {
      this.#statements.push(`const ${row} = ${created};`);
      this.#joinedKeys(entity, row);
      this.#effects(row);
      this.#statements.push(`return ${row};`);
    }
    return `Promise<${this.#row(entity)}>`;
  }

  #update(entity: Entity, mode: WriteMode): string {
    const { operation, context } = this.#home;
    this.#parents();
    const needsCurrent = this.#needsCurrent() || isOnlyRow(operation, context);
    const isUpsert = operation.variant === "upsert" && operation.kind === "replace";
    if (needsCurrent) {
      this.#statements.push(
        `const current = ${isUpsert ? this.#reading(entity) : this.#missing(this.#reading(entity))};`,
      );
    }
    this.#repeatedKeys(entity);
    this.#references(entity);
    this.#rules();
    const values = this.#values(entity, mode);
    const key = isOnlyRow(operation, context) ? this.#keyOfRow(entity, "current") : this.#key(entity);
    const rows = `context.${entity.name.plural}`;
    const row = entity.name.variable;
    const updated = `await ${rows}.update(${key}, { ${values.join(", ")} })`;
    const written = isUpsert
      ? `(${updated}) ?? (await ${rows}.create({ ${this.#insertedKey(entity).concat(values).join(", ")} }))`
      : this.#missing(updated);
    if (!this.#hasFollowing()) {
      this.#statements.push(`return ${written};`);
    } else {
      this.#statements.push(`const ${row} = ${written};`);
      this.#joinedKeys(entity, row);
      this.#effects(row);
      this.#statements.push(`return ${row};`);
    }
    return `Promise<${this.#row(entity)}>`;
  }

  #insertedKey(entity: Entity): readonly string[] {
    const { operation, context } = this.#home;
    const members = keyMembers(operation).flatMap((parameter) =>
      parameter.role.kind === "key" || parameter.role.kind === "parent"
        ? [`${propertyKey(parameter.role.field)}: ${memberValue(parameter, entity, context)}`]
        : [],
    );
    const owner = ownerField(entity, context);
    if (owner?.target === undefined && owner !== undefined)
      members.push(`${propertyKey(owner.field)}: context.caller.subject`);
    return members;
  }

  #delete(entity: Entity): string {
    const { operation, context } = this.#home;
    this.#parents();
    const isOnly = isOnlyRow(operation, context);
    const row = entity.name.variable;
    if (isOnly || this.#needsCurrent())
      this.#statements.push(`const ${row} = ${this.#missing(this.#reading(entity))};`);
    this.#rules();
    const key = isOnly ? this.#keyOfRow(entity, row) : this.#key(entity);
    const deleted = this.#missing(`await context.${entity.name.plural}.delete(${key})`);
    const effects = this.#slots("effect");
    if (effects.length === 0) {
      this.#statements.push(`return ${deleted};`);
    } else {
      this.#statements.push(`const deleted = ${deleted};`);
      this.#effects("deleted");
      this.#statements.push("return deleted;");
    }
    return `Promise<${this.#row(entity)}>`;
  }

  #link(): string {
    const { operation, context } = this.#home;
    const join = context.join(joinOf(operation) ?? "");
    const sides = this.#sides(join);
    for (const { entity, code } of sides) {
      this.#statements.push(`${this.#missing(`await context.${entity.name.plural}.read(${code})`)};`);
    }
    const keys = sides.map(({ code }) => code).join(", ");
    if (operation.variant === "link") {
      this.#statements.push(`await context.${join.name}.add(${keys});`);
    } else {
      const missing = this.#home.imports.value("unlessMissing", failure);
      this.#statements.push(`${missing}((await context.${join.name}.remove(${keys})) || undefined);`);
    }
    return "Promise<void>";
  }

  /** Left side first. A parameter that is the operation's key stands for the side of its entity. */
  #sides(join: Join): readonly { readonly entity: Entity; readonly code: string }[] {
    const { operation, context } = this.#home;
    const given = operation.parameters.flatMap((parameter) => {
      const { role } = parameter;
      const code = parameterCode(parameter.in, parameter.name);
      if (role.kind === "join") return [{ type: role.entity, code }];
      if (role.kind === "key") return [{ type: operation.entity ?? "", code }];
      return role.kind === "parent" ? [{ type: role.entity, code }] : [];
    });
    const left = given.find(({ type }) => type === join.left.entity);
    const right = given.findLast(({ type }) => type === join.right.entity);
    if (left === undefined || right === undefined)
      throw new Error(`${operation.name} names no two sides of ${join.name}.`);
    return [
      { entity: context.entity(join.left.entity), code: left.code },
      { entity: context.entity(join.right.entity), code: right.code },
    ];
  }

  /** An operation that its slot handles. Rows that its path names must be there, and be the caller's, before. */
  #custom(): string {
    const { operation, context, imports } = this.#home;
    if (operation.slot === undefined) {
      imports.value("Failure", failure);
      this.#statements.push(`throw new Failure("not-implemented", "This operation is left out of the service.");`);
      return "Promise<never>";
    }
    const slot = context.slot(operation.slot);
    this.#namedRows();
    const call = `await ${logicOf(slot, context)}(request, context)`;
    this.#statements.push(`return ${this.#refusal(slot, call)};`);
    return "";
  }

  #namedRows(): void {
    const { operation, entity, context } = this.#home;
    const rules = this.#slots("rule");
    for (const parameter of operation.parameters) {
      if (parameter.role.kind !== "parent" || parameter.in !== "path") continue;
      const parent = context.entity(parameter.role.entity);
      const code = `request.${parameterCode("path", parameter.name)}`;
      const key = keyOf(parent, parameter.role.parentField, code);
      this.#statements.push(
        `${this.#missing(`await context.connected(({ ${parent.name.plural} }) => ${parent.name.plural}.read(${key}))`)};`,
      );
    }
    const keys = operation.parameters.filter(({ role, in: place }) => role.kind === "key" && place === "path");
    if (entity === undefined || keys.length < entity.key.fields.length) return;
    const key = this.#key(entity, "request.");
    const row = entity.name.variable;
    const read = this.#missing(
      `await context.connected(({ ${entity.name.plural} }) => ${entity.name.plural}.read(${key}))`,
    );
    this.#statements.push(rules.length > 0 ? `const ${row} = ${read};` : `${read};`);
    for (const rule of rules) {
      const call = `await context.connected((own) => own.${logicOf(rule, context).slice("context.".length)}(${row}, own))`;
      this.#statements.push(`${this.#refusal(rule, call)};`);
    }
  }

  /** Rows above in the path must be there, and be the caller's. A row is named where its own key must be stored. */
  #parents(): void {
    const { operation, entity, context } = this.#home;
    for (const parameter of operation.parameters) {
      const { role, name, in: place } = parameter;
      if (role.kind !== "parent") continue;
      const parent = context.entity(role.entity);
      const key = keyOf(parent, role.parentField, parameterCode(place, name));
      const read = this.#missing(`await context.${parent.name.plural}.read(${key})`);
      const isNamed = entity !== undefined && parentRow(parameter, entity, context) !== undefined;
      this.#statements.push(isNamed ? `const ${parent.name.variable} = ${read};` : `${read};`);
    }
  }

  /** What a body refers to must be in the caller's reach; the database itself checks that the rest exists. */
  #references(entity: Entity): void {
    const { operation, context, imports } = this.#home;
    const body = bodySource(operation, context);
    for (const member of operation.body?.shape?.members ?? []) {
      const { target } = member;
      if (target.kind !== "field" && target.kind !== "related-key") continue;
      const { references } = fieldOf(entity, target.field);
      if (references === undefined || references.isUnscoped === true) continue;
      const referred = context.entity(references.entity);
      if (!isOwned(referred)) continue;
      const code = memberCode(member, body, target.kind === "related-key" ? target.path : [], imports);
      const isTyped = body.isTyped && target.kind === "field";
      const key = keyOf(referred, references.field, isTyped ? code : `${code} as string`);
      const check = `${imports.value("unlessDangling", failure)}(await context.${referred.name.plural}.read(${key}), ${literal(`/${member.name}`)});`;
      const isAlways =
        member.isRequired && isTyped && !/\| null/.test(typeText(body.schema.properties?.[member.name] ?? {}));
      this.#statements.push(isAlways ? check : `if (${code} !== undefined && ${code} !== null) ${check}`);
    }
  }

  /** On create, rows belong to the caller; who has no row that stands for them can own none. */
  #owner(entity: Entity): void {
    const { context, imports } = this.#home;
    const owner = ownerField(entity, context);
    if (owner?.target === undefined) return;
    imports.value("unlessForbidden", failure);
    this.#statements.push(
      `const owner = unlessForbidden(await context.${owner.target.name.plural}.own(), ${literal(`The caller is no ${owner.target.name.words} yet.`)});`,
    );
  }

  #values(entity: Entity, mode: WriteMode): readonly string[] {
    const { operation, context, imports } = this.#home;
    const values = writtenValues({ operation, entity, mode, context, imports });
    const owner = operation.kind === "create" ? ownerField(entity, context) : undefined;
    const owned =
      owner === undefined
        ? []
        : [
            `${propertyKey(owner.field)}: ${owner.target === undefined ? "context.caller.subject" : `owner${memberAccess(owner.target.key.fields[0] ?? "id")}`}`,
          ];
    const computed = this.#slots("value").map((slot) => {
      const name = variableName(slot.field ?? slot.functionName);
      this.#statements.push(`const ${name} = await ${logicOf(slot, context)}(${this.#slotArguments(slot)}, context);`);
      const key = propertyKey(slot.field ?? slot.functionName);
      return key === name ? name : `${key}: ${name}`;
    });
    const actors = entity.fields
      .filter((field) => field.role === "actor" && field.column !== undefined && field.onCreate === "refused")
      .filter((field) => !owned.some((code) => code.startsWith(`${propertyKey(field.name)}:`)))
      .filter((field) => operation.kind === "create" && field.references === undefined && field.type.kind === "text")
      .map((field) => `${propertyKey(field.name)}: context.caller.subject`);
    const all = [...values, ...owned, ...actors, ...computed];
    const seen = new Map(all.map((code) => [code.split(":", 1)[0], code]));
    return [...seen.values()];
  }

  #rules(): void {
    const { context } = this.#home;
    for (const slot of this.#slots("rule")) {
      const call = `await ${logicOf(slot, context)}(${this.#slotArguments(slot)}, context)`;
      this.#statements.push(`${this.#refusal(slot, call)};`);
    }
  }

  /** As plan/views/signatures.ts declares the inputs of rules and values. */
  #slotArguments(slot: Slot): string {
    const { operation, context, entity } = this.#home;
    const kinds = slotOperations(slot, context).map(({ kind }) => kind);
    if (kinds.every((kind) => kind === "delete" || kind === "custom")) return entity?.name.variable ?? "row";
    const input = operation.kind === "delete" ? "{}" : operation.body === undefined ? "undefined" : "input";
    if (kinds.every((kind) => kind === "create")) return input;
    if (operation.kind === "create") return `${input}, undefined`;
    return `${input}, ${operation.kind === "delete" ? (entity?.name.variable ?? "row") : "current"}`;
  }

  #needsCurrent(): boolean {
    const { operation, context } = this.#home;
    const slots = [...this.#slots("rule"), ...this.#slots("value")];
    return (
      operation.kind !== "create" &&
      slots.some((slot) => slotOperations(slot, context).some(({ kind }) => kind !== "create"))
    );
  }

  #repeatedKeys(entity: Entity): void {
    const { operation, imports, context } = this.#home;
    if (bodyKeys(operation, entity).length > 0) return;
    const body = bodySource(operation, context);
    for (const member of operation.body?.shape?.members ?? []) {
      const { target } = member;
      if (target.kind !== "key") continue;
      const parameter = operation.parameters.find(({ role }) => role.kind === "key" && role.field === target.field);
      if (parameter === undefined) continue;
      const code = memberCode(member, body, [], imports);
      imports.value("unlessContradicted", failure);
      this.#statements.push(
        `unlessContradicted(${code}, ${parameterCode(parameter.in, parameter.name)}, ${literal(`/${member.name}`)});`,
      );
    }
  }

  #hasFollowing(): boolean {
    const { operation } = this.#home;
    const joins = operation.body?.shape?.members.some(({ target }) => target.kind === "joined-keys") ?? false;
    return joins || this.#slots("effect").length > 0;
  }

  #joinedKeys(entity: Entity, row: string): void {
    const { operation, context, imports } = this.#home;
    const body = bodySource(operation, context);
    for (const member of operation.body?.shape?.members ?? []) {
      const { target } = member;
      if (target.kind !== "joined-keys") continue;
      const relation = relationOf(entity, target.relation);
      if (relation.join === undefined) continue;
      const join = context.join(relation.join);
      const list = memberCode(member, body, [], imports);
      const inner =
        target.path.length === 0
          ? "item"
          : `${imports.value("within", "../convert.ts")}(item, ${target.path.map(literal).join(", ")})`;
      const rights = `${imports.value("listOf", "../convert.ts")}(${list}).map((item) => ${inner})`;
      const key = `${row}${memberAccess(entity.key.fields[0] ?? "id")}`;
      const isLeft = join.left.entity === entity.name.type;
      const call = `await context.${join.name}.${isLeft ? "replace" : "replaceLeft"}(${key}, ${rights});`;
      const isReplacing = operation.kind === "replace" || operation.kind === "create";
      this.#statements.push(isReplacing ? call : `if (${list} !== undefined) ${call}`);
    }
  }

  #effects(row: string): void {
    const { context } = this.#home;
    for (const slot of this.#slots("effect")) {
      this.#statements.push(`await ${logicOf(slot, context)}(${row}, context);`);
    }
  }

  #slots(kind: Slot["kind"]): readonly Slot[] {
    const { operation, context } = this.#home;
    return operation.slots.map((id) => context.slot(id)).filter((slot) => slot.kind === kind);
  }

  #refusal(slot: Slot, call: string): string {
    const { imports, constants } = this.#home;
    const codes = refusalCodes(slot);
    const statuses = codes.length === 0 ? "{}" : variableName(`${slot.functionName} refusals`);
    if (codes.length > 0) {
      const members = codes.map((code) => `${propertyKey(code)}: ${slot.refuse[code] ?? 409}`);
      constants.push(`const ${statuses} = { ${members.join(", ")} };`);
    }
    return `${imports.value("unlessRefused", failure)}(${call}, ${statuses})`;
  }

  #missing(code: string): string {
    return `${this.#home.imports.value("unlessMissing", failure)}(${code})`;
  }

  #row(entity: Entity): string {
    return this.#home.imports.type(entity.name.type, `./${entity.name.file}.contract.ts`);
  }

  /** A lone key is handed as it is; a compound key, or a key below a parent, as the members that must be equal. */
  #key(entity: Entity, prefix = ""): string {
    const { operation, context, imports } = this.#home;
    const fromBody = bodyKeys(operation, entity);
    const members = keyMembers(operation).flatMap((parameter) =>
      parameter.role.kind === "key" || parameter.role.kind === "parent"
        ? [
            {
              field: parameter.role.field,
              code: `${prefix}${prefix === "" ? memberValue(parameter, entity, context) : parameterCode(parameter.in, parameter.name)}`,
            },
          ]
        : [],
    );
    const body = bodySource(operation, context);
    const given = (operation.body?.shape?.members ?? []).flatMap((member) => {
      const { target } = member;
      const isKey = (target.kind === "key" || target.kind === "field") && fromBody.includes(target.field);
      if (!isKey) return [];
      const code = memberCode(member, body, [], imports);
      return [{ field: target.field, code: `(${code} as string | number)` }];
    });
    const all = [...members, ...given];
    const [only] = all;
    if (all.length === 1 && only !== undefined && isOnly(entity.key.fields, only.field)) return only.code;
    return `{ ${all.map(({ field, code }) => `${propertyKey(field)}: ${code}`).join(", ")} }`;
  }

  #keyOfRow(entity: Entity, row: string): string {
    const [only, ...more] = entity.key.fields;
    if (more.length === 0) return `${row}${memberAccess(only ?? "id")}`;
    return `{ ${entity.key.fields.map((field) => `${propertyKey(field)}: ${row}${memberAccess(field)}`).join(", ")} }`;
  }
}

function keyOf(entity: Entity, field: string, code: string): string {
  return isOnly(entity.key.fields, field) ? code : `{ ${propertyKey(field)}: ${code} }`;
}

function isOnly(names: readonly string[], name: string): boolean {
  return names.length === 1 && names[0] === name;
}
