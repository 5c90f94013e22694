import type { Entity, Name, Operation, PageValue, ReadMember, ReadShape, ReadSource } from "../../model/model.ts";
import { literal, memberAccess, propertyKey, valueLiteral } from "../../render/escape.ts";
import { operationsOf, type PlanContext } from "../context.ts";
import { addressCode, locationCode } from "./addresses.ts";
import { routeConfigCode } from "./http.ts";
import { Imports } from "./imports.ts";
import { parametersOf } from "./operations.ts";
import { isLinking, runnerOf } from "./operations/runner.ts";
import { requestType } from "./requests.ts";
import { routePath } from "./route-path.ts";
import { schemaName } from "./schema.ts";
import { securityCode } from "./security.ts";
import { shapeRegistry, shownRow } from "./shapes.ts";
import { answerRows } from "./signatures.ts";

/** templates/entity/routes.hbs */
export interface RoutesView {
  readonly imports: readonly string[];
  readonly name: string;
  readonly routes: readonly RouteView[];
}

interface RouteView {
  readonly method: string;
  readonly path: string;
  readonly options: string;
  readonly statements: readonly string[];
}

export function routesView(name: Name, entity: Entity | undefined, context: PlanContext): RoutesView {
  const imports = new Imports();
  imports.type("App", "../app.ts");
  const routes = operationsOf(context, name.type).map((operation) =>
    new RouteWriter({ name, entity, operation, context, imports }).view(),
  );
  return { imports: imports.lines(), name: `${name.variable}Routes`, routes };
}

interface Home {
  readonly name: Name;
  readonly entity: Entity | undefined;
  readonly operation: Operation;
  readonly context: PlanContext;
  readonly imports: Imports;
}

class RouteWriter {
  readonly #home: Home;
  readonly #statements: string[] = [];

  constructor(home: Home) {
    this.#home = home;
  }

  view(): RouteView {
    const { operation, context, imports } = this.#home;
    this.#handle();
    this.#forgetUnused();
    const security = securityCode(operation, context.model);
    if (security !== undefined) imports.value("authenticated", "../http/authentication.ts");
    const config = routeConfigCode(operation, context);
    const options = [
      ...(this.#hasSchema() ? [`schema: ${imports.value(schemaName(operation), this.#file("schema"))}`] : []),
      ...(security === undefined ? [] : [`onRequest: ${security}`]),
      ...(config === undefined ? [] : [`config: ${config}`]),
    ];
    return {
      method: operation.method,
      path: literal(routePath(operation.path).path),
      options: options.length === 0 ? "" : `{ ${options.join(", ")} }, `,
      statements: this.#statements,
    };
  }

  #hasSchema(): boolean {
    const { operation } = this.#home;
    return operation.body !== undefined || operation.parameters.some(({ in: place }) => place !== "cookie");
  }

