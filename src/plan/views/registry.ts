import type { Name } from "../../model/model.ts";
import { literal } from "../../render/escape.ts";
import { slotsOf, type PlanContext } from "../context.ts";
import { hasIdempotency } from "./idempotency.ts";
import { claimsView, knowsCallers } from "./ownership.ts";
import { Imports } from "./imports.ts";
import { logicMember } from "./logic-access.ts";
import { hasRowLinks } from "./shapes.ts";

/** templates/project/src/context.ts.hbs */
export interface RegistryView {
  readonly imports: readonly string[];
  readonly connection: string;
  readonly hasRepositories: boolean;
  /** Some requests are done once for all that have their key. */
  readonly hasAnswers: boolean;
  readonly knowsCallers: boolean;
  readonly hasClaims: boolean;
  readonly hasLogic: boolean;
  readonly hasLinks: boolean;
  readonly repositories: readonly string[];
}

export function registryView(context: PlanContext): RegistryView {
  const imports = new Imports();
  for (const name of ["Accepted", "Caller", "Refusal"]) imports.type(name, "./contract.ts");
  for (const name of ["Failure", "isRefusal", "Refused"]) imports.value(name, "./failure.ts");
  imports.type("Connection", "./connection.ts");
  imports.type("Database", "./database.ts");
  const hasLogic = context.model.slots.length > 0;
  if (hasLogic) imports.type("Logic", "./logic.ts");
  imports.type("Services", "./services.ts");
  const entities = context.model.entities.map(({ name }) => {
    const file = `./${name.file}/${name.file}.repository.ts`;
    const rows = imports.value(`${name.variable}Rows`, file);
    return `${name.plural}: new ${imports.value(`${name.type}Repository`, file)}(${rows}, connection, ${knowsCallers(context) ? "caller" : "subject"})`;
  });
  const joins = context.model.joins.map((join) => {
    const table = imports.value(join.name, "./joins.table.ts");
    const { left, right } = join;
    imports.value("JoinRepository", "./join.ts");
    const sides = `{ table: ${table}, left: ${literal(left.property)}, right: ${literal(right.property)} }`;
    return `${join.name}: new JoinRepository(${sides}, connection)`;
  });
  const repositories = [...entities, ...joins];
  const hasRepositories = repositories.length > 0;
  const hasAnswers = hasIdempotency(context);
  if (hasAnswers) imports.value("Answers", "./answers.ts");
  return {
    imports: imports.lines(),
    connection: hasRepositories ? "connection" : "_connection",
    hasRepositories,
    hasAnswers,
    ...claimsView(context),
    hasLogic,
    hasLinks: hasRowLinks(context),
    repositories,
  };
}

/** templates/project/src/logic.ts.hbs */
export interface LogicRegistryView {
  readonly imports: readonly string[];
  readonly members: readonly { readonly type: string; readonly value: string }[];
}

/** Homes (entities and groups) whose logic file holds slots. */
export function logicHomes(context: PlanContext): readonly Name[] {
  const homes = [...context.model.entities, ...context.model.groups].map(({ name }) => name);
  return homes.filter((name) => slotsOf(context, name.type).length > 0);
}

export function logicRegistryView(context: PlanContext): LogicRegistryView {
  const homes = logicHomes(context);
  const members = homes.map((name) => {
    const member = logicMember(name.type, context);
    return { type: `readonly ${member}: ${name.type}Logic;`, value: member };
  });
  const imports = homes.flatMap((name) => [
    `import type { ${name.type}Logic } from "./${name.file}/${name.file}.contract.ts";`,
    `import * as ${logicMember(name.type, context)} from "./${name.file}/${name.file}.logic.ts";`,
  ]);
  return { imports, members };
}
