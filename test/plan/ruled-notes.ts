import type { Json } from "../../src/document/openapi.ts";
import type { Slot } from "../../src/model/model.ts";
import type { PlanContext, PlanOptions } from "../../src/plan/context.ts";
import { json, query } from "../model/pets.ts";
import { contextOfThings, generatedId, text, thing, usualPaths, withOperation } from "./models.ts";

interface Ruled {
  readonly context: PlanContext;
  readonly slot: Slot;
}

/** Notes with a length that is computed, a slug that is stored, a list parameter without a field, and one rule. */
export function ruledNotes(
  rule: { readonly id: string; readonly [key: string]: Json },
  planned: Partial<PlanOptions> = {},
): Ruled {
  const computed: Json = { type: "integer", readOnly: true };
  const stored: Json = { type: "string", readOnly: true };
  const note = thing(
    { id: generatedId, "text!": text, length: computed, slug: stored },
    { "x-business-rules": [{ rule: "It holds.", ...rule }] },
  );
  const near = { parameters: [query("near", { type: "number" })] };
  const paths = withOperation(usualPaths("Note"), "/notes", "get", near);
  const context = contextOfThings({ schemas: { Note: note }, paths, planned });
  return { context, slot: context.slot(rule.id) };
}

/** An operation that belongs to no entity. */
export function groupContext(): Ruled {
  const ping = { operationId: "ping", responses: { "200": json(thing({ ok: { type: "boolean" } })) } };
  const context = contextOfThings({ schemas: {}, paths: { "/ping": { get: ping } } });
  const [slot] = context.model.slots;
  if (slot === undefined) throw new Error("There is no slot.");
  return { context, slot };
}
