import type { Slot } from "../model/model.ts";
import type { PlanContext } from "./context.ts";
import { rememberedByName } from "./remember.ts";
import { contractView } from "./views/contract.ts";
import { Imports } from "./views/imports.ts";
import { slotSignature } from "./views/signatures.ts";

/** Raised when the policy changes under which bodies are accepted, so that all of them are looked at again. */
const policyVersion = 1;

/**
 * All that a slot is promised, as one text whose hash decides whether a body is current: its signature and the types
 * that its home's contract declares, its rule, examples and refusals, and the policy's version. Descriptions of members
 * are left out, because rewording one makes no body wrong.
 */
export function contractText(slot: Slot, context: PlanContext): string {
  return JSON.stringify({
    policy: policyVersion,
    kind: slot.kind,
    signature: slotSignature(slot, context, new Imports(), "contract"),
    ...declaredTypes(context, slot.home),
    rule: slot.text,
    ...(slot.cel !== undefined && { cel: slot.cel }),
    refuse: slot.refuse,
    unscoped: slot.unscoped,
    examples: slot.examples.map(({ given, when, expect }) => ({ given, when, expect })),
  });
}

/** What the contract of a home declares, which all of its slots share. */
const declaredTypes = rememberedByName((context: PlanContext, homeType) => {
  const { entities, groups } = context.model;
  const home = [...entities, ...groups].find(({ name }) => name.type === homeType);
  if (home === undefined) throw new Error(`There is no home ${homeType}.`);
  const entity = entities.find(({ name }) => name.type === homeType);
  const view = contractView(home.name, entity, context);
  return {
    interfaces: view.interfaces.map(({ name, members }) => [name, members.map(({ text }) => text)]),
    aliases: view.aliases.map(({ text }) => text),
  };
});
