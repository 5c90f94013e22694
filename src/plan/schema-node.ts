import type { OpenApi, Schema } from "../document/openapi.ts";
import { rememberedByName } from "./remember.ts";

/** The schema that an internal reference such as `#/components/schemas/Pet` names; undefined where nothing is there. */
export const at = rememberedByName((root: OpenApi, ref): Schema | undefined => {
  if (!ref.startsWith("#")) return undefined;
  let node: unknown = root;
  for (const part of decodeURIComponentSafely(ref.slice(1)).split("/").slice(1)) {
    if (typeof node !== "object" || node === null) return undefined;
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return typeof node === "object" && node !== null ? (node as Schema) : undefined;
});

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
