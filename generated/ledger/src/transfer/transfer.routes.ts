import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { createTransfer, getTransfer, listTransfers, reverseTransfer } from "./transfer.operations.ts";
import {
  createTransferSchema,
  getTransferSchema,
  listTransfersSchema,
  reverseTransferSchema,
} from "./transfer.schema.ts";

export function transferRoutes(app: App): void {
  app.get("/transfers", { schema: listTransfersSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected((context) => listTransfers(request.query, context));
    return reply.code(200).send({ data: page.items, nextCursor: page.nextCursor });
  });

  app.post("/transfers", { schema: createTransferSchema, onRequest: authenticated() }, async (request, reply) => {
    const transfer = await request.transaction((context) => createTransfer(request.body, context));
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/transfers/${transfer.id}`)
      .send(transfer);
  });

  app.get(
    "/transfers/:transferId",
    { schema: getTransferSchema, onRequest: authenticated() },
    async (request, reply) => {
      const transfer = await request.connected((context) => getTransfer(request.params, context));
      return reply.code(200).send(transfer);
    },
  );

  app.post(
    "/transfers/:transferId/reverse",
    { schema: reverseTransferSchema, onRequest: authenticated() },
    async (request, reply) => {
      const answer = await request.operation((context) => reverseTransfer({ params: request.params }, context));
      return reply.code(200).send(answer);
    },
  );
}
