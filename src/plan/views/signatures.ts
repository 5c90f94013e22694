import type { Entity, Operation, Slot } from "../../model/model.ts";
import { typeName } from "../../model/names.ts";
import { fieldOf, type PlanContext } from "../context.ts";
import { rememberedByName } from "../remember.ts";
import { answerRows, answersAddress, answerTypeOf } from "./answers.ts";
import { bodyTypeOf, isInputOptional } from "./bodies.ts";
import { answeredType, columnType, entityType } from "./entity-types.ts";
import type { Imports } from "./imports.ts";
import { orUndefined, typeText } from "./types.ts";

const shared = "../contract.ts";

/** Names that src/contract.ts has for something else. */
const sharedNames: ReadonlySet<string> = new Set(["Rule", "Slot", "Filter", "Effect", "Operation"]);

/** The stem of the types that a slot's contract declares: IsCovered in IsCoveredContext and IsCoveredCode. */
export function slotTypeName(slot: Slot): string {
  const name = typeName(slot.functionName);
  return sharedNames.has(name) ? `${name}Slot` : name;
}

/** What a slot's function is given besides its context. */
export interface SlotInput {
  readonly name: string;
  readonly type: string;
}

/**
 * Parameters and answer of a slot, as they stand in its interface and in its function. The types that it names are
 * noted in `imports`; a logic file imports from its contract what the contract declares.
 */
export function slotSignature(slot: Slot, context: PlanContext, imports: Imports, file: "contract" | "logic"): string {
  const inputs = slotInputs(slot, context, imports, file).map(({ name, type }) => `${name}: ${type}`);
  const contextType = own(`${slotTypeName(slot)}Context`, slot, context, imports, file);
  return `(${[...inputs, `context: ${contextType}`].join(", ")}): ${slotAnswer(slot, context, imports, file)}`;
}

/** Types that the home's contract declares: bare there, imported from it elsewhere. */
function own(name: string, slot: Slot, context: PlanContext, imports: Imports, file: "contract" | "logic"): string {
  return file === "contract" ? name : imports.type(name, `./${homeFile(slot, context)}.contract.ts`);
}

export function homeFile(slot: Slot, context: PlanContext): string {
  const home = [...context.model.entities, ...context.model.groups].find(({ name }) => name.type === slot.home);
  if (home === undefined) throw new Error(`Slot ${slot.id} has no home.`);
  return home.name.file;
}

export function refusalCodes(slot: Slot): readonly string[] {
  return Object.keys(slot.refuse);
}

export function slotOperations(slot: Slot, context: PlanContext): readonly Operation[] {
  return operationsBySlot(context, slot.id);
}

const operationsBySlot = rememberedByName((context: PlanContext, id): readonly Operation[] => {
  const names = new Set(context.slot(id).operations);
  return context.model.operations.filter(({ name }) => names.has(name));
});

export function slotInputs(
  slot: Slot,
  context: PlanContext,
  imports: Imports,
  file: "contract" | "logic",
): readonly SlotInput[] {
  const name = (type: string): string => own(type, slot, context, imports, file);
  const entity = slot.entity === undefined ? undefined : context.entity(slot.entity);
  const operations = slotOperations(slot, context);
  switch (slot.kind) {
    case "operation":
      return [{ name: "request", type: name(`${typeName(operations[0]?.name ?? "")}Request`) }];
    case "field":
      return [{ name: rowsName(entity), type: `readonly ${name(entity?.name.type ?? "")}[]` }];
    case "filter":
      return [{ name: "value", type: parameterType(slot, operations, context) }];
    case "effect":
      return [{ name: entity?.name.variable ?? "row", type: name(entity?.name.type ?? "") }];
    case "rule":
    case "value":
      return writeInputs(slot, entity, operations, context, name);
  }
}

/**
 * A rule or value sees what a write brings: the new row's body on create, the row on delete, the change and the row on
 * update and replace. Where it stands on several of them, it is given the row only when there is one.
 */
