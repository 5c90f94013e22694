import fc from "fast-check";
import type { Json } from "../../src/document/openapi.ts";

type Tree = { readonly [key: string]: Json };

/** The habits of one API: how its names are spelled, how its lists look and are paged, where its keys come from. */
interface Habits {
  readonly isSnake: boolean;
  readonly envelope: "bare" | "data" | "items" | "noun";
  readonly paging: "none" | "page" | "offset" | "cursor";
  readonly key: "uuid" | "integer" | "text";
  readonly isShared: boolean;
  readonly change: "put" | "patch" | "both";
}

interface Resource {
  readonly noun: string;
  readonly plural: string;
  readonly members: readonly string[];
  readonly below: string | undefined;
  readonly refers: readonly string[];
  readonly isCircular: boolean;
  readonly methods: ReadonlySet<string>;
  readonly action: string | undefined;
}

const nouns: readonly (readonly [string, string])[] = [
  ["Customer", "customers"],
  ["Invoice", "invoices"],
  ["Category", "categories"],
  ["Address", "addresses"],
  ["Staff", "staff"],
  ["LineItem", "line-items"],
];

const members: Readonly<Record<string, Tree>> = {
  title: { type: "string", maxLength: 80 },
  isActive: { type: "boolean" },
  amount: { type: "integer", format: "int64" },
  status: { type: "string", enum: ["open", "closed"] },
  dueDate: { type: "string", format: "date" },
  createdAt: { type: "string", format: "date-time", readOnly: true },
  ratio: { type: "number" },
  labels: { type: "array", items: { type: "string" } },
  location: { type: "object", properties: { city: { type: "string" } } },
  nickName: { type: ["string", "null"] },
};

const habits: fc.Arbitrary<Habits> = fc.record({
  isSnake: fc.boolean(),
  envelope: fc.constantFrom("bare", "data", "items", "noun"),
  paging: fc.constantFrom("none", "page", "offset", "cursor"),
  key: fc.constantFrom("uuid", "integer", "text"),
  isShared: fc.boolean(),
  change: fc.constantFrom("put", "patch", "both"),
});

const resources: fc.Arbitrary<readonly Resource[]> = fc
  .shuffledSubarray([...nouns], { minLength: 1, maxLength: 4 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map(([noun, plural], at) =>
        fc.record({
          noun: fc.constant(noun),
          plural: fc.constant(plural),
          members: fc.subarray(Object.keys(members), { minLength: 2, maxLength: 6 }),
          below: fc.option(fc.constantFrom(...(at === 0 ? [noun] : chosen.slice(0, at).map(([one]) => one))), {
            nil: undefined,
            freq: 3,
          }),
          refers: fc.subarray(chosen.slice(0, at).map(([one]) => one)),
          isCircular: fc.boolean(),
          methods: fc
            .subarray(["list", "create", "read", "change", "delete"], { minLength: 2 })
            .map((some) => new Set([...some, "read"])),
          action: fc.option(fc.constantFrom("archive", "send"), { nil: undefined }),
        }),
      ),
    ),
  );

/** Documents as teams write them: a few resources, all in the habits of one API. */
export const randomDocuments: fc.Arbitrary<Tree> = fc
  .tuple(habits, resources)
  .map(([own, all]) => new DocumentWriter(own, all).document());

class DocumentWriter {
  readonly #habits: Habits;
  readonly #resources: readonly Resource[];

  constructor(own: Habits, all: readonly Resource[]) {
    this.#habits = own;
    this.#resources = all;
  }

