import type { FastifyInstance, FastifyRequest, RouteOptions } from "fastify";
import { Failure } from "../failure.ts";
import { decodeMembers, decodeTexts, membersOf, textsByName, typesOf, type Texts, type TextSchema } from "./texts.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** How parameters are written, where it is not as usual in their place (OpenAPI, Style Values). */
    styles?: Readonly<Record<string, Style>>;
    /** What the router calls parameters of the path whose own names it would misread. */
    names?: Readonly<Record<string, string>>;
  }
}

/** In a query, the usual style is an exploded form; in a path and in headers, simple and not exploded. */
interface Style {
  readonly style?: "form" | "simple" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "label" | "matrix" | "json";
  readonly explode?: boolean;
}

const separators: Readonly<Record<string, string>> = { spaceDelimited: " ", pipeDelimited: "|" };

/** Splits a query string, and decodes nothing but percent signs: what a text means is for its parameter's schema to say. */
export function parseQueryString(text: string): Record<string, readonly string[]> {
  return Object.fromEntries(textsByName(new URLSearchParams(text)));
}

/** Decodes the parameters of each route by its schemas, before they are validated. */
export function decodeParameters(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    const decode = routeDecoder(route);
    if (decode !== undefined) route.preValidation = [decode, ...[route.preValidation ?? []].flat()];
  });
}

function routeDecoder({ schema, config }: RouteOptions) {
  const query = propertiesOf(schema?.querystring);
  const params = propertiesOf(schema?.params);
  const headers = propertiesOf(schema?.headers);
  if (query.length + params.length + headers.length === 0) return undefined;
  const styleOf = (name: string, usual: Required<Style>): Required<Style> => ({ ...usual, ...config?.styles?.[name] });
  return async (request: FastifyRequest) => {
    const texts = new Map(Object.entries(request.query as Record<string, readonly string[]>));
    const parts = request.params as Record<string, string>;
    request.query = decodeAll(query, (name, schema) =>
      decodeQuery(name, texts, schema, styleOf(name, { style: "form", explode: true })),
    );
    request.params = decodeAll(params, (name, schema) =>
      decodeSimple(
        name,
        parts[config?.names?.[name] ?? name],
        schema,
        styleOf(name, { style: "simple", explode: false }),
      ),
    );
    if (headers.length === 0) return;
    const given = request.headers;
    const decoded = decodeAll(headers, (name, schema) => {
      const text = given[name.toLowerCase()];
      if (name === "cookie") return decodeCookies(String(text ?? ""), propertiesOf(schema));
      return decodeSimple(
        name,
        typeof text === "string" ? text : text?.join(),
        schema,
        styleOf(name, { style: "simple", explode: false }),
      );
    });
    request.headers = Object.fromEntries(
      Object.entries(decoded).map(([name, value]) => [name.toLowerCase(), value]),
    ) as typeof given;
  };
}

type NamedSchema = readonly [name: string, schema: TextSchema];

function propertiesOf(schema: unknown): readonly NamedSchema[] {
  return Object.entries((schema as TextSchema | undefined)?.properties ?? {});
}

/** What is not there has its default; unknown parameters are left out. */
function decodeAll(
  schemas: readonly NamedSchema[],
  decode: (name: string, schema: TextSchema) => unknown,
): Record<string, unknown> {
  const decoded = schemas.map(([name, schema]) => [name, decode(name, schema) ?? schema.default] as const);
  return Object.fromEntries(decoded.filter(([, value]) => value !== undefined));
}

function decodeQuery(name: string, texts: Texts, schema: TextSchema, { style, explode }: Required<Style>): unknown {
  const own = texts.get(name);
  if (style === "deepObject") return decodeDeep(name, texts, schema);
  if (own === undefined && style === "form" && explode && typesOf(schema).includes("object"))
    return decodeSpread(texts, schema);
  if (own === undefined) return undefined;
  if (style === "json") return parsed(own);
  if (explode) return decodeTexts(own, schema);
  return decodeList(
    own.flatMap((text) => text.split(separators[style] ?? ",")),
    own,
    schema,
  );
}

/** `filter[status]=open`; a schema that takes a plain value too may be given one without brackets. */
function decodeDeep(name: string, texts: Texts, schema: TextSchema): unknown {
  return decodeMembers(texts, { properties: { [name]: schema } })[name];
}

/** An exploded object: each member is a parameter for itself. */
function decodeSpread(texts: Texts, schema: TextSchema): unknown {
  const own = [...texts].filter(([key]) => membersOf(schema).has(key));
  return own.length === 0 ? undefined : decodeMembers(new Map(own), schema);
}

/** One text of a path or a header. */
function decodeSimple(
  name: string,
  text: string | undefined,
  schema: TextSchema,
  { style, explode }: Required<Style>,
): unknown {
  if (text === undefined) return undefined;
  if (style === "json") return parsed([text]);
  const bare = withoutPrefix(name, text, schema, { style, explode });
  const items = bare.split(explode ? (explodedSeparators[style] ?? ",") : ",").map((item) => item.trim());
  if (style === "matrix" && explode && typesOf(schema).includes("array"))
    return decodeTexts(
      items.map((item) => afterPrefix(`${name}=`, item, name)),
      schema,
    );
  return decodeList(explode ? items.flatMap(pair) : items, [bare], schema);
}

/** Between the items of an exploded value (RFC 6570, 3.2.5 and 3.2.7). */
const explodedSeparators: Readonly<Record<string, string>> = { label: ".", matrix: ";" };

function withoutPrefix(name: string, text: string, schema: TextSchema, { style, explode }: Required<Style>): string {
  if (style === "label") return afterPrefix(".", text, name);
  if (style !== "matrix") return text;
  const isSplit = explode && typesOf(schema).some((type) => type === "array" || type === "object");
  return afterPrefix(isSplit ? ";" : `;${name}=`, text, name);
}

function afterPrefix(prefix: string, text: string, name: string): string {
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  throw new Failure("malformed-path", `It does not begin with "${prefix}".`, { code: "malformed", pointer: name });
}

/** `theme=dark; sizes=1,2`: the parameters that are cookies. Of several cookies of a name the first counts. */
function decodeCookies(text: string, schemas: readonly NamedSchema[]): Record<string, unknown> {
  const given = text.split(";").map((cookie) => pair(cookie.trim()));
  return decodeAll(schemas, (name, schema) => {
    const [, value] = given.find(([key]) => key === name) ?? [];
    if (value === undefined) return undefined;
    const whole = unescaped(value.replaceAll(`&${name}=`, ","));
    return decodeList(whole.split(","), [whole], schema);
  });
}

/** Percent signs in a cookie are escapes where they can be. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Items of an array, names and values of an object by turns, or one text. */
function decodeList(items: readonly string[], whole: readonly string[], schema: TextSchema): unknown {
  const types = typesOf(schema);
  if (types.includes("array")) return decodeTexts(items, schema);
  if (!types.includes("object")) return decodeTexts(whole, schema);
  const pairs = items.flatMap((item, index) => (index % 2 === 0 ? [[item, [items[index + 1] ?? ""]] as const] : []));
  return decodeMembers(new Map(pairs), schema);
}

/** `name=value` of an exploded object. */
function pair(item: string): readonly string[] {
  const at = item.indexOf("=");
  return at < 0 ? [item] : [item.slice(0, at), item.slice(at + 1)];
}

/** A parameter with a media type is JSON. What is none stays a text, and validation refuses it. */
function parsed([text = "", ...others]: readonly string[]): unknown {
  if (others.length > 0) return [text, ...others];
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
