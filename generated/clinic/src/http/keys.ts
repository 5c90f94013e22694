import type { FastifyRequest } from "fastify";
import { Failure } from "../failure.ts";
import type { Scheme } from "./authentication.ts";
import type { Secrets } from "./secrets.ts";

/** Keys of API_KEYS. A caller's subject is the name that its key is listed under. */
export function openKeys(keys: Secrets, place: "header" | "query" | "cookie", name: string): Scheme {
  return {
    isThrowAway: keys.isThrowAway,
    async callerOf(request) {
      const key = keyIn(request, place, name);
      if (key === undefined) return undefined;
      const [subject] = keys.namesOf(key);
      if (subject === undefined) throw new Failure("unauthenticated", "The key is not valid.");
      return { subject, scopes: [] };
    },
    async issue(subject) {
      const key = keys.issue(subject);
      if (place === "query") return { query: { [name]: key } };
      return { headers: place === "cookie" ? { cookie: `${name}=${key}` } : { [name.toLowerCase()]: key } };
    },
  };
}

function keyIn({ headers, query }: FastifyRequest, place: string, name: string): string | undefined {
  if (place === "query") return (query as Partial<Record<string, readonly string[]>>)[name]?.[0];
  if (place === "header") return headers[name.toLowerCase()]?.toString();
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
