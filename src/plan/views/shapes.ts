import type { Json } from "../../document/openapi.ts";
import type { Entity, ReadMember, ReadShape, ReadSource } from "../../model/model.ts";
import { variableName } from "../../model/names.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../render/escape.ts";
import { fieldOf, isLeftOut, readableFields, relationOf, type PlanContext } from "../context.ts";
import { hiddenIn } from "./shown-values.ts";
import { docComment } from "./doc.ts";
import { Imports } from "./imports.ts";
import { addressCode } from "./addresses.ts";
import { logicOf } from "./logic-access.ts";
import {
  coversRow,
  isChanged,
  isOwnField,
  linksRow,
  shapeRegistry,
  type LinkSource,
  type RowShape,
  type ShapeFunction,
} from "./shape-registry.ts";

/** templates/entity/shapes.hbs: how rows are shown where the document shows them otherwise than they are stored. */
export interface ShapesView {
  readonly imports: readonly string[];
  readonly functions: readonly ShapeFunctionView[];
}

interface ShapeFunctionView {
  readonly doc: string;
  readonly name: string;
  readonly single: string;
  readonly type: string;
  readonly plural: string;
  readonly isSingle: boolean;
  readonly context: string;
  readonly lookups: readonly string[];
  readonly parameters: string;
  readonly members: readonly string[];
}

export function shapesView(entity: Entity, context: PlanContext): ShapesView {
  const imports = new Imports();
  const functions = shapeRegistry(context)
    .functionsOf(entity.name.type)
    .map((entry) => functionView(entity, entry, context, imports));
  return { imports: imports.lines(), functions };
}

function functionView(entity: Entity, entry: ShapeFunction, context: PlanContext, imports: Imports): ShapeFunctionView {
  const writer = new ShapeWriter(entity, context, imports);
  const members = writer.members(entry.shape);
  imports.type(entity.name.type, `./${entity.name.file}.contract.ts`);
  imports.type("Context", "../context.ts");
  if (entry.isSingle) imports.value("unlessMissing", "../failure.ts");
  const usesIndex = members.some((member) => /\[index\]/.test(member));
  return {
    doc: docComment(`${entity.name.pluralType} as ${entry.route} shows them.`),
    name: entry.name,
    single: entry.single,
    type: entity.name.type,
    plural: entity.name.plural,
    isSingle: entry.isSingle,
    context: writer.lookups.length > 0 || writer.usesContext ? "context" : "_context",
    lookups: writer.lookups,
    parameters: usesIndex ? "(row, index)" : "(row)",
    members,
  };
}

/** Writes the members of one row shape, and what must be looked up for all rows before. */
class ShapeWriter {
  readonly lookups: string[] = [];
  usesContext = false;
  readonly #entity: Entity;
  readonly #context: PlanContext;
  readonly #imports: Imports;
  readonly #known = new Map<string, string>();

  constructor(entity: Entity, context: PlanContext, imports: Imports) {
    this.#entity = entity;
    this.#context = context;
    this.#imports = imports;
  }

