import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { isRecord } from "../../src/json.ts";

/**
 * A document as its author wrote it. Nothing here is shared with the generator: what a service is judged by must not
 * repeat the generator's own mistakes in reading. Files that are referred to are put in place of the reference.
 */
export interface Original {
  readonly root: Node;
  readonly version: "2.0" | "3.0" | "3.1";
  readonly basePath: string;
  readonly operations: readonly DocumentedOperation[];
}

export type Node = Readonly<Record<string, unknown>>;

export interface DocumentedOperation {
  /** `GET /pets/{petId}` */
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly DocumentedParameter[];
  /** Undefined where the document has no body for it. */
  readonly body: DocumentedBody | undefined;
  /** By status as the document writes it: `200`, `4XX`, `default`. */
  readonly responses: ReadonlyMap<string, DocumentedResponse>;
  /** Whether there is a way in without credentials. */
  readonly isOpen: boolean;
}

export interface DocumentedParameter {
  readonly name: string;
  readonly in: string;
  readonly isRequired: boolean;
  /** Where its schema is in the root, as a JSON pointer; of Swagger 2.0 the parameter is its own schema. */
  readonly pointer: string;
  readonly style: string;
  readonly explode: boolean;
  /** Its media type, where `content` describes it. */
  readonly mediaType: string | undefined;
}

export interface DocumentedBody {
  readonly isRequired: boolean;
  /** Media type → pointer to its schema; undefined where it has none. */
  readonly content: ReadonlyMap<string, string | undefined>;
}

export interface DocumentedResponse {
  readonly content: ReadonlyMap<string, string | undefined>;
  readonly headers: readonly { readonly name: string; readonly isRequired: boolean; readonly pointer: string }[];
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch"] as const;

export async function readOriginal(file: string): Promise<Original> {
  const root = (await withFiles(await parsed(file), file, [])) as Node;
  return viewOf(root);
}

/** The view of a document that is read already, and refers to no other file. */
export function viewOf(written: Node): Original {
  const forms: Record<string, unknown> = {};
  const root: Node = { ...written, "x-forms": forms };
  const version = root["swagger"] !== undefined ? "2.0" : String(root["openapi"]).startsWith("3.0") ? "3.0" : "3.1";
  const operations = entries(root["paths"]).flatMap(([path, item]) =>
    operationsAt({ root, version, forms }, path, item),
  );
  return { root, version, basePath: basePathOf(root), operations };
}

async function parsed(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  return file.endsWith(".json") ? (JSON.parse(text) as unknown) : (parse(text, { maxAliasCount: -1 }) as unknown);
}

/** A reference to a file that is not there, or that refers to itself, stands for anything. */
async function withFiles(node: unknown, file: string, path: readonly string[]): Promise<unknown> {
  if (Array.isArray(node)) return Promise.all(node.map((item) => withFiles(item, file, path)));
  if (!isRecord(node)) return node;
  const reference = node["$ref"];
  if (typeof reference === "string" && (!reference.startsWith("#") || path.length > 0)) {
    const [name = "", pointer = ""] = reference.split("#");
    const target = name === "" ? file : resolve(dirname(file), name);
    const key = `${target}#${pointer}`;
    if (path.includes(key)) return {};
    const tree = await parsed(target).catch(() => undefined);
    return withFiles(at(tree, pointer) ?? {}, target, [...path, key]);
  }
  const members = await Promise.all(
    Object.entries(node).map(async ([name, value]) => [name, await withFiles(value, file, path)] as const),
  );
  return Object.fromEntries(members);
}

function basePathOf(root: Node): string {
  if (typeof root["basePath"] === "string") return root["basePath"].replace(/\/+$/, "");
  const servers = root["servers"];
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isRecord(first) || typeof first["url"] !== "string") return "";
  const variables = isRecord(first["variables"]) ? first["variables"] : {};
  const url = first["url"].replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const variable = variables[name];
    return isRecord(variable) ? String(variable["default"]) : name;
  });
  try {
    return new URL(url, "http://localhost").pathname.replace(/\/+$/, "");
  } catch {
    return "";
  }
}

interface Reading {
  readonly root: Node;
  readonly version: string;
  /** Schemas of forms, which Swagger 2.0 has in single fields; they join the root. */
  readonly forms: Record<string, unknown>;
}

function operationsAt(reading: Reading, path: string, item: unknown): readonly DocumentedOperation[] {
  const place = placeOf(reading.root, `/paths/${escaped(path)}`, item);
  return methods.flatMap((method) => {
    const node = place.node[method];
    return isRecord(node) ? [operationOf(reading, { path, method, node, place })] : [];
  });
}

interface Place {
  readonly node: Node;
  readonly pointer: string;
}

interface Found {
  readonly path: string;
  readonly method: string;
  readonly node: Node;
  readonly place: Place;
}