  document(): Tree {
    return {
      openapi: "3.1.0",
      info: { title: "Random", version: "1" },
      paths: Object.assign({}, ...this.#resources.map((resource) => this.#paths(resource))) as Tree,
      components: {
        schemas: Object.assign({}, ...this.#resources.map((resource) => this.#schemas(resource))) as Tree,
      },
    };
  }

  #name(camel: string): string {
    return this.#habits.isSnake ? camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : camel;
  }

  #keySchema(): Tree {
    if (this.#habits.key === "integer") return { type: "integer", format: "int64" };
    return this.#habits.key === "uuid" ? { type: "string", format: "uuid" } : { type: "string" };
  }

  #schemas(resource: Resource): Tree {
    const { noun, members: names, refers, isCircular } = resource;
    const own = Object.fromEntries(names.map((name) => [this.#name(name), members[name] ?? {}]));
    const keys = Object.fromEntries(refers.map((other) => [this.#name(`${camelOf(other)}Id`), this.#keySchema()]));
    const id = { id: { ...this.#keySchema(), readOnly: true } };
    const children: Tree = isCircular ? { children: { type: "array", readOnly: true, items: ref(noun) } } : {};
    const read: Tree = { type: "object", required: ["id"], properties: { ...id, ...own, ...keys, ...children } };
    if (this.#habits.isShared) return { [noun]: read };
    const writable = Object.fromEntries(Object.entries(own).filter(([, schema]) => !isReadOnly(schema)));
    return { [noun]: read, [`${noun}Input`]: { type: "object", properties: { ...writable, ...keys } } };
  }

  #paths(resource: Resource): Tree {
    const { noun, plural, methods, action } = resource;
    const parent = this.#resources.find((one) => one.noun === resource.below && one !== resource);
    const root = parent === undefined ? "" : `/${parent.plural}/{${this.#key(parent)}}`;
    const item = `${root}/${plural}/{${this.#key(resource)}}`;
    const above = parent === undefined ? [] : [this.#pathParameter(parent)];
    const parameters = [...above, this.#pathParameter(resource)];
    const body = { content: json(ref(this.#habits.isShared ? noun : `${noun}Input`)) };
    const one = { description: "One.", content: json(ref(noun)) };
    const change = { requestBody: body, responses: { "200": one } };
    const { change: how } = this.#habits;
    const collection: Tree = {
      ...(methods.has("list") && { get: { parameters: this.#paging(), responses: { "200": this.#page(resource) } } }),
      ...(methods.has("create") && { post: { requestBody: body, responses: { "201": one } } }),
    };
    const onItem: Tree = {
      get: { responses: { "200": one } },
      ...(methods.has("change") && how !== "patch" && { put: change }),
      ...(methods.has("change") && how !== "put" && { patch: change }),
      ...(methods.has("delete") && { delete: { responses: { "204": { description: "Gone." } } } }),
    };
    return {
      ...(Object.keys(collection).length > 0 && {
        [`${root}/${plural}`]: { ...(above.length > 0 && { parameters: above }), ...collection },
      }),
      [item]: { parameters, ...onItem },
      ...(action !== undefined && {
        [`${item}/${action}`]: { parameters, post: { responses: { "204": { description: "Done." } } } },
      }),
    };
  }

  #key({ noun }: Resource): string {
    return this.#name(`${camelOf(noun)}Id`);
  }

  #pathParameter(resource: Resource): Tree {
    return { name: this.#key(resource), in: "path", required: true, schema: this.#keySchema() };
  }

  #paging(): readonly Tree[] {
    const query = (name: string, schema: Tree): Tree => ({ name, in: "query", schema });
    const whole = { type: "integer", minimum: 1 };
    switch (this.#habits.paging) {
      case "none":
        return [];
      case "page":
        return [query("page", whole), query(this.#name("perPage"), whole)];
      case "offset":
        return [query("offset", { type: "integer", minimum: 0 }), query("limit", whole)];
      case "cursor":
        return [query("cursor", { type: "string" }), query("limit", whole)];
    }
  }

  #page({ noun, plural }: Resource): Tree {
    const rows = { type: "array", items: ref(noun) };
    const { envelope } = this.#habits;
    if (envelope === "bare") return { description: "All.", content: json(rows) };
    const name = envelope === "noun" ? plural.replaceAll("-", "_") : envelope;
    return {
      description: "A page.",
      content: json({ type: "object", properties: { [name]: rows, total: { type: "integer" } } }),
    };
  }
}

function camelOf(noun: string): string {
  return noun.charAt(0).toLowerCase() + noun.slice(1);
}

function isReadOnly(schema: Json): boolean {
  return typeof schema === "object" && schema !== null && "readOnly" in schema;
}

function ref(name: string): Tree {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: Tree): Tree {
  return { "application/json": { schema } };
}
