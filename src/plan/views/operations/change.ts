import { isInputOptional } from "../bodies.ts";
import type { Entity } from "../../../model/model.ts";
import { propertyKey } from "../../../render/escape.ts";
import { isOwned, ownerField } from "../ownership.ts";
import { changesName } from "../schema.ts";
import { addressedValues, type WriteMode } from "../values.ts";
import { returnWritten } from "./after-write.ts";
import { checkOwnerKept, namesOwned, namesOwner, checkParents, checkReferences, checkRepeatedKeys } from "./checks.ts";
import { rowPromise, unlessMissing, type Draft } from "./draft.ts";
import { isOnlyRow, keyOfRow, readingCode, readRow, requestedKey } from "./keys.ts";
import { givenOwner, rowValues } from "./row-values.ts";
import { readsBefore } from "./runner.ts";
import { checkRules, needsCurrent } from "./slot-calls.ts";

/** Update and replace. A replace may be the row's first write; then what it looks at before may not be there. */
export function writeChange(draft: Draft, entity: Entity, mode: WriteMode): string {
  const { operation, context, statements } = draft;
  const isOnly = isOnlyRow(operation, context);
  const isUpsert = operation.variant === "upsert" && operation.kind === "replace";
  checkParents(draft);
  const current = isUpsert ? readingCode(draft, entity) : readRow(draft, entity);
  const isRead = isOnly || readsBefore(operation, context) || needsCurrent(draft);
  if (isRead) statements.push(`const current = ${current};`);
  if (operation.variant === "json-patch") applyPatchList(draft);
  checkRepeatedKeys(draft, entity);
  // Of what is another caller's nothing is said, not even whose it is.
  const isAsked = namesOwner(draft, entity) || (isOwned(entity) && namesOwned(draft, entity));
  if (isAsked && !isRead && !isUpsert) statements.push(`${current};`);
  if (namesOwner(draft, entity)) checkOwnerKept(draft, entity);
  checkReferences(draft, entity);
  checkRules(draft);
  const values = rowValues(draft, entity, mode);
  const key = isOnly ? keyOfRow(entity, "current") : requestedKey(draft, entity);
  const rows = `context.${entity.name.plural}`;
  const updated = `await ${rows}.update(${key}, { ${values.join(", ")} })`;
  const written = isUpsert
    ? `(${updated}) ?? (await ${rows}.create({ ${[...insertedKey(draft, entity), ...values].join(", ")} }))`
    : unlessMissing(draft, updated);
  returnWritten(draft, entity, written);
  return rowPromise(draft, entity);
}

/** What a list of patch operations makes of the row. */
function applyPatchList({ operation, name, imports, statements, context }: Draft): void {
  const patched = imports.value("patchedMembers", "../json-patch.ts");
  const schema = imports.value(changesName(operation), `./${name.file}.schema.ts`);
  const isOptional = isInputOptional(operation, context);
  statements.push(`const changes = ${patched}(current, input${isOptional ? " ?? []" : ""}, ${schema});`);
}

function insertedKey(draft: Draft, entity: Entity): readonly string[] {
  const owner = ownerField(entity, draft.context);
  const isCaller = owner !== undefined && owner.target === undefined;
  return [
    ...addressedValues({ ...draft, entity, mode: "given" }),
    ...(isCaller ? [`${propertyKey(owner.field)}: ${givenOwner(entity, owner.field, draft.imports)}`] : []),
  ];
}
