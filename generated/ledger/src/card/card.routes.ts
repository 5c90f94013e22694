import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import {
  cancelCard,
  freezeCard,
  getCard,
  issueCard,
  listAccountCards,
  listCards,
  unfreezeCard,
  updateCard,
} from "./card.operations.ts";
import {
  cancelCardSchema,
  freezeCardSchema,
  getCardSchema,
  issueCardSchema,
  listAccountCardsSchema,
  listCardsSchema,
  unfreezeCardSchema,
  updateCardSchema,
} from "./card.schema.ts";

export function cardRoutes(app: App): void {
  app.get(
    "/accounts/:accountId/cards",
    { schema: listAccountCardsSchema, onRequest: authenticated() },
    async (request, reply) => {
      const page = await request.connected((context) => listAccountCards(request.params, request.query, context));
      return reply.code(200).send({ data: page.items, nextCursor: page.nextCursor });
    },
  );

  app.get("/cards", { schema: listCardsSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected((context) => listCards(request.query, context));
    return reply.code(200).send({ data: page.items, nextCursor: page.nextCursor });
  });

  app.post("/cards", { schema: issueCardSchema, onRequest: authenticated() }, async (request, reply) => {
    const card = await request.transaction((context) => issueCard(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/cards/${card.id}`)
      .send(card);
  });

  app.get("/cards/:cardId", { schema: getCardSchema, onRequest: authenticated() }, async (request, reply) => {
    const card = await request.connected((context) => getCard(request.params, context));
    return reply.code(200).send(card);
  });

  app.delete("/cards/:cardId", { schema: cancelCardSchema, onRequest: authenticated() }, async (request, reply) => {
    await request.connected((context) => cancelCard(request.params, context));
    return reply.code(204).send();
  });

  app.patch("/cards/:cardId", { schema: updateCardSchema, onRequest: authenticated() }, async (request, reply) => {
    const card = await request.transaction((context) => updateCard(request.params, request.body, context));
    return reply.code(200).send(card);
  });

  app.post(
    "/cards/:cardId/freeze",
    { schema: freezeCardSchema, onRequest: authenticated() },
    async (request, reply) => {
      const answer = await request.operation((context) => freezeCard({ params: request.params }, context));
      return reply.code(200).send(answer);
    },
  );

  app.post(
    "/cards/:cardId/unfreeze",
    { schema: unfreezeCardSchema, onRequest: authenticated() },
    async (request, reply) => {
      const answer = await request.operation((context) => unfreezeCard({ params: request.params }, context));
      return reply.code(200).send(answer);
    },
  );
}
