import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import type { Host } from "../../host.ts";
import type { SlotContract } from "../../plan/plan.ts";
import { openConversation } from "../agent/conversation.ts";
import { openEndpoint, type EndpointOptions } from "../agent/endpoint.ts";
import { gatherContext, type ContextItem, type SlotContextOptions } from "../context/context.ts";
import { slotPrompt, systemPrompt, toolPrompt, workspacePrompt } from "../context/prompt.ts";
import type { ContractSlices } from "../context/slices.ts";
import type { Budget } from "../fill/budget.ts";
import type { Filler } from "../fill/filler.ts";
import type { Gate } from "../gate/gate.ts";
import type { GateSlot } from "../gate/static-gate.ts";

/** Of the contract, in one prompt; a slot that reaches many entities is told of the nearest. */
const mostContractTokens = 8000;

export interface AgentInput {
  readonly endpoint: EndpointOptions;
  readonly gate: Gate;
  readonly functions: ReadonlyMap<string, GateSlot>;
  readonly slices: ContractSlices;
  readonly context: SlotContextOptions;
  readonly budget: Budget;
}

/** What a model is told of one slot, before it has said anything. */
export interface SlotBriefing {
  readonly messages: readonly ChatCompletionMessageParam[];
  readonly items: readonly ContextItem[];
  /** Of the whole, in tokens. */
  readonly tokens: number;
}

/** Asks a language model. Nothing is asked before the first slot is opened. */
export function agentFiller(host: Host, input: AgentInput): Filler {
  const { endpoint: options, gate, context, budget } = input;
  let opened: ReturnType<typeof openEndpoint> | undefined;
  return {
    name: options.model,
    async open(slot) {
      const endpoint = await (opened ??= openEndpoint(host, options));
      const { messages } = await brief(input, slot);
      const world = { workspace: context.workspace, gate, slot: slot.id };
      return openConversation({ endpoint, slot, world, budget, count: context.count, opening: messages });
    },
  };
}

/** Puts the messages together that a conversation begins with. */
export async function brief(
  { functions, slices, context }: Omit<AgentInput, "endpoint" | "gate" | "budget">,
  slot: SlotContract,
): Promise<SlotBriefing> {
  const own = functions.get(slot.id);
  if (own === undefined) throw new Error(`The slot ${slot.id} has no function.`);
  const { text: slice, left } = slices(own.head, slot.text, mostContractTokens);
  const gathered = await gatherContext(context, `${slot.text} ${slot.functionName} ${slot.id} ${own.head}`);
  const cut = { title: "contract", text: "", tokens: 0, left: `too far from the function: ${left.join(", ")}` };
  const items = left.length === 0 ? gathered : [cut, ...gathered];
  const workspace = workspacePrompt(items);
  const ownPart = slotPrompt(slot, own, slice);
  const messages: readonly ChatCompletionMessageParam[] = [
    { role: "system", content: `${systemPrompt}\n\n${toolPrompt}` },
    { role: "user", content: [workspace, ownPart].filter((part) => part !== "").join("\n\n") },
  ];
  return { messages, items, tokens: context.count(JSON.stringify(messages)) };
}
