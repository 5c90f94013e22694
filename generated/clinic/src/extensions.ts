import type { FastifyInstance } from "fastify";
import type { Services } from "./services.ts";

/** Builds the services that business logic may call. This file is yours. */
export function buildServices(): Services {
  return {};
}

/** Registers your own plugins and routes, before those of the API. */
export function register(_app: FastifyInstance): void {}
