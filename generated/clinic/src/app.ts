import type { IncomingMessage, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  type RawServerDefault,
} from "fastify";
import {
  connected,
  operationContext,
  transaction,
  type Context,
  type OperationContext,
  type Origin,
} from "./context.ts";
import type { Caller } from "./contract.ts";
import type { Database } from "./database.ts";
import { buildServices, register } from "./extensions.ts";
import { openCredentials, type Credentials } from "./http/authentication.ts";
import { answerClientError } from "./http/client-errors.ts";
import { serveDocs, serveHealth } from "./http/docs.ts";
import { answerError, sendProblem } from "./http/errors.ts";
import { requestId, setHeaders } from "./http/headers.ts";
import { acceptBodies } from "./http/media.ts";
import { refuseOtherMethods } from "./http/methods.ts";
import { decodeParameters, parseQueryString } from "./http/parameters.ts";
import { compileValidator, readableUrl, refuseUnstorable } from "./http/validation.ts";
import type { Services } from "./services.ts";
import { ownerRoutes } from "./owner/owner.routes.ts";
import { petRoutes } from "./pet/pet.routes.ts";
import { visitRoutes } from "./visit/visit.routes.ts";
import { vetRoutes } from "./vet/vet.routes.ts";
import { specialtyRoutes } from "./specialty/specialty.routes.ts";
import { appointmentRoutes } from "./appointment/appointment.routes.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls; nobody, where nothing asks for credentials. */
    caller: Caller;
    /** Does the work on one connection, each statement for itself. */
    connected<Result>(work: (context: Context) => Promise<Result>): Promise<Result>;
    /** Does the work in one transaction. */
    transaction<Result>(work: (context: Context) => Promise<Result>): Promise<Result>;
    /** Does the work, which chooses its transactions itself. */
    operation<Result>(work: (context: OperationContext) => Promise<Result>): Promise<Result>;
  }
}

/** Fastify, with requests typed by their TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export interface AppOptions {
  readonly database: Database;
  readonly services?: Services;
  readonly credentials?: Credentials;
  /** Where the API is mounted; default "/api/v2". */
  readonly basePath?: string;
  readonly logger?: FastifyServerOptions["logger"];
  /** Milliseconds in which a request must have come in, body and all; default: a minute. */
  readonly requestTimeout?: number;
}

/** Builds the service, without listening. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { database, basePath = "/api/v2", logger = false, requestTimeout = 60_000 } = options;
  const app = Fastify({
    logger,
    bodyLimit: 1_048_576,
    requestTimeout,
    // Of the two times Node takes the longer one for the whole request, and looks only so often who is late.
    http: { headersTimeout: Math.min(requestTimeout, 60_000), connectionsCheckingInterval: requestTimeout / 4 },
    // Node refuses longer ones by itself.
    routerOptions: { querystringParser: parseQueryString, maxParamLength: 16_384 },
    genReqId: requestId,
    rewriteUrl: readableUrl,
    clientErrorHandler: answerClientError,
    // What the router itself refuses gets to no hook.
    frameworkErrors(error, request, reply) {
      setHeaders(request, reply);
      void answerError(error, request, reply);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.decorate("credentials", options.credentials ?? openCredentials());
  app.addHook("onRequest", async (request, reply) => setHeaders(request, reply));
  app.setValidatorCompiler(compileValidator);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: "not-found", detail: "There is nothing at this path." }),
  );
  acceptBodies(app);
  decorateRequests(app, options);
  register(app);
  await serveDocs(app, basePath);
  serveHealth(app, database);
  await app.register(
    async (api: App) => {
      decodeParameters(api);
      api.addHook("preValidation", refuseUnstorable);
      refuseOtherMethods(api, () => {
        ownerRoutes(api);
        petRoutes(api);
        visitRoutes(api);
        vetRoutes(api);
        specialtyRoutes(api);
        appointmentRoutes(api);
      });
    },
    { prefix: basePath },
  );
  return app;
}

/** Gives each request the three ways in which it can work with the database. */
function decorateRequests(app: App, { database, services = buildServices() }: AppOptions): void {
  const originOf = ({ caller, log }: FastifyRequest): Origin => {
    return { caller, now: new Date().toISOString(), services, report: (error) => log.error(error) };
  };
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    request.caller = nobody;
  });
  app.decorateRequest("connected", function (work) {
    return connected(database, originOf(this), work);
  });
  app.decorateRequest("transaction", function (work) {
    return transaction(database, originOf(this), work);
  });
  app.decorateRequest("operation", function (work) {
    return work(operationContext(database, originOf(this)));
  });
}

/** The caller where nothing asks for credentials. */
const nobody: Caller = { subject: "", scopes: [] };