  #file(kind: string): string {
    return `./${this.#home.name.file}.${kind}.ts`;
  }

  #handle(): void {
    const { operation } = this.#home;
    const row = this.#answer();
    const headers = this.#headers(row);
    const { status, mediaType } = operation.success;
    const start = `reply.code(${status})${headers}`;
    if (mediaType === undefined || operation.success.shape === undefined) {
      this.#statements.push(`return ${start}.send();`);
      return;
    }
    const body = this.#body(row);
    const isScalar = operation.success.shape.kind === "value" || this.#mayBeScalar();
    const isJson = /json|\*\/\*/.test(mediaType);
    const type =
      mediaType === "application/json" || !isJson
        ? ""
        : `.type(${literal(mediaType.replace("*/*", "application/json"))})`;
    if (isScalar && isJson) {
      this.#statements.push(`return ${start}.type("application/json").send(JSON.stringify(${body}));`);
    } else if (!isJson) {
      this.#statements.push(
        `return ${start}.type(${literal(mediaType.includes("*") ? "application/octet-stream" : mediaType)}).send(${body});`,
      );
    } else {
      this.#statements.push(`return ${start}${type}.send(${body});`);
    }
  }

  /** Fastify sends a text as it is, so that what may be one is written as JSON before. */
  #mayBeScalar(): boolean {
    const { operation, context } = this.#home;
    const { schema } = operation.success;
    if (operation.kind !== "custom" || answerRows(operation.success.shape) !== undefined) return false;
    const types = schema === undefined ? [] : [context.resolved(schema).type ?? []].flat();
    return types.length === 0 || types.some((type) => type !== "object" && type !== "array");
  }

  /** Runs the operation, and shows what it answers; gives the name that the answer has. */
  #answer(): string {
    const { operation, entity, context } = this.#home;
    const call = this.#call();
    const runner = runnerOf(operation, context);
    const usesAnswer = this.#usesAnswer();
    if (!usesAnswer) {
      this.#statements.push(`await request.${runner}((context) => ${call});`);
      return "";
    }
    const name = this.#answerName(entity);
    const isRaw = operation.kind === "custom" && answerRows(operation.success.shape) === undefined;
    const shape = isRaw ? undefined : shownRow(operation.success.shape);
    const entry = shape === undefined ? undefined : shapeRegistry(context).functionFor(shape);
    if (entry === undefined || shape === undefined) {
      this.#statements.push(`const ${name} = await request.${runner}((context) => ${call});`);
      return name;
    }
    const shapesFile = `../${context.entity(shape.entity).name.file}/${context.entity(shape.entity).name.file}.shapes.ts`;
    const file = context.entity(shape.entity).name.type === this.#home.name.type ? this.#file("shapes") : shapesFile;
    this.#statements.push(this.#showing(name, call, runner, entry, file));
    return name;
  }

  #showing(name: string, call: string, runner: string, entry: { name: string; single: string }, file: string): string {
    const { operation, imports } = this.#home;
    const isList = operation.kind === "list";
    const isMany = isList || answerRows(operation.success.shape)?.isList === true;
    const show = imports.value(isMany ? entry.name : entry.single, file);
    if (runner === "operation") {
      this.#statements.push(`const found = await request.operation((context) => ${call});`);
      return `const ${name} = await request.connected((context) => ${show}(found, context));`;
    }
    const shown = isList
      ? `${imports.value("shownListing", "../paging.ts")}(await ${call}, (rows) => ${show}(rows, context))`
      : `${show}(await ${call}, context)`;
    return `const ${name} = await request.${runner}(async (context) => ${shown});`;
  }

  #call(): string {
    const { operation, imports } = this.#home;
    const name = imports.value(operation.name, this.#file("operations"));
    return `${name}(${[...this.#arguments(), "context"].join(", ")})`;
  }

  /** As plan/views/operations.ts declares them: only what the function mentions. */
  #arguments(): readonly string[] {
    const { operation, context, name } = this.#home;
    const declared = parametersOf(name, this.#home.entity, operation, context);
    return declared.map((word) => {
      if (word === "input") return this.#input();
      if (word === "request") return this.#requestParts();
      return `request.${word}`;
    });
  }

  #input(): string {
    const { body } = this.#home.operation;
    const inner = (body?.shape?.wrap ?? []).map(
      (part) => (body?.isRequired === true ? "" : "?.") + optionalAccess(part, body?.isRequired !== true),
    );
    const code = `request.body${inner.join("")}`;
    return body?.isRequired === true ? code : `${code} ?? undefined`;
  }

  #requestParts(): string {
    const { operation, context } = this.#home;
    const words = requestType(operation, context).map((part) => /^(?:readonly )?(\w+)/.exec(part)?.[1] ?? "");
    const optionalBody = "request.body ? { body: request.body } : {}";
    const isOptional = (word: string | undefined): boolean => word === "body" && operation.body?.isRequired !== true;
    if (words.length === 1 && isOptional(words[0])) return optionalBody;
    const parts = words.map((word) => (isOptional(word) ? `...(${optionalBody})` : `${word}: request.${word}`));
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  }

  #usesAnswer(): boolean {
    const { operation } = this.#home;
    if (isLinking(operation)) return false;
    const { success } = operation;
    const needsRow = success.headers.some(
      ({ source }) => source.kind === "location" || source.kind === "total" || source.kind === "link",
    );
    const hasBody = success.mediaType !== undefined && success.shape !== undefined;
    if (operation.kind === "custom") return hasBody;
    return (hasBody && mentionsRow(success.shape)) || needsRow;
  }

  #answerName(entity: Entity | undefined): string {
    const { operation } = this.#home;
    if (operation.kind === "list") return "page";
    return operation.kind === "custom" || entity === undefined ? "answer" : entity.name.variable;
  }

  /** An answer of which nothing is said needs no name. */
  #forgetUnused(): void {
    for (const [at, statement] of this.#statements.entries()) {
      const name = /^const (\w+) = /.exec(statement)?.[1];
      const rest = this.#statements.slice(at + 1).join("\n");
      if (name === undefined || new RegExp(`\\b${name}\\b`).test(rest)) continue;
      this.#statements[at] = statement.slice(`const ${name} = `.length);
    }
  }

  #headers(row: string): string {
    const { operation, entity, imports } = this.#home;
    return operation.success.headers
      .map(({ name, source }) => {
        if (source.kind === "location" && entity !== undefined && row !== "" && operation.kind !== "custom") {
          if (!this.#showsFields(source.path)) return "";
          const code = locationCode(source.path, entity, row, this.#pathMembers());
          if (code === undefined) return "";
          imports.value("addressOf", "../http/addresses.ts");
          return `.header(${literal(name.toLowerCase())}, app.prefix + ${code})`;
        }
        if (source.kind === "total" && operation.kind === "list")
          return `.header(${literal(name.toLowerCase())}, String(${row}.total))`;
        if (source.kind === "neutral") return `.header(${literal(name.toLowerCase())}, ${literal(source.value)})`;
        return "";
      })
      .join("");
  }

  /** A shown row may lack what its address is made of. */
  #showsFields(path: string): boolean {
    const shape = shownRow(this.#home.operation.success.shape);
    if (shape === undefined) return true;
    const shown = new Set([...shape.members.map(({ name }) => name), ...this.#pathMembers().keys()]);
    return [...path.matchAll(/\{([^}]+)\}/g)].every(([, name]) => shown.has(name ?? ""));
  }

  /** Members of the row that the request's own path says, and that its answer may not show. */
  #pathMembers(): ReadonlyMap<string, string> {
    const members = this.#home.operation.parameters.flatMap(({ role, name, in: place }) =>
      place === "path" && role.kind === "parent" ? [[role.field, `request.params${memberAccess(name)}`] as const] : [],
    );
    return new Map(members);
  }

  #body(row: string): string {
    const { operation } = this.#home;
    const { shape } = operation.success;
    if (operation.kind === "custom") return row === "" ? "null" : row;
    return this.#shape(shape, row);
  }

  #shape(shape: ReadShape | undefined, row: string): string {
    const { operation } = this.#home;
    switch (shape?.kind) {
      case "row":
        return row;
      case "rows":
        if (operation.kind !== "list") return row === "" ? "[]" : `[${row}]`;
        return shape.items.kind === "value"
          ? `${row}.items.map((item) => ${this.#source(shape.items.source, "item")})`
          : `${row}.items`;
      case "row-map":
        return `Object.fromEntries(${row}.items.map((item) => [String(item${memberAccess(shape.keyField)}), item]))`;
      case "object":
        return this.#object(shape.members, row);
      case "value":
        return this.#source(shape.source, row);
      default:
        return row === "" ? "null" : row;
    }
  }

  #object(members: readonly ReadMember[], row: string): string {
    const written = members.map((member) => `${propertyKey(member.name)}: ${this.#member(member, row)}`);
    return `{ ${written.join(", ")} }`;
  }

  #member(member: ReadMember, row: string): string {
    const code = this.#source(member.source, row);
    if (member.source.kind !== "page" || !code.startsWith("page.nextCursor")) return code;
    return member.isNullable ? code : `${code} ?? undefined`;
  }

  #source(source: ReadSource, row: string): string {
    switch (source.kind) {
      case "shape":
        return this.#shape(source.shape, row);
      case "constant":
      case "neutral":
        return valueLiteral(source.value);
      case "page":
        return pageCode(source.value, row);
      case "field":
        return row === "" ? "undefined" : `${row}${memberAccess(source.field)}`;
      case "link":
        return this.#link(source.to, source.form, row);
      case "related":
      case "related-keys":
      case "count":
      case "slot":
        return "undefined";
    }
  }

  #link(to: string, form: "string" | "object", row: string): string {
    const { operation, entity, context, imports } = this.#home;
    const wrapped = (code: string): string => (form === "string" ? code : `{ href: ${code} }`);
    if (to === "self" && operation.kind !== "list" && entity !== undefined && row !== "") {
      const address = addressCode(entity, row, context, imports);
      return wrapped(this.#linkTo(address === undefined ? "request.url" : `app.prefix + ${address}`));
    }
    if (to === "self") return wrapped(this.#linkTo("request.url"));
    if (operation.kind !== "list" || operation.list === undefined) return "undefined";
    const { pagination } = operation.list;
    const parameter = pagination.cursor ?? pagination.page ?? pagination.offset;
    if (parameter === undefined) return "undefined";
    const kind = pagination.cursor !== undefined ? "cursor" : pagination.page !== undefined ? "page" : "offset";
    const link = imports.value("pageLink", "../http/links.ts");
    const code = `${link}(request, ${row}, ${literal(to)}, ${literal(kind)}, ${literal(parameter)})`;
    return form === "string" ? code : `${imports.value("linkObject", "../http/links.ts")}(${code})`;
  }

  #linkTo(path: string): string {
    return `${this.#home.imports.value("linkTo", "../http/links.ts")}(request, ${path})`;
  }
}

