import fc from "fast-check";
import type { LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import type { Client, TestRequest } from "./client.ts";
import { resetRows } from "./database.ts";
import type { Node } from "./document.ts";
import { walk, type Paging } from "./pages.ts";
import { changed, partOf, sorted, valueAt, valuesAt } from "./values.ts";

/** A call of the document, and its answers. */
interface Call {
  readonly route: string;
  readonly status: number;
  /** What answers it where the item is not there, or not the caller's. */
  readonly missing: readonly number[];
}

/**
 * A member that a write sends and that a read shows, and values for it; none where the request makes one by itself, such
 * as a key of another row. Places are JSON pointers.
 */
interface Member {
  readonly sent: string;
  readonly shown: string;
  readonly values: readonly unknown[];
  /** Whether it may be left out, and then stays as it was. */
  readonly isSpare: boolean;
}

/** A call with what it says beside the path. */
interface Asking<Row> extends Call {
  readonly request?: (row: Row) => Promise<TestRequest>;
}

interface Write<Row> extends Required<Asking<Row>> {
  readonly members: readonly Member[];
}

interface Create {
  readonly route: string;
  readonly status: number;
  readonly request: () => Promise<TestRequest>;
  /** The path parameters of what was created, from the answer. */
  readonly address: (response: LightMyRequestResponse) => Node;
  readonly members: readonly Member[];
}

interface Listing {
  readonly route: string;
  readonly status: number;
  readonly request: () => Promise<TestRequest>;
  readonly items: string;
  /** The key, in an item of the list and in what a read answers. */
  readonly key: string;
  readonly readKey: string;
  readonly paging: Paging | undefined;
}

/** A resource of the document: what can be done with its items. */
export interface Resource<Row> {
  readonly caller: Client;
  /** Somebody else, and an item of theirs; where items have owners. */
  readonly stranger: Client | undefined;
  readonly strangers: (() => Promise<Row>) | undefined;
  /** A new item of the caller's, past the service. */
  readonly given: () => Promise<Row>;
  /** The path parameters of an item. */
  readonly address: (row: Row) => Node;
  readonly read: Call;
  /** What of an answer changes only when it is written. */
  readonly stable: readonly string[];
  readonly create: Create | undefined;
  readonly writes: readonly Write<Row>[];
  readonly remove: Required<Asking<Row>> | undefined;
  readonly lists: readonly Listing[];
}

type Act = "create" | "given" | "read" | "write" | "remove" | "list" | "stranger" | "missing";

/** One thing to do. Numbers choose among what there is then, so that any sequence of steps is a valid one. */
interface Step {
  readonly act: Act;
  readonly item: number;
  readonly way: number;
  readonly choices: readonly number[];
}

/** What is known of an item: its address, and its stable members as they were last seen or sent. */
interface Known {
  readonly params: Node;
  readonly members: Map<string, unknown>;
}

/** The same conversations at each run; another TEST_SEED makes others. */
const seed = Number(process.env["TEST_SEED"] ?? 1);
const conversations = 3;
const longest = 14;

const acts: readonly Act[] = ["create", "given", "read", "write", "write", "remove", "list", "stranger", "missing"];
const anyStep: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...acts),
  item: fc.nat(20),
  way: fc.nat(5),
  choices: fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
});

/**
 * Any sequence of creating, reading, changing, deleting and listing leaves the service showing what a simple record of
 * it says, and nobody else sees or changes any of it. A failure prints the shortest sequence that shows it.
 */
export async function holdConversations<Row>(resource: Resource<Row>): Promise<void> {
  const steps = fc.array(anyStep, { minLength: longest / 2, maxLength: longest });
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await resetRows();
      await converse(resource, sequence);
    }),
    { seed, numRuns: conversations },
  );
}

async function converse<Row>(resource: Resource<Row>, sequence: readonly Step[]): Promise<void> {
  const talk = new Conversation(resource, await resource.given(), await resource.strangers?.());
  await talk.begin();
  for (const step of sequence) await talk.take(step);
  await talk.end();
}

class Conversation<Row> {
  readonly #resource: Resource<Row>;
  /** Whose values requests are made with; what they are about is said by their path. */
  readonly #sample: Row;
  readonly #others: Row | undefined;
  readonly #items: Known[] = [];
  readonly #gone: Known[] = [];

  constructor(resource: Resource<Row>, sample: Row, others: Row | undefined) {
    this.#resource = resource;
    this.#sample = sample;
    this.#others = others;
  }

  async begin(): Promise<void> {
    await this.#meet(this.#resource.address(this.#sample));
  }

  async take({ act, item, way, choices }: Step): Promise<void> {
    const { create, given, address, writes, lists } = this.#resource;
    const known = this.#items[item % Math.max(this.#items.length, 1)];
    const write = writes[way % Math.max(writes.length, 1)];
    const list = lists[way % Math.max(lists.length, 1)];
    if (act === "create" && create !== undefined) await this.#create(create, choices);
    else if (act === "create" || act === "given") await this.#meet(address(await given()));
    else if (act === "write" && write !== undefined && known !== undefined) await this.#write(write, known, choices);
    else if (act === "remove" && known !== undefined) await this.#remove(known);
    else if (act === "list" && list !== undefined) await this.#list(list);
    else if (act === "stranger" && known !== undefined) await this.#keepFromStranger(known, way);
    else if (act === "missing") await this.#missing(item);
    else if (known !== undefined) await this.#check(known);
  }

