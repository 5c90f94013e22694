import { nounKey } from "./names.ts";
import type { Candidate, Resource } from "./resource.ts";
import { distinct, hasIdentity, hasRow, isStatus, overlap } from "./rows.ts";
import type { SchemaReader } from "./schemas.ts";
import { templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import type { Content } from "./unwrap.ts";
import { verbCallOf } from "./verb-calls.ts";
import { isCaller } from "./verbs.ts";

/**
 * `DELETE /products/{id}/constraints/{id}`, where a product shows its constraints: their schema stands in the parent. So
 * does that of what is only made below it, if the answer to it is of that very component.
 */
export function shownInParent(
  { isMethod, leadsOn: _, ...resource }: Candidate,
  known: readonly Resource[],
  reader: SchemaReader,
): readonly Resource[] {
  const isChanged = resource.depth === 1 && ["put", "patch", "delete"].some((method) => isMethod("item", method));
  const made = resource.depth === 0 ? resource.collection.filter(isMaking) : [];
  if (!isChanged && made.length === 0) return [];
  const parent = known.find(
    ({ parts, depth }) =>
      parts.length + depth === resource.parts.length - 1 && resource.template.startsWith(`${templateOf(parts)}/`),
  );
  for (const { view } of parent?.read ?? []) {
    const found = [...(view?.members ?? [])].find(([name]) => nounKey(name) === nounKey(resource.noun));
    const member = found && reader.view(found[1]);
    const row = member?.kind === "array" && member.items ? reader.view(member.items) : undefined;
    const isShownAsMade = made.some(
      ({ output }) => output.view?.name !== undefined && output.view.pointer === row?.pointer,
    );
    if (
      row?.kind !== "object" ||
      !(isChanged ? hasIdentity(row) : isShownAsMade) ||
      !member?.items ||
      known.some((other) => other.read.some((read) => read.view === row))
    )
      continue;
    const content: Content = { form: "rows", path: [], inner: [], row: member.items, view: row, isUntyped: false };
    return [
      {
        ...resource,
        read: [content],
        because: isChanged
          ? "its items are changed by key, and its parent shows them"
          : "it is made below its parent, which shows what was made",
        confidence: "likely",
      },
    ];
  }
  return [];
}

function isMaking({ call, input, output }: Site): boolean {
  return call.method === "post" && input.form === "row" && output.form === "row";
}

/**
 * Item paths without a row of their own. Where the noun is a resource elsewhere, POST or PUT without a body links two
 * rows, and DELETE takes the link away; a path that only deletes below a parent may be a twin of the other one.
 */
export function linkOrTwin(
  { isMethod: _, leadsOn: __, ...resource }: Candidate,
  nouns: ReadonlySet<string>,
): readonly Resource[] {
  if (!nouns.has(nounKey(resource.noun)) || resource.parts.length < 3) return [];
  const methods = new Set(resource.item.map((site) => site.call.method));
  const writes = methods.has("post") || methods.has("put");
  if (methods.has("get") || (!writes && !methods.has("delete"))) return [];
  return [
    {
      ...resource,
      form: "link",
      because: "it joins two resources and has no members of its own",
      confidence: "likely",
    },
  ];
}

/** `/x/create`, `/x/list`, `/x/getX/{id}`: verbs stand where nouns should, and at least two of their schemas agree. */
export function rpcResources(sites: readonly Site[], taken: ReadonlySet<string>): readonly Resource[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const call = verbCallOf(site);
    const parent = call && templateOf(call.base);
    if (parent === undefined || taken.has(parent)) continue;
    groups.set(parent, [...(groups.get(parent) ?? []), site]);
  }
  const callers = sites.filter((site) => site.call.method === "get" && isCaller(site.call.segments.at(-1)?.text ?? ""));
  return [...groups].flatMap(([template, calls]) => {
    const own = callers.filter((site) => templateOf(site.parts.slice(0, -1)) === template);
    return rpcResource(template, calls, own);
  });
}

/** `own`: what each caller reads of themselves, as `/user/me` beside `/user/create`. */
function rpcResource(template: string, calls: readonly Site[], own: readonly Site[]): readonly Resource[] {
  const of = (...kinds: readonly string[]) => calls.filter((site) => kinds.includes(verbCallOf(site)?.kind ?? ""));
  const shown = (sites: readonly Site[]) =>
    distinct(sites.map((site) => site.output).filter((content) => hasRow(content) && !isStatus(content.view)));
  const asked = shown([...own, ...of("read"), ...of("list")]);
  // Where rows are read, an answer to a write that is no such row (the token of a new user) is none of its forms.
  const answered = shown([...of("create"), ...of("update")]).filter(
    ({ view }) => asked.length === 0 || hasIdentity(view) || asked.some((row) => overlap(view, row.view) === 1),
  );
  const read = distinct([...asked, ...answered]);
  const write = distinct(
    of("create", "update", "replace")
      .map((site) => site.input)
      .filter((content) => content.form === "row"),
  );
  const reads = [...of("read", "list"), ...own].filter((site) => hasRow(site.output));
  const writes = of("create", "update", "replace");
  const isAgreed = reads.some((site) =>
    writes.some(
      (other) =>
        other.output.view?.pointer === site.output.view?.pointer || overlap(other.input.view, site.output.view) >= 0.5,
    ),
  );
  if (!isAgreed) return [];
  const parts = template.slice(1).split("/");
  const noun = calls[0]?.call.segments[parts.length - 1]?.text ?? "";
  return [
    {
      form: "rpc",
      template,
      parts,
      noun,
      depth: 0,
      collection: calls,
      item: [],
      read,
      write,
      because: "its calls end in verbs, and their schemas agree",
      confidence: "likely",
    },
  ];
}
