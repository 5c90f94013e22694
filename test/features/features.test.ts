import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCli } from "../../src/cli/program.ts";
import type { Entity, Field, Model, Slot } from "../../src/model/model.ts";
import { toMermaid } from "../../src/model/mermaid.ts";
import { temporaryHost } from "../support/host.ts";

/**
 * Each document of specs/features is the smallest one that shows what its name says. Beside it is what is read off it:
 * tables, operations, slots (`vitest -u` writes it anew); `npm run corpus -- specs/features` runs the services.
 */
const documents = readdirSync("specs/features").filter((file) => file.endsWith(".yaml"));

describe("what a document's name says is read off it", () => {
  test.each(documents)("%s", async (file) => {
    await using host = await temporaryHost({ [file]: readFileSync(`specs/features/${file}`, "utf8") });
    expect({ exitCode: await runCli(host, ["model", file]), told: host.printed.error }).toMatchObject({ exitCode: 0 });
    const model = JSON.parse(host.printed.out) as Model;
    await expect(summary(model)).toMatchFileSnapshot(`../../specs/features/${file.replace(/yaml$/, "txt")}`);
  });
});

function summary(model: Model): string {
  const operations = model.operations.map(({ method, path, kind, variant, entity }) =>
    [kind, variant && `(${variant})`, entity, `${method.toUpperCase()} ${path}`].filter(Boolean).join(" "),
  );
  const slots = model.slots.map((slot) => `slot ${slot.kind} ${slot.id}${stated(slot)}`);
  const facts = model.entities.flatMap(entityFacts);
  return `${[toMermaid(model).trimEnd(), "", ...facts, ...operations.toSorted(), ...slots.toSorted()].join("\n")}\n`;
}

/** What annotations say that a diagram does not show. */
function entityFacts({ name, table, fields, owner, softDelete, renamedFrom = [], reasons }: Entity): readonly string[] {
  const isNobodys = reasons.some(({ fact }) => fact === "rows belong to nobody");
  const isStated = reasons.some(({ because }) => because === "x-entity says so");
  return [
    ...(isStated ? [`each ${name.type} is a row of ${table}`] : []),
    ...(owner ? [`${table} belong to the caller by ${[...owner.relations, owner.field].join(".")}`] : []),
    ...(isNobodys ? [`${table} belong to nobody`] : []),
    ...(softDelete ? [`${table} are deleted where ${softDelete.field} is ${softDelete.deleted}`] : []),
    ...(renamedFrom.length > 0 ? [`${table} were ${renamedFrom.join(", ")}`] : []),
    ...fields.flatMap((field) => fieldFacts(table, field)),
  ];
}

function fieldFacts(
  table: string,
  { name, references, isIndexed, renamedFrom = [], isDefaultInferred, default: start, reasons }: Field,
): readonly string[] {
  const isStated = reasons.some(({ because }) => because === "x-field says so");
  return [
    ...(references && isStated
      ? [
          `${table}.${name} refers to ${references.entity}, on delete ${references.onDelete}`,
          ...(references.isUnscoped ? [`${table}.${name} may name the row of another`] : []),
        ]
      : []),
    ...(isDefaultInferred ? [`${table}.${name} starts as ${JSON.stringify(start)}`] : []),
    ...(isIndexed ? [`${table}.${name} has an index`] : []),
    ...(renamedFrom.length > 0 ? [`${table}.${name} was ${renamedFrom.join(", ")}`] : []),
  ];
}

function stated({ operations, field, parameter, refuse, unscoped, examples, reasons }: Slot): string {
  if (!reasons.some(({ rule }) => rule === "x-business-rules")) return "";
  const parts = [
    operations.length > 0 && `on ${operations.join(", ")}`,
    field !== undefined && `for ${field}`,
    parameter !== undefined && `for ${parameter}`,
    `refuses ${JSON.stringify(refuse)}`,
    unscoped.length > 0 && `reaches every ${unscoped.join(", ")}`,
    examples.length > 0 && `${examples.length} examples`,
  ];
  return `: ${parts.filter(Boolean).join("; ")}`;
}
