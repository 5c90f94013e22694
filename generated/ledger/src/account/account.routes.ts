import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { shownListing } from "../paging.ts";
import { deleteAccount, getAccount, listAccounts, openAccount, updateAccount } from "./account.operations.ts";
import {
  deleteAccountSchema,
  getAccountSchema,
  listAccountsSchema,
  openAccountSchema,
  updateAccountSchema,
} from "./account.schema.ts";
import { showAccount, showAccounts } from "./account.shapes.ts";

export function accountRoutes(app: App): void {
  app.get("/accounts", { schema: listAccountsSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected(async (context) =>
      shownListing(await listAccounts(request.query, context), (rows) => showAccounts(rows, context)),
    );
    return reply.code(200).send({ data: page.items, nextCursor: page.nextCursor });
  });

  app.post("/accounts", { schema: openAccountSchema, onRequest: authenticated() }, async (request, reply) => {
    const account = await request.connected(async (context) =>
      showAccount(await openAccount(request.body, context), context),
    );
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/accounts/${account.id}`)
      .send(account);
  });

  app.get("/accounts/:accountId", { schema: getAccountSchema, onRequest: authenticated() }, async (request, reply) => {
    const account = await request.connected(async (context) =>
      showAccount(await getAccount(request.params, context), context),
    );
    return reply.code(200).send(account);
  });

  app.delete(
    "/accounts/:accountId",
    { schema: deleteAccountSchema, onRequest: authenticated() },
    async (request, reply) => {
      await request.transaction((context) => deleteAccount(request.params, context));
      return reply.code(204).send();
    },
  );

  app.patch(
    "/accounts/:accountId",
    { schema: updateAccountSchema, onRequest: authenticated() },
    async (request, reply) => {
      const account = await request.connected(async (context) =>
        showAccount(await updateAccount(request.params, request.body, context), context),
      );
      return reply.code(200).send(account);
    },
  );
}
