import type OpenAI from "openai";
import type { ChatCompletionMessageParam, ChatCompletionTool } from "openai/resources/chat/completions";
import type { Host } from "../../host.ts";
import type { Usage } from "../fill/usage.ts";

/** Where a model is reached: anything that speaks the chat-completions protocol. */
export interface EndpointOptions {
  readonly model: string;
  readonly baseUrl: string | undefined;
  /** Empty where the endpoint asks for none. */
  readonly apiKey: string;
  readonly timeoutMs: number;
}

/** What a model answers. */
export interface Reply {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** True where it stopped because it had said enough tokens. */
  readonly isCut: boolean;
  /** Undefined where the endpoint does not tell. */
  readonly usage: Usage | undefined;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote them: JSON, if it is well. */
  readonly arguments: string;
}

/** Thrown when there is no answer to be had: a wrong key, an unknown model, a server that stays away. */
export class EndpointFailure extends Error {}

/** What has turned out that the endpoint can do; it is asked for less once it has refused more. */
interface Abilities {
  tools: boolean;
  streaming: boolean;
  usageInStream: boolean;
}

export interface Endpoint {
  readonly canCall: () => boolean;
  ask(messages: readonly ChatCompletionMessageParam[], tools: readonly ChatCompletionTool[]): Promise<Reply>;
}

const mostTries = 4;
const firstPauseMs = 500;
const longestPauseMs = 60_000;

/** Opens an endpoint. Requests are tried again where that can help, after as long as the server asks for. */
export async function openEndpoint(
  host: Host,
  { model, baseUrl, apiKey, timeoutMs }: EndpointOptions,
): Promise<Endpoint> {
  const { default: Client, APIError, APIConnectionError } = await import("openai");
  const client = new Client({
    apiKey: apiKey === "" ? "none" : apiKey,
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRetries: 0,
    fetch: host.fetch,
    organization: null,
    project: null,
  });
  const abilities: Abilities = { tools: true, streaming: true, usageInStream: true };
  const ask: Endpoint["ask"] = async (messages, tools) => {
    for (let tries = 1; ;) {
      try {
        return await request(client, model, messages, abilities.tools ? tools : [], abilities);
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        const status = cause instanceof APIError ? (cause.status as number | undefined) : undefined;
        if (status !== undefined && canRefuse.has(status) && askForLess(abilities, tools)) continue;
        const canHelp =
          status === undefined ? cause instanceof APIConnectionError || isBroken(cause) : isTransient(status);
        if (!canHelp || tries >= mostTries) throw new EndpointFailure(explained(status, cause, tries, model));
        await host.pause(pauseMs(cause instanceof APIError ? headerOf(cause) : undefined, tries));
        tries += 1;
      }
    }
  };
  return { canCall: () => abilities.tools, ask };
}

/** Statuses by which servers say that they do not know a part of the request. */
const canRefuse: ReadonlySet<number> = new Set([400, 404, 405, 415, 422, 501]);

/** Gives up one thing that an endpoint may not know; false where there is nothing left to give up. */
function askForLess(abilities: Abilities, tools: readonly ChatCompletionTool[]): boolean {
  if (abilities.tools && tools.length > 0) return !(abilities.tools = false);
  if (abilities.streaming && abilities.usageInStream) return !(abilities.usageInStream = false);
  if (abilities.streaming) return !(abilities.streaming = false);
  return false;
}

async function request(
  client: OpenAI,
  model: string,
  messages: readonly ChatCompletionMessageParam[],
  tools: readonly ChatCompletionTool[],
  { streaming, usageInStream }: Abilities,
): Promise<Reply> {
  const asked = { model, messages: [...messages], ...(tools.length > 0 && { tools: [...tools] }) };
  if (!streaming) return wholeReply(await client.chat.completions.create({ ...asked, stream: false }));
  const stream = await client.chat.completions.create({
    ...asked,
    stream: true,
    ...(usageInStream && { stream_options: { include_usage: true } }),
  });
  return streamedReply(stream);
}

function wholeReply({ choices, usage }: OpenAI.ChatCompletion): Reply {
  const [choice] = choices;
  return {
    text: choice?.message.content ?? "",
    calls: (choice?.message.tool_calls ?? []).flatMap((call) =>
      call.type === "function" ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments }] : [],
    ),
    isCut: choice?.finish_reason === "length",
    usage: usageOf(usage),
  };
}

async function streamedReply(stream: AsyncIterable<OpenAI.ChatCompletionChunk>): Promise<Reply> {
  let text = "";
  let end: string | null = null;
  let usage: Usage | undefined;
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  for await (const chunk of stream) {
    usage = usageOf(chunk.usage) ?? usage;
    const [choice] = chunk.choices;
    if (!choice) continue;
    end = choice.finish_reason ?? end;
    text += choice.delta.content ?? "";
    for (const part of choice.delta.tool_calls ?? []) {
      const call = calls.get(part.index) ?? { id: "", name: "", arguments: "" };
      call.id ||= part.id ?? "";
      call.name += part.function?.name ?? "";
      call.arguments += part.function?.arguments ?? "";
      calls.set(part.index, call);
    }
  }
  // A stream that says nothing of its end has been cut on the way.
  if (end === null) throw new BrokenStream("The answer broke off.");
  return { text, calls: [...calls.values()], isCut: end === "length", usage };
}

class BrokenStream extends Error {}

function usageOf(usage: OpenAI.CompletionUsage | null | undefined): Usage | undefined {
  if (!usage) return undefined;
  return {
    input: usage.prompt_tokens,
    cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
    output: usage.completion_tokens,
  };
}

/** A connection that was lost, at whatever point. */
function isBroken(cause: Error): boolean {
  const isOfNetwork = /terminated|ECONNRESET|socket|network|fetch failed|premature/i.test(cause.message);
  return cause instanceof BrokenStream || isOfNetwork || cause instanceof SyntaxError;
}

function isTransient(status: number): boolean {
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
}

function headerOf({ headers }: { readonly headers: Headers | undefined }): Headers | undefined {
  return headers;
}

/** As long as the server asks for, else longer each time. */
function pauseMs(headers: Headers | undefined, tries: number): number {
  const ms = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  const seconds = Number(headers?.get("retry-after") ?? Number.NaN);
  const asked = Number.isFinite(ms) ? ms : seconds * 1000;
  const wanted = Number.isFinite(asked) && asked >= 0 ? asked : firstPauseMs * 4 ** (tries - 1);
  return Math.min(wanted, longestPauseMs);
}

function explained(status: number | undefined, cause: Error, tries: number, model: string): string {
  const times = tries === 1 ? "" : `, ${tries} times`;
  switch (status) {
    case 401:
    case 403:
      return `the endpoint refuses the key (${status})`;
    case 404:
      return `the endpoint knows no model "${model}" (404)`;
    case 429:
      return `the endpoint refuses more requests (429${times})`;
    case undefined:
      return `the endpoint is not reached: ${cause.message.split("\n")[0] ?? ""}${times}`;
    default:
      return `the endpoint answers ${status}${times}`;
  }
}