function operationOf(reading: Reading, { path, method, node, place }: Found): DocumentedOperation {
  const { root, version } = reading;
  const own = `${place.pointer}/${method}`;
  const all = [
    ...listed(root, node["parameters"], `${own}/parameters`),
    ...listed(root, place.node["parameters"], `${place.pointer}/parameters`),
  ];
  // The operation's own come first, and overrule those of its path.
  const parameters = all.filter(
    ({ node: one }, index) =>
      all.findIndex(({ node: other }) => other["name"] === one["name"] && other["in"] === one["in"]) === index,
  );
  const responses = new Map(
    entries(node["responses"]).map(([status, response]) => {
      const found = placeOf(root, `${own}/responses/${escaped(status)}`, response);
      return [status, responseOf(root, node, found)] as const;
    }),
  );
  const security = node["security"] ?? root["security"];
  return {
    title: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    parameters: parameters
      .filter(({ node: one }) => ["path", "query", "header", "cookie"].includes(String(one["in"])))
      .map(parameterOf),
    body:
      version === "2.0"
        ? oldBody(reading, `${method} ${path}`, node, parameters)
        : bodyOf(root, `${own}/requestBody`, node["requestBody"]),
    responses,
    isOpen: !Array.isArray(security) || security.length === 0 || security.some((one) => entries(one).length === 0),
  };
}

function parameterOf({ node, pointer }: Place): DocumentedParameter {
  const place = String(node["in"]);
  const form = place === "query" || place === "cookie";
  const style = typeof node["style"] === "string" ? node["style"] : (oldStyle(node) ?? (form ? "form" : "simple"));
  const [media] = entries(node["content"]);
  const schema = isRecord(node["schema"]) ? `${pointer}/schema` : pointer;
  return {
    name: String(node["name"]),
    in: place,
    isRequired: node["required"] === true || place === "path",
    pointer: media === undefined ? schema : `${pointer}/content/${escaped(media[0])}/schema`,
    style,
    explode: typeof node["explode"] === "boolean" ? node["explode"] : explodes(node, style),
    mediaType: media?.[0],
  };
}

/** Swagger 2.0 says with `collectionFormat` how a list is written; commas are its default. */
function oldStyle(node: Node): string | undefined {
  const styles: Readonly<Record<string, string>> = {
    ssv: "spaceDelimited",
    pipes: "pipeDelimited",
    tsv: "tabDelimited",
  };
  return styles[String(node["collectionFormat"])];
}

function explodes(node: Node, style: string): boolean {
  if (node["collectionFormat"] !== undefined) return node["collectionFormat"] === "multi";
  return style === "form" && isRecord(node["schema"]);
}

function bodyOf(root: Node, pointer: string, value: unknown): DocumentedBody | undefined {
  if (!isRecord(value)) return undefined;
  const { node, pointer: place } = placeOf(root, pointer, value);
  return { isRequired: node["required"] === true, content: contentOf(node, place) };
}

/** A body of Swagger 2.0: a parameter `in: body`, or those `in: formData` together. */
function oldBody(
  { root, forms }: Reading,
  title: string,
  node: Node,
  parameters: readonly Place[],
): DocumentedBody | undefined {
  const types = typesOf(node["consumes"] ?? root["consumes"]);
  const body = parameters.find(({ node: one }) => one["in"] === "body");
  if (body !== undefined) {
    const json = types.length === 0 ? ["application/json"] : types;
    return {
      isRequired: body.node["required"] === true,
      content: new Map(json.map((type) => [type, `${body.pointer}/schema`])),
    };
  }
  const fields = parameters.filter(({ node: one }) => one["in"] === "formData");
  if (fields.length === 0) return undefined;
  const form = types.find((type) => /form/.test(type)) ?? "application/x-www-form-urlencoded";
  const required = fields.filter(({ node: one }) => one["required"] === true).map(({ node: one }) => one["name"]);
  forms[title] = {
    type: "object",
    properties: Object.fromEntries(fields.map(({ node: { required: _, ...one } }) => [String(one["name"]), one])),
    required,
  };
  return { isRequired: required.length > 0, content: new Map([[form, `/x-forms/${escaped(title)}`]]) };
}

function responseOf(root: Node, operation: Node, { node, pointer }: Place): DocumentedResponse {
  const headers = entries(node["headers"]).map(([name, header]) => {
    const found = placeOf(root, `${pointer}/headers/${escaped(name)}`, header);
    const schema = isRecord(found.node["schema"]) ? `${found.pointer}/schema` : found.pointer;
    return { name, isRequired: found.node["required"] === true, pointer: schema };
  });
  if (!isRecord(node["schema"])) return { content: contentOf(node, pointer), headers };
  const types = typesOf(operation["produces"] ?? root["produces"]);
  const json = types.length === 0 ? ["application/json"] : types;
  return { content: new Map(json.map((type) => [type, `${pointer}/schema`])), headers };
}

function contentOf(node: Node, pointer: string): ReadonlyMap<string, string | undefined> {
  return new Map(
    entries(node["content"]).map(([type, media]) => [
      type,
      isRecord(media) && media["schema"] !== undefined ? `${pointer}/content/${escaped(type)}/schema` : undefined,
    ]),
  );
}

function typesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function listed(root: Node, value: unknown, pointer: string): readonly Place[] {
  return Array.isArray(value) ? value.map((item, index) => placeOf(root, `${pointer}/${index}`, item)) : [];
}

/** Where a node is once its references are followed. */
function placeOf(root: Node, pointer: string, value: unknown, depth = 0): Place {
  if (!isRecord(value)) return { node: {}, pointer };
  const reference = value["$ref"];
  if (typeof reference !== "string" || depth > 30) return { node: value, pointer };
  const target = decodeURIComponent(reference.replace(/^#/, ""));
  return placeOf(root, target, at(root, target), depth + 1);
}

/** The value at a JSON pointer; undefined where there is none. */
export function at(root: unknown, pointer: string): unknown {
  let found: unknown = root;
  for (const token of pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

export function escaped(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

function entries(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