function writeInputs(
  slot: Slot,
  entity: Entity | undefined,
  operations: readonly Operation[],
  context: PlanContext,
  name: (type: string) => string,
): readonly SlotInput[] {
  if (entity === undefined) return [];
  const rowType = (): string => name(entity.name.type);
  if (operations.every((operation) => operation.kind === "delete" || operation.kind === "custom")) {
    return [{ name: entity.name.variable, type: rowType() }];
  }
  const bodies = operations
    .map((operation) => bodyTypeOf(context, slot.home, operation))
    .filter((body) => body !== undefined);
  const isOptional = operations.some((one) => one.kind !== "delete" && isInputOptional(one, context));
  const types = [...[...new Set(bodies)].map(name), ...(isOptional ? ["undefined"] : [])];
  const input = { name: entity.name.variable, type: types.join(" | ") || "object" };
  if (operations.every((operation) => operation.kind === "create")) return [input];
  const always = operations.every(({ kind, variant }) => kind !== "create" && variant !== "upsert");
  return [input, { name: "current", type: always ? rowType() : `${rowType()} | undefined` }];
}

function rowsName(entity: Entity | undefined): string {
  return entity?.name.plural ?? "rows";
}

function parameterType(slot: Slot, operations: readonly Operation[], context: PlanContext): string {
  const parameter = operations[0]?.parameters.find(({ name }) => name === slot.parameter);
  return parameter === undefined ? "unknown" : typeText(context.request(parameter.schema));
}

function slotAnswer(slot: Slot, context: PlanContext, imports: Imports, file: "contract" | "logic"): string {
  const entity = slot.entity === undefined ? undefined : context.entity(slot.entity);
  const rowType = (): string => own(entity?.name.type ?? "", slot, context, imports, file);
  const code = (): string =>
    refusalCodes(slot).length === 0 ? "never" : own(`${slotTypeName(slot)}Code`, slot, context, imports, file);
  switch (slot.kind) {
    case "rule":
      return `Promise<${imports.type("Verdict", shared)}<${code()}>>`;
    case "effect":
      return "Promise<void>";
    case "filter":
      return `${imports.type("RowCondition", shared)}<${rowType()}>`;
    case "field":
      return `Promise<readonly (${fieldAnswer(slot, entity, context)})[]>`;
    case "value":
      return `Promise<${entity === undefined || slot.field === undefined ? "unknown" : columnType(fieldOf(entity, slot.field), context)}>`;
    case "operation":
      return `Promise<${orRefusal(operationAnswer(slot, entity, context, imports, file), () => `${imports.type("Refusal", shared)}<${code()}>`)}>`;
  }
}

/** `unknown` takes a refusal in already. */
function orRefusal(answer: string, refusal: () => string): string {
  return answer === "unknown" ? answer : `${answer} | ${refusal()}`;
}

function fieldAnswer(slot: Slot, entity: Entity | undefined, context: PlanContext): string {
  if (entity === undefined || slot.field === undefined) return "unknown";
  const field = fieldOf(entity, slot.field);
  const type = answeredType(field, context);
  return field.isRequired ? type : orUndefined(type);
}

function operationAnswer(
  slot: Slot,
  home: Entity | undefined,
  context: PlanContext,
  imports: Imports,
  file: "contract" | "logic",
): string {
  const [operation] = slotOperations(slot, context);
  if (operation !== undefined && answersAddress(operation)) return "string";
  if (operation?.success.mediaType === undefined) return "void";
  const rows = answerRows(operation.success.shape);
  if (rows === undefined) {
    const named = answerTypeOf(context, slot.home, operation);
    if (named !== undefined) return own(named.name, slot, context, imports, file);
    return operation.success.schema === undefined ? "unknown" : typeText(context.answered(operation.success.schema));
  }
  const entity = context.entity(rows.entity);
  const type =
    file === "logic" && home?.name.type === entity.name.type
      ? own(entity.name.type, slot, context, imports, file)
      : entityType(entity, "", file === "contract" ? home : undefined, imports);
  return rows.isList ? `readonly ${type}[]` : type;
}
