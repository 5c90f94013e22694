import type { Entity, Name, Operation } from "../../../model/model.ts";
import type { PlanContext } from "../../context.ts";
import type { Imports } from "../imports.ts";
import { isOwned } from "../ownership.ts";

/** One operation's function while it is written. Its kind's file adds statements, and says what it answers. */
export interface Draft {
  readonly name: Name;
  readonly entity: Entity | undefined;
  readonly operation: Operation;
  readonly context: PlanContext;
  readonly imports: Imports;
  /** Constants of the whole file, which the statements mention. */
  readonly constants: string[];
  readonly statements: string[];
}

/**
 * A name for a constant beside the row that is written and the constants before it. Names of parameters and imports are
 * none that model/names.ts gives.
 */
export function freeName({ entity, statements }: Draft, wanted: string, otherwise = `${wanted}Value`): string {
  const isTaken = wanted === entity?.name.variable || statements.some((line) => line.startsWith(`const ${wanted} = `));
  return isTaken ? otherwise : wanted;
}

/**
 * The code of the repository that an operation reads from. What the document lets nobody in particular read is shown
 * whoever's it is; writes stay with the owner.
 */
export function rowsToRead({ operation: { kind, security } }: Draft, entity: Entity): string {
  const isOpen = security.length === 0 || security.some((alternative) => alternative.length === 0);
  const isRead = kind === "list" || kind === "read";
  return `context.${isOpen && isRead && isOwned(entity) ? "unscoped." : ""}${entity.name.plural}`;
}

export const failure = "../failure.ts";

/** The code of a row that must be there: without it, the answer is 404. */
export function unlessMissing({ imports }: Draft, code: string): string {
  return `${imports.value("unlessMissing", failure)}(${code})`;
}

/** What a function answers that ends with a row. */
export function rowPromise(draft: Draft, entity: Entity): string {
  return `Promise<${rowType(draft, entity)}>`;
}

export function rowType({ imports }: Draft, entity: Entity): string {
  return imports.type(entity.name.type, `./${entity.name.file}.contract.ts`);
}
