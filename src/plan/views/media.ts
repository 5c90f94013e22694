import type { Model, Operation } from "../../model/model.ts";
import { remembered } from "../remember.ts";

export type MediaKind = "json" | "form" | "multipart" | "text" | "bytes" | "none";

/** What our service can read. XML and other structured texts are none of it, and get 415. */
export function mediaKind(type: string): MediaKind {
  if (/^application\/([\w.-]+\+)?json$/.test(type) || type === "text/json") return "json";
  if (type === "application/x-www-form-urlencoded") return "form";
  if (type === "multipart/form-data") return "multipart";
  if (/[/+]xml$/.test(type) || type === "application/yaml") return "none";
  if (/^text\/[\w.+-]+$/.test(type)) return "text";
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? "bytes" : "none";
}

/** Media types without parameters, in lower case; a wildcard stands for JSON. */
export function mediaTypesOf({ body }: Operation): readonly string[] {
  const types = (body?.mediaTypes ?? []).map((type) => (type.split(";")[0] ?? "").trim().toLowerCase());
  return [...new Set(types.map((type) => (type.includes("*") ? "application/json" : type)))];
}

/** The list of media types that most bodies have. */
export const usualMedia = remembered((model: Model): readonly string[] => {
  const counts = new Map<string, number>();
  for (const operation of model.operations) {
    if (operation.body === undefined) continue;
    const key = JSON.stringify(mediaTypesOf(operation));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((left, right) => right[1] - left[1]);
  return most === undefined ? ["application/json"] : (JSON.parse(most[0]) as readonly string[]);
});

/** The media types of an operation's body, where they are not those of most. */
export function mediaOf(operation: Operation, model: Model): readonly string[] | undefined {
  if (operation.body === undefined) return undefined;
  const own = mediaTypesOf(operation);
  return JSON.stringify(own) === JSON.stringify(usualMedia(model)) ? undefined : own;
}

export function isBodyOptional({ body }: Operation): boolean {
  return body !== undefined && !body.isRequired;
}
