import type { Member, Members } from "./members.ts";
import { mainUse } from "./members.ts";
import type { FieldType, Origin, Role } from "./model.ts";
import { memberKey } from "./names.ts";

/** What a role rule may look at. */
export interface RoleCase {
  readonly member: Member;
  readonly members: Members;
  readonly type: FieldType;
  readonly origin: Origin;
  readonly isNullable: boolean;
  readonly isRequired: boolean;
  readonly hasDefault: boolean;
  /** As annotated; undefined where nothing is. */
  readonly isComputed: boolean | undefined;
}

interface RoleRule {
  readonly role: Role;
  readonly rule: string;
  readonly when: (found: RoleCase) => boolean;
}

const isTime = ({ type }: RoleCase): boolean =>
  type.kind === "date-time" || type.kind === "date" || type.kind === "integer";
const called = ({ member }: RoleCase, pattern: RegExp): boolean => pattern.test(memberKey(member.name));
const isReadOnly = ({ origin }: RoleCase): boolean => origin === "read";

/**
 * The first rule that matches decides a field's role. What the document states (annotation, constant) comes first, what
 * its name tells comes next and only for members that no client writes; a required one that nothing explains is a value
 * that somebody must compute.
 */
const roleRules: readonly RoleRule[] = [
  { role: "computed", rule: "x-field says so", when: ({ isComputed }) => isComputed === true },
  {
    role: "constant",
    rule: "it has one value only",
    when: ({ member, origin }) => isConstant(member) && origin !== "write",
  },
  {
    role: "created-at",
    rule: "a name for the moment of creation, read only",
    when: (found) => isReadOnly(found) && isTime(found) && called(found, createdNames),
  },
  {
    role: "updated-at",
    rule: "a name for the moment of the last change, read only",
    when: (found) => isReadOnly(found) && isTime(found) && called(found, updatedNames),
  },
  {
    role: "version",
    rule: "a name for a version, read only",
    when: (found) =>
      isReadOnly(found) &&
      found.type.kind === "integer" &&
      called(found, /^(version|revision|lockversion|rowversion)$/),
  },
  {
    role: "actor",
    rule: "a name for who did it, read only",
    when: (found) =>
      isReadOnly(found) && isKeyLike(found.type) && called(found, /^(created|updated|modified|changed)by$/),
  },
  {
    role: "computed",
    rule: "a count of other rows, read only",
    when: (found) =>
      isReadOnly(found) &&
      found.type.kind === "integer" &&
      called(found, /.(count|total)$|^(num|numberof|total)./) &&
      found.members.createViews.length > 0,
  },
  {
    role: "computed",
    rule: "a link, read only",
    when: (found) => isReadOnly(found) && called(found, /^_?(links?|self|href|url|uri|htmlurl|selflink)$/),
  },
  {
    role: "projection",
    rule: "what the answer should show, never read",
    when: (found) => found.origin === "write" && called(found, /^(expand|fields|include)$/),
  },
  {
    role: "command",
    rule: "an instruction of a write, never read",
    when: (found) => found.origin === "write" && isInstruction(found),
  },
  { role: "value", rule: "required in answers, and no client writes it", when: needsValue },
];

export function roleOf(found: RoleCase): { readonly role: Role; readonly rule: string } {
  const isAllowed = ({ role }: RoleRule) => role !== "computed" || found.isComputed !== false;
  const rule = roleRules.find((one) => isAllowed(one) && one.when(found));
  return rule ? { role: rule.role, rule: rule.rule } : { role: "data", rule: "a member that is kept" };
}

const createdNames =
  /^(date|time|timestamp)?(created|inserted|added|creation)(at|on|date|time|datetime|timestamp|ts)?$/;
const updatedNames =
  /^(date|time|timestamp)?(last)?(updated|modified|changed|update|modification)(at|on|date|time|datetime|timestamp|ts)?$/;

export function isConstant(member: Member): boolean {
  const { schema } = mainUse(member).view;
  return schema.const !== undefined || (schema.enum?.length === 1 && schema.enum[0] !== "");
}

function isKeyLike(type: FieldType): boolean {
  return type.kind === "text" || type.kind === "uuid" || type.kind === "integer";
}

function isInstruction(found: RoleCase): boolean {
  if (called(found, /confirm(ation)?$|^confirm/) && found.type.kind !== "boolean") return called(found, /password/);
  return (
    (found.type.kind === "boolean" &&
      called(found, /^(send|notify|skip|force|validate|dryrun|ignore|upsert|overwrite|should)/)) ||
    called(found, /^(fieldstoupdate|updatemask)$/)
  );
}

/** A table of rows that nobody creates here is filled elsewhere, and its values with it. */
function needsValue({ origin, members, isRequired, isNullable, hasDefault }: RoleCase): boolean {
  const isCreated = members.createViews.length > 0 || members.bareCreates > 0;
  return origin === "read" && isCreated && isRequired && !isNullable && !hasDefault;
}
