import type { EntityDraft } from "./classified.ts";
import type { ParameterRole } from "./model.ts";
import { memberKey } from "./names.ts";
import { fieldNamed } from "./scope.ts";
import type { View } from "./schemas.ts";

/** A query parameter of a list, as the rules look at it. */
export interface ListParameter {
  readonly name: string;
  readonly view: View;
}

type PagingRole = Extract<
  ParameterRole,
  { kind: "limit" | "offset" | "page" | "cursor" | "sort" | "direction" | "ignored" }
>;

interface PagingRule {
  readonly role: PagingRole;
  readonly names: RegExp;
  readonly kinds?: readonly View["kind"][];
  /**
   * Words that are also ordinary members: believed only where the entity has none of that name, and where no other
   * parameter of the list has the role for certain.
   */
  readonly isWeak?: true;
  /** Believed only where rows have a number as their key. */
  readonly isCounted?: true;
}

const whole: readonly View["kind"][] = ["integer", "number", "string", "any"];
const text: readonly View["kind"][] = ["string", "integer", "any", "union"];

/**
 * The first rule decides. Names are compared without case and separators, `page[size]` as `pagesize`. Sizes come before
 * pages and cursors, because `page_size` also starts with `page`; a page that is a text is a cursor.
 */
const pagingRules: readonly PagingRule[] = [
  {
    role: { kind: "limit" },
    kinds: whole,
    names:
      /^\$top$|^\$?(limit|pagelimit|maxresults|maxitems|maxrecords|pagelength|batchsize|numresults|numberofresults|fetchsize|[a-z]*perpage|[a-z]*pagesize)$/,
  },
  {
    role: { kind: "limit" },
    kinds: ["integer", "number"],
    names: /^(size|count|first|take|rows|length|max|num|per|top|pagecount)$/,
    isWeak: true,
  },
  {
    role: { kind: "page" },
    kinds: ["integer", "number"],
    names: /^\$?(page|pageno|pagenum|pagenumber|pageindex|currentpage|p|pagenr)$/,
  },
  {
    role: { kind: "offset" },
    kinds: whole,
    names: /^\$?(offset|skip|pageoffset|startindex|startat|startrow|firstresult|firstrow|rowstart|startrecord)$/,
  },
  { role: { kind: "offset" }, kinds: ["integer", "number"], names: /^(start|from)$/, isWeak: true },
  {
    role: { kind: "cursor", isBackward: true },
    kinds: text,
    names: /^(endingbefore|beforecursor|cursorbefore|pagebefore|beforeid|maxid|previoustoken|prevcursor)$/,
  },
  {
    role: { kind: "cursor" },
    kinds: text,
    names:
      /^\$?(cursor|pagecursor|nextcursor|startingafter|startafter|searchafter|aftercursor|cursorafter|pageafter|afterid|sinceid|pagetoken|pageinfo|nexttoken|nextpagetoken|continuation|continuationtoken|continuationkey|continue|skiptoken|marker|pagemarker|startkey|bookmark|scrollid|startcursor|exclusivestartkey|fromid)$/,
  },
  { role: { kind: "cursor" }, kinds: ["string", "any", "union"], names: /^(page|next|after|start)$/, isWeak: true },
  {
    role: { kind: "cursor", isBackward: true },
    kinds: ["string", "any", "union"],
    names: /^(before|previous|prev)$/,
    isWeak: true,
  },
  { role: { kind: "cursor" }, kinds: ["integer"], names: /^(since|after)$/, isWeak: true, isCounted: true },
  {
    role: { kind: "direction" },
    names: /^(sort|order|sortby|orderby)?(direction|dir|ascdesc)$|^(sortorder|sorttype|ordertype|orderdirection)$/,
    isWeak: true,
  },
  {
    role: { kind: "sort" },
    kinds: ["string", "array", "any"],
    names:
      /^\$?(sort|sorts|sortby|sortfield|sortkey|sortcolumn|sorton|orderby|orderbyfield|ordering|orderfield|order|sorting)$/,
  },
];

/**
 * A parameter that says which page of a list is meant, or in which order; undefined where it is something else. `others`
 * are the list's query parameters.
 */
export function pagingRole(
  parameter: ListParameter,
  entity: EntityDraft | undefined,
  others: readonly ListParameter[] = [],
): PagingRole | undefined {
  const rule = ruleFor(parameter);
  if (!rule) return undefined;
  const isTaken = entity !== undefined && fieldNamed(entity, parameter.name)?.column !== undefined;
  if (rule.isCounted === true && !isCounted(entity)) return undefined;
  if (rule.isWeak === true && (isTaken || others.some((other) => isCertain(other, rule)))) return undefined;
  if (rule.role.kind === "offset" && isMarker(parameter, others)) return { kind: "cursor" };
  if (rule.role.kind === "sort" && isDirection(parameter)) return { kind: "direction" };
  return rule.role;
}

