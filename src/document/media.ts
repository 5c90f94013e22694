import { isObject, isText, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import type { Upgrade } from "./upgrade.ts";

/** What is said of a body that nothing can be done with as it is documented. */
interface Direction {
  readonly does: string;
  readonly cannot: string;
  readonly instead: string;
  /** Media types in which values with members can travel. */
  readonly carries: RegExp;
}

const request: Direction = {
  does: "takes",
  cannot: "read",
  instead: "takes JSON",
  carries: /json|^\*\/\*$|^application\/\*$|^application\/x-www-form-urlencoded$|^multipart\/form-data$/,
};

const answer: Direction = {
  does: "answers with",
  cannot: "write",
  instead: "answers with JSON",
  carries: /json|^\*\/\*$|^application\/\*$/,
};

/**
 * A value with members that is documented as XML, CSV or the like alone is served as JSON of the same schema, so that
 * the operation is of use; the document that is served says so. Texts and files are what they are in any media type.
 */
export function checkMedia(path: string, method: string, operation: RawObject, tools: Upgrade): void {
  const who = `${method.toUpperCase()} ${path}`;
  const body = resolved(operation["requestBody"], tools);
  const responses = operation["responses"];
  if (isObject(body)) mend(who, [body], request, tools);
  if (isObject(responses)) {
    const all = Object.values(responses).map((response) => resolved(response, tools));
    mend(who, all.filter(isObject), answer, tools);
  }
}

/** One report for an operation and direction, at the first place. */
function mend(who: string, holders: readonly RawObject[], direction: Direction, tools: Upgrade): void {
  let isTold = false;
  for (const holder of holders) {
    const content = holder["content"];
    if (!isObject(content)) continue;
    const types = Object.keys(content);
    if (types.some((type) => direction.carries.test(plain(type)))) continue;
    const [first] = types.filter((type) => hasMembers(member(member(content, type), "schema"), tools)).sort();
    if (first === undefined) continue;
    if (!isTold) {
      const saw = `${who} ${direction.does} ${types.join(" or ")} alone, which the service cannot ${direction.cannot}; it ${direction.instead} of the same schema.`;
      tools.warn("media/unsupported", content, first, saw);
      isTold = true;
    }
    const made = tools.origins.adopt<RawObject>({}, content);
    setMember(made, "application/json", member(content, first));
    holder["content"] = made;
  }
}

function plain(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

/** True for a schema of objects or lists: what only a structured media type can carry. */
function hasMembers(schema: unknown, tools: Upgrade): boolean {
  const target = resolved(schema, tools);
  if (!isObject(target)) return false;
  const { type } = target;
  const types: readonly unknown[] = Array.isArray(type) ? type : isText(type) ? [type] : [];
  if (types.length > 0) return types.includes("object") || types.includes("array");
  return ["properties", "items", "allOf", "oneOf", "anyOf"].some((keyword) => Object.hasOwn(target, keyword));
}

function resolved(node: unknown, { links }: Upgrade): unknown {
  return (isObject(node) && links.references.get(node)) || node;
}
