import type { Json } from "../document/openapi.ts";
import { linkTo } from "./derived.ts";
import type { PageValue, ReadMember, ReadSource } from "./model.ts";
import { memberKey } from "./names.ts";
import { neutralValue } from "./neutral.ts";
import { matches, textMatching } from "./pattern-text.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";

/** What an envelope's side members are read against. */
export interface EnvelopeContext {
  readonly reader: SchemaReader;
  /** Page values and links to other pages have a meaning only beside a list. */
  readonly isList: boolean;
  readonly hasCursor: boolean;
  readonly status: number;
  /** The path that the operation answers at. */
  readonly path: string;
  /** Called with each required member that nothing could be derived for. */
  readonly onNeutral: (member: Located, name: string) => void;
}

/** A member beside the rows: page values, links, constants; left out where it is optional and unknown. */
export function envelopeMember(
  name: string,
  member: Located,
  owner: View,
  context: EnvelopeContext,
): readonly ReadMember[] {
  const view = context.reader.view(member);
  const isRequired = owner.required.has(name);
  const source = envelopeSource(name, member, view, owner, context);
  if (source) return [{ name, isRequired, isNullable: view.isNullable, source }];
  if (!isRequired) return [];
  if (!view.isNullable) context.onNeutral(member, name);
  return [
    {
      name,
      isRequired,
      isNullable: view.isNullable,
      source: { kind: "neutral", value: neutralValue(member, context.reader) },
    },
  ];
}

function envelopeSource(
  name: string,
  member: Located,
  view: View,
  owner: View,
  context: EnvelopeContext,
): ReadSource | undefined {
  const constant = constantOf(view);
  if (constant !== undefined) return { kind: "constant", value: constant };
  const link = context.isList || /^_?self$/.test(name) ? pageLink(name, member, view, context) : undefined;
  if (link) return link;
  const value = context.isList ? pageValue(name, view, owner, context) : undefined;
  if (value) return { kind: "page", value };
  const nested = nestedSource(view, context);
  return nested ?? statusSource(name, view, context);
}

export function constantOf(view: View): Json | undefined {
  if (view.schema.const !== undefined) return view.schema.const;
  return !view.isNullable && view.schema.enum?.length === 1 ? view.schema.enum[0] : undefined;
}

/** `meta`, `pagination`, `links` … are objects of the same families. */
function nestedSource(view: View, context: EnvelopeContext): ReadSource | undefined {
  if (view.kind !== "object" || view.members.size === 0 || view.members.size > 30) return undefined;
  const quiet = { ...context, onNeutral: () => {} };
  const known = [...view.members].filter(([name, member]) =>
    envelopeSource(name, member, context.reader.view(member), view, quiet),
  );
  if (known.length === 0) return undefined;
  const members = [...view.members].flatMap(([name, member]) => envelopeMember(name, member, view, context));
  return { kind: "shape", shape: { kind: "object", members } };
}

const linkNames: Readonly<Record<string, Extract<ReadSource, { kind: "link" }>["to"]>> = {
  self: "self",
  next: "next",
  nextlink: "next",
  nexturl: "next",
  nexturi: "next",
  nextpage: "next",
  nextpageurl: "next",
  nextpageuri: "next",
  prev: "previous",
  previous: "previous",
  prevlink: "previous",
  previouslink: "previous",
  prevurl: "previous",
  previousurl: "previous",
  prevpage: "previous",
  prevpageurl: "previous",
  previouspage: "previous",
  previouspageuri: "previous",
  first: "first",
  firstlink: "first",
  firsturl: "first",
  firstpageurl: "first",
  firstpageuri: "first",
  last: "last",
  lastlink: "last",
  lasturl: "last",
  lastpageurl: "last",
};

function pageLink(name: string, member: Located, view: View, context: EnvelopeContext): ReadSource | undefined {
  const key = memberKey(name).replace(/^odata/, "");
  const to = lookUp(linkNames, key) ?? (view.kind === "string" && /^(url|href|uri)$/.test(key) ? "self" : undefined);
  if (to === undefined) return undefined;
  const isPlainText = view.kind === "string" && !/^(uri|url|uri-reference)$/.test(view.schema.format ?? "");
  if (isPlainText && context.hasCursor && /^(next|prev|previous|nextpage)$/.test(memberKey(name))) return undefined;
  return isAddress(view, context) ? linkTo(to, member, context.reader) : undefined;
}

/** What a pattern asks for may be the address of something else than of this answer. */
function isAddress({ schema: { pattern } }: View, { path }: EnvelopeContext): boolean {
  const filled = path.replaceAll(/\{[^}]+\}/g, "1");
  if (typeof pattern !== "string" || matches(pattern, filled) || matches(pattern, `https://example.com${filled}`))
    return true;
  // Paths may begin after what the server's own address ends with.
  return textMatching(pattern)?.includes(filled) === true;
}

