import type { Json, Schema } from "../../../document/openapi.ts";
import type { Body, Entity, Operation, Parameter, WriteMember } from "../../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../../render/escape.ts";
import { conforms } from "../../conforms.ts";
import { fieldOf, type PlanContext } from "../../context.ts";
import { withoutNull } from "../../nullable.ts";
import { sampleValue } from "../../sample.ts";
import { unwrapped } from "../bodies.ts";
import type { Imports } from "../imports.ts";
import { ownSubjectField, saysOwner, subjectField } from "../ownership.ts";
import { choiceCode } from "./body-choices.ts";
import { isAboutRow, itemField, keyField } from "./about-row.ts";
import { callersName } from "./callers.ts";
import { sayable, sayableMember } from "./form-values.ts";
import { patchBody } from "./patch-body.ts";
import { memberValue } from "./member-value.ts";
import { givenIn, isFirstCreate, isForm, isSent, spelledNumber } from "./request-parts.ts";
import { freshKey, headerText, inEnvelope, nested } from "./request-text.ts";
import { givenCall, newFixtureName, ownName, referredCall } from "./rows.ts";
import { commonSample, examplesOf, momentOf, rawMember } from "./samples.ts";
import { leadingValues } from "./page-values.ts";
import { spelledKey } from "./spellings.ts";
import { helperNames } from "./test-view.ts";
import { uniqueCall, uniquesOf } from "./uniques.ts";

/** A valid request of one operation, as code. */
export interface RequestPlan {
  readonly operation: Operation;
  /** "POST /accounts" */
  readonly route: string;
  /** The function that makes it, in the test file. */
  readonly name: string;
  /** The row that the operation is about, where its path names one. */
  readonly item: Entity | undefined;
  /** Statements before the request is put together. */
  readonly setup: readonly string[];
  /** Members of the request: params, query, headers, cookies, body. */
  readonly members: readonly string[];
  /** The body's members, where it is an object that we can make; by wire name. */
  readonly body: BodyPlan | undefined;
  /** False where no valid request was found, so that nothing can be said of its success. */
  readonly isValid: boolean;
  /** Values that rows must have so that required filters and parents let them through: field → code over the request. */
  readonly within: readonly { readonly field: string; readonly code: string }[];
}

export interface BodyPlan {
  /** Resolved, less its envelope. */
  readonly schema: Schema;
  readonly wrap: readonly string[];
  readonly members: readonly BodyMember[];
}

export interface BodyMember {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly write: WriteMember | undefined;
  /** As code; undefined where the member is not sent. */
  readonly code: string | undefined;
  /** The literal, where it is one. */
  readonly value: Json | undefined;
}

export function route(operation: Operation): string {
  return `${operation.method.toUpperCase()} ${operation.path}`;
}

/** The variable of the row that an operation is about. */
export function rowVariable(entity: Entity): string {
  return taken.has(entity.name.variable) ? `${entity.name.variable}Row` : entity.name.variable;
}

// Names of helpers, and of what tests call their own.
const taken: ReadonlySet<string> = new Set([
  ...helperNames,
  ..."impostor request response read other rows row test describe expect caller database unique".split(" "),
  ..."wrong keys first second title value query finds hides status body error parent list".split(" "),
  ..."asked asking failed refusing failing before others joined found hidden located pages walked code headers left right".split(
    " ",
  ),
]);

export function requestPlan(operation: Operation, context: PlanContext, imports: Imports): RequestPlan {
  return new RequestWriter(operation, context, imports).plan();
}

class RequestWriter {
  readonly #operation: Operation;
  readonly #context: PlanContext;
  readonly #imports: Imports;
  readonly #entity: Entity | undefined;
  readonly #item: Entity | undefined;
  readonly #setup: string[] = [];
  readonly #within: { field: string; code: string }[] = [];
  readonly #parents = new Map<string, { entity: Entity; variable: string }>();
  #isValid = true;

  constructor(operation: Operation, context: PlanContext, imports: Imports) {
    this.#operation = operation;
    this.#context = context;
    this.#imports = imports;
    this.#entity = operation.entity === undefined ? undefined : context.entity(operation.entity);
    this.#item = isAboutRow(operation, context) ? this.#entity : undefined;
  }

