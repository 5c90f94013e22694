/** What became of a request. */
export interface Answer {
  /** Undefined where there was no answer at all. */
  readonly status: number | undefined;
  readonly ms: number;
  /** Of `performance.now`, when the request was sent. */
  readonly sentAt: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
  /** What was sent, told by whoever asked. */
  readonly asked: Asked;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** In milliseconds: who has no answer by then waits for ever. */
const patience = 30_000;

export async function send(address: string, asked: Asked): Promise<Answer> {
  const sentAt = performance.now();
  const { method, path, headers, body } = asked;
  const signal = AbortSignal.timeout(patience);
  const request = { method, headers, signal, ...(body && { body: JSON.stringify(body) }) };
  const answer = await fetch(address + path, request)
    .then(async (response) => ({ response, text: await response.text() }))
    .catch(() => undefined);
  return {
    status: answer?.response.status,
    ms: performance.now() - sentAt,
    sentAt,
    retryAfter: answer?.response.headers.get("retry-after") ?? null,
    body: answer === undefined || answer.text === "" ? undefined : JSON.parse(answer.text),
    asked,
  };
}

/** So many clients ask one thing after the other, until told to stop; the answers are in the order in which they came. */
export function clients(
  address: string,
  count: number,
  ask: (client: number, turn: number) => Asked,
): { readonly answers: readonly Answer[]; stop(): Promise<readonly Answer[]> } {
  let isStopped = false;
  const answers: Answer[] = [];
  const client = async (id: number): Promise<void> => {
    for (let turn = 0; !isStopped; turn += 1) answers.push(await send(address, ask(id, turn)));
  };
  const done = Promise.all(Array.from({ length: count }, (_, id) => client(id)));
  return {
    answers,
    async stop() {
      isStopped = true;
      await done;
      return answers;
    },
  };
}
