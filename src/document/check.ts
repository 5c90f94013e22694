import { checkMedia } from "./media.ts";
import { methods } from "./openapi.ts";
import { isObject, isText, member, setMember } from "./raw.ts";
import type { RawObject } from "./raw.ts";
import { nearestName } from "../diagnostic/nearest-name.ts";
import type { Upgrade } from "./upgrade.ts";

interface Operation {
  readonly method: string;
  readonly node: RawObject;
}

/** Mends what holds between paths, operations and parameters, and reports each mend. */
export function checkOperations(root: RawObject, tools: Upgrade): void {
  if (!isObject(root["paths"])) root["paths"] = tools.origins.adopt<RawObject>({}, root);
  const paths = root["paths"] as RawObject;
  const ids = new Set<string>();
  for (const path of Object.keys(paths)) {
    const pathItem = member(paths, path);
    if (path.startsWith("x-") || !isObject(pathItem)) continue;
    const operations = operationsOf(pathItem);
    checkParameterList(pathItem, tools);
    for (const { node } of operations) checkParameterList(node, tools);
    dropStrayParameters(path, pathItem, operations, tools);
    declareParameters(path, paths, pathItem, operations, tools);
    for (const operation of operations) {
      checkId(path, operation, ids, tools);
      checkResponses(path, operation, tools);
      checkMedia(path, operation.method, operation.node, tools);
    }
  }
  root["paths"] = withSlashes(paths, tools);
}

function operationsOf(pathItem: RawObject): readonly Operation[] {
  return methods.flatMap((method) => {
    const node = member(pathItem, method);
    return isObject(node) ? [{ method, node }] : [];
  });
}

const parameterPlaces = ["path", "query", "header", "cookie"];

/** Leaves out what is no parameter, and the second of two that have the same name and place. */
function checkParameterList(holder: RawObject, { origins, links, warn }: Upgrade): void {
  const list: unknown = holder["parameters"];
  if (!Array.isArray(list)) return void delete holder["parameters"];
  const seen = new Map<string, string>();
  const kept = list.filter((item: unknown, index) => {
    const parameter = resolved(item, links.references);
    if (!isObject(parameter) || Object.keys(parameter).length === 0) return false;
    const { name, in: place } = parameter;
    if (!isText(name) || !isText(place) || !parameterPlaces.includes(place)) {
      warn(
        "document/invalid",
        list,
        String(index),
        'A parameter needs a "name", and "in" with path, query, header or cookie; this one is left out.',
      );
      return false;
    }
    const key = `${place} ${name}`;
    const text = JSON.stringify(parameter);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, text);
    else if (first !== text)
      warn(
        "parameter/duplicate",
        list,
        String(index),
        `"${name}" in ${place} is declared twice; the first one counts.`,
      );
    return first === undefined;
  });
  if (kept.length !== list.length) holder["parameters"] = origins.adopt(kept, list);
}

/** A value for a path parameter that is not in the path can never arrive. */
function dropStrayParameters(
  path: string,
  pathItem: RawObject,
  operations: readonly Operation[],
  tools: Upgrade,
): void {
  const names = templateNames(path);
  for (const holder of [pathItem, ...operations.map(({ node }) => node)]) {
    const list: unknown = holder["parameters"];
    if (!Array.isArray(list)) continue;
    const kept = list.filter((item: unknown, index) => {
      const name = pathParameterName(item, tools);
      if (name === undefined || names.includes(name)) return true;
      const near = nearestName(name, names);
      const fix = near === undefined ? undefined : `did you mean "${near}"?`;
      tools.warn(
        "parameter/not-in-path",
        list,
        String(index),
        `${path} has no {${name}}; the parameter is left out.`,
        fix,
      );
      return false;
    });
    if (kept.length !== list.length) holder["parameters"] = tools.origins.adopt(kept, list);
  }
}

function declareParameters(
  path: string,
  paths: RawObject,
  pathItem: RawObject,
  operations: readonly Operation[],
  tools: Upgrade,
): void {
  const shared = pathParameterNames(pathItem, tools);
  for (const name of templateNames(path).filter((wanted) => !shared.includes(wanted))) {
    const lacking = operations.filter(({ node }) => !pathParameterNames(node, tools).includes(name));
    if (lacking.length === 0) continue;
    for (const { node } of lacking) addParameter(node, name, tools);
    const who = lacking.map(({ method }) => method.toUpperCase()).join(", ");
    tools.warn(
      "parameter/undeclared",
      paths,
      path,
      `${who} ${path} does not declare {${name}}; it is taken to be a text.`,
    );
  }
}

function addParameter(operation: RawObject, name: string, { origins }: Upgrade): void {
  const made = { name, in: "path", required: true, schema: origins.adopt({ type: "string" }, operation) };
  const list: unknown = operation["parameters"];
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  operation["parameters"] = origins.adopt(
    [...items, origins.adopt(made, operation)],
    Array.isArray(list) ? list : operation,
  );
}

function templateNames(path: string): readonly string[] {
  const names = [...path.matchAll(/\{([^{}/?]+)\}/g)].map((match) => match[1] ?? "");
  return [...new Set(names)];
}

function pathParameterNames(holder: RawObject, tools: Upgrade): readonly string[] {
  const list: unknown = holder["parameters"];
  return Array.isArray(list) ? list.flatMap((item) => pathParameterName(item, tools) ?? []) : [];
}

function pathParameterName(item: unknown, { links }: Upgrade): string | undefined {
  const parameter = resolved(item, links.references);
  const name = member(parameter, "name");
  return member(parameter, "in") === "path" && isText(name) ? name : undefined;
}

function resolved(item: unknown, references: ReadonlyMap<object, object>): unknown {
  return (isObject(item) && references.get(item)) || item;
}

/** An id that was seen before is left out: the operation is then named by its method and path. */
function checkId(path: string, { method, node }: Operation, ids: Set<string>, { warn }: Upgrade): void {
  const id = node["operationId"];
  if (id === undefined) return;
  if (isText(id) && !ids.has(id)) return void ids.add(id);
  if (isText(id)) {
    const saw = `"${id}" names another operation already; ${method.toUpperCase()} ${path} is named by its path.`;
    warn("operation/duplicate-id", node, "operationId", saw);
  }
  delete node["operationId"];
}

function checkResponses(path: string, { method, node }: Operation, { origins, warn }: Upgrade): void {
  const responses = node["responses"];
  const keys = isObject(responses) ? Object.keys(responses).filter((key) => !key.startsWith("x-")) : [];
  if (keys.length > 0) return;
  if (!isObject(responses)) node["responses"] = origins.adopt<RawObject>({}, node);
  const saw = `${method.toUpperCase()} ${path} documents no response; the success that is usual for it is assumed.`;
  warn("operation/no-responses", node, "responses", saw);
}

function withSlashes(paths: RawObject, { origins, warn }: Upgrade): RawObject {
  const needsSlash = (path: string) => !path.startsWith("/") && !path.startsWith("x-");
  if (!Object.keys(paths).some(needsSlash)) return paths;
  const made = origins.adopt<RawObject>({}, paths);
  for (const [path, pathItem] of Object.entries(paths)) {
    const full = needsSlash(path) ? `/${path}` : path;
    if (full !== path)
      warn("document/invalid", paths, path, `A path begins with a slash; "${path}" is served as "${full}".`);
    if (!Object.hasOwn(made, full)) setMember(made, full, pathItem);
  }
  return made;
}
