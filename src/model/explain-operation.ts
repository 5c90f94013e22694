import type { Facts } from "./explain.ts";
import type { ListConvention, Model, Operation, Parameter, WriteShape } from "./model.ts";

/** What an operation does, from the request's parts to the answer's. */
export function describeOperation(operation: Operation, model: Model): Facts {
  const { kind, variant, entity, group, parameters, body, success, list, security, slot, slots } = operation;
  const running = [...(slot === undefined ? [] : [slot]), ...slots];
  const facts: (readonly [string, string])[] = [
    [
      "operation",
      [
        kind,
        variant && `(${variant})`,
        entity === undefined ? (group === undefined ? "" : `in ${group}`) : `of ${entity}`,
      ]
        .filter(Boolean)
        .join(" "),
    ],
    ...parameters.map(
      (parameter) => ["parameter", `${parameter.in} ${parameter.name}: ${roleText(parameter)}`] as const,
    ),
    ...(body ? ([["body", `${body.mediaTypes.join(", ")}${body.isRequired ? "" : ", optional"}`]] as const) : []),
    ...(body?.shape ? ignoredMembers(body.shape) : []),
    ...(list ? listFacts(list) : []),
    [
      "answer",
      [String(success.status), success.mediaType, ...success.headers.map(({ name }) => name)]
        .filter(Boolean)
        .join(", "),
    ],
    ...(operation.file === undefined ? [] : [["file", `${operation.file}, kept for each row`] as const]),
    ["security", securityText(security)],
    ...running.map((id) => ["slot", `${id}, ${model.slots.find((one) => one.id === id)?.kind ?? "slot"}`] as const),
  ];
  return { facts, reasons: operation.reasons };
}

function roleText({ role }: Parameter): string {
  switch (role.kind) {
    case "key":
      return `the key, ${role.field}`;
    case "parent":
      return `${role.parentField} of the ${role.entity} that it is below, kept in ${role.field}`;
    case "join":
      return `${role.field} of ${role.entity}, joined by ${role.join}`;
    case "joined":
      return `filter, rows that ${role.join} joins with this ${role.entity}`;
    case "filter":
      return `filter, ${role.field} ${role.operator}`;
    case "search":
      return `text looked for in ${role.fields.join(", ")}`;
    case "value":
      return `sets ${role.field}`;
    case "slot":
      return `filter slot ${role.slot}`;
    case "input":
      return "handed to the operation's slot";
    case "ignored":
      return `without effect: ${role.why}`;
    case "cursor":
      return role.isBackward === true ? "cursor, backward" : "cursor";
    case "sort":
    case "direction":
    case "limit":
    case "offset":
    case "page":
      return role.kind;
  }
}

function ignoredMembers({ members }: WriteShape): readonly (readonly [string, string])[] {
  return members.flatMap(({ name, target }) =>
    target.kind === "ignored" ? [["ignored", `${name}: ${target.why}`] as const] : [],
  );
}

function listFacts({ pagination, sort, order }: ListConvention): readonly (readonly [string, string])[] {
  const { style, defaultLimit, maximumLimit } = pagination;
  const pages = `${style === "none" ? "no pages" : style}, ${defaultLimit} rows by default, ${maximumLimit} at most`;
  return [
    ["pages", pages],
    ...(sort ? ([["sort", sort.choices.map(({ value }) => value).join(", ")]] as const) : []),
    ["order", order.map(({ field, direction }) => `${field} ${direction}`).join(", ")],
  ];
}

function securityText(security: Operation["security"]): string {
  if (security.length === 0) return "open to everybody";
  return security
    .map((all) =>
      all.length === 0
        ? "nobody in particular"
        : all.map(({ scheme, scopes }) => [scheme, ...scopes].join(" ")).join(" and "),
    )
    .join(", or ");
}
