import { isRecord } from "../../json.ts";
import type { Entity, Operation } from "../../model/model.ts";
import { variableName } from "../../model/names.ts";
import { literal, memberAccess } from "../../render/escape.ts";
import { fieldOf, type PlanContext } from "../context.ts";
import { at } from "../schema-node.ts";
import { Imports } from "./imports.ts";
import { columnOf } from "./table.ts";

/** Puts, gets or deletes a file of a row (model/files.ts). */
export function isFileOperation({ file }: Operation): boolean {
  return file !== undefined;
}

export function hasFiles({ model }: PlanContext): boolean {
  return model.operations.some(isFileOperation);
}

/** Entities whose rows have files. */
function entitiesWithFiles({ model }: PlanContext): readonly Entity[] {
  const types = new Set(model.operations.filter(isFileOperation).map(({ entity }) => entity));
  return model.entities.filter(({ name }) => types.has(name.type));
}

/** templates/project/src/files.table.ts.hbs */
export interface FileTablesView {
  readonly imports: readonly string[];
  readonly tables: readonly {
    readonly doc: string;
    readonly name: string;
    /** The name by which places of files tell the entity. */
    readonly entity: string;
    /** Literals. */
    readonly table: string;
    readonly row: string;
  }[];
}

export function fileTablesView(context: PlanContext): FileTablesView {
  const imports = new Imports();
  const core = "drizzle-orm/pg-core";
  for (const name of ["bigint", "customType", "integer", "pgTable", "primaryKey", "text"]) imports.value(name, core);
  const taken = new Set([...context.model.entities, ...context.model.joins].map(({ table }) => table));
  const tables = entitiesWithFiles(context).map((entity) => {
    const key = fieldOf(entity, entity.key.fields[0] ?? "id");
    const { plural, file, words } = entity.name;
    imports.value(plural, `./${file}/${file}.table.ts`);
    const wanted = `${entity.table}_files`;
    const column = columnOf(literal("row_key"), key, context, imports);
    return {
      doc: `/** Files of each ${words}, in parts. */`,
      name: variableName(`${plural} files`),
      entity: plural,
      table: literal(taken.has(wanted) ? `${entity.table}_kept_files` : wanted),
      row: `${column}.notNull().references(() => ${plural}${memberAccess(key.name)}, { onDelete: "cascade" })`,
    };
  });
  return { imports: imports.lines(), tables };
}

/** templates/project/src/files.ts.hbs */
export function filesView(context: PlanContext): {
  readonly tables: readonly { readonly entity: string; readonly name: string }[];
} {
  return { tables: fileTablesView(context).tables.map(({ entity, name }) => ({ entity, name })) };
}

/** Media types that the document has for the answer. */
export function documentedTypes({ pointer, success }: Operation, { document }: PlanContext): readonly string[] {
  const declared: unknown = at(document.root, `#${pointer}/responses/${success.status}`);
  const reference = isRecord(declared) ? declared["$ref"] : undefined;
  const response: unknown = typeof reference === "string" ? at(document.root, reference) : declared;
  const content = isRecord(response) ? response["content"] : undefined;
  const types = isRecord(content) ? Object.keys(content) : [];
  return types.map((type) => (type.split(";")[0] ?? "").trim().toLowerCase());
}
