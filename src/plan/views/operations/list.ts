import type { Entity, Parameter } from "../../../model/model.ts";
import { variableName } from "../../../model/names.ts";
import { literal, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { fieldOf, operationsOf } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { filterName } from "../filters.ts";
import { countsRows, keyCursor } from "../key-cursor.ts";
import { logicOf } from "../logic-access.ts";
import { orderCode } from "../repository.ts";
import { typeText } from "../types.ts";
import { parameterCode } from "../values.ts";
import { checkParents } from "./checks.ts";
import { rowsToRead, rowType, type Draft } from "./draft.ts";
import { keyValues } from "./keys.ts";

const pagingFile = "../paging.ts";

export function writeList(draft: Draft, entity: Entity): string {
  const { operation, imports, statements } = draft;
  checkParents(draft);
  const paging = pagingCode(draft, entity);
  const members = [...filters(draft, entity), ...within(draft, entity), ...where(draft), ...order(draft, entity)];
  const isCounted = JSON.stringify(operation.success).match(/"(total|pages|is-last|last)"/) !== null;
  const page = isCounted ? `${imports.value("counted", pagingFile)}(${paging})` : paging;
  const listRows = imports.value("listRows", pagingFile);
  statements.push(`return ${listRows}(${rowsToRead(draft, entity)}, { ${members.join(", ")} }, ${page});`);
  return `Promise<${imports.type("ListedPage", pagingFile)}<${rowType(draft, entity)}>>`;
}

function filters({ operation, context }: Draft, entity: Entity): readonly string[] {
  const members = operation.parameters.flatMap((parameter) => {
    const { role } = parameter;
    if (!["filter", "search", "join", "joined"].includes(role.kind)) return [];
    if (role.kind === "filter" && fieldOf(entity, role.field).column === undefined) return [];
    return [`${propertyKey(filterName(entity, parameter, context))}: ${parameterCode(parameter.in, parameter.name)}`];
  });
  return members.length === 0 ? [] : [`filters: { ${members.join(", ")} }`];
}

function within(draft: Draft, entity: Entity): readonly string[] {
  const members = keyValues(draft, entity);
  return members.length === 0 ? [] : [`within: { ${members.join(", ")} }`];
}

/** Conditions that filter slots answer with, for the parameters that are given. */
function where({ operation, context }: Draft): readonly string[] {
  const slotted = operation.parameters.filter(({ role }) => role.kind === "slot");
  const nothing = slotted.length === 1 ? "undefined" : "{}";
  const parts = slotted.flatMap((parameter) => {
    if (parameter.role.kind !== "slot") return [];
    const value = parameterCode(parameter.in, parameter.name);
    const call = `${logicOf(context.slot(parameter.role.slot), context)}(${value}, context)`;
    return [parameter.isRequired ? call : `${value} === undefined ? ${nothing} : ${call}`];
  });
  if (parts.length < 2) return parts.map((part) => `where: ${part}`);
  return [`where: { allOf: [${parts.join(", ")}] }`];
}

/** The closed list of what a parameter, or an item of it, may be. */
function listedWords({ operation, context }: Draft, parameter: string): readonly string[] {
  const declared = operation.parameters.find(({ name, in: place }) => place === "query" && name === parameter);
  const schema = withoutNull(context.request(declared?.schema ?? {}));
  const values = schema.enum ?? withoutNull(schema.items ?? {}).enum ?? [];
  return values.filter((value) => typeof value === "string");
}

function order(draft: Draft, entity: Entity): readonly string[] {
  const { operation, imports, constants } = draft;
  const sort = operation.list?.sort;
  if (sort === undefined) return operation.list === undefined ? [] : ownOrder(draft, entity);
  const name = variableName(`${operation.name} orders`);
  const choices = sort.choices
    .filter((choice) => fieldOf(entity, choice.field).column !== undefined)
    .map(
      ({ value, field, direction }) =>
        `${propertyKey(value)}: { by: ${literal(field)}${direction === "desc" ? ", descending: true" : ""} }`,
    );
  // A word that the document lists, and that nothing stored is called like, is valid all the same: it leaves the key's order.
  const known = new Set(sort.choices.map(({ value }) => value));
  const others = listedWords(draft, sort.parameter)
    .filter((word) => !known.has(word))
    .map((word) => `${propertyKey(word)}: { by: ${literal(entity.key.fields[0] ?? "id")} }`);
  imports.type("OrderTerm", "../contract.ts");
  constants.push(`const ${name}: Readonly<Record<string, OrderTerm>> = { ${[...choices, ...others].join(", ")} };`);
  const direction = sort.direction === undefined ? "undefined" : parameterCode("query", sort.direction);
  const chosen = imports.value("chosenOrder", pagingFile);
  return [
    `order: ${chosen}(${name}, ${parameterCode("query", sort.parameter)}, ${direction}, ${valueLiteral(entity.key.fields)})`,
  ];
}

/** Said only where it is not the order of the entity's lists anyway. */
function ownOrder({ operation, context }: Draft, entity: Entity): readonly string[] {
  const first = operationsOf(context, entity.name.type).find(({ list }) => list !== undefined);
  if (first === operation || JSON.stringify(first?.list?.order) === JSON.stringify(operation.list?.order)) return [];
  const terms = operation.list?.order.filter((term) => fieldOf(entity, term.field).column !== undefined) ?? [];
  return terms.length === 0 ? [] : [`order: ${orderCode(terms)}`];
}

function pagingCode(draft: Draft, entity: Entity): string {
  const { operation, imports } = draft;
  const pagination = operation.list?.pagination;
  const limit = numberCode(draft, pagination?.limit, pagination?.defaultLimit ?? 100);
  if (pagination?.cursor !== undefined && countsRows(operation, entity)) {
    return `${imports.value("pageByOffset", pagingFile)}(${numberCode(draft, pagination.cursor, 0)}, ${limit})`;
  }
  if (pagination?.cursor !== undefined) {
    const pageBy = keyCursor(operation, entity) === undefined ? "pageByCursor" : "pageAfterKey";
    return `${imports.value(pageBy, pagingFile)}(${cursorCode(draft, pagination.cursor)}, ${limit})`;
  }
  if (pagination?.page !== undefined) {
    const page = numberCode(draft, pagination.page, pagination.firstPage);
    return `${imports.value("pageByNumber", pagingFile)}(${page}, ${limit}, ${pagination.firstPage})`;
  }
  const offset = numberCode(draft, pagination?.offset, 0);
  return `${imports.value("pageByOffset", pagingFile)}(${offset}, ${limit})`;
}

/** A number of the query, which the document may declare as a text. */
function numberCode(draft: Draft, name: string | undefined, fallback: number): string {
  if (name === undefined) return String(fallback);
  const { imports } = draft;
  const parameter = queryParameter(draft, name);
  const value = parameterCode("query", name);
  if (queryType(draft, parameter) === "number")
    return parameter?.isRequired === true ? value : `${value} ?? ${fallback}`;
  return `${imports.value("spelledCount", pagingFile)}(${value}, ${fallback})`;
}

/** A default is what stands for no cursor: the first page. */
function cursorCode(draft: Draft, name: string): string {
  const parameter = queryParameter(draft, name);
  const given = parameterCode("query", name);
  const first = parameter?.schema.default;
  if (typeof first === "string" && first !== "") return `${given} === ${literal(first)} ? undefined : ${given}`;
  if (queryType(draft, parameter) === "string") return given;
  return parameter?.isRequired === true ? `String(${given})` : `${given}?.toString()`;
}

function queryParameter({ operation }: Draft, name: string): Parameter | undefined {
  return operation.parameters.find((one) => one.name === name && one.in === "query");
}

function queryType({ context }: Draft, parameter: Parameter | undefined): string | undefined {
  return parameter && typeText(context.request(parameter.schema));
}
