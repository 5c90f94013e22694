import type { App } from "../app.ts";
import { addressOf } from "../http/addresses.ts";
import { authenticated } from "../http/authentication.ts";
import { shownListing } from "../paging.ts";
import { createStatement, getStatement, listAccountStatements, listStatements } from "./statement.operations.ts";
import {
  createStatementSchema,
  getStatementSchema,
  listAccountStatementsSchema,
  listStatementsSchema,
} from "./statement.schema.ts";
import { showStatement, showStatements } from "./statement.shapes.ts";

export function statementRoutes(app: App): void {
  app.get(
    "/accounts/:accountId/statements",
    { schema: listAccountStatementsSchema, onRequest: authenticated() },
    async (request, reply) => {
      const page = await request.connected(async (context) =>
        shownListing(await listAccountStatements(request.params, request.query, context), (rows) =>
          showStatements(rows, context),
        ),
      );
      return reply.code(200).send({ data: page.items, nextCursor: page.nextCursor });
    },
  );

  app.get("/statements", { schema: listStatementsSchema, onRequest: authenticated() }, async (request, reply) => {
    const page = await request.connected(async (context) =>
      shownListing(await listStatements(request.query, context), (rows) => showStatements(rows, context)),
    );
    return reply.code(200).send({ data: page.items, nextCursor: page.nextCursor });
  });

  app.post("/statements", { schema: createStatementSchema, onRequest: authenticated() }, async (request, reply) => {
    const statement = await request.transaction(async (context) =>
      showStatement(await createStatement(request.body, context), context),
    );
    return reply
      .code(201)
      .header("location", app.prefix + addressOf`/statements/${statement.id}`)
      .send(statement);
  });

  app.get(
    "/statements/:statementId",
    { schema: getStatementSchema, onRequest: authenticated() },
    async (request, reply) => {
      const statement = await request.connected(async (context) =>
        showStatement(await getStatement(request.params, context), context),
      );
      return reply.code(200).send(statement);
    },
  );
}
