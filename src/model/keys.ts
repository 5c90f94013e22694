import { countedKey } from "./counted-key.ts";
import type { EntityGroup } from "./groups.ts";
import { keyMember } from "./key-member.ts";
import { mainUse } from "./members.ts";
import type { Judged, Member, Members } from "./members.ts";
import type { FieldType, Key, Reason } from "./model.ts";
import { memberKey, nounKey, wordsOf } from "./names.ts";
import type { Located, SchemaReader } from "./schemas.ts";
import { isArgument, templateOf } from "./sites.ts";
import type { Site } from "./sites.ts";
import { typeOf } from "./types.ts";

/** The key of an entity before relations are known. */
export interface KeySketch {
  readonly parts: readonly KeyPart[];
  readonly generated: Key["generated"];
  readonly isOptionalForClient: boolean;
  readonly reason: Reason;
}

export interface KeyPart {
  readonly name: string;
  /** Undefined where no schema shows it, and it had to be invented. */
  readonly member?: Member;
  readonly located: Located;
  readonly type: FieldType;
  /** The type is that of a number, and rows spell it as text. */
  readonly isSpelled?: true;
}

export interface KeyContext {
  readonly group: EntityGroup;
  readonly members: Members;
  readonly judged: readonly Judged[];
  readonly reader: SchemaReader;
  readonly annotated: readonly string[] | undefined;
  readonly pointer: string;
}

export function sketchKey(context: KeyContext): KeySketch {
  const { group, annotated } = context;
  if (annotated)
    return finished(
      annotated.map((name) => partOf(name, undefined, context)),
      "x-entity says so",
      "sure",
      context,
    );
  const isBelow = group.resources.every(({ form, parts }) => form === "singleton" && parts.includes("{}"));
  if (isBelow && group.resources.length > 0) return parentKey(context);
  const addresses = addressesOf(context);
  const [deepest] = addresses;
  if (deepest && deepest.names.length > 1) {
    const names = memberNames(deepest.names, context);
    const parts = names.map((name, at) => partOf(name, deepest.located.slice(at), context));
    return finished(parts, "the path addresses a row by all of them", "likely", context);
  }
  return singleKey(deepest, context);
}

interface Address {
  readonly names: readonly string[];
  readonly located: readonly Located[];
  readonly noun: string;
}

/** How paths address a row, the most used resource first; else how paths go on below one. */
function addressesOf(context: KeyContext): readonly Address[] {
  const own = itemAddresses(context);
  return own.length > 0 ? own : addressesBelow(context).slice(0, 1);
}

/** `{shelfId}` of `/shelves/{shelfId}/books`, where no path ends at one shelf. */
function addressesBelow({ group, judged }: KeyContext): readonly Address[] {
  const collections = group.resources.filter(({ form, parts }) => form === "collection" && parts.length > 0);
  return collections.flatMap(({ template, parts, noun }) => {
    const below = judged.find(({ site }) => `${templateOf(site.parts)}/`.startsWith(`${template}/{}/`));
    const names = below?.site.call.segments[parts.length]?.parameters ?? [];
    return below && names.length === 1 ? [{ names, located: declaredAt(names, below.site), noun }] : [];
  });
}

function declaredAt(names: readonly string[], { call }: Site): readonly Located[] {
  return names.map((name) => {
    const declared = call.parameters.find(({ parameter }) => parameter.in === "path" && parameter.name === name);
    return { schema: declared?.parameter.schema ?? { type: "string" }, pointer: declared?.pointer ?? call.pointer };
  });
}

function itemAddresses({ group, judged }: KeyContext): readonly Address[] {
  return group.resources.flatMap((resource) => {
    const [first] = judged.filter(
      ({ judgement, site }) =>
        judgement.resource === resource &&
        (resource.item.includes(site) ||
          (judgement.variant === "rpc" && judgement.kind !== "list" && isArgument(site.parts.at(-1)))),
    );
    const depth = resource.form === "rpc" ? 1 : resource.depth;
    if (!first || depth === 0) return [];
    const names = first.site.call.segments.slice(-depth).flatMap(({ parameters }) => parameters);
    return [{ names, located: declaredAt(names, first.site), noun: resource.noun }];
  });
}

