import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server does with one request. */
export type ChatStep =
  /** An answer in words and code. `cut`: it stops as if it had said enough tokens. */
  | { readonly text: string; readonly cut?: true }
  /** Calls of tools, their arguments as the model writes them. */
  | { readonly calls: readonly { readonly name: string; readonly arguments: string }[] }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Nothing is ever answered. */
  | { readonly silent: true }
  /** The connection is closed in the middle of the answer. */
  | { readonly reset: true };

/** What was asked, as far as tests look at it. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly unknown[];
  readonly stream?: boolean;
  readonly key: string;
}

export interface ChatServer extends AsyncDisposable {
  /** Ends in /v1. */
  readonly url: string;
  readonly requests: readonly ChatRequest[];
  /** The most requests that were under way at once. */
  readonly mostAtOnce: () => number;
}

/** Decides what to do with a request. `turn` counts the requests of one slot, from 0. */
export type Script = (request: ChatRequest, slot: string, turn: number) => ChatStep;

export interface ChatServerOptions {
  readonly latencyMs?: number;
  /** False: requests with tools are refused, as by servers that know none. */
  readonly hasTools?: boolean;
  /** False: streaming is refused. */
  readonly canStream?: boolean;
  /** Of each answer. */
  readonly usage?: { readonly input: number; readonly output: number; readonly cached?: number };
}

/** A server on loopback that speaks the chat-completions protocol, tool calls and streaming included, by a script. */
export async function startChatServer(script: Script, options: ChatServerOptions = {}): Promise<ChatServer> {
  const requests: ChatRequest[] = [];
  const turns = new Map<string, number>();
  let underWay = 0;
  let most = 0;
  const server = createServer((request, response) => {
    void readBody(request).then(async (text) => {
      const asked = { ...(JSON.parse(text) as Omit<ChatRequest, "key">), key: request.headers.authorization ?? "" };
      requests.push(asked);
      most = Math.max(most, (underWay += 1));
      if (options.latencyMs !== undefined) await new Promise((done) => setTimeout(done, options.latencyMs));
      underWay -= 1;
      const refusal = refusalOf(asked, options);
      if (refusal !== undefined) return failed(response, refusal, {});
      const slot = slotOf(asked);
      const turn = turns.get(slot) ?? 0;
      turns.set(slot, turn + 1);
      answer(response, asked, script(asked, slot, turn), options);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    mostAtOnce: () => most,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** The slot that a conversation is about, by its prompt. */
export function slotOf({ messages }: Pick<ChatRequest, "messages">): string {
  const [, id = ""] = /The slot ([\w.-]+) is /.exec(JSON.stringify(messages)) ?? [];
  return id;
}

function refusalOf(
  { tools, stream }: ChatRequest,
  { hasTools = true, canStream = true }: ChatServerOptions,
): number | undefined {
  if (!hasTools && (tools ?? []).length > 0) return 400;
  return !canStream && stream === true ? 422 : undefined;
}

function answer(response: ServerResponse, asked: ChatRequest, step: ChatStep, options: ChatServerOptions): void {
  if ("silent" in step) return;
  if ("status" in step) return failed(response, step.status, step.headers ?? {});
  const { input = 1000, output = 100, cached = 0 } = options.usage ?? {};
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  };
  if (asked.stream !== true) return whole(response, step, usage);
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (delta: object, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 0, model: asked.model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  if ("reset" in step) {
    send({ role: "assistant", content: "export async fun" });
    setTimeout(() => response.destroy(), 5);
    return;
  }
  for (const delta of deltasOf(step)) send(delta);
  send({}, finishOf(step));
  response.write(
    `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 0, model: asked.model, choices: [], usage })}\n\n`,
  );
  response.end("data: [DONE]\n\n");
}

type Said = Extract<ChatStep, { text: string } | { calls: unknown }>;

/** In pieces, as servers send them. */
function deltasOf(step: Said): readonly object[] {
  if ("text" in step) return (step.text.match(/[\s\S]{1,40}/g) ?? []).map((content) => ({ content }));
  return step.calls.flatMap((call, index) => [
    { tool_calls: [{ index, id: `call_${index}`, type: "function", function: { name: call.name, arguments: "" } }] },
    ...(call.arguments.match(/[\s\S]{1,40}/g) ?? []).map((part) => ({
      tool_calls: [{ index, function: { arguments: part } }],
    })),
  ]);
}

function finishOf(step: Said): string {
  if ("calls" in step) return "tool_calls";
  return step.cut === true ? "length" : "stop";
}

function whole(response: ServerResponse, step: ChatStep, usage: object): void {
  if ("reset" in step) return void response.destroy();
  if (!("text" in step) && !("calls" in step)) return;
  const message =
    "text" in step
      ? { role: "assistant", content: step.text }
      : {
          role: "assistant",
          content: null,
          tool_calls: step.calls.map((call, index) => ({ id: `call_${index}`, type: "function", function: call })),
        };
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      id: "1",
      object: "chat.completion",
      created: 0,
      model: "m",
      choices: [{ index: 0, message, finish_reason: finishOf(step) }],
      usage,
    }),
  );
}

function failed(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify({ error: { message: `scripted ${status}`, type: "scripted" } }));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: string[] = [];
  for await (const part of request.setEncoding("utf8")) parts.push(String(part));
  return parts.join("");
}
