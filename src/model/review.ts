import type { Entity, Model, Operation, Reason } from "./model.ts";

/** A decision that a person should look at, and what settles it. */
export interface ReviewItem {
  /** What `scaffold explain` takes: "Statement", "Statement.period", "GET /statements". */
  readonly subject: string;
  /** Others that were decided the same way for the same reason. */
  readonly alike: readonly string[];
  readonly decided: string;
  /** Why it is doubtful. */
  readonly doubt: string;
  readonly rule: string;
  readonly confidence: Reason["confidence"];
  readonly pointer: string;
  /** The annotation that settles it. */
  readonly settledBy: string;
}

/** A decision with its reason, and what it is about. */
interface Decision {
  readonly kind: Kind;
  readonly subject: string;
  readonly reason: Reason;
}

/**
 * What decisions are about, worst first: a wrong owner shows rows to strangers, a wrong key or entity is a table that
 * has to be migrated, a wrong relation refuses good requests, a wrong operation does something else than the client
 * meant, a wrong column is widened later, and what is made up in an answer harms whoever believes it.
 */
const kinds = ["owner", "key", "entity", "relation", "operation", "field", "answer", "filling"] as const;
type Kind = (typeof kinds)[number];

/**
 * What a person should look at first, worst first. The rule that decides something says how sure it is; guesses are
 * doubtful whatever they are about, and what is merely likely where being wrong lets strangers in.
 */
export function reviewOf(model: Pick<Model, "entities" | "operations" | "security" | "errors">): readonly ReviewItem[] {
  const { entities, operations } = model;
  const decisions = [
    ...entities.flatMap(entityDecisions),
    ...operations.flatMap(operationDecisions),
    ...entities.flatMap((entity): readonly Decision[] => {
      const reason = missingOwner(entity, model);
      return reason ? [{ kind: "owner", subject: entity.name.type, reason }] : [];
    }),
    ...entities.flatMap((entity) => unfilled(entity, operations)),
  ];
  const doubtful = decisions.filter(isDoubtful).toSorted((a, b) => weight(a) - weight(b));
  return grouped(doubtful);
}

function isDoubtful({ kind, reason: { confidence } }: Decision): boolean {
  return confidence === "guess" || (confidence === "likely" && (kind === "owner" || kind === "filling"));
}

/** Sorting keeps the document's order among equals. */
function weight({ kind, reason }: Decision): number {
  return kinds.indexOf(kind) * 2 + (reason.confidence === "guess" ? 0 : 1);
}

/** A key's reason stands at the entity and at its field, and a relation's at both too; it is told once. */
function entityDecisions({ name, reasons, fields, relations }: Entity): readonly Decision[] {
  const { type } = name;
  const said = new Set(reasons);
  return [
    ...reasons.map((reason): Decision => ({ kind: entityKind(reason), subject: type, reason })),
    ...relations.flatMap((relation) =>
      relation.reasons.map((reason): Decision => ({ kind: "relation", subject: `${type}.${relation.name}`, reason })),
    ),
    ...fields.flatMap((field) =>
      field.reasons
        .filter((reason) => !said.has(reason) && !reason.fact.startsWith("references "))
        .map((reason): Decision => ({ kind: "field", subject: `${type}.${field.name}`, reason })),
    ),
  ];
}

function entityKind({ fact }: Reason): Kind {
  if (fact.startsWith("rows belong")) return "owner";
  return fact.startsWith("key") ? "key" : "entity";
}

function operationDecisions({ method, path, reasons }: Operation): readonly Decision[] {
  const subject = `${method.toUpperCase()} ${path}`;
  return reasons.map((reason, index) => ({ kind: index === 0 ? "operation" : "answer", subject, reason }));
}

/** Why it is doubtful that rows belong to nobody: callers are told apart, and not kept apart. Undefined where it is not. */
export function missingOwner(
  { name, owner, pointer, reasons }: Entity,
  { operations, security }: Pick<Model, "operations" | "security">,
): Reason | undefined {
  const isSaid = reasons.some(({ fact }) => fact === "rows belong to nobody");
  const isWritten = operations.some(
    ({ entity, kind, security: needed }) =>
      entity === name.type && kind !== "list" && kind !== "read" && needed.length > 0,
  );
  if (!security.isDeclared || owner || isSaid || !isWritten) return undefined;
  return {
    fact: "rows belong to nobody",
    because: "every caller reaches every row",
    pointer,
    rule: "no owner is stated or found",
    confidence: "likely",
    overrule: "x-entity: { owner: … }, or owner: null",
  };
}

/** A table that is only read. */
function unfilled({ name, pointer, key }: Entity, operations: readonly Operation[]): readonly Decision[] {
  const own = operations.filter(({ entity }) => entity === name.type);
  const isFilled = own.some(({ kind, method }) => !["list", "read", "delete"].includes(kind) && method !== "get");
  if (isFilled || own.length === 0 || key.generated === "parent") return [];
  const reason: Reason = {
    fact: "table without rows",
    because: "no operation makes one",
    pointer,
    rule: "no operation writes it",
    confidence: "likely",
    overrule: "x-entity: false",
  };
  return [{ kind: "filling", subject: name.type, reason }];
}

/** One line for all that the same answer settles: the same rule, saying the same of the same name. */
function grouped(decisions: readonly Decision[]): readonly ReviewItem[] {
  const groups = new Map<string, { item: ReviewItem; alike: string[] }>();
  for (const { kind, subject, reason } of decisions) {
    const { fact, because, pointer, rule, confidence, overrule = "" } = reason;
    const key = JSON.stringify([kind, rule, because, confidence, namedAlike(fact, subject)]);
    const known = groups.get(key);
    if (known === undefined) {
      const alike: string[] = [];
      const item = { subject, alike, decided: fact, doubt: because, rule, confidence, pointer, settledBy: overrule };
      groups.set(key, { item, alike });
    } else if (subject !== known.item.subject && !known.alike.includes(subject)) known.alike.push(subject);
  }
  return [...groups.values()].map(({ item }) => item);
}

/** What is said, without the entity that it is said of. */
function namedAlike(fact: string, subject: string): string {
  if (subject.includes(" ")) return fact.split(" ")[0] ?? "";
  const [entity = "", member = ""] = subject.split(".");
  return `${fact.replace(entity, "…")} ${member}`;
}
