import { joinPointer } from "../diagnostic/pointer.ts";
import type { Annotations } from "./annotations.ts";
import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import type { OperationKind } from "./model.ts";

/**
 * Operations whose annotated kind can be served. One that cannot is custom, and answered by its slot: an operation on
 * a row needs to be told which, and a list answers rows.
 */
export function withServableKinds(
  operations: readonly ClassifiedOperation[],
  entities: ReadonlyMap<string, EntityDraft>,
  annotations: Annotations,
): readonly ClassifiedOperation[] {
  return operations.map((operation) => {
    const wanted = annotations.operation(operation.object, operation.pointer)?.kind;
    if (wanted === undefined || wanted === "custom" || operation.isLeftOut === true) return operation;
    const entity = operation.entity === undefined ? undefined : entities.get(operation.entity);
    const why = whyNot(wanted, operation, entity);
    if (why === undefined) return operation;
    const [saw, fix] = why;
    const at = joinPointer(operation.pointer, "x-operation", "kind");
    annotations.reject(at, `${saw}; it is custom, and its slot answers it.`, fix);
    const { variant: _, ...plain } = operation;
    return {
      ...plain,
      kind: "custom",
      reasons: operation.reasons.map((reason) => ({
        ...reason,
        fact: `custom ${operation.entity ?? ""}`.trim(),
        because: `it cannot be a ${wanted}: ${saw}`,
        confidence: "guess",
      })),
    };
  });
}

type Why = readonly [saw: string, fix: string];

function whyNot(
  wanted: OperationKind,
  operation: ClassifiedOperation,
  entity: EntityDraft | undefined,
): Why | undefined {
  const call = `${operation.method.toUpperCase()} ${operation.path}`;
  if (!entity) return [`${call} is about no entity`, "Name one with entity, or annotate its schema with x-entity."];
  const { type } = entity.name;
  if (operation.kind !== wanted)
    return [
      `${call} cannot be a ${wanted} of ${type}, because an argument of its path is no key of a row`,
      `Name the argument as ${type}'s key or the key of one that it belongs to.`,
    ];
  if (wanted === "list") return answersRows(operation) ? undefined : noRows(call, type);
  if (wanted === "create" || isAddressed(operation, entity)) return undefined;
  return [
    `${call} does not say which ${type} is meant`,
    `Put the key (${entity.key.fields.join(", ")}) into the path, or write kind: custom.`,
  ];
}

function noRows(call: string, type: string): Why {
  return [`${call} answers no list of ${type}`, "Describe the answer as an array of its rows, or write kind: custom."];
}

/** An answer that nothing describes has the entity's rows. */
function answersRows({ response }: ClassifiedOperation): boolean {
  return response.schema === undefined || ["rows", "row-map", "keys"].includes(response.form);
}

/** Every part of the key comes with the request, or there is one row only. */
function isAddressed({ variant, pathRoles, parameters }: ClassifiedOperation, { key }: EntityDraft): boolean {
  if (variant === "singleton" || variant === "current-user" || variant === "key-in-body") return true;
  if (key.generated === "parent") return true;
  return key.fields.every(
    (field) =>
      parameters.some(({ parameter }) => parameter.name === field) ||
      pathRoles.some(
        ({ role }) => (role.kind === "key" && role.field === field) || (role.kind === "parent" && role.field === field),
      ),
  );
}
