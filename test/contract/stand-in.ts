import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a service that keeps this document's word does by hand; one plant at a time breaks it. */
export const document = {
  openapi: "3.0.3",
  info: { title: "Things", version: "1" },
  paths: {
    "/things": {
      get: {
        operationId: "listThings",
        responses: { "200": answer("Things.", { type: "array", items: { $ref: "#/components/schemas/Thing" } }) },
      },
      post: {
        operationId: "createThing",
        requestBody: { required: true, content: { "application/json": { schema: thing() } } },
        responses: { "201": answer("The thing.", thing()), "400": answer("Not so.", problem()) },
      },
    },
    "/things/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer", format: "int64" } }],
      get: {
        operationId: "readThing",
        responses: { "200": answer("The thing.", thing()), "404": answer("None.", problem()) },
      },
      put: {
        operationId: "replaceThing",
        requestBody: { required: true, content: { "application/json": { schema: thing() } } },
        responses: { "200": answer("The thing.", thing()), "404": answer("None.", problem()) },
      },
      delete: { operationId: "deleteThing", responses: { "204": { description: "Gone." } } },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: "object",
        required: ["id", "name"],
        additionalProperties: false,
        properties: {
          id: { type: "integer", format: "int64", readOnly: true },
          name: { type: "string", minLength: 1, maxLength: 20 },
          count: { type: "integer", minimum: 0, nullable: true },
          secret: { type: "string", writeOnly: true },
        },
      },
      Problem: { type: "object", required: ["message"], properties: { message: { type: "string" } } },
    },
  },
};

function thing(): object {
  return { $ref: "#/components/schemas/Thing" };
}

function problem(): object {
  return { $ref: "#/components/schemas/Problem" };
}

function answer(description: string, schema: object): object {
  return { description, content: { "application/json": { schema } } };
}

/** Ways in which the service breaks the document's word. */
export const plants = [
  "shows the secret",
  "leaves out the name",
  "creates with 202",
  "creates what it was not sent",
  "keeps what is deleted",
  "takes any body",
  "refuses a count of none",
  "fails at a long name",
  "answers errors in another schema",
  "sends HTML",
  "does not say which methods there are",
  "takes any media type",
  "tells of its database",
  "never replaces",
] as const;
export type Plant = (typeof plants)[number];

interface Stored {
  readonly id: number;
  readonly [member: string]: unknown;
}

/** The service on a free port. */
export async function startStandIn(plant?: Plant): Promise<AsyncDisposable & { readonly address: string }> {
  const things = new Map<number, Stored>();
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (piece: string) => (text += piece));
    request.on("end", () => serve({ request, response, text, things, plant }));
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly text: string;
  readonly things: Map<number, Stored>;
  readonly plant: Plant | undefined;
}

function serve({ request, response, text, things, plant }: Call): void {
  const send = (status: number, value?: unknown, headers: Record<string, string> = {}): void => {
    const type = plant === "sends HTML" ? "text/html" : "application/json";
    response.writeHead(status, { ...(value === undefined ? {} : { "content-type": type }), ...headers });
    response.end(value === undefined || request.method === "HEAD" ? undefined : JSON.stringify(value));
  };
  const fail = (status: number, message: string, headers: Record<string, string> = {}): void =>
    send(status, plant === "answers errors in another schema" ? { error: message } : { message }, headers);
  const shown = ({ id, name, count, secret }: Stored): object => ({
    id,
    ...(plant === "leaves out the name" ? {} : { name }),
    ...(count === undefined ? {} : { count }),
    ...(plant === "shows the secret" && secret !== undefined ? { secret } : {}),
  });
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const [, place, key] = /^\/things(?:\/([^/]+))?()$/.exec(pathname) ?? [];
  if (key === undefined) return fail(404, "no such path");
  const methods = place === undefined ? ["GET", "HEAD", "POST"] : ["GET", "HEAD", "PUT", "DELETE"];
  if (!methods.includes(request.method ?? ""))
    return fail(405, "no", plant === "does not say which methods there are" ? {} : { allow: methods.join(", ") });
  if (place !== undefined && !/^-?\d{1,15}$/.test(place)) return fail(400, "no number");
  const stored = things.get(Number(place));
  if (place !== undefined && stored === undefined) return fail(404, "none");
  if (request.method === "DELETE") {
    if (plant !== "keeps what is deleted") things.delete(Number(place));
    return send(204);
  }
  if (request.method === "GET" || request.method === "HEAD")
    return send(200, stored === undefined ? [...things.values()].map(shown) : shown(stored));
  if (request.headers["content-type"] !== "application/json" && plant !== "takes any media type")
    return fail(415, "JSON only");
  const body = bodyOf(text, plant);
  if (typeof body === "string") return fail(400, body);
  if (plant === "fails at a long name" && [...String(body["name"])].length === 20) return fail(500, "oh");
  const kept = plant === "creates what it was not sent" ? { ...body, name: "other" } : body;
  const row: Stored = { ...kept, id: stored?.id ?? things.size + 1000 };
  if (stored === undefined || plant !== "never replaces") things.set(row.id, row);
  if (stored !== undefined) return send(200, shown(row));
  send(plant === "creates with 202" ? 202 : 201, shown(row), { location: `/things/${row.id}` });
}

function bodyOf(text: string, plant: Plant | undefined): Readonly<Record<string, unknown>> | string {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return plant === "tells of its database" ? 'insert into "things" violates not-null constraint' : "no JSON";
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "no object";
  const { name, count, secret, ...more } = body as Readonly<Record<string, unknown>>;
  if (plant === "takes any body")
    return { name: typeof name === "string" ? name : "some", ...(secret ? { secret } : {}) };
  if (Object.keys(more).length > 0) return "unknown members";
  if (typeof name !== "string" || [...name].length < 1 || [...name].length > 20) return "no name";
  if (secret !== undefined && typeof secret !== "string") return "no text";
  if (plant === "refuses a count of none" && (count === null || count === 0)) return "no count";
  const isCount = count === undefined || count === null || (Number.isInteger(count) && Number(count) >= 0);
  return isCount ? (body as Readonly<Record<string, unknown>>) : "no count";
}