/** An offset that is a text, beside a size that is a number, is what the page before said. */
function isMarker({ view }: ListParameter, others: readonly ListParameter[]): boolean {
  return (
    view.kind === "string" &&
    others.some((other) => ruleFor(other)?.role.kind === "limit" && /^(integer|number)$/.test(other.view.kind))
  );
}

/** A number after which rows are meant is a key where keys are numbers, and moments are none. */
function isCounted(entity: EntityDraft | undefined): boolean {
  const created = entity?.fields.find(({ role }) => role === "created-at");
  return entity?.key.generated === "identity" && created?.type.kind !== "integer";
}

function ruleFor({ name, view }: ListParameter): PagingRule | undefined {
  const key = memberKey(withoutWrapper(name)).replaceAll(/[[\]()]/g, "");
  return isDate(view)
    ? undefined
    : pagingRules.find(({ names, kinds }) => names.test(key) && (kinds?.includes(view.kind) ?? true));
}

/** `pagination[pageSize]` and `paging.page`: what stands in the wrapper says which. */
function withoutWrapper(name: string): string {
  const inner = /^(?:pagination|paging|pager)(?:\[([^\]]+)\]|\.(.+))$/i.exec(name);
  return inner?.[1] ?? inner?.[2] ?? name;
}

function isCertain(other: ListParameter, { role }: PagingRule): boolean {
  const rule = ruleFor(other);
  return rule !== undefined && rule.isWeak !== true && rule.role.kind === role.kind;
}

function isDate({ schema }: View): boolean {
  return schema.format === "date" || schema.format === "date-time";
}

/** `order` with the values asc and desc says the direction only. */
function isDirection({ view }: ListParameter): boolean {
  const values = view.schema.enum ?? [];
  return (
    values.length > 0 &&
    values.every((value) => typeof value === "string" && /^(asc|desc|ascending|descending|[+-]?1)$/i.test(value))
  );
}

interface IgnoredRule {
  readonly why: string;
  readonly names: RegExp;
}

/** Parameters that change how an answer looks or who asks, never which rows it has. */
const ignoredRules: readonly IgnoredRule[] = [
  {
    why: "it chooses which members are shown; all of them are",
    names:
      /^\$?(fields?|fieldset|onlyfields|expand|expands|expansions?|include|includes|included|embed|select|exclude|excludefields|omit|properties|projection|populate|with|attributes|attrs|view|optfields|returnfields|responsefields|show|showfields|attributestoretrieve|hydrate|fl)$|^fields\[.*\]$|^include(fields|related|properties|entities|inlinecount)$/,
  },
  { why: "it is a version of the API", names: /^(apiversion|xapiversion|version|v)$/ },
  {
    why: "it is a credential",
    names:
      /^(apikey|apitoken|accesstoken|accesskey|authtoken|token|key|auth|oauthtoken|clientsecret|appkey|authorization|password|sessionid|sessiontoken|jwt)$/,
  },
  {
    why: "it says how the answer is written",
    names:
      /^(format|alt|(opt)?pretty|prettyprint|indent|callback|jsonp|\$\.xgafv|lang|language|locale|timezone|tz|accept|contenttype|acceptlanguage|quotauser|uploadtype|uploadprotocol|envelope|output|outputformat|responseformat|precision)$/,
  },
  {
    why: "it has no effect on which rows are listed",
    names:
      /^(count|\$count|(with|include|return)[a-z]*(counts?|totals?)|totalcount|\$inlinecount|requestid|xrequestid|correlationid|clientrequestid|nocache|cachebuster|timeout|async|dryrun|debug|verbose|userip|_)$/,
  },
];

/** Words that choose what is shown, even where rows have a member of that name. */
export function isProjection(name: string): boolean {
  return /^(\$?(expand|fields|include|embed|select)|opt_?fields)$/i.test(name);
}

export function ignoredRole(
  name: string,
  view: View | undefined,
): Extract<ParameterRole, { kind: "ignored" }> | undefined {
  const key = memberKey(withoutWrapper(name));
  const rule = ignoredRules.find(({ names }) => names.test(key) || names.test(name));
  if (!rule || (key === "count" && view?.kind !== "boolean")) return undefined;
  return { kind: "ignored", why: rule.why };
}
