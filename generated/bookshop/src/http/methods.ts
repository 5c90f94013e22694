import type { FastifyInstance } from "fastify";
import { sendProblem } from "./errors.ts";

/** What is known of one path: as it was registered, and its methods. */
interface Path {
  readonly url: string;
  readonly methods: Set<string>;
  /** The closed lists that its parameters are of. */
  readonly lists: Readonly<Record<string, { readonly enum?: readonly unknown[] }>>;
}

/** Answers the methods that a path does not have: 405, or 204 to OPTIONS, each with all that it has in `Allow`. */
export function refuseOtherMethods(app: FastifyInstance, register: (app: FastifyInstance) => void): void {
  const paths = new Map<string, Path>();
  app.addHook("onRoute", ({ url, method, schema }) => {
    // Two paths that differ in the names of their parameters are one.
    const shape = url.replaceAll(/::|:\w+/g, (part) => (part === "::" ? part : ":"));
    const path = paths.get(shape) ?? {
      url,
      methods: new Set(),
      lists: (schema?.params as { properties?: Path["lists"] } | undefined)?.properties ?? {},
    };
    for (const name of [method].flat()) path.methods.add(name);
    paths.set(shape, path);
  });
  register(app);
  // As they are now: what is registered below is seen by the hook too.
  const registered = [...paths.values()].map((path) => ({ ...path, methods: new Set(path.methods) }));
  const naming = registered.filter(({ lists }) => Object.values(lists).some((list) => list.enum !== undefined));
  for (const { url, methods: own } of registered) {
    const methods = new Set([
      ...own,
      ...naming.filter((path) => isNamedBy(path, url)).flatMap((path) => [...path.methods]),
    ]);
    const others = app.supportedMethods.filter((method) => !methods.has(method));
    // Below a prefix, "/" is both the prefix and the prefix with a slash.
    const isTwin = app.prefix !== "" && url === `${app.prefix}/` && paths.has(app.prefix);
    if (others.length === 0 || isTwin) continue;
    const allow = [...new Set([...methods, "OPTIONS"])].toSorted().join(", ");
    app.route({
      url: url.slice(app.prefix.length) || "/",
      method: others,
      async onRequest(request, reply) {
        reply.header("allow", allow);
        if (request.method === "OPTIONS") return reply.code(204).send();
        return sendProblem(reply, {
          status: 405,
          code: "method-not-allowed",
          detail: "This path does not have this method.",
        });
      },
      handler: () => {},
    });
  }
}

/** Whether a path names this one by a closed list: `/kinds/{kind}` names `/kinds/mail`, where `mail` is a kind. */
function isNamedBy({ url, lists }: Path, other: string): boolean {
  const [parts, words] = [url.split("/"), other.split("/")];
  const isNamed = (part: string, word: string) =>
    part.startsWith(":") && (word.startsWith(":") || lists[part.slice(1)]?.enum?.includes(word) === true);
  return (
    url !== other &&
    parts.length === words.length &&
    parts.every((part, at) => part === words[at] || isNamed(part, words[at] ?? ""))
  );
}
