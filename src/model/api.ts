import type { Document } from "../document/document.ts";
import type { Api } from "./model.ts";
import { fileName } from "./names.ts";
import { isRecord } from "./schemas.ts";

/** The API as a whole: its name comes from the config, else from the file, else from the title. */
export function apiOf(document: Document, name: string | undefined): Api {
  const { info = {}, servers } = document.root;
  const title = typeof info.title === "string" && info.title.trim() !== "" ? info.title : stemOf(document.file);
  return {
    name: fileName(name ?? nameOf(document.file, title)),
    title,
    version: typeof info.version === "string" ? info.version : "0.0.0",
    ...(typeof info.description === "string" && { description: info.description }),
    basePath: basePathOf(servers),
    propertyCase: propertyCaseOf(document),
  };
}

/** Stems that say what a file is, and not of which API. */
function nameOf(file: string, title: string): string {
  const stem = stemOf(file);
  return /^(open-?api|swagger|api|spec|specification|schema|index|main|api-docs?)(\.?v?[\d.]+)?$/i.test(stem)
    ? title
    : stem;
}

function stemOf(file: string): string {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return name.replace(/\.(ya?ml|json)$/i, "").replace(/\.(openapi|swagger)$/i, "");
}

/** "/v1" of "https://api.example.com/v1/" and of "//api.example.com/v1", the first server. Server variables have their defaults; one without names no path, nor does what a URL's path cannot hold. */
export function basePathOf(servers: unknown): string {
  const [first]: readonly unknown[] = Array.isArray(servers) ? servers : [];
  const url: unknown = isRecord(first) ? first["url"] : undefined;
  if (typeof url !== "string") return "";
  const variables: Readonly<Record<string, unknown>> =
    isRecord(first) && isRecord(first["variables"]) ? first["variables"] : {};
  const filled = url.replaceAll(/\{([^}]*)\}/g, (whole, name: string) => defaultOf(variables[name]) ?? whole);
  const path = filled.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]*/i, "").split(/[?#]/)[0] ?? "";
  const plain = path.replace(/\/+$/, "");
  return /^(\/[\w.~!$&'()+,;=@-]+)+$/.test(plain) ? plain : "";
}

function defaultOf(variable: unknown): string | undefined {
  const value = isRecord(variable) ? variable["default"] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** The case that most property names of several words have. */
export function propertyCaseOf(document: Document): Api["propertyCase"] {
  const counts = { camel: 0, snake: 0, pascal: 0, kebab: 0 };
  for (const schema of Object.values(document.root.components?.schemas ?? {})) {
    if (!isRecord(schema) || !isRecord(schema.properties)) continue;
    for (const name of Object.keys(schema.properties)) {
      if (/^[a-z\d]+([A-Z][a-z\d]*)+$/.test(name)) counts.camel += 1;
      else if (/^[a-z\d]+(_[a-z\d]+)+$/.test(name)) counts.snake += 1;
      else if (/^([A-Z][a-z\d]*)+$/.test(name)) counts.pascal += 1;
      else if (/^[a-z\d]+(-[a-z\d]+)+$/.test(name)) counts.kebab += 1;
    }
  }
  const [first] = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return first && first[1] > 0 ? (first[0] as Api["propertyCase"]) : "camel";
}
