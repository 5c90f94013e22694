import type { LogicFile } from "../scan.ts";
import type { GateSlot } from "./static-gate.ts";

/** The slots of a logic file as it is rendered, by id. */
export function gateSlots(path: string, file: LogicFile): ReadonlyMap<string, GateSlot> {
  const imports = file.imports.map(({ start, end }) => file.text.slice(start, end)).join("\n");
  const types = new Set(file.imports.flatMap(({ bound }) => bound));
  return new Map(
    file.functions.flatMap(({ slot, name, head, body }) => {
      if (slot === undefined) return [];
      const fallback = file.text.slice(body.start, body.end);
      return [[slot, { name, head: file.text.slice(head.start, head.end), file: path, imports, types, fallback }]];
    }),
  );
}
