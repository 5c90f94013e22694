import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The table of documents that may lie beside them, or beside their folders: rows by name, cells by column. */
const fileName = "INDEX.md";

/**
 * How many resources of a document have most of the operations of CRUD, by the column of that name; undefined where no
 * table says so.
 */
export async function listedResources(name: string, file: string): Promise<number | undefined> {
  for (const folder of [dirname(file), dirname(dirname(file)), dirname(dirname(dirname(file)))]) {
    const text = await readFile(join(folder, fileName), "utf8").catch(() => undefined);
    if (text !== undefined) return crudCell(text, name);
  }
  return undefined;
}

/** The number in the column "CRUD" of the row that begins with a name. */
export function crudCell(table: string, name: string): number | undefined {
  const rows = table.split("\n").filter((line) => line.startsWith("|"));
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  const column = cells[0]?.indexOf("CRUD") ?? -1;
  const cell = column === -1 ? undefined : cells.find(([, first]) => first === name)?.[column];
  return cell !== undefined && /^\d+$/.test(cell) ? Number(cell) : undefined;
}
