import { slotsOf } from "./grammar.ts";
import { isObject, isText, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import { foldSchema, upgradeCollection } from "./upgrade-parameter.ts";
import type { Upgrade } from "./upgrade.ts";

const formTypes = ["application/x-www-form-urlencoded", "multipart/form-data"];

/** Turns an OpenAPI 2.0 tree whose parameters and responses are in place into the form of 3.x. */
export function upgradeSwagger(root: RawObject, tools: Upgrade): void {
  const { origins } = tools;
  root["servers"] = origins.adopt(serversOf(root), root);
  const components = isObject(root["components"]) ? root["components"] : origins.adopt<RawObject>({}, root);
  for (const [from, to] of [
    ["definitions", "schemas"],
    ["securityDefinitions", "securitySchemes"],
  ] as const) {
    if (isObject(root[from])) components[to] = root[from];
  }
  root["components"] = components;
  for (const scheme of nodesOf(components["securitySchemes"])) upgradeSecurityScheme(scheme);
  const seen = new Set<object>();
  for (const pathItem of nodesOf(root["paths"])) upgradePathItem(pathItem, root, tools, seen);
  for (const key of [
    "swagger",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
  ]) {
    delete root[key];
  }
}

function serversOf(root: RawObject): readonly { readonly url: string }[] {
  const base = isText(root["basePath"]) ? root["basePath"].replace(/\/+$/, "") : "";
  const path = base === "" || base.startsWith("/") ? base : `/${base}`;
  const { host, schemes: named } = root;
  if (!isText(host)) return [{ url: path === "" ? "/" : path }];
  const schemes = texts(named);
  return (schemes.length === 0 ? ["https"] : schemes).map((scheme) => ({ url: `${scheme}://${host}${path}` }));
}

const oauthFlows: Readonly<Record<string, string>> = {
  implicit: "implicit",
  password: "password",
  application: "clientCredentials",
  accessCode: "authorizationCode",
};

function upgradeSecurityScheme(scheme: RawObject): void {
  if (scheme["type"] === "basic") {
    scheme["type"] = "http";
    scheme["scheme"] = "basic";
  }
  if (scheme["type"] !== "oauth2" || scheme["flows"] !== undefined) return;
  const { flow, authorizationUrl, tokenUrl, scopes } = scheme;
  for (const key of ["flow", "authorizationUrl", "tokenUrl", "scopes"]) delete scheme[key];
  const name = isText(flow) && Object.hasOwn(oauthFlows, flow) ? oauthFlows[flow] : undefined;
  const urls = { ...(isText(authorizationUrl) && { authorizationUrl }), ...(isText(tokenUrl) && { tokenUrl }) };
  scheme["flows"] = { [name ?? "implicit"]: { ...urls, scopes: isObject(scopes) ? scopes : {} } };
}

function upgradePathItem(pathItem: RawObject, root: RawObject, tools: Upgrade, seen: Set<object>): void {
  if (seen.has(pathItem)) return;
  seen.add(pathItem);
  const shared = objects(pathItem["parameters"]);
  const isBody = (parameter: RawObject) => parameter["in"] === "body" || parameter["in"] === "formData";
  if (Array.isArray(pathItem["parameters"])) {
    pathItem["parameters"] = replaced(
      pathItem["parameters"],
      shared.filter((parameter) => !isBody(parameter)),
      tools,
    );
  }
  for (const slot of slotsOf("pathItem", pathItem)) {
    const operation = member(slot.holder, slot.key);
    if (slot.kind === "operation" && isObject(operation) && !seen.has(operation)) {
      seen.add(operation);
      upgradeOperation(operation, shared.filter(isBody), root, tools);
    }
  }
  for (const parameter of [...shared, ...allParameters(pathItem)]) {
    if (seen.has(parameter) || isBody(parameter)) continue;
    seen.add(parameter);
    foldSchema(parameter, tools);
    upgradeCollection(parameter, tools);
  }
}

function allParameters(pathItem: RawObject): readonly RawObject[] {
  return nodesOf(pathItem).flatMap((operation) => objects(operation["parameters"]));
}

function upgradeOperation(
  operation: RawObject,
  sharedBody: readonly RawObject[],
  root: RawObject,
  tools: Upgrade,
): void {
  const own = objects(operation["parameters"]);
  const ownBody = own.filter((parameter) => parameter["in"] === "body" || parameter["in"] === "formData");
  const body = ownBody.length > 0 ? ownBody : sharedBody;
  const consumes = mediaTypes(operation["consumes"] ?? root["consumes"]);
  const produces = mediaTypes(operation["produces"] ?? root["produces"]);
  if (Array.isArray(operation["parameters"])) {
    operation["parameters"] = replaced(
      operation["parameters"],
      own.filter((parameter) => !body.includes(parameter)),
      tools,
    );
  }
  if (body.length > 0 && !isObject(operation["requestBody"]))
    operation["requestBody"] = requestBody(body, consumes, tools);
  for (const response of nodesOf(operation["responses"])) upgradeResponse(response, produces, tools);
  for (const key of ["consumes", "produces", "schemes"]) delete operation[key];
}

function requestBody(parameters: readonly RawObject[], consumes: readonly string[], tools: Upgrade): RawObject {
  const body = parameters.find((parameter) => parameter["in"] === "body");
  if (body === undefined) return formBody(parameters, consumes, tools);
  const schema = foldSchema(body, tools);
  const types = consumes.length > 0 ? consumes : ["application/json"];
  return tools.origins.adopt<RawObject>(
    {
      ...(isText(body["description"]) && { description: body["description"] }),
      ...(body["required"] === true && { required: true }),
      ...extensionsOf(body),
      content: contentOf(types, { schema }, body, tools),
    },
    body,
  );
}

function formBody(parameters: readonly RawObject[], consumes: readonly string[], tools: Upgrade): RawObject {
  const [first = {}] = parameters;
  const hasFile = parameters.some((parameter) => (parameter["type"] ?? member(parameter["schema"], "type")) === "file");
  const named = consumes.filter((type) => formTypes.includes(type) && !(hasFile && type === formTypes[0]));
  const types = named.length > 0 ? named : [hasFile ? "multipart/form-data" : "application/x-www-form-urlencoded"];
  const properties = tools.origins.adopt<RawObject>({}, first);
  const encoding: RawObject = {};
  const required: string[] = [];
  for (const parameter of parameters) {
    const name = parameter["name"];
    if (!isText(name)) continue;
    const schema = foldSchema(parameter, tools);
    upgradeCollection(parameter, tools);
    if (parameter["explode"] === false)
      setMember(encoding, name, { style: parameter["style"] ?? "form", explode: false });
    if (isText(parameter["description"])) schema["description"] = parameter["description"];
    if (parameter["required"] === true) required.push(name);
    setMember(properties, name, tools.origins.adopt(schema, parameter));
  }
  const schema = tools.origins.adopt<RawObject>(
    { type: "object", properties, ...(required.length > 0 && { required }) },
    first,
  );
  const mediaType = { schema, ...(Object.keys(encoding).length > 0 && { encoding }) };
  const content = contentOf(types, mediaType, first, tools);
  return tools.origins.adopt<RawObject>({ ...(required.length > 0 && { required: true }), content }, first);
}

function upgradeResponse(response: RawObject, produces: readonly string[], tools: Upgrade): void {
  for (const header of nodesOf(response["headers"])) foldSchema(header, tools);
  if (isObject(response["content"])) return;
  const { schema, examples } = response;
  delete response["schema"];
  delete response["examples"];
  const isFile = member(schema, "type") === "file";
  const shown = isObject(examples) ? Object.keys(examples).filter((type) => type.includes("/")) : [];
  if (!isObject(schema) && shown.length === 0) return;
  const otherwise = isFile ? "application/octet-stream" : "application/json";
  const types = produces.length > 0 ? produces : shown.length > 0 ? shown : [otherwise];
  const content = contentOf(types, isObject(schema) ? { schema } : {}, response, tools);
  for (const type of shown) {
    const mediaType = member(content, type);
    if (isObject(mediaType)) mediaType["example"] = member(examples, type);
  }
  response["content"] = content;
}

function contentOf(types: readonly string[], mediaType: RawObject, from: object, { origins }: Upgrade): RawObject {
  const content = origins.adopt<RawObject>({}, from);
  for (const type of types) setMember(content, type, origins.adopt({ ...mediaType }, from));
  return content;
}

function extensionsOf(node: RawObject): RawObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => key.startsWith("x-")));
}

/** A list with other items; it keeps the place of the old one. */
function replaced(list: object, items: readonly RawObject[], { origins }: Upgrade): readonly RawObject[] {
  return origins.adopt([...items], list);
}

function mediaTypes(value: unknown): readonly string[] {
  return [...new Set(texts(value))];
}

function texts(value: unknown): readonly string[] {
  if (isText(value)) return [value];
  return Array.isArray(value) ? value.filter(isText) : [];
}

function objects(value: unknown): readonly RawObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function nodesOf(map: unknown): readonly RawObject[] {
  return isObject(map) ? Object.values(map).filter(isObject) : [];
}