interface PageRule {
  readonly value: PageValue;
  readonly kinds: readonly View["kind"][];
  readonly names: RegExp;
}

const whole: readonly View["kind"][] = ["integer", "number", "any"];
const flag: readonly View["kind"][] = ["boolean"];
const token: readonly View["kind"][] = ["string", "integer", "number"];

/**
 * The first rule that matches decides. `count` alone is the total, and beside a total the rows of this page; `size`
 * and its like are what was asked for, `first` and `last` are links unless they are booleans.
 */
const pageRules: readonly PageRule[] = [
  {
    value: "total",
    kinds: whole,
    names:
      /^_?(total|overall|full)_?(count|elements|items|results|records|entries|rows|hits|size|objects|number)?$|^(totalnumberof|numberoftotal)\w+$|^(item|record|result|row|element|entr)(s|y|ies)?(count|total)$|^recordstotal$|^\w*totalcount$|^(odata)?count$/,
  },
  {
    value: "pages",
    kinds: whole,
    names: /^_?(total|num|number|max)(of)?pages?(count)?$|^pages?(count|total)s?$|^pagecount$|^lastpage$|^pages$/,
  },
  {
    value: "count",
    kinds: whole,
    names:
      /^(numberofelements|numberof(items|results)|returned|pageitems?count|currentcount|resultsize|itemsonpage|length)$/,
  },
  {
    value: "limit",
    kinds: whole,
    names: /^_?(limit|perpage|pagesize|size|maxresults|pagelimit|itemsperpage|resultsperpage|pagelength)$/,
  },
  { value: "offset", kinds: whole, names: /^_?(offset|skip|start|startindex|startat|firstresult)$/ },
  { value: "next-page", kinds: ["integer", "number"], names: /^(next|nextpage|nextpagenumber)$/ },
  { value: "previous-page", kinds: ["integer", "number"], names: /^(prev|previous|prevpage|previouspage)$/ },
  { value: "page", kinds: whole, names: /^_?(page|pageno|pagenumber|pageindex|currentpage|number|current)$/ },
  {
    value: "has-more",
    kinds: flag,
    names: /^_?(hasmore|hasnext|hasnextpage|more|hasmorepages|istruncated|truncated|moreavailable|next)$/,
  },
  { value: "has-previous", kinds: flag, names: /^_?(hasprev|hasprevious|haspreviouspage|hasprevpage|previous|prev)$/ },
  { value: "is-first", kinds: flag, names: /^(is)?first(page)?$/ },
  { value: "is-last", kinds: flag, names: /^(is)?last(page)?$/ },
  {
    value: "next-cursor",
    kinds: token,
    names:
      /^_?(next|nextcursor|cursor|cursornext|nexttoken|nextpagetoken|pagetoken|continuation|continuationtoken|continuationkey|nextpage|nextmarker|marker|endcursor|after|aftercursor|bookmark|nextid)$/,
  },
  {
    value: "previous-cursor",
    kinds: token,
    names:
      /^_?(prev|previous|prevcursor|previouscursor|previoustoken|previouspagetoken|startcursor|before|beforecursor)$/,
  },
];

function pageValue(name: string, view: View, owner: View, context: EnvelopeContext): PageValue | undefined {
  const key = memberKey(name).replaceAll(/[()[\]]/g, "");
  const rule = pageRules.find(({ kinds, names }) => kinds.includes(view.kind) && names.test(key));
  if (!rule) return undefined;
  if (rule.value === "total" && /^(odata)?count$/.test(key) && hasTotal(owner, context.reader)) return "count";
  if (
    rule.value.endsWith("cursor") &&
    !context.hasCursor &&
    /^(next|prev|previous|after|before|cursor)$/.test(key) &&
    view.kind !== "string"
  )
    return undefined;
  return rule.value;
}

function hasTotal(owner: View, reader: SchemaReader): boolean {
  return [...owner.members].some(
    ([name, member]) => /^total|total(count)?$/.test(memberKey(name)) && reader.view(member).kind === "integer",
  );
}

/** `{ success: true, status: 200, message: "OK" }` around the data. */
function statusSource(name: string, view: View, context: EnvelopeContext): ReadSource | undefined {
  const key = memberKey(name);
  const constant = (value: Json): ReadSource => ({ kind: "constant", value });
  if (view.kind === "boolean" && /^(ok|success|succeeded|issuccess)$/.test(key)) return constant(true);
  if (view.kind === "integer" && /^(status|code|statuscode|httpstatus)$/.test(key)) return constant(context.status);
  if (view.kind === "string" && /^(status|result|message)$/.test(key)) {
    const good = view.schema.enum?.find((value) => typeof value === "string" && /^(ok|success)$/i.test(value));
    return good === undefined ? undefined : constant(good);
  }
  return undefined;
}

export function lookUp<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
