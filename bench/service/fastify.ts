import Fastify from "fastify";
import { bodySchema, countOf, createItem, isAllowed, isId, listItems, PORT, readItem, type Item } from "./shared.ts";

/** What a person would write with Fastify and `pg`. */
const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });

app.get("/ready", () => ({}));
app.addHook("onRequest", async (request, reply) => {
  if (request.url === "/ready" || (await isAllowed(request.headers.authorization))) return;
  await reply.code(401).send({ title: "Unauthorized" });
});
app.get<{ Params: { id: string } }>("/items/:id", async ({ params }, reply) => {
  const item = isId(params.id) ? await readItem(params.id) : undefined;
  return item ?? reply.code(404).send({ title: "Not Found" });
});
app.get<{ Querystring: { limit?: string; offset?: string } }>("/items", async ({ query }, reply) => {
  const [limit, offset] = [countOf(query.limit, 1, 100, 20), countOf(query.offset, 0, 1e9, 0)];
  if (limit === undefined || offset === undefined) return reply.code(400).send({ title: "Bad Request" });
  return listItems(limit, offset);
});
app.post<{ Body: Item }>("/items", { schema: { body: bodySchema } }, async ({ body }, reply) =>
  reply.code(201).send(await createItem(body)),
);
await app.listen({ port: Number(PORT), host: "127.0.0.1" });
