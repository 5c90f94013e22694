import { runWithin } from "./command.ts";
import type { Coverage } from "./coverage.ts";

/** What the model takes an operation for. */
interface ModelledOperation {
  readonly method: string;
  readonly path: string;
  /** One of the six classes of CRUD, or `custom`. */
  readonly class: string;
  readonly entity: string | null;
}

export interface Modelled {
  /** The entities that have a table. */
  readonly tables: readonly string[];
  readonly operations: readonly ModelledOperation[];
}

/** The model of a document; one of nothing where the document has none. */
export async function readModel(spec: string, timeoutMs: number): Promise<Modelled> {
  const args = ["bin/scaffold.js", "model", spec, "--format", "expected-entities/1"];
  const { stdout, exitCode } = await runWithin(args, { timeoutMs });
  if (exitCode !== 0) return { tables: [], operations: [] };
  const { entities, operations } = JSON.parse(stdout) as {
    readonly entities: readonly { readonly name: string; readonly table: string }[];
    readonly operations: readonly ModelledOperation[];
  };
  return { tables: entities.filter(({ table }) => table === "yes").map(({ name }) => name), operations };
}

/** The operations that a table answers. */
export function crudOf({ tables, operations }: Modelled): readonly ModelledOperation[] {
  const names = new Set(tables);
  return operations.filter((one) => one.class !== "custom" && names.has(one.entity ?? ""));
}

/** The resources that work, and why others do not. */
export interface Resources {
  /** Entities with a table and operations, all of which the generated tests saw answer with a 2xx. */
  readonly answering: readonly string[];
  /** The other entities with a table, one reason each. */
  readonly why: readonly string[];
}

export function resourcesOf(modelled: Modelled, statuses: Coverage["statuses"]): Resources {
  const operations = crudOf(modelled);
  const answering: string[] = [];
  const why: string[] = [];
  for (const table of modelled.tables) {
    const own = operations.filter(({ entity }) => entity === table);
    const silent = own.filter(({ method, path }) => !statuses(method, path).some(isSuccess));
    if (own.length > 0 && silent.length === 0) answering.push(table);
    else why.push(`${table} does not count as a resource: ${reason(own.length, silent)}`);
  }
  return { answering, why };
}

function reason(count: number, silent: readonly ModelledOperation[]): string {
  if (count === 0) return "it has no operations of its own";
  return `no test saw a 2xx of ${silent.map(({ method, path }) => `${method} ${path}`).join(", ")}`;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
