import type { Json } from "../document/openapi.ts";
import type { ErrorShape } from "./model.ts";
import { memberKey } from "./names.ts";
import { neutralValue } from "./neutral.ts";
import { constantOf } from "./shapes-page.ts";
import type { Located, SchemaReader, View } from "./schemas.ts";

/**
 * How a body of an error schema is built. Every required member is there with a value that is valid for its schema;
 * optional ones that mean nothing to us are left out. Undefined where no member could carry a message.
 */
export function errorShape(body: Located, reader: SchemaReader): ErrorShape | undefined {
  const shape = shapeOf(body, { reader, depth: 0, isItem: false });
  return shape && carriesText(shape) ? shape : wordedShape(body, shape, reader);
}

/** An error that one operation has for itself, and whose only text is one of a closed list: its first value stands there. */
export function closedErrorShape(body: Located, reader: SchemaReader): ErrorShape | undefined {
  const view = reader.view(body);
  const isClosed = [...view.members].some(
    ([name, member]) => view.required.has(name) && reader.view(member).schema.enum !== undefined,
  );
  return isClosed ? shapeOf(body, { reader, depth: 0, isItem: false }) : undefined;
}

/** Where no name says which member is the message, the first text that must be there is; by name, for order means nothing. */
function wordedShape(body: Located, shape: ErrorShape | undefined, reader: SchemaReader): ErrorShape | undefined {
  const view = reader.view(body);
  if (view.kind !== "object") return undefined;
  const [name] = [...view.members]
    .filter(([, member]) => isOpenText(reader.view(member)))
    .map(([member]) => member)
    .toSorted((a, b) => Number(view.required.has(b)) - Number(view.required.has(a)) || (a < b ? -1 : 1));
  if (name === undefined) return undefined;
  const known = shape?.kind === "object" ? shape.members.filter((member) => member.name !== name) : [];
  return {
    kind: "object",
    members: [...known, { name, isRequired: view.required.has(name), shape: { kind: "message" } }],
  };
}

function isOpenText(view: View): boolean {
  return view.kind === "string" && textLeaf("message", view).kind === "message" && constantOf(view) === undefined;
}

interface Walk {
  readonly reader: SchemaReader;
  readonly depth: number;
  /** Inside one violation of a list. */
  readonly isItem: boolean;
}

function shapeOf(body: Located, walk: Walk): ErrorShape | undefined {
  const view = walk.reader.view(body);
  switch (view.kind) {
    case "string":
      return textLeaf("message", view);
    case "array":
      return view.items && walk.depth < 4 ? listOf(view.items, walk) : undefined;
    case "object":
      return walk.depth < 4 ? objectShape(view, walk) : undefined;
    case "union":
      return view.choices.map((choice) => shapeOf(choice, walk)).find((shape) => shape !== undefined);
    default:
      return undefined;
  }
}

function listOf(items: Located, walk: Walk): ErrorShape | undefined {
  const shape = shapeOf(items, { ...walk, depth: walk.depth + 1, isItem: true });
  return shape && { kind: "array", items: shape };
}

function objectShape(view: View, walk: Walk): ErrorShape | undefined {
  if (view.members.size === 0 && view.values) return fieldMap(view.values, walk);
  const members = [...view.members].flatMap(([name, member]) => {
    const isRequired = view.required.has(name);
    const shape = memberShape(name, member, view, walk);
    if (shape) return [{ name, isRequired, shape }];
    return isRequired ? [{ name, isRequired, shape: constant(neutralValue(member, walk.reader)) }] : [];
  });
  return members.length === 0 ? undefined : { kind: "object", members };
}

/** `{ email: ["is taken"] }`, `{ email: "is taken" }`. */
function fieldMap(values: Located, walk: Walk): ErrorShape | undefined {
  const items = shapeOf(values, { ...walk, depth: walk.depth + 1, isItem: true });
  return items && { kind: "field-map", items };
}

function constant(value: Json): ErrorShape {
  return { kind: "constant", value };
}

type LeafKind = Exclude<ErrorShape["kind"], "object" | "array" | "field-map" | "constant">;

interface LeafRule {
  readonly kind: LeafKind;
  readonly names: RegExp;
  readonly kinds: readonly View["kind"][];
}

const text: readonly View["kind"][] = ["string"];
const whole: readonly View["kind"][] = ["integer", "number"];

/** The first rule decides; what an integer or a text of the same name means differs. */
const leafRules: readonly LeafRule[] = [
  {
    kind: "status",
    names: /^(status|statuscode|httpstatus|httpcode|httpstatuscode|code|errorcode|error|errno)$/,
    kinds: whole,
  },
  {
    kind: "status-text",
    names: /^(statustext|statusmessage|reasonphrase|httpstatustext|status|httpstatus)$/,
    kinds: text,
  },
  {
    kind: "code",
    names:
      /^(code|errorcode|errorid|errorname|errortype|reasoncode|key|slug|typename|id|exception|exceptionclassname)$/,
    kinds: text,
  },
  { kind: "type", names: /^(type|typeuri)$/, kinds: text },
  { kind: "title", names: /^(title|name|summary|heading|shortmessage)$/, kinds: text },
  {
    kind: "detail",
    names: /^(detail|details|description|errordescription|longmessage|moreinformation|additionalinfo|explanation)$/,
    kinds: text,
  },
  {
    kind: "message",
    names:
      /^(message|msg|messages|errormessage|errormsg|usermessage|developermessage|reason|text|error|errors|fault|cause|localizedmessage|rootcause|faultstring)$/,
    kinds: text,
  },
  { kind: "instance", names: /^(instance|path|requesturi|url|uri)$/, kinds: text },
  { kind: "timestamp", names: /^(timestamp|time|date|datetime|occurredat|at)$/, kinds: text },
  {
    kind: "request-id",
    names: /^(requestid|traceid|correlationid|xrequestid|ref|reference|eventid|logid|activityid)$/,
    kinds: text,
  },
];