  plan(): RequestPlan {
    const operation = this.#operation;
    this.#makeParents();
    const params = this.#parameters("path");
    const query = this.#parameters("query");
    const headers = this.#parameters("header");
    const cookies = this.#parameters("cookie");
    const body = operation.body === undefined ? undefined : this.#body();
    const bodyCode = operation.body === undefined ? undefined : this.#bodyCode(body);
    if (this.#needsOwner()) this.#setup.push(`${this.#callersRow()};`);
    return {
      operation,
      route: route(operation),
      name: `${operation.name}Request`,
      item: this.#item,
      setup: this.#setup,
      members: [
        ...(params.length > 0 ? [`params: { ${params.join(", ")} }`] : []),
        ...(query.length > 0 ? [`query: { ${query.join(", ")} }`] : []),
        ...(headers.length > 0 ? [`headers: { ${headers.join(", ")} }`] : []),
        ...(cookies.length > 0 ? [`cookies: { ${cookies.join(", ")} }`] : []),
        ...(bodyCode === undefined ? [] : [`body: ${bodyCode}`]),
      ],
      body,
      isValid: this.#isValid,
      within: this.#within,
    };
  }

  /** Only who stands behind some row may make rows of an owned entity. */
  #needsOwner(): boolean {
    const entity = this.#entity;
    if (entity?.owner === undefined || saysOwner(entity) || this.#operation.kind !== "create") return false;
    if (subjectField(this.#context.entity(entity.owner.entity), this.#context) === undefined) return false;
    return !this.#setup.some((line) => line.includes("given") || line.includes("callers"));
  }

  #callersRow(): string {
    const owner = this.#context.entity(this.#entity?.owner?.entity ?? "");
    this.#imports.value(ownName(owner), "../testing/rows.ts");
    return `await ${ownName(owner)}()`;
  }

  /** Rows above in the path; the lowest one first, because the others are those that it refers to. */
  #makeParents(): void {
    if (this.#item !== undefined) return;
    const parents = this.#operation.parameters.filter(
      (parameter) => parameter.role.kind === "parent" || parameter.role.kind === "join",
    );
    for (const { role, name } of parents.toReversed()) {
      if (role.kind !== "parent" && role.kind !== "join") continue;
      const entity = this.#context.entity(role.entity);
      if ([...this.#parents.values()].some((one) => one.entity === entity)) continue;
      const variable = rowVariable(entity);
      this.#parents.set(name, { entity, variable });
      const child = [...this.#parents.values()].find(
        (one) => one.entity !== entity && referenceTo(one.entity, entity) !== undefined,
      );
      if (child === undefined)
        this.#setup.push(`const ${variable} = ${referredCall(entity, this.#context, this.#imports)};`);
    }
  }

  #parameters(place: Parameter["in"]): readonly string[] {
    return this.#operation.parameters
      .filter((parameter) => parameter.in === place && isSent(parameter))
      .flatMap((parameter) => {
        const code = this.#parameter(parameter);
        if (code === undefined) this.#isValid = false;
        if (code === undefined) return [];
        return [`${propertyKey(parameter.name)}: ${place === "header" ? headerText(code) : code}`];
      });
  }

  #parameter(parameter: Parameter): string | undefined {
    const fresh = freshKey(parameter, this.#context, this.#imports);
    if (fresh !== undefined) return fresh;
    const { role } = parameter;
    const entity = this.#entity;
    if (this.#item !== undefined && (parameter.in === "path" || role.kind === "key")) {
      const field = itemField(parameter, this.#operation, this.#context);
      if (field !== undefined) return `${rowVariable(this.#item)}${memberAccess(field)}`;
    }
    if (role.kind === "parent" || role.kind === "join") {
      const code = this.#parentCode(
        parameter.name,
        role.entity,
        role.kind === "parent" ? role.parentField : keyField(this.#context.entity(role.entity)),
      );
      if (role.kind === "parent" && entity !== undefined) {
        const given = givenIn(parameter);
        const isSurplus = this.#mayBeNull(code) && fieldOf(entity, role.field).isStoredNotNull;
        this.#within.push({ field: role.field, code: isSurplus ? `${given} ?? undefined` : given });
      }
      return code;
    }
    const schema = this.#context.request(parameter.schema);
    const field =
      entity !== undefined && "field" in role ? entity.fields.find(({ name }) => name === role.field) : undefined;
    if (field !== undefined && entity !== undefined && this.#operation.kind === "create") {
      const unique = uniquesOf(entity, this.#context).get(field.name);
      if (unique !== undefined) return uniqueCall(unique, this.#imports);
    }
    if (role.kind === "key" && entity !== undefined && field !== undefined) {
      const unique = uniquesOf(entity, this.#context).get(field.name);
      if (unique !== undefined) return uniqueCall(unique, this.#imports);
    }
    const isWritten = role.kind === "value" && withoutNull(schema).type !== "array";
    if (field?.references !== undefined && (isWritten || (role.kind === "filter" && role.operator === "eq"))) {
      if (role.kind === "filter") this.#within.push({ field: field.name, code: givenIn(parameter) });
      const row = referredCall(this.#context.entity(field.references.entity), this.#context, this.#imports);
      return `(${row})${memberAccess(field.references.field)}`;
    }
    const first = leadingValues(parameter, this.#operation);
    const bare = sayableMember(withoutNull(schema));
    const shown =
      field !== undefined && role.kind === "value" ? [withoutNull(this.#context.request(field.schema))] : [];
    const isMatched =
      role.kind === "filter" && (role.operator === "eq" || role.operator === "in") && field?.references === undefined;
    const spelled = isMatched ? spelledNumber(field, bare, this.#context) : undefined;
    if (isMatched && spelled !== undefined) {
      this.#within.push({ field: role.field, code: valueLiteral(spelled) });
      return literal(String(spelled));
    }
    const value =
      (shown.length > 0 ? commonSample([bare, ...shown], field, 0, first) : undefined) ??
      commonSample([bare], field, 0, [...first, ...examplesOf(parameter.schema, this.#context)]) ??
      commonSample([bare], undefined);
    if (value === undefined) return undefined;
    if (isMatched)
      this.#within.push({ field: role.field, code: valueLiteral(Array.isArray(value) ? value[0] : value) });
    if (role.kind === "filter" && role.operator === "on" && typeof value === "string")
      this.#within.push({ field: role.field, code: literal(momentOf(value)) });
    return valueLiteral(value);
  }

  #parentCode(name: string, type: string, field: string): string {
    const own = this.#parents.get(name) ?? [...this.#parents.values()].find(({ entity }) => entity.name.type === type);
    if (own === undefined)
      return `(${referredCall(this.#context.entity(type), this.#context, this.#imports)})${memberAccess(field)}`;
    const child = [...this.#parents.values()].find(
      (one) => one !== own && referenceTo(one.entity, own.entity) !== undefined,
    );
    const reference = child === undefined ? undefined : referenceTo(child.entity, own.entity);
    if (child === undefined || reference === undefined) return `${own.variable}${memberAccess(field)}`;
    return `${child.variable}${memberAccess(reference)}`;
  }

  /** Whether the code reads a member of a parent's row that need not be there. */
  #mayBeNull(code: string): boolean {
    return [...this.#parents.values()].some(({ entity, variable }) =>
      entity.fields.some((field) => field.isNullable && code === `${variable}${memberAccess(field.name)}`),
    );
  }

  #body(): BodyPlan | undefined {
    const { body } = this.#operation;
    if (body === undefined) return undefined;
    const wrap = body.shape?.wrap ?? [];
    const schema = unwrapped(this.#context.requestBody(body), wrap);
    if (schema.properties === undefined || (schema.oneOf ?? schema.anyOf ?? schema.allOf) !== undefined)
      return undefined;
    const required = new Set(schema.required ?? []);
    const undeclared = [...required].filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
    const declared = { ...Object.fromEntries(undeclared.map((name) => [name, {}])), ...schema.properties };
    const raw = wrap.reduce<Schema>((inner, name) => rawMember(inner, name, this.#context) ?? {}, body.schema);
    const members = Object.entries<Schema>(declared).map(([name, member]): BodyMember => {
      const write = body.shape?.members.find((one) => one.name === name);
      const isRefused = member.not !== undefined && Object.keys(member.not).length === 0;
      const made = isRefused ? {} : this.#member(name, member, raw, write, required.has(name));
      return {
        name,
        schema: member,
        isRequired: required.has(name),
        write,
        code: undefined,
        value: undefined,
        ...made,
      };
    });
    const sample = Object.fromEntries(
      members.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    ) as Json;
    const isWhole =
      members.every(({ isRequired, code }) => !isRequired || code !== undefined) && conforms(schema, sample);
    if (isWhole) return { schema, wrap, members };
    const least = members.map((member) =>
      member.isRequired ? member : { ...member, code: undefined, value: undefined },
    );
    const plain = Object.fromEntries(
      least.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    ) as Json;
    return conforms(schema, plain) ? { schema, wrap, members: least } : undefined;
  }

  #member(
    name: string,
    schema: Schema,
    raw: Schema,
    write: WriteMember | undefined,
    isRequired: boolean,
  ): { code?: string; value?: Json } {
    const entity = this.#entity;
    const target = write?.target;
    const field =
      entity !== undefined && target !== undefined && "field" in target ? fieldOf(entity, target.field) : undefined;
    const rawSchema = rawMember(raw, name, this.#context);
    const examples = rawSchema === undefined ? [] : examplesOf(rawSchema, this.#context);
    const bare = withoutNull(schema);
    const own = target?.kind === "field" || target?.kind === "key" ? field : undefined;
    const shown = own === undefined ? [] : [withoutNull(this.#context.resolved(own.schema))];
    const value = memberValue(bare, { own, shown, examples, isForm: isForm(this.#operation), isRequired });
    if (value === undefined) return {};
    if (field !== undefined && entity !== undefined) {
      if (field.name === ownSubjectField(entity)) return callersName(bare, this.#context, this.#imports);
      if (this.#item !== undefined && entity.key.fields.includes(field.name))
        return { value, code: spelledKey(`${rowVariable(entity)}${memberAccess(field.name)}`, bare, field) };
      if (field.references !== undefined && (target?.kind === "field" || target?.kind === "related-key")) {
        const code = `(${referredCall(this.#context.entity(field.references.entity), this.#context, this.#imports)})${memberAccess(field.references.field)}`;
        if (target.kind === "field") return { value, code: spelledKey(code, bare, field) };
        const inner = target.path.reduce<Schema>((one, part) => one.properties?.[part] ?? {}, bare);
        return { value, code: nested(value, target.path, spelledKey(code, inner, field)) };
      }
      const unique = uniquesOf(entity, this.#context).get(field.name);
      if (unique !== undefined && target?.kind !== "related-key")
        return { value, code: uniqueCall(unique, this.#imports) };
    }
    if (target?.kind === "joined-keys" && entity !== undefined && Array.isArray(value))
      return this.#joined(value as readonly Json[], schema, target);
    return { value, code: valueLiteral(value) };
  }

  #joined(
    value: readonly Json[],
    schema: Schema,
    target: Extract<WriteMember["target"], { kind: "joined-keys" }>,
  ): { code: string; value: Json } {
    const relation = this.#entity?.relations.find(({ name }) => name === target.relation);
    if (relation === undefined) return { value: [], code: "[]" };
    const other = this.#context.entity(relation.to);
    const key = `(${givenCall(other, this.#imports)})${memberAccess(keyField(other))}`;
    const item = value[0] ?? sampleValue(schema.items ?? {}) ?? null;
    return { value, code: `[${target.path.length === 0 ? key : nested(item, target.path, key)}]` };
  }

  #bodyCode(body: BodyPlan | undefined): string | undefined {
    const declared = this.#operation.body;
    if (declared === undefined) return undefined;
    if (body === undefined) return this.#wholeBody(declared);
    const fixture =
      this.#operation.kind === "create" && this.#entity !== undefined && isFirstCreate(this.#operation, this.#context);
    if (fixture && this.#entity !== undefined)
      this.#imports.value(newFixtureName(this.#entity), `./${this.#entity.name.file}.fixtures.ts`);
    const members = body.members.flatMap(({ name, code }) =>
      code === undefined ? [] : [`${propertyKey(name)}: ${code}`],
    );
    if (fixture && this.#entity !== undefined) members.push(`...${newFixtureName(this.#entity)}()`);
    const row = members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
    return inEnvelope(row, body.wrap, this.#context.requestBody(declared));
  }

  /** A body that is no plain object: one of several with the rows it names, an example, or any value of its schema. */
  #wholeBody(declared: Body): string | undefined {
    const schema = this.#context.requestBody(declared);
    const patch = patchBody(this.#operation, this.#context);
    const { wrap, members = [] } = declared.shape ?? { wrap: [] };
    const find = (name: string) => members.find((one) => one.name === name);
    const choice = choiceCode(unwrapped(schema, wrap), (name, member) =>
      this.#member(name, member, {}, find(name), true),
    );
    if (patch === undefined && members.length > 0 && choice !== undefined) return inEnvelope(choice, wrap, schema);
    const said = isForm(this.#operation) ? sayable(schema) : schema;
    const value = patch ?? commonSample([said], undefined, 0, examplesOf(declared.schema, this.#context));
    if (value === undefined) this.#isValid = false;
    return value === undefined ? undefined : valueLiteral(value);
  }
}

function referenceTo(from: Entity, to: Entity): string | undefined {
  return from.fields.find(({ references, column }) => column !== undefined && references?.entity === to.name.type)
    ?.name;
}

/** Whether the body is sent as JSON. */
export function isJson(plan: RequestPlan): boolean {
  return /[/+]json$|\*\/\*/.test(plan.operation.body?.mediaTypes[0] ?? "");
}