/** `{name}` of `/tickets/{ticketId}/labels/{name}`, which links a label that no path of its own addresses. */
function linkAddresses({ group, judged }: KeyContext): readonly Address[] {
  const nouns = new Set(group.resources.map(({ noun }) => nounKey(noun)));
  return judged.flatMap(({ site, judgement: { resource } }) => {
    if (resource?.form !== "link" || !nouns.has(nounKey(resource.noun)) || !isArgument(site.parts.at(-1))) return [];
    const names = site.call.segments.at(-1)?.parameters ?? [];
    return [{ names, located: declaredAt(names, site), noun: resource.noun }];
  });
}

function scalarNames({ members, reader }: KeyContext): readonly string[] {
  return members.all
    .filter((member) => !["object", "array", "union"].includes(reader.view(mainUse(member).located).kind))
    .map(({ name }) => name);
}

/**
 * The member that each argument means: of the same name, else what the argument's name ends with. A member is meant
 * once, and by the last argument: of `/{projectKey}/{flagKey}`, `key` is the flag's.
 */
function memberNames(parameters: readonly string[], context: KeyContext): readonly string[] {
  const names = scalarNames(context);
  const found = parameters.map((parameter) => names.find((name) => memberKey(name) === memberKey(parameter)));
  for (const [at, parameter] of [...parameters.entries()].toReversed()) {
    found[at] ??= names.find(
      (name) => memberKey(name).length > 2 && memberKey(parameter).endsWith(memberKey(name)) && !found.includes(name),
    );
  }
  return parameters.map((parameter, at) => found[at] ?? parameter);
}

function singleKey(own: Address | undefined, context: KeyContext): KeySketch {
  const { group } = context;
  const address = own ?? linkAddresses(context).find(({ names }) => names.some((name) => isMember(name, context)));
  const noun = address?.noun ?? group.resources[0]?.noun ?? group.name.type;
  const all = scalarNames(context);
  const parameter = address?.names[0] ?? all.find((name) => /^_?id$/i.test(name)) ?? `${group.name.variable}Id`;
  const scalars = all.filter(
    (name) => mayMean(name, parameter, address, context) && !isUnseen(name, parameter, context),
  );
  const found =
    keyMember(scalars, parameter, noun) ??
    keyMember(scalars, parameter, group.name.type) ??
    (address ? undefined : ownKey(scalars, noun));
  if (found !== undefined && (address || /id$|^(uuid|guid|pk|key|code|slug|sid|gid)$/i.test(found))) {
    return finished(
      [partOf(found, address?.located, context)],
      address ? `the path's {${parameter}} means it` : "it is called like a key",
      address ? "sure" : "likely",
      context,
    );
  }
  const natural = address
    ? undefined
    : context.members.all.find(
        (member) =>
          /^(username|login|slug|code|key|isbn|sku|email)$/i.test(member.name) &&
          member.creates.length > 0 &&
          member.creates.every((use) => use.isRequired),
      );
  if (natural)
    return finished(
      [partOf(natural.name, undefined, context)],
      "it is required on create, and its name is that of a natural key",
      "likely",
      context,
    );
  const isNatural = address && /(name|slug|code|key|number|tag|login|username|email)$/i.test(parameter);
  const name = isNatural && createsByPath(context) ? parameter : "id";
  return finished(
    [partOf(name, address?.located, context)],
    "no member of its schemas identifies it",
    "guess",
    context,
  );
}

/** `StandingOrderId` of what `/standing-orders` lists. */
function ownKey(names: readonly string[], noun: string): string | undefined {
  return names.find((name) => {
    const words = wordsOf(name);
    return /^(id|uuid|key)$/i.test(words.at(-1) ?? "") && nounKey(words.slice(0, -1).join("")) === nounKey(noun);
  });
}

function isMember(name: string, context: KeyContext): boolean {
  return scalarNames(context).some((one) => memberKey(one) === memberKey(name));
}

