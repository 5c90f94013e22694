import type { Entity, Field, FieldType, Mention, Model } from "./model.ts";
import { variableName } from "./names.ts";

/**
 * The entities as a Mermaid entity-relationship diagram (https://mermaid.js.org/syntax/entityRelationshipDiagram.html):
 * one box for each table with its columns, one line for each foreign key and each join table, a dotted one for each tie
 * that no key holds. All names are made by
 * names.ts, so that no text of the document is syntax here.
 */
export function toMermaid({ entities, joins }: Model): string {
  const lines = [
    "erDiagram",
    ...entities.flatMap(box),
    ...entities.flatMap(foreignKeys),
    ...joins.map(({ left, right, name }) => `  ${left.entity} }o--o{ ${right.entity} : ${name}`),
    ...entities.flatMap(mentions),
  ];
  return `${lines.join("\n")}\n`;
}

function box(entity: Entity): readonly string[] {
  const stored = entity.fields.filter(({ column }) => column !== undefined);
  return [`  ${entity.name.type} {`, ...stored.map((field) => `    ${attribute(field, entity)}`), "  }"];
}

function attribute(field: Field, entity: Entity): string {
  const marks = [
    ...(entity.key.fields.includes(field.name) ? ["PK"] : []),
    ...(field.references ? ["FK"] : []),
    ...(entity.unique.some((set) => set.length === 1 && set[0] === field.name) ? ["UK"] : []),
  ];
  return [typeWord(field.type), field.column, marks.join(", ")].filter(Boolean).join(" ");
}

function typeWord(type: FieldType): string {
  if (type.kind === "integer") return type.bits === 64 ? "bigint" : "integer";
  if (type.kind === "decimal-text") return "decimal";
  return type.kind === "integer-enum" ? "enum" : type.kind.replace("-", "_");
}

/** The end at the referred row shows whether there must be one, the other end whether it may have several. */
function foreignKeys(entity: Entity): readonly string[] {
  return entity.fields.flatMap((field) => {
    if (field.column === undefined || !field.references) return [];
    const one = field.isStoredNotNull ? "||" : "|o";
    const isOnly =
      entity.unique.some((set) => set.length === 1 && set[0] === field.name) ||
      (entity.key.fields.length === 1 && entity.key.fields[0] === field.name);
    return [`  ${field.references.entity} ${one}--${isOnly ? "o|" : "o{"} ${entity.name.type} : ${field.column}`];
  });
}

function mentions({ name, mentions: ties }: Entity): readonly string[] {
  return ties.map(
    ({ to, kind, member, via }) => `  ${to} ${dotted[kind]} ${name.type} : ${variableName(member ?? via)}`,
  );
}

const dotted: Readonly<Record<Mention["kind"], string>> = {
  "many-to-one": "|o..o{",
  "one-to-many": "}o..o|",
  "many-to-many": "}o..o{",
  "one-to-one": "|o..o|",
};
