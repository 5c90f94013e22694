import type { Json } from "../../document/openapi.ts";
import type { Entity, Field } from "../../model/model.ts";
import { fieldOf, storedFields, type PlanContext } from "../context.ts";
import { fieldNode } from "../views/entity-types.ts";
import { subjectField, saysOwner } from "../views/ownership.ts";
import { hasCallersRow, rowGraph } from "../views/tests/graph.ts";
import { fieldSample } from "../views/tests/samples.ts";
import { uniquesOf } from "../views/tests/uniques.ts";
import { plainValue } from "../views/typed-values.ts";
import type { TrialRow } from "./trial.ts";

type Members = Readonly<Record<string, Json>>;

const leftToTable: readonly Field["role"][] = ["created-at", "updated-at", "version", "soft-delete"];

/** Makes the rows of one trial as testing/rows.ts of a generated package makes them in its tables: whole, and with all that they refer to. */
export class GivenRows {
  readonly rows: TrialRow[] = [];
  readonly #context: PlanContext;
  readonly #owner: string;
  #count = 0;

  constructor(context: PlanContext, owner: string) {
    this.#context = context;
    this.#owner = owner;
  }

  /** Leaves a key out. */
  skip(): void {
    this.#count += 1;
  }

  /** A row with these members; the rest is valid, and its own references are filled. */
  make(entity: Entity, change: Members): Members {
    this.#count += 1;
    const turn = this.#count;
    const values: Record<string, Json> = { ...this.#key(entity, turn) };
    for (const field of storedFields(entity)) {
      const value = this.#value(entity, field, turn);
      if (value !== undefined) values[field.name] = value;
    }
    Object.assign(values, change);
    for (const field of rowGraph(this.#context).filled(entity)) {
      if (Object.hasOwn(change, field.name)) continue;
      const target = this.referred(this.#context.entity(field.references.entity));
      values[field.name] = target[field.references.field] ?? null;
    }
    this.rows.push({ collection: entity.name.plural, values });
    return values;
  }

  /** A row that others may refer to: the caller's own where it stands for the caller. */
  referred(entity: Entity): Members {
    return hasCallersRow(entity, this.#context) ? this.callers(entity) : this.make(entity, {});
  }

  /** The row that stands for the caller. */
  callers(entity: Entity): Members {
    const name = subjectField(entity, this.#context);
    const subject = this.#subject(entity, name);
    const isOwn = ({ collection, values }: TrialRow): boolean =>
      collection === entity.name.plural && name !== undefined && values[name] === subject;
    return this.rows.find(isOwn)?.values ?? this.make(entity, name === undefined ? {} : { [name]: subject });
  }

  #subject(entity: Entity, name: string | undefined): Json {
    if (name === undefined) return this.#owner;
    const isNumber = ["integer", "integer-enum", "number", "decimal"].includes(fieldOf(entity, name).type.kind);
    return isNumber ? Number(this.#owner) : this.#owner;
  }

  /** Keys that a table would make, made here, so that rows can be named. */
  #key({ key }: Entity, turn: number): Members {
    const [name = "id"] = key.fields;
    if (key.generated === "identity") return { [name]: 900_000 + turn };
    const isUuid = key.generated === "uuid" || key.generated === "text";
    return isUuid ? { [name]: `00000000-0000-4000-8000-${String(turn).padStart(12, "0")}` } : {};
  }

  #value(entity: Entity, field: Field, turn: number): Json | undefined {
    if (saysOwner(entity) && field.name === entity.owner?.field) return this.#subject(entity, field.name);
    const isKey = entity.key.fields.includes(field.name);
    if (isKey && entity.key.generated !== "client") return undefined;
    if (field.references !== undefined || leftToTable.includes(field.role)) return undefined;
    const isUnique = uniquesOf(entity, this.#context).has(field.name);
    const sample = fieldSample(field, this.#context, isUnique ? turn : 0);
    if (sample !== undefined) return sample;
    return field.isStoredNotNull ? plainValue(fieldNode(field, this.#context)) : undefined;
  }
}