  members(shape: RowShape): readonly string[] {
    const spread = coversRow(shape, this.#context);
    const written = shape.members
      .filter((one) => !spread || !isOwnField(one) || isChanged(one, this.#entity, this.#context))
      .flatMap((one) => this.#member(one));
    return spread ? ["...row", ...written] : written;
  }

  /** A link to a row that no operation reads leads nowhere: it is left out, or leads to the API where it may not be. */
  #member(member: ReadMember): readonly string[] {
    if (member.source.kind === "link" && !linksRow(member.source, this.#entity, this.#context) && !member.isRequired)
      return [];
    return [`${propertyKey(member.name)}: ${this.#value(member)}`];
  }

  #value(member: ReadMember): string {
    const code = this.#source(member.source);
    if (member.source.kind === "neutral" || member.source.kind === "constant" || member.source.kind === "shape")
      return code;
    const { otherwise } = "otherwise" in member.source ? member.source : {};
    if (otherwise !== undefined)
      return code === "undefined" ? valueLiteral(otherwise) : `${code} ?? ${valueLiteral(otherwise)}`;
    if (!member.isNullable) return code;
    if (code === "undefined") return "null";
    return this.#mayBeMissing(member.source) ? `${code} ?? null` : code;
  }

  #mayBeMissing(source: ReadSource): boolean {
    switch (source.kind) {
      case "field":
        return isLeftOut(fieldOf(this.#entity, source.field));
      case "related":
        return source.shape.kind !== "rows";
      case "related-keys": {
        const { join, field } = relationOf(this.#entity, source.relation);
        return join === undefined && field !== undefined && isLeftOut(fieldOf(this.#entity, field));
      }
      default:
        return source.kind === "slot";
    }
  }

  #source(source: ReadSource): string {
    switch (source.kind) {
      case "field":
        return source.isText === true ? this.#spelled(source.field) : this.#field(source.field);
      case "constant":
      case "neutral":
        return valueLiteral(source.value);
      case "shape":
        return source.shape.kind === "row" || source.shape.kind === "object"
          ? this.#nested(source.shape.members)
          : "undefined";
      case "slot":
        return `${this.#slot(source.slot)}[index]`;
      case "link":
        return this.#link(source);
      case "related":
        return this.#related(source.relation, source.shape);
      case "related-keys":
        return this.#relatedKeys(source.relation);
      case "count":
        return `${this.#relatedKeys(source.relation)}.length`;
      case "page":
        return "undefined";
    }
  }

  #field(name: string): string {
    const field = fieldOf(this.#entity, name);
    if (field.constant !== undefined) return valueLiteral(field.constant);
    if (!readableFields(this.#entity).includes(field)) return "undefined";
    const code = `row${memberAccess(name)}`;
    const shown = this.#changed("withoutMembers", code, hiddenIn(field, this.#context));
    return this.#changed(
      "withMembers",
      shown,
      (field.completions ?? []).map(({ path, value }) => [path, value]),
    );
  }

  /** A value that is shown with other members than the row has in it. */
  #changed(name: string, code: string, changes: readonly Json[]): string {
    if (changes.length === 0) return code;
    return `${this.#imports.value(name, "../convert.ts")}(${[code, ...changes.map(valueLiteral)].join(", ")})`;
  }

  /** A number that is shown as text. */
  #spelled(name: string): string {
    const code = this.#field(name);
    const isThere = fieldOf(this.#entity, name).isStoredNotNull;
    return isThere ? `String(${code})` : `${this.#imports.value("asText", "../convert.ts")}(${code})`;
  }

  #nested(members: readonly ReadMember[]): string {
    return `{ ${members.flatMap((member) => this.#member(member)).join(", ")} }`;
  }

  #slot(id: string): string {
    const slot = this.#context.slot(id);
    const name = this.#unique(slot.functionName);
    return this.#once(`slot ${id}`, name, `const ${name} = await ${logicOf(slot, this.#context)}(rows, context);`);
  }

  #link(source: LinkSource): string {
    this.usesContext = true;
    const isRow = linksRow(source, this.#entity, this.#context);
    const address = isRow ? addressCode(this.#entity, "row", this.#context, this.#imports) : undefined;
    const link = address === undefined ? "context.baseUrl" : `context.baseUrl + ${address}`;
    return source.form === "object" ? `{ href: ${link} }` : link;
  }

  #related(relationName: string, shape: ReadShape): string {
    const relation = relationOf(this.#entity, relationName);
    const target = this.#context.entity(relation.to);
    const inner = shape.kind === "rows" ? shape.items : shape;
    if (inner.kind !== "row") return shape.kind === "rows" ? "[]" : "undefined";
    const found = this.#lookup(relationName, target, inner);
    if (found === undefined) return shape.kind === "rows" ? "[]" : "undefined";
    const isMany = shape.kind === "rows";
    if (found.isMany === isMany) return isMany ? `${found.code} ?? []` : found.code;
    return isMany ? `[${found.code}].filter((related) => related !== undefined)` : `${found.code}?.[0]`;
  }

  #relatedKeys(relationName: string): string {
    const relation = relationOf(this.#entity, relationName);
    const target = this.#context.entity(relation.to);
    const key = target.key.fields[0] ?? "id";
    if (relation.join !== undefined) {
      const { pairs, ours, theirs } = this.#pairs(relation.join, target);
      return `${pairs}.filter((pair) => pair.${ours} === ${this.#key()}).map((pair) => pair.${theirs})`;
    }
    if (relation.field !== undefined) return this.#field(relation.field);
    if (relation.inverse === undefined) return "[]";
    const rows = this.#rowsBy(relation.inverse, target);
    return `${rows}.filter((related) => related${memberAccess(relation.inverse)} === ${this.#key()}).map((related) => related${memberAccess(key)})`;
  }

  #lookup(relationName: string, target: Entity, shape: RowShape): { code: string; isMany: boolean } | undefined {
    const relation = relationOf(this.#entity, relationName);
    const helpers = "../related.ts";
    const targetKey = memberAccess(target.key.fields[0] ?? "id");
    const id = `${relationName} ${JSON.stringify(shape)}`;
    if (relation.join !== undefined) {
      const { pairs, ours, theirs } = this.#pairs(relation.join, target);
      const rows = this.#rows(target, target.key.fields[0] ?? "id", `${pairs}.map((pair) => pair.${theirs})`);
      const index = `${this.#imports.value("indexed", helpers)}(${rows}, ${this.#shown(rows, shape)}, (related) => related${targetKey})`;
      const name = this.#unique(relationName);
      const code = `const ${name} = ${this.#imports.value("joined", helpers)}(${pairs}, ${literal(ours)}, ${index});`;
      return { code: `${this.#once(id, name, code)}.get(${this.#key()})`, isMany: true };
    }
    if (relation.field !== undefined) {
      const referenced = fieldOf(this.#entity, relation.field).references?.field ?? target.key.fields[0] ?? "id";
      const own = `row${memberAccess(relation.field)}`;
      const rows = this.#rows(target, referenced, `rows.map((row) => ${own})`);
      const name = this.#unique(relationName);
      const code = `const ${name} = ${this.#imports.value("indexed", helpers)}(${rows}, ${this.#shown(rows, shape)}, (related) => related${memberAccess(referenced)});`;
      return { code: `${this.#once(id, name, code)}.get(${own})`, isMany: false };
    }
    if (relation.inverse === undefined) return undefined;
    const rows = this.#rowsBy(relation.inverse, target);
    const name = this.#unique(relationName);
    const code = `const ${name} = ${this.#imports.value("grouped", helpers)}(${rows}, ${this.#shown(rows, shape)}, (related) => related${memberAccess(relation.inverse)});`;
    return { code: `${this.#once(id, name, code)}.get(${this.#key()})`, isMany: true };
  }

  #rowsBy(inverse: string, target: Entity): string {
    return this.#rows(target, inverse, `rows.map((row) => ${this.#key()})`);
  }

  #rows(target: Entity, member: string, values: string): string {
    const name = this.#unique(`${target.name.variable}Rows`);
    const code = `const ${name} = await context.${target.name.plural}.listBy(${literal(member)}, ${values});`;
    return this.#once(`rows ${target.name.type} ${member} ${values}`, name, code);
  }

  #pairs(joinName: string, target: Entity): { pairs: string; ours: "left" | "right"; theirs: "left" | "right" } {
    const join = this.#context.join(joinName);
    const isLeft = join.left.entity === this.#entity.name.type && join.right.entity === target.name.type;
    const [ours, theirs] = isLeft ? (["left", "right"] as const) : (["right", "left"] as const);
    const name = this.#unique(`${target.name.variable}Pairs`);
    const method = ours === "left" ? "ofLeft" : "ofRight";
    const code = `const ${name} = await context.${join.name}.${method}(rows.map((row) => ${this.#key()}));`;
    return { pairs: this.#once(`pairs ${joinName}`, name, code), ours, theirs };
  }

  #shown(rows: string, shape: RowShape): string {
    const entry = shapeRegistry(this.#context).functionFor(shape);
    if (entry === undefined) return rows;
    const { file } = this.#context.entity(shape.entity).name;
    const isHere = shape.entity === this.#entity.name.type;
    const name = isHere ? entry.name : this.#imports.value(entry.name, `../${file}/${file}.shapes.ts`);
    return `await ${name}(${rows}, context)`;
  }

  #key(): string {
    return `row${memberAccess(this.#entity.key.fields[0] ?? "id")}`;
  }

  #unique(name: string): string {
    const base = variableName(name);
    const taken = new Set([...this.#known.values(), "rows", "row", "index", "context", "related", "pair"]);
    for (let at = 1; ; at += 1) {
      const candidate = at === 1 ? base : `${base}${at}`;
      if (!taken.has(candidate)) return candidate;
    }
  }

  /** Writes a lookup once, and names what it found. */
  #once(id: string, name: string, code: string): string {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    this.#known.set(id, name);
    this.lookups.push(code);
    return name;
  }
}

/** Whether rows are shown with links, which need to know where the caller reaches the API. */
export function hasRowLinks(context: PlanContext): boolean {
  return context.model.entities.some((entity) =>
    shapesView(entity, context).functions.some(({ members }) => members.join().includes("context.baseUrl")),
  );
}