/** Where no answer is described, `{id}` is an id that answers have, and not the code that a create sends. */
function isUnseen(name: string, parameter: string, { members }: KeyContext): boolean {
  return (
    members.readViews.length === 0 && memberKey(parameter) === "id" && /^(key|code|slug|number|username)$/i.test(name)
  );
}

/** A number in the path is no slug: what is called otherwise than the argument must be of its type. */
function mayMean(name: string, parameter: string, address: Address | undefined, context: KeyContext): boolean {
  const [declared] = address?.located ?? [];
  if (!declared || memberKey(name) === memberKey(parameter) || /id$/i.test(name)) return true;
  const member = context.members.all.find((one) => one.name === name);
  const kinds = [declared, ...(member ? [mainUse(member).located] : [])].map(
    (place) => context.reader.view(place).kind,
  );
  return !(kinds[0] === "integer" && kinds[1] === "string");
}

function createsByPath({ judged, group }: KeyContext): boolean {
  return judged.some(({ judgement }) => judgement.group === group && judgement.variant === "upsert");
}

function partOf(name: string, located: readonly Located[] | undefined, context: KeyContext): KeyPart {
  const { members, reader, pointer } = context;
  const member = members.all.find(
    (one) => one.name === name || one.spellings.includes(name) || memberKey(one.name) === memberKey(name),
  );
  const own = member && mainUse(member).located;
  const place = own ?? located?.[0] ?? { schema: { type: "integer", format: "int64" }, pointer };
  const { type } = typeOf(reader.view(place), name);
  const scalar: FieldType = type.kind === "json" || type.kind === "bytes" ? { kind: "text" } : type;
  const part = { name: member?.name ?? name, ...(member && { member }), located: place, type: scalar };
  const counted = member && own && located?.length === 1 ? countedKey(member, own, context) : undefined;
  return counted ? { ...part, type: counted, isSpelled: true } : part;
}

/** One thing below a parent is found by its parent's key. */
function parentKey(context: KeyContext): KeySketch {
  return {
    parts: [],
    generated: "parent",
    isOptionalForClient: false,
    reason: keyReason([], "there is one below each parent", "likely", context),
  };
}

function finished(
  parts: readonly KeyPart[],
  because: string,
  confidence: Reason["confidence"],
  context: KeyContext,
): KeySketch {
  const { members } = context;
  const isGiven =
    parts.length > 0 && parts.every(({ member }) => member !== undefined && acceptedUses(member).length > 0);
  const isDemanded =
    isGiven &&
    members.createViews.length > 0 &&
    parts.every(
      ({ member }) =>
        member?.creates.length === members.createViews.length &&
        member.creates.every((use) => use.isRequired && use.view.schema.readOnly !== true),
    );
  const isInPath =
    createsByPath(context) &&
    (members.createViews.length === 0 ||
      members.bareCreates > 0 ||
      !context.judged.some(
        ({ judgement }) =>
          judgement.group === context.group && judgement.kind === "create" && judgement.variant !== "upsert",
      ));
  const [only] = parts;
  const isClients = parts.length > 1 || isDemanded || isInPath;
  return {
    parts,
    generated: isClients ? "client" : generatorOf(only?.type),
    isOptionalForClient: !isClients && isGiven,
    reason: keyReason(parts, because, confidence, context),
  };
}

function acceptedUses(member: Member): Member["creates"] {
  return member.creates.filter((use) => use.view.schema.readOnly !== true);
}

function generatorOf(type: FieldType | undefined): Key["generated"] {
  if (type?.kind === "integer") return "identity";
  if (type?.kind === "uuid") return "uuid";
  return type === undefined || type.kind === "text" ? "text" : "client";
}

function keyReason(
  parts: readonly KeyPart[],
  because: string,
  confidence: Reason["confidence"],
  { pointer }: KeyContext,
): Reason {
  const names = parts.map(({ name }) => name).join(", ");
  return {
    fact: `key ${names}`.trim(),
    because,
    pointer: parts[0]?.located.pointer ?? pointer,
    rule: "key from the path's argument",
    confidence,
    overrule: "x-entity: { key: … }",
  };
}