/** After `?.` the dot is already there. */
function optionalAccess(name: string, isOptional: boolean): string {
  const access = memberAccess(name);
  return isOptional && access.startsWith(".") ? access.slice(1) : access;
}

const pageCodes: Readonly<Record<PageValue, (page: string) => string>> = {
  total: (page) => `${page}.total`,
  count: (page) => `${page}.items.length`,
  limit: (page) => `${page}.limit`,
  offset: (page) => `${page}.offset`,
  page: (page) => `${page}.page`,
  pages: (page) => `Math.ceil(${page}.total / Math.max(${page}.limit, 1))`,
  "has-more": (page) => `${page}.hasMore`,
  "next-cursor": (page) => `${page}.nextCursor`,
  "previous-cursor": () => "null",
  "next-page": (page) => `${page}.hasMore ? ${page}.page + 1 : null`,
  "previous-page": (page) => `${page}.offset > 0 ? ${page}.page - 1 : null`,
  "has-previous": (page) => `${page}.offset > 0`,
  "is-first": (page) => `${page}.offset === 0`,
  "is-last": (page) => `!${page}.hasMore`,
};

function pageCode(value: PageValue, page: string): string {
  return page === "" ? "undefined" : pageCodes[value](page);
}

function mentionsRow(shape: ReadShape | undefined): boolean {
  switch (shape?.kind) {
    case "object":
      return (
        shape.members.some(
          ({ source }) =>
            ["field", "page", "link"].includes(source.kind) || (source.kind === "shape" && mentionsRow(source.shape)),
        ) || shape.members.length === 0
      );
    case "value":
      return shape.source.kind === "field" || shape.source.kind === "page" || shape.source.kind === "link";
    case undefined:
      return false;
    default:
      return true;
  }
}
