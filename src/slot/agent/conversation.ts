import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import type { Json } from "../../document/openapi.ts";
import type { SlotContract } from "../../plan/plan.ts";
import { feedbackPrompt } from "../context/prompt.ts";
import type { CountTokens } from "../context/tokens.ts";
import type { Attempt, Conversation } from "../fill/filler.ts";
import type { Budget } from "../fill/budget.ts";
import { addUsage, noUsage, type Usage } from "../fill/usage.ts";
import type { Finding } from "../gate/finding.ts";
import { codeOf } from "./answer.ts";
import { EndpointFailure, type Endpoint, type Reply, type ToolCall } from "./endpoint.ts";
import { callTool, toolDescriptions, type ToolWorld } from "./tools.ts";

/** How often tools may be called in one round before a function must be handed in. */
const mostCalls = 12;

export interface ConversationInput {
  readonly endpoint: Endpoint;
  readonly slot: SlotContract;
  readonly world: ToolWorld;
  readonly budget: Budget;
  readonly count: CountTokens;
  /** System and user messages that it begins with. */
  readonly opening: readonly ChatCompletionMessageParam[];
}

/** Talks with a model about one slot: lets it use tools, takes what it hands in, and tells it what was wrong with that. */
export function openConversation(input: ConversationInput): Conversation {
  const talk = new Talk(input);
  return { next: (findings) => talk.next(findings), transcript: () => talk.messages };
}

interface Submitted {
  readonly text: string;
  readonly tests: readonly Json[];
}

class Talk {
  readonly messages: ChatCompletionMessageParam[];
  readonly #input: ConversationInput;
  /** The call by which the last candidate came: its answer is what the gate says. */
  #handedIn: string | undefined;
  #used: Usage = noUsage;

  constructor(input: ConversationInput) {
    this.#input = input;
    this.messages = [...input.opening];
  }

  async next(findings: readonly Finding[]): Promise<Attempt> {
    if (findings.length > 0) this.#tell(feedbackPrompt(findings));
    let usage = noUsage;
    for (let calls = 0; ;) {
      const isLast = calls >= mostCalls;
      if (isLast) this.#tell("That were calls enough. Answer with the whole function in one code block.");
      const asked = await this.#ask(isLast);
      if ("why" in asked) return { kind: "over", why: asked.why, usage };
      const { reply } = asked;
      usage = addUsage(usage, asked.usage);
      this.messages.push(messageOf(reply));
      if (reply.calls.length === 0) return this.#answered(reply, usage);
      calls += reply.calls.length;
      const submitted = await this.#answerCalls(reply.calls);
      if (submitted !== undefined) return { kind: "candidate", ...submitted, usage };
      if (isLast) return { kind: "nothing", why: "It calls tools, and hands nothing in.", usage };
    }
  }

  #answered(reply: Reply, usage: Usage): Attempt {
    const answer = codeOf(reply.text, this.#input.slot.functionName, reply.isCut);
    return "code" in answer
      ? { kind: "candidate", text: answer.code, usage }
      : { kind: "nothing", why: answer.why, usage };
  }

  /** As the answer to the call that handed the last candidate in, where there was one. */
  #tell(text: string): void {
    const id = this.#handedIn;
    this.#handedIn = undefined;
    this.messages.push(
      id === undefined ? { role: "user", content: text } : { role: "tool", tool_call_id: id, content: text },
    );
  }

  async #ask(isLast: boolean): Promise<{ reply: Reply; usage: Usage } | { why: string }> {
    const { endpoint, budget, count } = this.#input;
    const promptTokens = count(JSON.stringify(this.messages));
    const refusal = budget.refusal(this.#used, promptTokens);
    if (refusal !== undefined) return { why: refusal };
    try {
      const asked = await budget.counting(promptTokens, async () => {
        const reply = await endpoint.ask(this.messages, isLast ? [] : toolDescriptions);
        const told = reply.text + reply.calls.map((call) => call.name + call.arguments).join("");
        return { reply, usage: reply.usage ?? { input: promptTokens, cached: 0, output: count(told) } };
      });
      this.#used = addUsage(this.#used, asked.usage);
      return asked;
    } catch (cause) {
      if (cause instanceof EndpointFailure) return { why: cause.message };
      throw cause;
    }
  }

  /** Every call gets its answer, as the protocol wants it; the first function that is handed in is taken. */
  async #answerCalls(calls: readonly ToolCall[]): Promise<Submitted | undefined> {
    let submitted: Submitted | undefined;
    for (const call of calls) {
      const answer = await callTool(this.#input.world, call);
      if ("submitted" in answer && submitted === undefined) {
        submitted = { text: answer.submitted, tests: answer.tests };
        this.#handedIn = call.id;
      } else {
        const content = "text" in answer ? answer.text : "One function was handed in already.";
        this.messages.push({ role: "tool", tool_call_id: call.id, content });
      }
    }
    return submitted;
  }
}

function messageOf({ text, calls }: Reply): ChatCompletionMessageParam {
  if (calls.length === 0) return { role: "assistant", content: text };
  const called = calls.map(({ id, name, arguments: given }) => ({
    id,
    type: "function" as const,
    function: { name, arguments: given },
  }));
  return { role: "assistant", content: text === "" ? null : text, tool_calls: called };
}
