import type { ClassifiedOperation, EntityDraft } from "./classified.ts";
import { parametersOf } from "./parameters.ts";
import type { Scope } from "./scope.ts";
import { writeShape } from "./shapes-write.ts";

/**
 * Creates whose request tells the whole key of the new row. Where clients give keys, and a request has no place for a
 * part of it (`POST /orgs/{org}/repos`, where `/repos/{owner}/{repo}` is the key), which key the row gets is business
 * logic: the create is custom, and answered by its slot.
 */
export function withKeyedCreates(scope: Scope): readonly ClassifiedOperation[] {
  return scope.classified.operations.map((operation) => {
    const entity = operation.entity === undefined ? undefined : scope.entities.get(operation.entity);
    if (operation.kind !== "create" || operation.isLeftOut === true || !entity) return operation;
    const missing = missingKeys(operation, entity, scope);
    if (missing.length === 0) return operation;
    const { variant: _, ...plain } = operation;
    return {
      ...plain,
      kind: "custom",
      reasons: operation.reasons.map((reason) => ({
        ...reason,
        fact: `custom ${entity.name.type}`,
        because: `nothing in its request is the ${missing.join(", ")} of the new row`,
        rule: "a create that does not tell the key",
        confidence: "likely",
      })),
    };
  });
}

function missingKeys(operation: ClassifiedOperation, entity: EntityDraft, scope: Scope): readonly string[] {
  if (entity.key.generated !== "client" || entity.key.isOptionalForClient) return [];
  const shape = writeShape(operation, scope);
  if (shape?.held !== undefined) return [];
  const given = new Set([
    ...(shape?.members ?? []).flatMap(({ target }) => ("field" in target ? [target.field] : [])),
    ...parametersOf(operation, scope, () => "").flatMap(({ role }) => ("field" in role ? [role.field] : [])),
    ...(entity.owner ? [entity.owner.field] : []),
  ]);
  return entity.fields
    .filter(({ name, role, default: value }) => {
      const isSet = value !== undefined || role === "value" || role === "subject";
      return entity.key.fields.includes(name) && !given.has(name) && !isSet;
    })
    .map(({ name }) => name);
}