/** Inside one violation, what names the part of the request that is wrong. */
const fieldRules: readonly LeafRule[] = [
  { kind: "pointer", names: /^(pointer|jsonpointer|instancepath|datapath)$/, kinds: text },
  {
    kind: "field",
    names:
      /^(field|fieldname|property|propertyname|propertypath|path|param|parameter|name|attribute|member|key|source|target|location|loc|item|element|label)$/,
    kinds: text,
  },
  { kind: "message", names: /^(value|violation|issue|problem|constraint)$/, kinds: text },
];

function memberShape(name: string, member: Located, owner: View, walk: Walk): ErrorShape | undefined {
  const view = walk.reader.view(member);
  const fixed = constantOf(view);
  if (fixed !== undefined) return constant(fixed);
  const key = memberKey(name);
  if (view.kind === "boolean") return /^(ok|success|succeeded|issuccess)$/.test(key) ? constant(false) : undefined;
  if (view.kind === "object" || view.kind === "array" || view.kind === "union") return nested(key, member, view, walk);
  if (view.kind === "any" && /^(detail|message|error|title)$/.test(key))
    return { kind: key === "title" ? "title" : key === "detail" ? "detail" : "message" };
  const rules = walk.isItem ? [...fieldRules, ...leafRules] : leafRules;
  const rule = rules.find(({ names, kinds }) => names.test(key) && kinds.includes(view.kind));
  return rule && leaf(besides(rule.kind, key, owner), view);
}

/** `error` beside a message is the status's name (Spring) or a code; alone it is the message. */
function besides(kind: LeafKind, key: string, owner: View): LeafKind {
  if (kind !== "message" || key !== "error") return kind;
  const others = new Set([...owner.members.keys()].map(memberKey));
  if (others.has("errordescription")) return "code";
  return others.has("message") || others.has("msg") ? "status-text" : kind;
}

function leaf(kind: LeafKind, view: View): ErrorShape | undefined {
  return view.kind === "string" ? textLeaf(kind, view) : wholeLeaf(kind, view);
}

/** A closed list or a pattern of the document's own can't be met by our texts, so its first value stands there. */
function textLeaf(kind: LeafKind, view: View): ErrorShape {
  const { schema } = view;
  const isOpen = schema.enum === undefined && schema.pattern === undefined && (schema.maxLength ?? 200) >= 60;
  const isFormatFit =
    schema.format === undefined ||
    !/^(uuid|date|date-time|uri|url|email)$/.test(schema.format) ||
    formatFits(kind, schema.format);
  if (isOpen && isFormatFit) return { kind };
  return constant(schema.enum?.[0] ?? neutralText(view));
}

function formatFits(kind: LeafKind, format: string): boolean {
  if (kind === "timestamp") return format === "date-time";
  return kind === "type" && format === "uri";
}

function neutralText(view: View): Json {
  return neutralValue({ schema: view.schema, pointer: view.pointer }, { view: () => view });
}

/** Only a status within the schema's bounds is written; other numbers have a meaning of their own. */
function wholeLeaf(kind: LeafKind, view: View): ErrorShape | undefined {
  const { schema } = view;
  const isWithin = (schema.minimum ?? 0) <= 400 && (schema.maximum ?? 599) >= 503 && schema.enum === undefined;
  return kind === "status" && isWithin ? { kind } : constant(schema.enum?.[0] ?? Math.max(0, schema.minimum ?? 0));
}

const violationLists =
  /^(errors?|errordetails?|details?|violations|invalidfields|invalidparams|validationerrors|schemavalidationerrors|fielderrors|fields|messages?|issues|problems|causes|rootcauses|suberrors|loc|location|path|source|data|failures|warnings|meta|errorlist|fault)$/;

function nested(key: string, member: Located, view: View, walk: Walk): ErrorShape | undefined {
  if (!violationLists.test(key)) return undefined;
  if (view.kind === "array" && /^(loc|location|path)$/.test(key)) return { kind: "array", items: { kind: "field" } };
  const isList = view.kind === "array" || (view.kind === "object" && view.members.size === 0);
  const shape = shapeOf(member, { ...walk, depth: walk.depth + 1, isItem: walk.isItem || isList });
  return shape && carriesText(shape) ? shape : undefined;
}

function carriesText(shape: ErrorShape): boolean {
  switch (shape.kind) {
    case "object":
      return shape.members.some((member) => carriesText(member.shape));
    case "array":
    case "field-map":
      return carriesText(shape.items);
    case "message":
    case "title":
    case "detail":
    case "code":
    case "field":
    case "pointer":
    case "status-text":
      return true;
    case "status":
    case "type":
    case "instance":
    case "timestamp":
    case "request-id":
    case "constant":
      return false;
  }
}