  /** All that there is has to be as it is known, however long ago it was touched. */
  async end(): Promise<void> {
    for (const known of this.#items) await this.#check(known);
    for (const list of this.#resource.lists) await this.#list(list);
  }

  async #create(create: Create, choices: readonly number[]): Promise<void> {
    const { request, sent } = chosen(await create.request(), create.members, choices);
    const response = await this.#resource.caller.send(create.route, request);
    expect(response).toMatchResponse(create.route, create.status);
    const known = await this.#meet(create.address(response));
    expect(Object.fromEntries(known.members)).toHold(Object.fromEntries(sent));
  }

  async #write(write: Write<Row>, known: Known, choices: readonly number[]): Promise<void> {
    const whole = { ...(await write.request(this.#sample)), params: known.params };
    const { request, sent } = chosen(whole, write.members, choices);
    const response = await this.#resource.caller.send(write.route, request);
    expect(response).toMatchResponse(write.route, write.status);
    for (const [place, value] of sent) known.members.set(place, value);
    await this.#check(known);
  }

  async #remove(known: Known): Promise<void> {
    const { remove } = this.#resource;
    if (remove === undefined) return;
    const request = { ...(await remove.request(this.#sample)), params: known.params };
    expect(await this.#resource.caller.send(remove.route, request)).toMatchResponse(remove.route, remove.status);
    this.#items.splice(this.#items.indexOf(known), 1);
    this.#gone.push(known);
  }

  async #missing(at: number): Promise<void> {
    const params = this.#gone[at % Math.max(this.#gone.length, 1)]?.params;
    if (params === undefined) return;
    const { read, caller } = this.#resource;
    expect(await caller.send(read.route, { params })).toMatchResponse(read.route, ...read.missing);
  }

  /** Reads an item for the first time. */
  async #meet(params: Node): Promise<Known> {
    const response = await this.#read(params);
    const known = { params, members: new Map(this.#resource.stable.map((at) => [at, valueAt(response, at)])) };
    this.#items.push(known);
    return known;
  }

  async #read(params: Node): Promise<LightMyRequestResponse> {
    const { read, caller } = this.#resource;
    const response = await caller.send(read.route, { params });
    expect(response).toMatchResponse(read.route, read.status);
    return response;
  }

  async #check({ params, members }: Known): Promise<void> {
    const response = await this.#read(params);
    const shown = Object.fromEntries([...members.keys()].map((at) => [at, valueAt(response, at)]));
    expect(shown).toHold(Object.fromEntries(members));
  }

  /** The list has each item that is known, once, and none that is gone. */
  async #list(list: Listing): Promise<void> {
    const seen = await keysOf(list, this.#resource.caller);
    const known = keysIn(list, this.#items);
    expect(seen.filter((key) => known.includes(key))).toEqual(known);
    for (const key of keysIn(list, this.#gone)) expect(seen).not.toContain(key);
  }

  async #keepFromStranger(known: Known, way: number): Promise<void> {
    const { stranger, read, writes, remove, lists } = this.#resource;
    if (stranger === undefined) return;
    const calls: readonly Asking<Row>[] = [read, ...writes, ...(remove ? [remove] : [])];
    const call: Asking<Row> = calls[way % calls.length] ?? read;
    const request = await call.request?.(this.#sample);
    const response = await stranger.send(call.route, { ...request, params: known.params });
    expect(response).toMatchResponse(call.route, ...call.missing);
    await this.#check(known);
    for (const list of lists) {
      const seen = await keysOf(list, stranger);
      if (this.#others !== undefined) expect(seen).not.toEqual([]);
      for (const key of keysIn(list, this.#items)) expect(seen).not.toContain(key);
    }
  }
}

async function keysOf(list: Listing, client: Client): Promise<readonly string[]> {
  const request = await list.request();
  const pages =
    list.paging === undefined
      ? [await client.send(list.route, request)]
      : await walk(client, list.route, request, list.paging);
  for (const page of pages) expect(page).toMatchResponse(list.route, list.status);
  return sorted(pages.flatMap((page) => valuesAt(page, list.items, list.key)));
}

function keysIn({ readKey }: Listing, items: readonly Known[]): readonly string[] {
  return sorted(items.map(({ members }) => members.get(readKey)));
}

/** The request with other values in places, or without them; and what it says of members that are shown. */
function chosen(
  whole: TestRequest,
  members: readonly Member[],
  choices: readonly number[],
): { readonly request: TestRequest; readonly sent: ReadonlyMap<string, unknown> } {
  let request = whole;
  const sent = new Map<string, unknown>();
  for (const [at, member] of members.entries()) {
    const choice = choices[at % choices.length] ?? 0;
    const place = `/body${member.sent}`;
    if (member.isSpare && at > 0 && choice === 0) {
      request = changed(request, place, undefined);
      continue;
    }
    if (member.values.length > 0) request = changed(request, place, member.values[choice % member.values.length]);
    sent.set(member.shown, partOf(request, place));
  }
  return { request, sent };
}
