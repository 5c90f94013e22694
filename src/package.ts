import { readFileSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf, withUnixEndings } from "./hash.ts";

/** The folder that this package is installed in, with a slash at its end. Sources and the built files lie one level below it. */
export const packageFolder: string = fileURLToPath(new URL("../", import.meta.url));

/** Where the templates are, both in a checkout and in the published package. */
export const templatesFolder = `${packageFolder}templates`;

export function packageVersion(): string {
  return description().version;
}

/**
 * Exact versions, by name, of what this package itself is built and tested with. Generated packages depend on the same,
 * so that both work offline.
 */
export function pinnedVersions(): Readonly<Record<string, string>> {
  const { dependencies, devDependencies } = description();
  return { ...dependencies, ...devDependencies };
}

interface Description {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function description(): Description {
  return JSON.parse(readFileSync(`${packageFolder}package.json`, "utf8")) as Description;
}

/** True for what `npm run build` made; false for sources that Node runs as they are. */
export function isBuilt(): boolean {
  return !import.meta.url.endsWith(".ts");
}

/** Tells templates that were edited from those of the same version that were not. Takes two milliseconds. */
export function templatesHash(): string {
  return hashOfFolder(templatesFolder, /\.hbs$/);
}

/** Tells the code that runs from other code of the same version. The build names a part of the program by its content. */
export function codeHash(): string {
  if (!isBuilt()) return hashOfFolder(`${packageFolder}src`, /\.ts$/);
  return hashOfFolder(`${packageFolder}dist`, /(?<!-[\dA-Z]{8})\.js$/);
}

/** Of names and contents. */
function hashOfFolder(folder: string, files: RegExp): string {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => files.test(path))
    .map((path) => path.replaceAll(sep, "/"))
    .sort();
  return hashOf(...paths.flatMap((path) => [path, withUnixEndings(readFileSync(join(folder, path), "utf8"))]));
}
